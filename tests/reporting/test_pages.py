"""客户360 and the further pages: what they say is what the rows say."""

from datetime import datetime

import pytest

from factory_crm.contract.contract import standard
from factory_crm.metrics.settings import Settings
from factory_crm.reporting.facts import facts_of
from factory_crm.reporting.flow import late, steps
from factory_crm.reporting.forecast import errors, likely
from factory_crm.reporting.journey import STAGES, stage_of, touches
from factory_crm.reporting.performance import people
from factory_crm.reporting.quality import standings
from factory_crm.reporting.structure import flow_counts
from factory_crm.reporting.todo import todos
from tests.merging.builders import customer, feedback, order, service
from tests.reporting.builders import demo, summarised, write_book

SETTINGS = Settings()


def facts():
    return facts_of(demo().merged, demo().results)


def small(folder, rows):
    write_book(folder / "in" / "a.xlsx", rows)
    made = summarised([folder / "in"], folder / "summary.xlsx")
    return facts_of(made.merged, made.results)


def words(sheet):
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


# 客户360


def test_the_first_customer_is_shown_whole():
    sheet = demo().values()["客户360"]
    best = demo().results.frames["customers"].iloc[0]
    assert sheet["F4"].value == f"{best['customer_id']} {best['name']}"
    told = words(sheet)
    assert best["next_step"] in told
    orders = [row for row in facts().tables["orders"] if row["customer_id"] == best["customer_id"]]
    latest = max(orders, key=lambda row: row["day"])
    assert latest["order_id"] in told


def test_the_choices_are_a_name_over_the_customers():
    book = demo().book()
    assert book.defined_names["FC_CUSTOMERS"].attr_text.startswith("'客户汇总'!$")
    checks = book["客户360"].data_validations.dataValidation
    assert [(str(check.sqref), check.formula1) for check in checks] == [("F4", "FC_CUSTOMERS")]


# Steps, late lines


def test_orders_stand_where_their_last_line_stands(tmp_path):
    found = small(tmp_path, {"customers": [customer()], "orders": [
        order("O1", line=1, status="生产制造", ordered_on=datetime(2024, 1, 1)),
        order("O1", line=2, status="备料准备", ordered_on=datetime(2024, 1, 1)),
        order("O2", status="已完成", ordered_on=datetime(2024, 1, 1), received_on=datetime(2024, 1, 11)),
        order("O3", status="已取消"),
    ]})  # fmt: skip
    standing = {one.step: one for one in steps(found) if one.orders}
    assert list(standing) == ["备料准备"]
    assert (standing["备料准备"].orders, standing["备料准备"].days) == (1, 10)


def test_the_steps_are_the_figures():
    status = dict(demo().results.frames["status"].itertuples(index=False, name=None))
    assert {one.step: one.orders for one in steps(facts())} == {one.step: status[one.step] for one in steps(facts())}


def test_late_lines_are_past_their_day(tmp_path):
    found = small(tmp_path, {"customers": [customer()], "orders": [
        order("O1", due_on=datetime(2024, 1, 5), ordered_on=datetime(2024, 1, 1), status="生产制造"),
        order("O2", due_on=datetime(2024, 1, 10), ordered_on=datetime(2024, 1, 10), status="生产制造"),
    ]})  # fmt: skip
    assert [(one.order_id, one.days) for one in late(found)] == [("O1", 5)]


# Forecast


def days(*numbers):
    return [datetime.fromordinal(datetime(2024, 1, 1).toordinal() + number) for number in numbers]


def test_the_next_order_comes_after_the_median_interval(tmp_path):
    lines = [order(f"O{at}", ordered_on=day, quantity=10 * (at + 1)) for at, day in enumerate(days(0, 10, 20, 40))]
    found = small(tmp_path, {"customers": [customer()], "orders": lines})
    (one,) = likely(found)
    assert (one.interval, one.day, one.quantity) == (10, days(50)[0].date(), 25)
    assert errors(found).n == 0


def test_the_error_is_that_of_the_last_interval_foretold(tmp_path):
    lines = [order(f"O{at}", ordered_on=day) for at, day in enumerate(days(0, 10, 20, 30, 45))]
    assert errors(small(tmp_path, {"customers": [customer()], "orders": lines}))[:2] == (1, 5)


# Journey


@pytest.mark.parametrize(("ordered", "at", "stage"), [
    ((), 5, 0), ((10,), 5, 0), ((0,), 0, 1), ((0,), 60, 1), ((0,), 61, 2), ((0, 10), 20, 3), ((0, 10), 120, 4), ((0, 100), 100, 4),
])  # fmt: skip
def test_stages_follow_the_orders(ordered, at, stage):
    assert stage_of(days(*ordered), days(at)[0], SETTINGS) == STAGES[stage]


def test_every_contact_of_the_period_is_one_touch():
    known = facts()
    found = list(touches(known, SETTINGS))
    services = sum(known.within(row["day"]) for row in known.tables["services"])
    assert sum(touch.point in ("咨询", "投诉", "售后服务") for touch in found) == services
    assert sum(touch.point == "评价" for touch in found) == sum(
        known.within(row["given_on"]) for row in known.tables["feedbacks"]
    )


def test_the_weakest_touchpoint_is_named():
    assert any(text.startswith("最薄弱的触点：") for text in words(demo().values()["客户旅程"]))


# People, to do, structure, quality


def test_sales_of_people_are_those_of_customers():
    found = people(facts())
    assert sum(one["window_fen"] for one in found) == demo().results.frames["customers"]["window_fen"].sum()
    assert sum(one["customers"] for one in found) == len(demo().results.frames["customers"])


def test_what_is_to_be_done_has_owner_and_day(tmp_path):
    found = todos(small(tmp_path, {
        "customers": [customer(owner="张三")],
        "orders": [order(due_on=datetime(2024, 1, 20), ordered_on=datetime(2024, 1, 10), status="生产制造")],
        "services": [service(event="投诉", received_at=datetime(2024, 1, 10), handler="李四", closed_at=None, outcome=None, responded_at=None)],
        "feedbacks": [feedback(given_on=datetime(2024, 1, 15))],
    }), SETTINGS)  # fmt: skip
    assert [(one.kind, one.owner, str(one.due), one.days) for one in found] == [
        ("服务待办结", "李四", "2024-01-11", 5), ("即将交货", "张三", "2024-01-20", 5)]  # fmt: skip


def test_flows_are_counted():
    counts = flow_counts(facts(), demo().merged)
    figures = demo().results.figures
    assert counts["orders"] == figures["orders"].value
    assert counts["complaints"] == figures["complaints"].value
    assert counts["feedbacks"] >= figures["csat"].n


def test_quality_accounts_for_every_row():
    found = standings(demo().merged, standard())
    assert sum(one.read for one in found) == sum(
        counts.read.rows for origin in demo().merged.origins for counts in origin.counts.values()
    )
    assert all(0 <= one.filled <= 1 for one in found if one.filled is not None)


# More rows than a sheet holds


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
