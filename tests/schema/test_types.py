"""A column type is one row of ``schema/types.py``: everything that lists types is derived from it, or is held to it here."""

from typing import Annotated, get_args, get_origin

import pytest

from factory_crm.config.file import TypeName
from factory_crm.report.render.table import LOOKS
from factory_crm.schema import types
from factory_crm.schema.column_type import ColumnType, LiveCheck, column_type_of
from factory_crm.schema.types import COLUMN_TYPES, CONFIG_TYPES
from factory_crm.template.live.types import BRANCHES

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
