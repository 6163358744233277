"""A column that a developer adds to a sheet of the customer workbook is one that figures may ask for."""

from pathlib import Path

from openpyxl import load_workbook

import factory_crm as fc
from factory_crm.crm import schema as standard

BASE = standard("basic")


class UrgentOrder(BASE["orders"], table="orders", title="订单记录"):  # type: ignore[misc]
    """An order that says how urgent it is."""

    urgency: fc.Count | None = fc.column("紧急程度")


@fc.figure("urgent", "加急订单", unit="单", definition="紧急程度不低于 8 的订单行。")
def urgent(now: fc.Snapshot) -> fc.Value:
    """Count them."""
    grades = now.sheet("orders", "urgency").collect().to_native()["urgency"].dropna()
    return fc.Value(int((grades >= 8).sum()), len(grades))


def test_an_own_column_of_one_of_our_sheets_is_counted(tmp_path: Path) -> None:
    """
    客户编号 C1 · 订单 O1, 2024-03-01, 紧急程度 9 · 订单 O2, 2024-03-02, 紧急程度 3
    """
    schema = BASE.extended(UrgentOrder)
    path = fc.template(schema, tmp_path / "in" / "甲.xlsx", rows=5)
    book = load_workbook(path)
    fill(book["客户信息"], 5, {"客户编号": "C1", "客户名称": "甲厂", "联系人姓名": "张三", "联系电话": "13800000000"})
    for row, number, day, grade in ((5, "O1", "2024-03-01", 9), (6, "O2", "2024-03-02", 3)):
        values = {"订单编号": number, "客户编号": "C1", "产品型号": "R1", "数量": 1, "单价(元)": 2, "下单日期": day}
        fill(book["订单记录"], row, {**values, "订单状态": "接单确认", "紧急程度": grade})
    book.save(path)
    with fc.merge(tmp_path / "in", schema) as merged:
        results = merged.compute(figures=[urgent])
    assert (results.figures["urgent"].value, results.figures["urgent"].n) == (1, 2)
    assert results.figures["orders"].value == 2


def fill(sheet, row, values) -> None:
    columns = {cell.value.rstrip("★☆ⓐ ").strip(): cell.column for cell in sheet[4] if isinstance(cell.value, str)}
    for header, value in values.items():
        sheet.cell(row, columns[header], value)
