"""What the further pages are written from: the rows that had happened, and what the figures say of customers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from ..contract.choices import CANCELLED
from ..merging.merged import Merged
from ..metrics.customers import UNREGISTERED
from ..metrics.results import Results
from ..words import Language, say
from .details import table_rows
from .writer import rows_of

Row = dict[str, Any]


@dataclass(frozen=True)
class Facts:
    """Rows by table as plain values, without what happened after ``as_of``; ``start`` and ``end`` bound the period."""

    as_of: date | None
    start: datetime
    end: datetime
    tables: Mapping[str, Sequence[Row]]
    customers: Sequence[Row]
    """As ``metrics.customers`` says, the largest first."""
    registered: Mapping[str, Row]

    def lines(self) -> list[Row]:
        """Return the order lines that were not cancelled, each with its ``day``."""
        return [row for row in self.tables["orders"] if row["status"] != CANCELLED]

    def within(self, moment: datetime | None) -> bool:
        """Whether a moment is filled and falls in the period."""
        return moment is not None and self.start <= moment < self.end

    def owner(self, customer_id: str) -> str | None:
        """Return who looks after a customer."""
        found: str | None = self.registered.get(customer_id, {}).get("owner")
        return found

    def names(self, language: Language) -> dict[str, str]:
        """Return the name of each customer as it was written; only what stands for a missing one is translated."""
        return {
            row["customer_id"]: say(name, language) if (name := row["name"]) == UNREGISTERED else name
            for row in self.customers
        }


_DAYS: Mapping[str, tuple[str, ...]] = {
    "orders": ("ordered_on", "shipped_on", "received_on"),
    "services": ("received_at", "responded_at", "closed_at"),
    "feedbacks": ("given_on",),
}
_FIRST: Mapping[str, int] = {"orders": 2, "services": 3, "feedbacks": 1}
"""So many of these say when a row happened; those after may be later than it."""


def facts_of(merged: Merged, results: Results) -> Facts:
    """Return what had happened by the end of the as-of day."""
    end = datetime.combine(results.as_of + timedelta(days=1), time()) if results.as_of else datetime.max
    start = datetime.combine(results.start, time()) if results.start else datetime.min
    tables = {table: _happened(table, table_rows(merged, table), end) for table in _DAYS}
    registered = {row["customer_id"]: row for row in table_rows(merged, "customers")}
    return Facts(results.as_of, start, end, tables, rows_of(results.frames["customers"]), registered)


def _happened(table: str, rows: Sequence[Row], end: datetime) -> list[Row]:
    found = []
    for row in rows:
        day = next((row[name] for name in _DAYS[table][: _FIRST[table]] if row[name] is not None), None)
        if day is None or day < end:
            later = {name: None for name in _DAYS[table] if row[name] is not None and row[name] >= end}
            found.append({**row, **later, "day": day})
    return found


def share(part: float, whole: float) -> float | None:
    """Return the part of the whole; None where there is no whole."""
    return part / whole if whole else None


def mean(numbers: Sequence[float]) -> float | None:
    """Return the mean; None of nothing."""
    return share(sum(numbers), len(numbers))


def middle(numbers: Sequence[float]) -> float | None:
    """Return the median; None of nothing."""
    return median(numbers) if numbers else None


def hours(row: Row, start: str, stop: str) -> float | None:
    """Return the hours between two moments that both have a time."""
    if row[start] is None or row[stop] is None or not (row[f"{start}_timed"] and row[f"{stop}_timed"]):
        return None
    return float((row[stop] - row[start]).total_seconds() / 3600)
