"""Filling puts values under their headers and touches nothing else; the same content makes the same bytes."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from factory_crm.contract.contract import standard
from factory_crm.examples.data import offices
from factory_crm.examples.fill import FIRST_ROW, columns, fill
from tests.examples.standin import OFFICE_AT, write_standin

ROWS = {"orders": [{"order_id": "A1", "ordered_on": date(2024, 1, 5), "quantity": 3, "unit_price": None}]}
COVER = {"office": "一分厂", "period": "2024-06"}


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return write_standin(tmp_path / "template.xlsx", standard())


def test_values_stand_under_their_headers(template: Path, tmp_path: Path) -> None:
    target = tmp_path / "made" / "filled.xlsx"
    fill(template, target, ROWS, COVER, standard())
    made = load_workbook(target)
    page = made["订单记录"]
    at = columns(page, standard().sheet("orders"))
    assert page.cell(FIRST_ROW, at["order_id"]).value == "A1"
    assert page.cell(FIRST_ROW, at["quantity"]).value == 3
    assert page.cell(FIRST_ROW, at["ordered_on"]).number_format == "yyyy-mm-dd"
    assert made["填写说明"][OFFICE_AT].value == "一分厂"


def test_nothing_else_is_touched(template: Path, tmp_path: Path) -> None:
    target = tmp_path / "filled.xlsx"
    fill(template, target, {table: rows[:5] for table, rows in offices()[0].rows.items()}, COVER, standard())
    made = load_workbook(target)
    for sheet in standard().sheets:
        page = made[sheet.title]
        at = columns(page, sheet)
        untouched = [1, page.max_column, *(at[column.name] for column in sheet.columns if column.automatic)]
        assert [page.cell(FIRST_ROW, place).value for place in untouched] == [None] * len(untouched)


def test_the_same_content_makes_the_same_bytes(template: Path, tmp_path: Path) -> None:
    made = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for target in made:
        fill(template, target, ROWS, COVER, standard())
    assert made[0].read_bytes() == made[1].read_bytes()


def test_the_moment_of_saving_is_fixed(template: Path, tmp_path: Path) -> None:
    target = tmp_path / "filled.xlsx"
    fill(template, target, ROWS, COVER, standard())
    properties = load_workbook(target).properties
    assert f"{properties.created:%Y-%m-%d}" == f"{properties.modified:%Y-%m-%d}" == "2024-07-01"


def test_an_unknown_column_is_refused(template: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        fill(template, tmp_path / "filled.xlsx", {"orders": [{"colour": "red"}]}, COVER, standard())
