"""The next period begins with all customers, what is still open, and whatever that needs."""

from datetime import date

import pytest

from factory_crm.crm import schema as standard
from factory_crm.schema.rules.expression import Expression
from factory_crm.template.workbook import write_template
from tests.migrate.conftest import CUSTOMERS, checked, findings, records

DAY = date(2024, 5, 6)


def order(number: str, status: str | None, line: int | None = None, customer: str = "007") -> dict[str, object]:
    shipped = {"shipped_on": DAY, "received_on": DAY} if status in ("已完成", "物流跟踪") else {}
    return {"order_id": number, "line": line, "customer_id": customer, "product": "X", "quantity": 1, "unit_price": 2,
            "status": status, "ordered_on": DAY, **shipped}  # fmt: skip


def service(number: str, order_id: str | None, closed: date | None) -> dict[str, object]:
    return {"service_id": number, "customer_id": "007", "order_id": order_id, "event": "咨询", "description": "问",
            "handler": "李四", "received_at": DAY, "closed_at": closed, "outcome": "已答复" if closed else None}  # fmt: skip


ROWS = {
    "customers": CUSTOMERS,
    "orders": [
        order("DONE", "已完成"),
        order("GONE", "已取消"),
        order("HALF", "已完成", 1),
        order("HALF", "生产制造", 2),
        order("WAIT", "已暂停"),
        order("BLANK", None),
        order("ODD", "差不多了"),
        order("ASKED", "已完成"),
    ],
    "services": [service("S1", "DONE", DAY), service("S2", "ASKED", None), service("S3", None, None)],
    "feedbacks": [{"customer_id": "007", "given_on": DAY, "text": "好"}],
}


def names(path, table: str, edition="basic") -> list[str]:
    key = standard(edition).sheet(table).key()[0].name
    return [record[key] for record in records(checked(path, edition)).get(table, [])]


def test_what_is_open_goes_on_and_what_is_done_stays(written, moved) -> None:
    old = written(ROWS)
    outcome, new = moved(old, open_only=True)
    assert names(new, "customers") == ["007", "CUS002"]
    assert names(new, "orders") == ["HALF", "HALF", "WAIT", "BLANK", "ODD", "ASKED"]
    assert names(new, "services") == ["S2", "S3"]
    assert names(new, "feedbacks") == []
    assert outcome.transferred.stayed == {"customers": 0, "orders": 2, "services": 1, "feedbacks": 1}
    assert sum(findings(checked(new)).values()) < sum(findings(checked(old)).values())
    assert not {code for code, *_ in findings(checked(new))} - {code for code, *_ in findings(checked(old))}


@pytest.mark.slow
def test_steps_and_shipments_go_with_their_order_and_open_tasks_by_themselves(tmp_path, moved) -> None:
    old = tmp_path / "full.xlsx"
    step = {"customer_id": "007", "step": "生产制造"}
    rows = {
        **ROWS,
        "contacts": [{"contact_id": "CT1", "customer_id": "007", "name": "赵六", "phone": "13800000009"}],
        "order_steps": [step | {"order_id": name} for name in ("DONE", "HALF", "ASKED")],
        "shipments": [
            {"shipment_id": f"S-{name}", "order_id": name, "customer_id": "007", "shipped_on": DAY, "quantity": 1}
            for name in ("DONE", "WAIT")
        ],
        "tasks": [
            {"task_id": name, "customer_id": "007", "due_on": DAY, "owner": "李四", "what": name, "done_on": done}
            for name, done in (("T1", DAY), ("T2", None))
        ],
    }
    write_template(old, standard("full"), rows=12, filled=rows)
    _, new = moved(old, open_only=True)
    assert names(new, "contacts", "full") == ["CT1"]
    assert names(new, "order_steps", "full") == ["HALF"]
    assert names(new, "shipments", "full") == ["S-WAIT"]
    assert names(new, "tasks", "full") == ["T2"]


def test_an_order_is_open_until_it_is_done_or_cancelled() -> None:
    open_order = Expression(standard().sheet("orders").open_while)
    statuses = standard().choices["status"].values
    closed = [status for status in statuses if not open_order.holds({"status": status})]
    assert closed == ["已完成", "已取消"]
