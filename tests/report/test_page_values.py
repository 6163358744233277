"""Pages are values: they can be read without a spreadsheet, and a developer's own page is one more value."""

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from factory_crm.crm import schema as standard
from factory_crm.crm.pages import PAGES
from factory_crm.crm.pages.todo import todo_page
from factory_crm.crm.summary import write_summary
from factory_crm.engine.engines import LocalEngine
from factory_crm.merge.merge import merge
from factory_crm.merge.tables import collect_tables
from factory_crm.metrics.results import PlainSettings, Results
from factory_crm.reading.folder import find_workbooks
from factory_crm.report.page import Col, FrameTable, Page, Tables
from factory_crm.report.pages import PAGES as GENERIC
from factory_crm.report.summary import built
from factory_crm.report.summary import write_summary as write_generic
from factory_crm.report.values import yuan
from factory_crm.schema.column import column
from factory_crm.schema.model import Sheet
from factory_crm.schema.types import Day, Money, RecordId, Text
from factory_crm.schema.workbook import WorkbookSchema
from tests.report.builders import demo, full, loaded, write_book
from tests.report.plain import markdown

CHINESE = re.compile(r"[\u3400-\u9fff]")


def page(made, title, language="zh", schema=None):
    [sheet] = [one for one in built(made.data(language, schema), PAGES) if one.title == title]
    return markdown(title, sheet.content)


def test_what_a_page_says_can_be_read_without_a_spreadsheet():
    told = page(demo(), "人员绩效").splitlines()
    people = demo().results.frames["people"]
    assert told[1].startswith(f"{len(people)} 人。")
    assert told[3].startswith("| 姓名 | 下单客户 | 订单数 |")
    assert [line.split(" | ")[0].removeprefix("| ") for line in told[5:]] == list(people["person"])


def test_the_dashboard_can_be_read_too():
    told = page(demo(), "经营看板")
    assert "客户管理经营看板" in told
    assert "需要注意" in told
    assert "![客户生命周期（家）]" in told
    assert "[待办](#待办)" in told


def test_a_page_function_has_no_effect_and_says_the_same_twice():
    data = demo().data()
    assert todo_page(data) == todo_page(data)
    assert data.exposed == {}


def test_every_page_speaks_english():
    for sheet in built(full().data("en", standard("full")), PAGES):
        if isinstance(sheet.content, Tables):
            heads = [column.header for table in sheet.content.tables for column in table.columns]
            assert [head for head in heads if CHINESE.search(head)] == [], sheet.title


@pytest.mark.parametrize(
    ("needs", "stands"), [((), True), (("orders",), True), (("machines",), False), (("orders.paid",), False)]
)
def test_a_page_stands_where_the_schema_has_what_it_needs(needs, stands):
    own = Page("最好的客户", Tables("", (), 1), needs=needs)
    titles = [sheet.title for sheet in built(demo().data(), (own,))]
    assert ("最好的客户" in titles) is stands


# The worked example: a page of one's own is one value


BEST = Page(
    "最好的客户",
    [
        FrameTable(
            "customers",
            (Col("客户名称", "name", "text", 190), Col("期内金额(元)", "window_fen", "money", 120, yuan)),
            "还没有客户。",
        )
    ],
    sentence="按期内金额从高到低。",
    frames=("customers",),
)


def test_an_own_page_is_one_value(tmp_path):
    made = demo()
    write_summary(tmp_path / "s.xlsx", made.merged, made.results, standard(), pages=(*PAGES, BEST))
    book = loaded(tmp_path / "s.xlsx", values=True)
    sheet, customers = book["最好的客户"], made.results.frames["customers"]
    assert [cell.value for cell in sheet[4][:2]] == ["客户名称", "期内金额(元)"]
    assert [cell.value for (cell,) in sheet.iter_rows(min_row=5, max_col=1)] == list(customers["name"])
    links = {cell.hyperlink.location for row in book["经营看板"].iter_rows() for cell in row if cell.hyperlink}
    assert "'最好的客户'!A1" in links


# A schema of one's own, without any sheet of ours


class Machine(Sheet, table="machines", title="设备"):
    """A machine."""

    display_column = "name"
    machine_id: RecordId = column("设备编号", key=True, example="M1")
    name: Text = column("设备名称", example="车床")
    price: Money | None = column("价格(元)", example=12.5)


class Repair(Sheet, table="repairs", title="维修"):
    """A repair of a machine."""

    machine_id: RecordId = column("设备编号", key=True, references="machines", example="M1")
    machine_name: Text | None = column("设备名称", lookup="machine_id")
    repaired_on: Day | None = column("维修日期", event_date=True, example=date(2024, 5, 6))


FACTORY = WorkbookSchema((Machine, Repair), product="设备台账")


NOTHING_COUNTED = Results(None, None, None, {}, {}, PlainSettings())


def test_a_schema_without_any_sheet_of_ours_has_a_summary(tmp_path):
    rows = {
        "machines": [
            {"machine_id": "M1", "name": "车床", "price": 12.5},
            {"machine_id": "M2", "name": "铣床"},
            {"name": "没有编号"},
        ],
        "repairs": [{"machine_id": "M1", "repaired_on": datetime(2024, 5, 6)}],
    }
    write_book(tmp_path / "in" / "a.xlsx", rows, schema=FACTORY)
    merged = merge(find_workbooks([tmp_path / "in"]), FACTORY, LocalEngine())
    merged = replace(merged, tables=collect_tables(FACTORY, merged.tables))
    write_generic(tmp_path / "s.xlsx", merged, NOTHING_COUNTED, FACTORY, pages=GENERIC)
    book = loaded(tmp_path / "s.xlsx", values=True)
    visible = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert visible == ["经营看板", "设备", "维修", "催交清单", "冲突", "疑似重复", "被拒行", "数据来源", "指标口径"]
    assert [cell.value for cell in book["设备"]["A"][4:6]] == ["M1", "M2"]
    assert [cell.value for cell in book["维修"][5][:3]] == ["M1", "车床", datetime(2024, 5, 6)]
    told = [cell.value for row in book["经营看板"].iter_rows() for cell in row if cell.value is not None]
    assert "设备台账" in told
    assert "被拒 1 行，待定的冲突 0 处，疑似重复 0 对。" in told
    at = told.index("设备", told.index("工作表"))
    assert told[at : at + 6] == ["设备", 3, 2, 1, 0, 12.5]
    assert book["被拒行"].max_row == 5
    assert "设备台账" in book["设备"].oddFooter.right.text
