"""Whose number it is, and whose line counts: what factory.toml says of offices."""

from datetime import datetime
from functools import partial

import pytest

from factory_crm.crm.config import restored
from factory_crm.engine.engines import LocalEngine
from factory_crm.merge.merge import MergeOptions, merge, reconciles
from factory_crm.reading.folder import WorkbookFile

from .builders import customer, feedback, order, service, workbook

APART = 'numbering = "office"'


def merged(*paths, text="", **wishes):
    schema = restored(None, text)
    result = merge(
        [WorkbookFile(path, path.name) for path in paths], schema, LocalEngine(), options=MergeOptions(**wishes)
    )
    assert reconciles(result)
    return result


def rows(result, table, *names):
    return result.tables[table].select(*names).collect().rows()


@pytest.fixture
def make(tmp_path):
    def make(name, office, day=1, **content):
        return workbook(tmp_path / name, content, office=office, modified=datetime(2024, 6, day))

    return make


# Every office numbers by itself


def test_the_office_is_part_of_every_number(make):
    content = {"customers": [customer("C1", "东海机械")], "orders": [order("O1", "C1")],
               "services": [service("C1", order_id="o1")], "feedbacks": [feedback("C1")]}  # fmt: skip
    result = merged(make("a.xlsx", "一分厂", **content), make("b.xlsx", "二分厂", **content), text=APART)
    assert rows(result, "customers", "customer_id") == [("C1@一分厂",), ("C1@二分厂",)]
    assert rows(result, "orders", "order_id", "customer_id") == [("O1@一分厂", "C1@一分厂"), ("O1@二分厂", "C1@二分厂")]
    assert rows(result, "services", "order_id") == [("O1@一分厂",), ("O1@二分厂",)]
    assert len(set(rows(result, "feedbacks", "feedback_id"))) == 2
    assert (result.conflicts, result.problems) == ((), ())


def test_a_number_carries_its_office_whether_or_not_another_office_uses_it_this_time(make):
    result = merged(make("a.xlsx", "一分厂", customers=[customer("C1")], orders=[order("O1", "C1")]), text=APART)
    assert rows(result, "orders", "order_id", "customer_id") == [("O1@一分厂", "C1@一分厂")]


def test_one_office_s_registration_answers_no_other_office(make):
    a = make("a.xlsx", "一分厂", customers=[customer("C1")])
    b = make("b.xlsx", "二分厂", orders=[order("O1", "C1")])
    result = merged(a, b, text=APART)
    assert [(p.code.name, p.params["value"]) for p in result.problems] == [("M204", "C1@二分厂")]
    assert merged(a, b).problems == ()


def test_a_rejected_customer_registers_the_number_for_its_own_office(make):
    a = make("a.xlsx", "一分厂", customers=[customer("C1", name=None)], orders=[order("O1", "C1")])
    assert merged(a, text=APART).problems == ()


def test_an_office_that_contradicts_itself_is_settled_and_shown(make):
    a = make("a.xlsx", "一分厂", 1, customers=[customer("C1", phone="13800000001")])
    b = make("b.xlsx", "一分厂", 2, customers=[customer("C1", phone="13800000002")])
    result = merged(a, b, text=APART)
    assert rows(result, "customers", "customer_id", "phone") == [("C1@一分厂", "13800000002")]
    assert [conflict.is_id_collision for conflict in result.conflicts] == [False]


# Clashes


def test_one_office_s_two_companies_under_one_number_are_told_apart_by_file(make):
    a = make("a.xlsx", "一分厂", customers=[customer("C1", "东海精密机械")], orders=[order("O1", "C1")])
    b = make("b.xlsx", "一分厂", 2, customers=[customer("C1", "云山纺织")], orders=[order("O2", "C1")])
    result = merged(a, b)
    numbers = {"东海精密机械": "C1@一分厂·a.xlsx", "云山纺织": "C1@一分厂·b.xlsx"}
    assert dict(rows(result, "customers", "name", "customer_id")) == numbers
    assert rows(result, "orders", "customer_id") == [(number,) for number in numbers.values()]
    assert [conflict.is_id_collision for conflict in result.conflicts] == [True]


def test_an_office_s_other_files_mean_its_own_customer(make):
    a = make("a.xlsx", "一分厂", customers=[customer("C1", "东海精密机械")])
    more = make("a2.xlsx", "一分厂", orders=[order("O1", "C1")])
    b = make("b.xlsx", "二分厂", customers=[customer("C1", "云山纺织")])
    assert rows(merged(a, more, b), "orders", "customer_id") == [("C1@一分厂",)]


@pytest.mark.parametrize("text", ["", APART])
def test_what_waits_for_a_choice_is_listed_with_its_numbers_as_they_were_written(make, text):
    """Two offices' different companies are both C1, and one office says two things of its own."""
    make_order = partial(order, "O1", "C1")
    paths = [
        make("a.xlsx", "一分厂", customers=[customer("C1", "东海精密机械")]),
        make("b.xlsx", "二分厂", customers=[customer("C1", "云山纺织")], orders=[make_order(quantity=1)]),
        make("c.xlsx", "二分厂", customers=[customer("C1", "云山纺织")], orders=[make_order(quantity=2)]),
    ]
    waiting = [dict(row.shown) for row in merged(*paths, text=text, prefer="none").rejected]
    assert [(row["订单编号"], row["客户编号"]) for row in waiting] == [("O1", "C1")] * 2


# The order among offices


def test_an_office_with_priority_wins_over_a_later_one(make):
    text = '[[offices]]\nname = "总部"\npriority = 7\n[[offices]]\nname = "一分厂"\npriority = 8\n[[offices]]\nname = "二分厂"'
    paths = [  # those without a priority come last, whatever the number of the others
        make(f"{n}.xlsx", office, n, customers=[customer("C1", phone=f"1380000000{n}")])
        for n, office in enumerate(("总部", "一分厂", "二分厂"), 1)
    ]
    result = merged(*paths, text=text)
    assert rows(result, "customers", "office") == [("总部",)]
    [conflict] = result.conflicts
    assert "优先" in str(conflict.rule)
    assert [version.office for version in conflict.versions] == ["总部", "一分厂", "二分厂"]
    assert rows(merged(*paths[1:], text=text), "customers", "office") == [("一分厂",)]
    assert rows(merged(*paths), "customers", "office") == [("二分厂",)]


def test_of_several_that_say_the_same_the_first_in_rank_speaks_for_all(make):
    text = '[[offices]]\nname = "总部"\npriority = 1'
    same, other = customer("C1", phone="13800000001"), customer("C1", phone="13800000002")
    early = make("a.xlsx", "一分厂", 1, customers=[same])
    between = make("b.xlsx", "二分厂", 2, customers=[other])
    late = make("z.xlsx", "总部", 3, customers=[same])
    assert rows(merged(early, between, late), "customers", "file", "phone") == [("z.xlsx", "13800000001")]
    newest = make("c.xlsx", "三分厂", 4, customers=[other])
    assert rows(merged(early, newest, late, text=text), "customers", "file") == [("z.xlsx",)]


def test_offices_that_are_listed_owe_a_workbook(make):
    text = '[[offices]]\nname = "一分厂"\n[[offices]]\nname = "二分厂"'
    result = merged(make("a.xlsx", "一分厂", customers=[customer("C1")]), text=text)
    assert [(duty.office, duty.sent) for duty in result.submissions] == [("二分厂", False), ("一分厂", True)]


def test_rejected_rows_stand_file_by_file_in_the_order_of_the_sheets(make):
    bad = {"feedbacks": [feedback(given_on="坏")], "orders": [order(quantity="坏"), order("O2", quantity="坏")]}
    found = merged(make("b.xlsx", "", customers=[customer(name=None)], **bad), make("a.xlsx", "", **bad)).rejected
    assert [(r.location.file, r.location.sheet, r.location.row) for r in found] == [
        ("a.xlsx", "订单记录", 2), ("a.xlsx", "订单记录", 3), ("a.xlsx", "反馈评价", 2),
        ("b.xlsx", "客户信息", 2), ("b.xlsx", "订单记录", 2), ("b.xlsx", "订单记录", 3), ("b.xlsx", "反馈评价", 2),
    ]  # fmt: skip
