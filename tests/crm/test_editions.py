"""What an edition adds is said where it is added: a column beside its siblings, a sheet in one module and one list."""

from typing import ClassVar

import openpyxl
import pytest

from factory_crm import crm
from factory_crm.config.load import parse_schema
from factory_crm.config.product import Product
from factory_crm.crm import sheets
from factory_crm.crm.config import SECTIONS, restored
from factory_crm.migrate.migrate import edition_of
from factory_crm.schema.column import column
from factory_crm.schema.model import Sheet
from factory_crm.schema.rule import Rule, rule
from factory_crm.schema.types import Choice, Day, RecordId, Text
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.template.workbook import write_template
from factory_crm.validation.workbook import validate_workbook
from tests.report.builders import write_book


class Visit(Sheet, table="visits", title="来访记录", purpose="一行一次来访。", edition="full"):
    """One row for each visit of a customer."""

    may_be_absent = True
    happened_on = ("visited_on",)

    visit_id: RecordId = column("来访编号", key=True, example="V001")
    customer_id: RecordId = column("客户编号", references="customers", example="CUS001")
    visited_on: Day = column("来访日期", event_date=True)


class Order(sheets.order.Order, table="orders", title="订单记录", purpose=sheets.order.Order.purpose):
    """The orders with one more column, as if it had been declared among its siblings."""

    packing: Choice | None = column("包装", choices="unit", example="箱", edition="full")
    packed_by: Text | None = column("包装人", example="李四")

    rules: ClassVar[tuple[Rule, ...]] = (
        *sheets.order.Order.rules,
        rule("R199", "not packed_by or packing", edition="full"),
    )


@pytest.fixture
def product(monkeypatch):
    """The customer workbook with one more sheet and two more columns; nothing else is changed."""
    changed = [Order if sheet.table == "orders" else sheet for sheet in sheets.SHEETS]
    monkeypatch.setattr(sheets, "SHEETS", (*changed, Visit))
    crm.schema.cache_clear()
    yield Product(editions=crm.EDITIONS, schema=crm.schema, restore=restored, sections=SECTIONS)
    crm.schema.cache_clear()


def names(edition: str, table: str = "orders") -> list[str]:
    return [one.name for one in crm.schema(edition).sheet(table).columns]


def test_one_class_a_sheet_and_the_basic_one_is_derived() -> None:
    for sheet in crm.schema("basic").sheets:
        full = crm.schema("full").sheet(sheet.table)
        extra = [one.name for one in full.columns if one.edition == "full"]
        assert [one.name for one in full.columns] == [one.name for one in sheet.columns] + extra
        assert extra
    assert len({sheet.table for sheet in sheets.SHEETS}) == len(sheets.SHEETS)


def test_a_rule_belongs_to_the_edition_it_names_or_to_all_that_have_its_columns() -> None:
    texts = {
        edition: {one.code.name: one.expression.text for one in crm.schema(edition).sheet("customers").rules}
        for edition in crm.EDITIONS
    }
    assert texts["basic"] == {"R001": "phone or email"}
    assert texts["full"].keys() == {"R001", "R011", "R012"}
    assert texts["full"]["R001"] == "phone or email or wechat"


def test_a_column_is_added_in_one_place(product, tmp_path) -> None:
    assert names("basic")[-1] == "packed_by"
    assert names("full")[-2:] == ["packing", "packed_by"]
    assert "R199" in crm.schema("full").codes()
    assert "R199" not in crm.schema("basic").codes()
    write_template(tmp_path / "t.xlsx", crm.schema("full"), rows=1)
    assert "包装" in [cell.value for cell in openpyxl.load_workbook(tmp_path / "t.xlsx")["订单记录"][4]]


def test_a_sheet_of_the_full_edition_is_added_in_one_class_and_one_list(product, tmp_path) -> None:
    assert "visits" not in {sheet.table for sheet in crm.schema("basic").sheets}
    full = crm.schema("full")
    made = parse_schema('[visits.columns]\nfloor = { header = "楼层", kind = "text" }', product, "full")
    assert isinstance(made, WorkbookSchema)
    assert made.sheet("visits").column("floor").header == "楼层"
    [problem] = parse_schema('[visits.columns]\nfloor = { header = "楼层", kind = "text" }', product, "basic")
    assert problem.code.name == "F405"
    path = write_book(
        tmp_path / "a.xlsx",
        {
            "customers": [{"customer_id": "C1", "name": "甲", "contact": "乙", "phone": "13800000000"}],
            "visits": [{"visit_id": "V1", "customer_id": "C9", "visited_on": "2024-05-06"}],
        },
        schema=full,
    )
    book = validate_workbook(path, full)
    assert "K103" in {one.code.name for one in book.problems}
    assert edition_of(book, None, {name: crm.schema(name) for name in crm.EDITIONS}).edition == "full"


def test_days_of_what_happened_and_what_ended_are_declared() -> None:
    full = crm.schema("full")
    assert full.sheet("orders").happened_on == ("ordered_on", "shipped_on")
    assert full.sheet("services").end_dates() == ("responded_at", "closed_at", "told_on", "reopened_on")
    for sheet in full.sheets:
        assert {*sheet.happened_on, *sheet.end_dates()} <= {one.name for one in sheet.columns}
