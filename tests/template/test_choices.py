"""Lists that Excel can't hold in a validation itself: long ones, with commas in them, dependent on another cell."""

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from factory_crm.crm import parse as parse_schema
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.template.page import FIRST_ROW
from factory_crm.template.workbook import write_template
from tests import office
from tests.template.conftest import headers
from tests.template.filling import verdicts, write_filled

MODELS = [f"型号{number:03}，加长, 带 {number} 个接口" for number in range(120)]
FACTORY = f"""
[choices]
model = {MODELS!r}
[choices.part.groups]
"甲, 系列" = ["甲一", "甲二；加厚"]
"乙系列" = ["乙一"]
[choices.series]
values = ["甲, 系列", "乙系列"]
[orders.columns]
model = {{ header = "型号", choices = "model", blank = true }}
series = {{ header = "系列", choices = "series", blank = true }}
part = {{ header = "配件", choices = "part", depends_on = "series", blank = true }}
"""
ORDER = {"customer_id": "CUS001", "product": "X100", "quantity": 1, "unit_price": 1}
CHOSEN = [
    ({"model": MODELS[7]}, "√"), ({"model": MODELS[119]}, "√"), ({"model": "型号007"}, "×"),
    ({"series": "甲, 系列", "part": "甲二；加厚"}, "√"), ({"series": "乙系列", "part": "乙一"}, "√"),
    ({"series": "乙系列", "part": "甲一"}, "×"), ({"part": "甲一"}, "√"), ({"series": "甲", "part": "甲一"}, "×"),
]  # fmt: skip


@pytest.fixture(scope="module")
def schema() -> WorkbookSchema:
    found = parse_schema(FACTORY)
    assert isinstance(found, WorkbookSchema), found
    return found


def lists(path: Path) -> dict[str, str]:
    """The list that each column of the orders offers, by header."""
    sheet = openpyxl.load_workbook(path)["订单记录"]
    guards = {str(one.sqref).split(":")[0]: one for one in sheet.data_validations.dataValidation if one.type == "list"}
    found = {header: guards.get(sheet.cell(FIRST_ROW, column).coordinate) for header, column in headers(sheet).items()}
    return {header: one.formula1 for header, one in found.items() if one}


def test_a_list_stands_on_its_sheet_and_not_in_the_validation(tmp_path, schema) -> None:
    write_template(tmp_path / "t.xlsx", schema, rows=3)
    offered = lists(tmp_path / "t.xlsx")
    assert sum(map(len, MODELS)) > 255
    assert offered["型号"] == "L_model"
    assert all(len(formula) <= 255 and '"' not in formula for formula in offered.values())
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    title, cells = book.defined_names["L_model"].attr_text.split("!")
    assert [cell.value for [cell] in book[title.strip("'")][cells.replace("$", "")]] == MODELS


@pytest.mark.slow
@pytest.mark.libreoffice
def test_every_list_offers_what_goes_with_the_row_and_is_checked(tmp_path, schema) -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "customers": [{"customer_id": "CUS001", "name": "甲厂", "contact": "张三", "phone": "13800000000"}],
        "orders": [{"order_id": f"ORD{at}", **ORDER, **chosen} for at, (chosen, _) in enumerate(CHOSEN)],
    }
    write_filled(tmp_path / "filled.xlsx", schema, rows)
    offered = lists(tmp_path / "filled.xlsx")
    book = openpyxl.load_workbook(tmp_path / "filled.xlsx")
    for row in range(FIRST_ROW, FIRST_ROW + len(CHOSEN)):
        formula = re.sub(rf"(\$?[A-Z]+){FIRST_ROW}(?!\d)", rf"\g<1>{row}", offered["配件"])
        book["订单记录"][f"AA{row}"], book["订单记录"][f"AB{row}"] = f"=ROWS({formula})", f"=INDEX({formula},1)"
    book["订单记录"]["AC5"] = f"=INDEX({offered['型号']},120)"
    book.save(tmp_path / "asked.xlsx")
    calculated = office.recalculated(tmp_path / "asked.xlsx", tmp_path / "calculated")
    sheet = openpyxl.load_workbook(calculated, data_only=True)["订单记录"]
    shown = [(sheet[f"AA{row}"].value, sheet[f"AB{row}"].value) for row in range(FIRST_ROW, FIRST_ROW + len(CHOSEN))]
    assert shown == [(3, "甲一")] * 3 + [(2, "甲一"), (1, "乙一"), (1, "乙一"), (3, "甲一"), (3, "甲一")]
    assert sheet["AC5"].value == MODELS[119]
    told = verdicts(calculated, schema)
    assert [told["orders", FIRST_ROW + at][0] for at in range(len(CHOSEN))] == [sign for _, sign in CHOSEN]
