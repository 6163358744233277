"""What a merge says of the summary before: lines new, changed, vanished; alarms; who has not handed in."""

from datetime import datetime, timedelta

import pytest

from factory_crm.report.pages.changes import ChangeKind, listed_changes

from .builders import customer, order, workbook
from .rounds import again, merged, written

DAY = datetime(2024, 3, 1)


@pytest.fixture
def before(tmp_path):
    def write(orders, name="a.xlsx", office="一分厂", **more):
        content = {"customers": [customer("CUS001", "甲乙机械"), *more.get("customers", ())], "orders": orders}
        return workbook(tmp_path / name, content, office=office)

    return write


def summary(tmp_path, *paths, language="zh"):
    return again(written(merged(*paths), tmp_path / "o" / "s.xlsx", language))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_files_have_not_changed(tmp_path, before, language):
    path = before([order(f"O{n}", note=" =1+1\nx", unit_price=1.123456, quantity=2.5) for n in range(3)])
    changes = merged(path, previous=summary(tmp_path, path, language=language)).changes
    assert (changes.records, changes.alarms) == ((), ())


def test_new_changed_and_vanished_lines_are_told(tmp_path, before):
    previous = summary(tmp_path, before([order("O1"), order("O2", due_on=DAY, product="A"), order("O3")]))
    now = before([order("O2", due_on=DAY + timedelta(9), product="B"), order("O3"), order("O4")])
    changes = merged(now, previous=previous).changes
    assert [(c.kind, c.key) for c in changes.records] == [
        ("changed", "O2 + 1"),
        ("new", "O4 + 1"),
        ("vanished", "O1 + 1"),
    ]
    [due] = listed_changes(changes)[ChangeKind.DUE]
    assert (due.change.before[due.at], due.change.after[due.at]) == ("2024-03-01", "2024-03-10")


def test_a_change_of_a_customer_is_seen_though_the_summary_does_not_hold_it(tmp_path, before):
    previous = summary(tmp_path, before([order()]))
    path = workbook(
        tmp_path / "a.xlsx", {"customers": [customer(name="甲乙机械", phone="13900000009")], "orders": [order()]}
    )
    [change] = merged(path, previous=previous).changes.records
    assert (change.headers, change.before, change.after) == (("联系电话",), (None,), ("13900000009",))


def test_a_column_sorted_by_itself_raises_the_alarm(tmp_path, before):
    days = [DAY + timedelta(7 * n % 31) for n in range(20)]
    previous = summary(tmp_path, before([order(f"O{n}", due_on=day) for n, day in enumerate(days)]))
    now = before([order(f"O{n}", due_on=day) for n, day in enumerate(sorted(days))])
    [alarm] = merged(now, previous=previous).changes.alarms
    assert (alarm.code.name, alarm.params["header"]) == ("M210", "约定交期")
    other = before([order(f"O{n}", due_on=day + timedelta(400)) for n, day in enumerate(days)])
    assert [a.code.name for a in merged(other, previous=previous).changes.alarms] == ["M209"]


def test_an_office_that_is_missing_is_alarming_and_owes(tmp_path, before):
    a = before([order("O1")])
    b = before([order("O2")], name="b.xlsx", office="二分厂")
    previous = summary(tmp_path, a, b)
    assert previous.offices == {"一分厂": 2, "二分厂": 2}
    result = merged(a, previous=previous)
    assert [(x.code.name, x.params["office"]) for x in result.changes.alarms] == [("M211", "二分厂")]
    assert [(duty.office, duty.sent) for duty in result.submissions] == [("二分厂", False), ("一分厂", True)]


def test_an_unreadable_file_is_told_to_the_office_it_names(tmp_path, before):
    a = before([order("O1")])
    previous = summary(tmp_path, a)
    bad = tmp_path / "一分厂6月.xlsx"
    bad.write_bytes(b"PK broken")
    [duty] = merged(bad, previous=previous).submissions
    assert (duty.office, duty.files, duty.unreadable) == ("一分厂", ("一分厂6月.xlsx",), True)
