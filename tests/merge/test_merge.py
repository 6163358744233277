"""Merging: nothing is lost, everything is accounted for, order does not matter."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from factory_crm.crm import schema as standard
from factory_crm.engine.engines import LocalEngine
from factory_crm.merge.merge import merge, reconciles, totals
from factory_crm.merge.record import Amount
from factory_crm.merge.result import MergeResult
from factory_crm.merge.tables import collect_tables
from factory_crm.reading.folder import WorkbookFile, find_workbooks

from .builders import Rows, customer, feedback, order, service, workbook


def merged(*paths: Path, **options: Any) -> MergeResult:
    result = merge([WorkbookFile(path, path.name) for path in paths], standard(), LocalEngine(), **options)
    assert reconciles(result)
    return result


def rows(result: MergeResult, table: str, *names: str) -> list[tuple[Any, ...]]:
    return result.tables[table].select(*names).collect().rows()


def counts(result: MergeResult, table: str) -> tuple[int, int, int, int]:
    return tuple(amount.rows for amount in totals(result.origins)[table])


@pytest.fixture
def make(tmp_path: Path) -> Any:
    def make(name: str, content: Rows, **options: Any) -> Path:
        return workbook(tmp_path / name, content, **options)

    return make


def test_a_line_keeps_where_it_came_from(make):
    result = merged(make("a.xlsx", {"customers": [customer()], "orders": [order(), order("ORD002")]}, office="一分厂"))
    assert rows(result, "orders", "order_id", "file", "sheet", "row", "office") == [
        ("ORD001", "a.xlsx", "订单记录", 2, "一分厂"),
        ("ORD002", "a.xlsx", "订单记录", 3, "一分厂"),
    ]


def test_money_is_held_in_fen_and_quantities_in_ten_thousandths(make):
    result = merged(make("a.xlsx", {"customers": [customer()], "orders": [order(quantity=0.1, unit_price=0.2)]}))
    assert rows(result, "orders", "quantity", "unit_price", "amount") == [(1000, 200_000, 2)]


def test_the_same_line_in_two_workbooks_counts_once(make):
    result = merged(
        make("a.xlsx", {"customers": [customer()], "orders": [order()]}),
        make("b.xlsx", {"customers": [customer()], "orders": [order(), order("ORD002")]}),
    )
    assert counts(result, "customers") == (2, 1, 0, 1)
    assert counts(result, "orders") == (3, 2, 0, 1)
    assert result.conflicts == ()


def test_a_file_sent_twice_is_noticed_by_its_content(make, tmp_path):
    first = make("a.xlsx", {"customers": [customer()], "orders": [order()]})
    again = tmp_path / "再发一次.xlsx"
    again.write_bytes(first.read_bytes())
    result = merged(first, again)
    assert [(o.file, o.status) for o in result.origins] == [("a.xlsx", "merged"), ("再发一次.xlsx", "repeated")]
    assert counts(result, "orders") == (2, 1, 0, 1)


def test_different_content_is_settled_by_the_workbooks_own_time(make):
    early = make("z.xlsx", {"customers": [customer(phone="13800000001")]}, modified=datetime(2024, 6, 1))
    late = make("a.xlsx", {"customers": [customer(phone="13800000002")]}, modified=datetime(2024, 6, 2))
    for paths in ((early, late), (late, early)):
        result = merged(*paths)
        assert rows(result, "customers", "phone") == [("13800000002",)]
        [conflict] = result.conflicts
        assert (conflict.key, conflict.headers, conflict.is_id_collision) == ("CUS001", ("联系电话",), False)
        assert [(v.location.file, v.cells) for v in conflict.versions] == [
            ("a.xlsx", ("13800000002",)),
            ("z.xlsx", ("13800000001",)),
        ]
        assert counts(result, "customers") == (2, 1, 0, 1)


def test_one_number_for_two_companies_is_a_clash_and_both_stay(make):
    result = merged(
        make(
            "a.xlsx", {"customers": [customer(name="东海精密机械有限公司")], "orders": [order("A1")]}, office="一分厂"
        ),
        make(
            "b.xlsx", {"customers": [customer(name="云山纺织股份有限公司")], "orders": [order("B1")]}, office="二分厂"
        ),
    )
    assert rows(result, "customers", "customer_id") == [("CUS001@一分厂",), ("CUS001@二分厂",)]
    assert rows(result, "orders", "order_id", "customer_id") == [("A1", "CUS001@一分厂"), ("B1", "CUS001@二分厂")]
    [clash] = result.conflicts
    assert clash.is_id_collision
    assert counts(result, "customers") == (2, 2, 0, 0)


def test_two_spellings_of_one_company_are_no_clash(make):
    result = merged(
        make("a.xlsx", {"customers": [customer(name="东海精密机械有限公司")]}, office="一分厂"),
        make("b.xlsx", {"customers": [customer(name="东海精密机械")]}, office="二分厂"),
    )
    assert [conflict.is_id_collision for conflict in result.conflicts] == [False]


def test_rejected_rows_stay_out_and_are_listed_with_what_the_clerk_wrote(make):
    result = merged(make("a.xlsx", {"customers": [customer()], "orders": [order(), order("ORD002", quantity="一千")]}))
    assert counts(result, "orders") == (2, 1, 1, 0)
    [rejected] = result.rejected
    assert (rejected.location.row, dict(rejected.shown)["数量"], [p.code.name for p in rejected.problems]) == (
        3,
        "一千",
        ["C102"],
    )


def test_money_of_rejected_and_superseded_lines_is_accounted_for_too(make):
    bad = order("ORD002", received_on=datetime(2024, 1, 1))
    result = merged(
        make("a.xlsx", {"customers": [customer()], "orders": [order(), bad]}),
        make("b.xlsx", {"customers": [customer()], "orders": [order()]}),
    )
    assert totals(result.origins)["orders"] == (Amount(3, 7500), Amount(1, 2500), Amount(1, 2500), Amount(1, 2500))


def test_a_stray_that_another_file_answers_is_none(make):
    a = make("a.xlsx", {"customers": [customer()], "orders": [order(customer_id="CUS009")]})
    assert [p.code.name for p in merged(a).problems] == ["M204"]
    b = make("b.xlsx", {"customers": [customer("CUS009", "另一家")]})
    assert merged(a, b).problems == ()


def test_a_rejected_customer_still_registers_its_number(make):
    result = merged(make("a.xlsx", {"customers": [customer(name=None)], "orders": [order()]}))
    assert counts(result, "customers") == (1, 0, 1, 0)
    assert result.problems == ()


def test_references_take_the_registered_spelling(make):
    result = merged(make("a.xlsx", {"customers": [customer("CUS001")], "orders": [order(customer_id="cus001")]}))
    assert rows(result, "orders", "customer_id") == [("CUS001",)]


def test_services_without_a_number_get_one_from_their_content(make):
    content = {"customers": [customer()], "services": [service(), service(description="问价格")]}
    result = merged(make("a.xlsx", content), make("b.xlsx", {**content, "orders": [order()]}))
    assert counts(result, "services") == (4, 2, 0, 2)
    assert all(number.startswith("auto-") for (number,) in rows(result, "services", "service_id"))


def test_two_equal_services_in_one_workbook_both_count(make):
    content = {"customers": [customer()], "services": [service(), service()]}
    result = merged(make("a.xlsx", content), make("b.xlsx", {**content, "orders": [order()]}))
    assert counts(result, "services") == (4, 2, 0, 2)


def test_a_moment_says_whether_it_has_a_time(make):
    result = merged(
        make("a.xlsx", {"customers": [customer()], "services": [service(responded_at=datetime(2024, 1, 10, 9, 30))]})
    )
    assert rows(result, "services", "received_at_timed", "responded_at_timed") == [(False, True)]


def test_unknown_columns_travel_along(make):
    result = merged(make("a.xlsx", {"customers": [customer(渠道="展会")]}))
    assert rows(result, "customers", "extra") == [("渠道=展会",)]


def test_the_as_of_day_is_the_latest_event_never_a_plan(make):
    result = merged(
        make(
            "a.xlsx",
            {"customers": [customer()], "orders": [order(due_on=datetime(2024, 12, 31))], "feedbacks": [feedback()]},
        )
    )
    assert result.as_of == date(2024, 1, 20)


def test_the_rows_of_a_summary_stand_in_the_order_of_their_numbers_and_lines(make):
    """
    a.xlsx: order ORD2        b.xlsx: ord1, line 10; ORD1, line 9
    """
    a = make("a.xlsx", {"customers": [customer()], "orders": [order("ORD2")]})
    b = make("b.xlsx", {"customers": [customer()], "orders": [order("ord1", line=10), order("ORD1", line=9)]})
    home = collect_tables(standard(), merged(a, b).tables)
    assert home["orders"].select("order_id", "line").collect().rows() == [("ORD1", 9), ("ord1", 10), ("ORD2", 1)]


def test_a_day_far_after_all_others_is_told_and_not_used(make):
    path = make(
        "a.xlsx",
        {"customers": [customer()], "orders": [order()], "feedbacks": [feedback(given_on=datetime(2042, 1, 20))]},
    )
    result = merged(path)
    assert result.as_of == date(2024, 1, 5)
    assert [(p.code.name, str(p.location)) for p in result.problems] == [("M205", "a.xlsx › 反馈评价!2:2")]
    assert merged(path, as_of=date(2042, 2, 1)).as_of == date(2042, 2, 1)


def test_a_bad_file_never_costs_another_one_anything(make, tmp_path):
    good = make("a.xlsx", {"customers": [customer()], "orders": [order()]})
    (tmp_path / "b.xlsx").write_bytes(b"no workbook at all")
    (tmp_path / "~$a.xlsx").write_bytes(b"lock")
    result = merged(*[found.path for found in find_workbooks([tmp_path])])
    assert [(o.file, o.status) for o in result.origins] == [
        ("a.xlsx", "merged"),
        ("b.xlsx", "unreadable"),
        ("~$a.xlsx", "skipped"),
    ]
    assert good.exists()
    assert counts(result, "orders") == (1, 1, 0, 0)


def test_an_empty_workbook_is_skipped(make):
    assert [o.status for o in merged(make("a.xlsx", {})).origins] == ["skipped"]


@pytest.mark.parametrize("seed", range(8))
def test_order_and_repetition_change_nothing_and_all_is_accounted_for(tmp_path, seed):
    chance = Random(seed)
    paths = [
        workbook(
            tmp_path / f"{i}.xlsx",
            _random_content(chance),
            office=chance.choice(["", "一分厂", "二分厂"]),
            modified=datetime(2024, 6, chance.randint(1, 28)),
        )
        for i in range(4)
    ]
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    paths.append(tmp_path / "broken.xlsx")
    result = merged(*paths)
    for shuffled in (chance.sample(paths, len(paths)), paths[::-1]):
        again = merged(*shuffled)
        assert _content(again) == _content(result)
        assert (again.origins, again.conflicts, again.rejected, again.problems) == (
            result.origins,
            result.conflicts,
            result.rejected,
            result.problems,
        )
    copy = tmp_path / "z_copy.xlsx"
    copy.write_bytes(paths[0].read_bytes())
    assert _content(merged(*paths, copy)) == _content(result)


def _random_content(chance: Random) -> Rows:
    numbers = [f"CUS{n:03d}" for n in chance.sample(range(6), 3)]
    customers = [
        customer(number, chance.choice(["东海精密机械", "云山纺织股份"]), phone=f"1380000000{chance.randint(0, 2)}")
        for number in numbers
    ]
    orders = [
        order(
            f"ORD{n}",
            chance.choice([*numbers, "CUS999"]),
            quantity=chance.choice([1, 2, "坏"]),
            line=chance.choice([None, 1, 2]),
        )
        for n in chance.choices(range(8), k=6)
    ]
    services = [service(chance.choice(numbers), description=chance.choice("甲乙")) for _ in range(3)]
    return {"customers": customers, "orders": orders, "services": services}


def _content(result: MergeResult) -> dict[str, Sequence[tuple[Any, ...]]]:
    return {table: frame.collect().rows() for table, frame in result.tables.items()}
