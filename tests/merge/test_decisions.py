"""What people choose on a summary is obeyed by the next merge, and carried on to the one after it."""

from datetime import datetime

import pytest

from factory_crm.crm import schema as standard
from factory_crm.engine.engines import LocalEngine
from factory_crm.merge.merge import merge, totals
from factory_crm.merge.previous import read_previous
from factory_crm.reading.folder import WorkbookFile
from factory_crm.reading.guard import Refused
from tests.report.builders import write_book

from .builders import customer, order, workbook
from .rounds import again, chosen, merged, rows, written


@pytest.fixture
def two(tmp_path):
    early = {"customers": [customer(phone="13800000001")], "orders": [order(quantity=1)]}
    late = {"customers": [customer(phone="13800000002")], "orders": [order(quantity=2)]}
    return (
        workbook(tmp_path / "a.xlsx", early, modified=datetime(2024, 6, 1)),
        workbook(tmp_path / "b.xlsx", late, modified=datetime(2024, 6, 2)),
    )


@pytest.mark.parametrize(("prefer", "phone"), [("latest", "13800000002"), ("first", "13800000001")])
def test_what_counts_is_what_was_preferred(two, prefer, phone):
    result = merged(*two, prefer=prefer)
    assert rows(result, "customers", "phone") == [(phone,)]
    assert [conflict.pending for conflict in result.conflicts] == [False, False]


def test_with_none_nothing_counts_until_somebody_chooses_and_all_is_accounted_for(two):
    result = merged(*two, prefer="none")
    assert rows(result, "customers", "phone") == []
    assert [conflict.pending for conflict in result.conflicts] == [True, True]
    assert {(row.table, row.problems[0].code.name) for row in result.rejected} == {
        ("customers", "M206"),
        ("orders", "M206"),
    }
    assert [amount.rows for amount in totals(result.origins)["orders"]] == [2, 0, 2, 0]
    assert [amount.fen for amount in totals(result.origins)["orders"]] == [750, 0, 750, 0]


@pytest.mark.parametrize(("language", "choice", "header", "sheet"), [
    ("zh", "版本 2", "选定", "冲突"), ("en", "Version 2", "Choice", "Conflicts"),
])  # fmt: skip
def test_a_choice_is_obeyed_and_carried_on(two, tmp_path, language, choice, header, sheet):
    first = merged(*two, prefer="none")
    previous = chosen(written(first, tmp_path / "o" / "1.xlsx", language), sheet, {5: choice}, header)
    wanted = first.conflicts[0].versions[1]
    second = merged(*two, prefer="none", previous=previous)
    assert rows(second, "customers", "phone", "file") == [(wanted.cells[0], wanted.location.file)]
    assert [conflict.pending for conflict in second.conflicts] == [False, True]
    third = merged(*two, prefer="none", previous=again(written(second, tmp_path / "o" / "2.xlsx", language)))
    assert rows(third, "customers", "phone", "file") == rows(second, "customers", "phone", "file")


def test_a_version_that_nobody_saw_asks_again(two, tmp_path):
    previous = chosen(written(merged(*two), tmp_path / "o" / "1.xlsx"), "冲突", {5: "版本 2"})
    third = workbook(tmp_path / "c.xlsx", {"customers": [customer(phone="13800000003")]}, modified=datetime(2024, 6, 3))
    assert rows(merged(*two, previous=previous), "customers", "phone") == [("13800000001",)]
    assert rows(merged(*two, third, previous=previous), "customers", "phone") == [("13800000003",)]


def test_choices_that_contradict_each_other_are_told_and_not_followed(tmp_path):
    a = workbook(tmp_path / "a.xlsx", {"customers": [customer(phone="13800000001", owner="甲")]})
    b = workbook(tmp_path / "b.xlsx", {"customers": [customer(phone="13800000002", owner="乙")]})
    previous = chosen(
        written(merged(a, b, prefer="none"), tmp_path / "o" / "1.xlsx"), "冲突", {5: "版本 1", 6: "版本 2"}
    )
    result = merged(a, b, prefer="none", previous=previous)
    assert [problem.code.name for problem in result.problems] == ["M208"]
    assert result.conflicts[0].pending


def test_what_is_no_summary_is_refused(two):
    with pytest.raises(Refused) as refused:
        read_previous(two[0], standard())
    assert refused.value.problem.code.name == "M101"


# Files sent again


def test_a_newer_version_of_an_office_s_workbook_supersedes_the_older_one(tmp_path):
    def book(name, orders, day, period="2024-06"):
        return workbook(tmp_path / name, {"customers": [customer()], "orders": orders}, office="一分厂", period=period,
                        modified=datetime(2024, 6, day))  # fmt: skip

    old = book("old.xlsx", [order("O1"), order("O2", quantity=1)], 1)
    new = book("new.xlsx", [order("O2", quantity=2), order("O3")], 2)
    result = merged(old, new)
    assert {o.file: o.status for o in result.origins} == {"old.xlsx": "superseded", "new.xlsx": "merged"}
    assert rows(result, "orders", "order_id") == [("O2",), ("O3",)]
    assert [amount.rows for amount in totals(result.origins)["orders"]] == [4, 2, 0, 2]
    [problem] = next(o.problems for o in result.origins if o.file == "old.xlsx")
    assert (problem.code.name, problem.params["other"], problem.params["gone"]) == ("M207", "new.xlsx", 1)
    assert result.conflicts == ()
    july = book("july.xlsx", [order("O1")], 3, period="2024-07")
    assert [o.status for o in merged(old, july).origins] == ["merged", "merged"]


def test_the_other_half_of_an_office_s_lines_is_no_newer_version(tmp_path):
    a = workbook(tmp_path / "a.xlsx", {"customers": [customer(f"C{n}", f"第{n}号厂") for n in range(4)]}, office="一分厂",
                 period="2024-06", modified=datetime(2024, 6, 1))  # fmt: skip
    b = workbook(tmp_path / "b.xlsx", {"orders": [order(customer_id="C1")]}, office="一分厂", period="2024-06",
                 modified=datetime(2024, 6, 2))  # fmt: skip
    assert [o.status for o in merged(a, b).origins] == ["merged", "merged"]


# One company, two numbers


@pytest.mark.parametrize(("first", "second"), [("phone", "phone"), ("phone", "phone2"), ("phone2", "phone2")])
def test_every_phone_of_a_customer_tells_duplicates(tmp_path, first, second):
    """联系电话 and 备用电话 are both phones, whatever their columns are called."""
    one = {"customer_id": "C1", "name": "东海精密机械", "contact": "王五", "email": "a@abc.com", first: "13911112222"}
    other = {
        "customer_id": "C2",
        "name": "东海精密设备",
        "contact": "王五",
        "email": "b@xyz.com",
        second: "13911112222",
    }
    path = write_book(tmp_path / "a.xlsx", {"customers": [one, other]}, schema=standard("full"))
    result = merge([WorkbookFile(path, path.name)], standard("full"), LocalEngine())
    [found] = result.candidates
    assert "电话相同" in found.reasons.in_language("zh")


def test_likely_duplicates_are_told_with_their_reason_and_never_made_one(tmp_path):
    a = workbook(tmp_path / "a.xlsx", {
        "customers": [customer("C1", "苏州东海精密机械有限公司", phone="13800000001"), customer("C3", "云山纺织", phone="13800000003")],
        "orders": [order("O1", "C1")],
    })  # fmt: skip
    b = workbook(tmp_path / "b.xlsx", {
        "customers": [customer("C2", "东海精密机械股份有限公司", phone="13800000001")], "orders": [order("O2", "C2")],
    })  # fmt: skip
    result = merged(a, b)
    [found] = result.candidates
    assert (found.first.number, found.second.number, found.score >= 80) == ("C1", "C2", True)
    assert "电话相同" in found.reasons.in_language("zh")
    assert rows(result, "orders", "customer_id") == [("C1",), ("C2",)]

    path = written(result, tmp_path / "o" / "1.xlsx")
    one = merged(a, b, previous=chosen(path, "疑似重复", {5: "是同一家，用编号二"}))
    assert rows(one, "orders", "customer_id") == [("C2",), ("C2",)]
    assert rows(one, "customers", "customer_id") == [("C2",), ("C3",)]
    assert [amount.rows for amount in totals(one.origins)["customers"]] == [3, 2, 0, 1]
    carried = merged(a, b, previous=again(written(one, tmp_path / "o" / "2.xlsx")))
    assert rows(carried, "orders", "customer_id") == [("C2",), ("C2",)]

    apart = merged(a, b, previous=chosen(path, "疑似重复", {5: "不是同一家"}))
    assert [candidate.verdict for candidate in apart.candidates] == ["different"]
    assert len(rows(apart, "customers", "customer_id")) == 3


def test_companies_that_only_share_a_post_office_are_no_duplicates(tmp_path):
    a = workbook(tmp_path / "a.xlsx", {"customers": [
        customer("C1", "东海精密机械", phone="13800000001", email="a@qq.com"),
        customer("C2", "云山纺织", phone="13800000002", email="b@qq.com"),
    ]})  # fmt: skip
    assert merged(a).candidates == ()
