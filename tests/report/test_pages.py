"""客户360 and the further pages: what they say is what the figures and frames say."""

from datetime import datetime

import pytest

from factory_crm.crm import parse as parse_schema
from factory_crm.crm import schema as standard
from factory_crm.crm.organisation import Organisation
from factory_crm.crm.pages.order_flow import late
from factory_crm.crm.pages.organisation import flow_counts
from tests.merge.builders import customer, order
from tests.report.builders import demo, full, summarised, write_book

pytestmark = pytest.mark.slow


def words(sheet):
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def column(sheet, header, top=4):
    """The cells under a header, down to the first row that has nothing in its first cell."""
    rows = list(sheet.iter_rows(min_row=top, values_only=True))
    at, found = rows[0].index(header), []
    for row in rows[1:]:
        if row[0] is None:
            break
        found.append(row[at])
    return found


def shown(name):
    return demo().results.frames[name]


# 客户360


def test_the_first_customer_is_shown_whole():
    sheet = demo().values()["客户360"]
    best = shown("customers").iloc[0]
    assert sheet["F4"].value == f"{best['customer_id']} {best['name']}"
    told = words(sheet)
    assert best["next_step"] in told
    orders = demo().merged.tables["orders"].collect().to_native()
    latest = orders[orders["customer_id"] == best["customer_id"]].sort_values("ordered_on").iloc[-1]
    assert latest["order_id"] in told


def test_the_choices_are_a_name_over_the_customers():
    book = demo().book()
    assert book.defined_names["FC_CUSTOMERS"].attr_text.startswith("'客户汇总'!$")
    checks = book["客户360"].data_validations.dataValidation
    assert [(str(check.sqref), check.formula1) for check in checks] == [("F4", "FC_CUSTOMERS")]


# Each page shows its frame


def test_people_are_those_of_the_figures():
    sheet = demo().values()["人员绩效"]
    assert column(sheet, "姓名") == list(shown("people")["person"])
    assert column(sheet, "期内金额(元)") == [fen / 100 for fen in shown("people")["amount_fen"]]
    assert shown("people")["amount_fen"].sum() == demo().results.figures["amount"].value


def test_everything_to_do_is_listed():
    sheet, reminders = demo().values()["待办"], shown("reminders")
    assert column(sheet, "事项") == list(reminders["kind"])
    assert column(sheet, "缓急").count("已过期") == reminders["overdue"].sum()
    assert [day.date() for day in column(sheet, "到期日")] == [day.date() for day in reminders["due"]]


def test_what_is_expected_is_not_long_past():
    sheet, reorders = demo().values()["预测"], shown("reorders")
    late_by = (demo().merged.as_of - reorders["next_order"].dt.date).map(lambda gap: gap.days)
    told = reorders[late_by <= reorders["interval_days"]]
    assert column(sheet, "产品型号") == list(told["product"])
    assert f"用过去的数据检验 {demo().results.figures['reorder_error_days'].n} 次" in sheet["A2"].value


def test_every_touchpoint_of_the_journey_is_there():
    sheet, journey = demo().values()["客户旅程"], shown("journey")
    told = words(sheet)
    assert set(journey["touchpoint"]) | set(journey["stage"]) <= set(told)
    weakest = journey[journey["weakest"]].iloc[0]
    assert any(text.startswith(f"最薄弱的触点：{weakest['stage']} · {weakest['touchpoint']}") for text in told)


def test_the_quality_of_each_office_is_there():
    sheet = demo().values()["数据质量"]
    assert column(sheet, "填报单位") == list(shown("quality")["office"])
    assert column(sheet, "读取行") == list(shown("quality")["rows"])


def test_flows_are_the_figures_and_end_where_something_stands():
    counts, figures = flow_counts(demo().results, demo().merged), demo().results.figures
    assert counts["orders"] == figures["orders"].value
    assert counts["complaints"] == figures["complaints"].value
    assert counts["low"] <= counts["feedbacks"]
    told = words(demo().values()["管理架构"])
    assert {flow.what for flow in standard().extension(Organisation).flows} <= set(told)


def test_a_factory_says_who_does_what(tmp_path):
    text = """
[[departments]]
name = "老板"
layer = "决策层"
duties = "看数"
reads = ["经营看板"]

[[flows]]
source = "老板"
target = "老板"
what = "订单"
counted = "orders"

[english]
"老板" = "The boss"
"""
    schema = parse_schema(text)
    write_book(tmp_path / "in" / "a.xlsx", {"customers": [customer()], "orders": [order()]})
    made = summarised([tmp_path / "in"], tmp_path / "s.xlsx", "en", schema=schema)
    told = words(made.values()["Organisation"])
    assert told.count("The boss") == 3
    assert "决策层" not in told


def test_late_orders_are_past_their_day(tmp_path):
    write_book(tmp_path / "in" / "a.xlsx", {"customers": [customer()], "orders": [
        order("O1", due_on=datetime(2024, 1, 5), ordered_on=datetime(2024, 1, 1), status="生产制造"),
        order("O2", due_on=datetime(2024, 1, 10), ordered_on=datetime(2024, 1, 10), status="生产制造"),
    ]})  # fmt: skip
    made = summarised([tmp_path / "in"], tmp_path / "summary.xlsx")
    assert [(one["number"], one["days"]) for one in late(made.data())] == [("O1", 5)]


# What only the full edition tells


def test_the_basic_edition_has_no_sheet_that_would_stay_empty():
    assert {"销售漏斗", "忠诚度", "应收账款"}.isdisjoint(demo().book().sheetnames)


def test_the_full_edition_has_funnel_loyalty_and_receivables():
    book, results = full().values(), full().results
    assert column(book["忠诚度"], "客户编号") == list(results.frames["loyalty"]["customer_id"])
    assert column(book["应收账款"], "应收合计(元)") == [
        fen / 100 for fen in results.frames["receivables"]["receivable_fen"]
    ]
    told = [cell.value for row in book["销售漏斗"].iter_rows() for cell in row if isinstance(cell.value, int)]
    assert set(results.frames["pipeline"]["count"]) <= set(told)
    assert results.figures["nps"].value is not None


# More rows than a sheet holds


@pytest.mark.slow
def test_what_a_sheet_cannot_hold_goes_to_further_ones(tmp_path):
    rows = {"customers": [customer()], "orders": [order(f"O{at}") for at in range(25)]}
    write_book(tmp_path / "in" / "a.xlsx", rows)
    made = summarised([tmp_path / "in"], tmp_path / "summary.xlsx", rows_a_sheet=10)
    book = made.values()
    held = [
        cell.value
        for title in ("订单", "订单 (2)", "订单 (3)")
        for (cell,) in book[title].iter_rows(min_row=5, max_col=1)
    ]
    assert held == sorted(f"O{at}" for at in range(25))
    assert "分在 3 张表上，这是第 2 张" in book["订单 (2)"]["A2"].value
    assert book["客户汇总"]["F5"].value == 25
    assert not any("订单" in formula for title in made.book().sheetnames for formula in made.formulas(title))
