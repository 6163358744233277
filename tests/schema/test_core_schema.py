"""What a column's values are held to is what Pydantic makes of its type: the same verdicts, for the same reasons."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import SchemaValidator

from factory_crm.crm import schema as standard
from factory_crm.schema.column import Column

COLUMNS = {str(column.annotation): column for sheet in standard("full").sheets for column in sheet.columns}
TEXTS = ("", "a", "A-1", "中" * 33, "x" * 101, "x" * 2001, "91350100M000100Y43", "12345")
NUMBERS = (0, 1, -1, 6, 10**14, True, 0.5, Decimal("0.00001"), Decimal("1.23"), Decimal(5), Decimal("1E+20"))
OTHERS = (None, date(2023, 1, 1), datetime(2023, 1, 1), datetime(2023, 1, 1, 2), time(1), (), ("a",), ("a", 1), ["a"])


@pytest.mark.parametrize("column", COLUMNS.values(), ids=[column.column_type.name for column in COLUMNS.values()])
def test_column_is_judged_as_its_type_is(column: Column) -> None:
    whole: TypeAdapter[Any] = TypeAdapter(column.annotation, config=ConfigDict(strict=True))
    for value in (*TEXTS, *NUMBERS, *OTHERS):
        assert verdict(column.validator, value) == verdict(whole, value)


def verdict(judge: SchemaValidator | TypeAdapter[Any], value: Any) -> Any:
    try:
        return judge.validate_python(value)
    except ValidationError as refusal:
        return [(error["type"], error.get("ctx")) for error in refusal.errors()]
