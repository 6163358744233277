"""What the report adds to the rows of the detail sheets so that formulas can count them: by the settings, as figures do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from ...report.data import ReportData
from ..lists.order import CANCELLED
from ..metrics.delivery import agreed_day, day_of_delivery, on_time
from ..settings import Settings

Row = Mapping[str, Any]
NUMBER, COUNTED, DAY, FIRST, DUE, ON_TIME, OPEN = "number", "counted", "day", "first", "promised", "on_time", "open"
"""The columns that the report adds for its formulas."""


@dataclass(frozen=True)
class HelperInputs:
    """What the helpers of the detail sheets go by."""

    end: datetime
    """Nothing from this moment on has happened yet."""
    numbers: Mapping[str, int]
    """Of each customer, on 客户汇总."""
    settings: Settings
    """What on-time delivery is judged by."""


def helper_inputs(data: ReportData) -> HelperInputs:
    """Return what is known at the end of the day of the report; without one, everything is."""
    as_of = data.results.as_of
    end = datetime.combine(as_of + timedelta(days=1), time()) if as_of else datetime.max
    numbers = {row["customer_id"]: number for number, row in enumerate(data.rows("customers"), 1)}
    return HelperInputs(end, numbers, data.results.settings)


def _orders(rows: list[Row], inputs: HelperInputs) -> dict[str, list[Any]]:
    days = [row["ordered_on"] or row["shipped_on"] for row in rows]
    counted = [
        int(row["status"] != CANCELLED and has_happened(day, inputs)) for row, day in zip(rows, days, strict=True)
    ]
    first: dict[str, int] = {}
    for at in sorted(range(len(rows)), key=lambda at: (days[at] or datetime.max, at)):
        if counted[at]:
            first.setdefault(rows[at]["order_id"], at)
    return {
        NUMBER: [inputs.numbers.get(row["customer_id"]) for row in rows],
        COUNTED: counted,
        DAY: [day if count else None for day, count in zip(days, counted, strict=True)],
        FIRST: [int(first.get(row["order_id"]) == at) for at, row in enumerate(rows)],
        DUE: [_agreed(row) if count else None for row, count in zip(rows, counted, strict=True)],
        ON_TIME: [_on_time(row, inputs) if count else None for row, count in zip(rows, counted, strict=True)],
    }


def _on_time(row: Row, inputs: HelperInputs) -> int | None:
    """1 for a line delivered in time, 0 for a late or overdue one, nothing for one that is not due yet."""
    punctual = on_time(_agreed(row), row[day_of_delivery(inputs.settings)], inputs.end, inputs.settings)
    return None if punctual is None else int(punctual)


def _agreed(row: Row) -> datetime | None:
    return agreed_day(row["due_on"], row.get("changed_due_on"), row.get("changed_by"))


def _services(rows: list[Row], inputs: HelperInputs) -> dict[str, list[Any]]:
    moments = [row["received_at"] or row["responded_at"] or row["closed_at"] for row in rows]
    return {
        NUMBER: [inputs.numbers.get(row["customer_id"]) for row in rows],
        COUNTED: [int(has_happened(moment, inputs)) for moment in moments],
        DAY: [moment if has_happened(moment, inputs) else None for moment in moments],
        OPEN: [int(has_happened(moment, inputs) and not (row["closed_at"] and row["closed_at"] < inputs.end))
               for moment, row in zip(moments, rows, strict=True)],
    }  # fmt: skip


def _feedbacks(rows: list[Row], inputs: HelperInputs) -> dict[str, list[Any]]:
    return {
        NUMBER: [inputs.numbers.get(row["customer_id"]) for row in rows],
        COUNTED: [int(has_happened(row["given_on"], inputs)) for row in rows],
        DAY: [row["given_on"] if has_happened(row["given_on"], inputs) else None for row in rows],
    }


def has_happened(moment: datetime | None, inputs: HelperInputs) -> bool:
    """Whether something had happened by the end of the as-of day; what has no day counts as if it had."""
    return moment is None or moment < inputs.end


HELPERS: Mapping[str, Callable[[list[Row], HelperInputs], dict[str, list[Any]]]] = {
    "orders": _orders, "services": _services, "feedbacks": _feedbacks,
}  # fmt: skip
"""By table, what makes the added columns: as many values of each as there are rows."""
