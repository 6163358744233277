"""Filling puts values under their headers and touches nothing else; the same content makes the same bytes."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from factory_crm.crm import schema as standard
from factory_crm.examples.data import offices
from factory_crm.examples.fill import FIRST_ROW, columns, fill

ROWS = {"orders": [{"order_id": "A1", "ordered_on": date(2024, 1, 5), "quantity": 3, "unit_price": None}]}
COVER = {"office": "一分厂", "period": "2024-06"}


def test_values_stand_under_their_headers(tmp_path: Path) -> None:
    target = tmp_path / "made" / "filled.xlsx"
    fill(target, ROWS, COVER, standard())
    made = load_workbook(target)
    page = made["订单记录"]
    at = columns(page, standard().sheet("orders"))
    assert page.cell(FIRST_ROW, at["order_id"]).value == "A1"
    assert page.cell(FIRST_ROW, at["quantity"]).value == 3
    assert page.cell(FIRST_ROW, at["ordered_on"]).number_format == "yyyy-mm-dd"
    told = {row[1].value: row[2].value for row in made["填写说明"].iter_rows(max_row=10)}
    assert (told["填报单位"], told["填表人"], told["报送期间"]) == ("一分厂", None, "2024-06")


def test_formulas_stay(tmp_path: Path) -> None:
    target = tmp_path / "filled.xlsx"
    fill(target, {table: rows[:5] for table, rows in offices()[0].rows.items()}, COVER, standard())
    made = load_workbook(target)
    for sheet in standard().sheets:
        page = made[sheet.title]
        at = columns(page, sheet)
        own = [1, page.max_column, *(at[column.name] for column in sheet.columns if column.automatic)]
        assert all(str(page.cell(FIRST_ROW, place).value).startswith("=") for place in own)


def test_the_same_content_makes_the_same_bytes(tmp_path: Path) -> None:
    made = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for target in made:
        fill(target, ROWS, COVER, standard())
    assert made[0].read_bytes() == made[1].read_bytes()


def test_the_moment_of_saving_is_fixed(tmp_path: Path) -> None:
    target = tmp_path / "filled.xlsx"
    fill(target, ROWS, COVER, standard())
    properties = load_workbook(target).properties
    assert f"{properties.created:%Y-%m-%d}" == f"{properties.modified:%Y-%m-%d}" == "2024-07-01"


def test_an_unknown_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        fill(tmp_path / "filled.xlsx", {"orders": [{"colour": "red"}]}, COVER, standard())
