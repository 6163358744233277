"""A column type is one row of ``schema/types.py``: everything that lists types is derived from it, or is held to it here."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, get_args, get_origin

import pytest
from openpyxl import load_workbook
from pydantic import Field

from factory_crm.config.file import TypeName
from factory_crm.merge.tables import storage_types
from factory_crm.report.looks import LOOKS
from factory_crm.schema import types
from factory_crm.schema.column import column
from factory_crm.schema.column_type import ColumnType, LiveCheck, column_type_of
from factory_crm.schema.model import Sheet
from factory_crm.schema.parsers import numbers
from factory_crm.schema.types import COLUMN_TYPES, CONFIG_TYPES, RecordId
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.template.live.checks import live_checks
from factory_crm.template.live.types import BRANCHES
from factory_crm.template.page import pages
from factory_crm.template.workbook import write_template
from factory_crm.validation.workbook import validate_workbook

Temperature = Annotated[
    Decimal,
    Field(ge=-50, le=200, decimal_places=1),
    ColumnType(
        name="temperature",
        base_type="number",
        expected="-50–200 的数，最多 1 位小数",
        parse=numbers.quantity,
        live=LiveCheck.NUMBER,
        storage="integer",
        scale=1,
        number_format="0.0",
    ),
]
"""Degrees: a type of a user's own, declared in this one place."""


class Probe(Sheet, table="probes", title="测温"):
    """One row a measurement."""

    probe_id: RecordId = column("测点编号", key=True)
    degrees: Temperature = column("温度")


ANNOTATIONS = {name: one for name, one in vars(types).items() if get_origin(one) is Annotated}


def test_every_type_of_the_module_is_in_the_table() -> None:
    assert {column_type_of(one).name for one in ANNOTATIONS.values()} == set(COLUMN_TYPES)
    assert all(column_type_of(CONFIG_TYPES[name]) is COLUMN_TYPES[name] for name in CONFIG_TYPES)


def test_a_factory_may_use_every_type_but_the_money_that_a_merge_accounts_for() -> None:
    assert set(get_args(TypeName)) == set(CONFIG_TYPES) == COLUMN_TYPES.keys() - {"money"}


def test_every_live_check_has_its_formulas() -> None:
    assert set(BRANCHES) == set(LiveCheck)


@pytest.mark.parametrize("kind", COLUMN_TYPES.values(), ids=list(COLUMN_TYPES))
def test_a_type_says_how_it_is_checked_and_shown(kind: ColumnType) -> None:
    assert kind.live is not LiveCheck.BASE_TYPE  # which is for parsers that formulas do not know
    assert kind.report in LOOKS
    assert kind.storage == {"number": "integer"}.get(kind.base_type, kind.base_type)
    assert kind.scale == 0 or kind.storage == "integer"


def test_a_new_type_is_one_declaration(tmp_path: Path) -> None:
    """Parser, limits, template, live checks, validation and storage follow from it.

    | 测点编号 | 温度  |
    | P1       | 21.5  |
    | P2       | 201   |
    | P3       | 21.55 |
    | P4       | 暖    |
    """
    schema, path = WorkbookSchema((Probe,)), tmp_path / "测温.xlsx"
    write_template(path, schema, rows=5)
    book = load_workbook(path)
    for row, (number, degrees) in enumerate([("P1", 21.5), ("P2", 201), ("P3", 21.55), ("P4", "暖")], 5):
        book["测温"].cell(row, 2).value, book["测温"].cell(row, 3).value = number, degrees
    assert book["测温"].column_dimensions["C"].number_format == "0.0"
    book.save(path)

    result = validate_workbook(path, schema)
    found = [
        (problem.code.name, problem.location.cell) for problem in result.problems if problem.location.sheet == "测温"
    ]
    assert found == [("C103", "C6"), ("C104", "C7"), ("C102", "C8")]
    assert [row.values for row in result.sheets["probes"].rows if not row.rejected_for] == [("P1", Decimal("21.5"))]

    (check,) = live_checks(pages(schema, "zh", 5))
    assert {"C103", "C104"} <= {item.code.name for item in check.items if item.column.name == "degrees"}
    assert storage_types(Probe)["degrees"] == "integer"
