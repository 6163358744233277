"""What customers and the columns they are told apart by are called."""

from typing import Any

from ...metrics.frames import BLANK
from ...report.render.cells import SummaryReport, rows_of
from ..metrics.customers import UNREGISTERED
from ..metrics.feedback import UNASSIGNED
from ..metrics.results import SHEETS, Results

_CHOSEN = ("customer_type", "industry", "size", "region", "needs", "issue")


def named(report: SummaryReport, row: Any) -> str:
    """Return a customer's name as it was written; only what stands for a missing one is translated."""
    name = str(row["name"] or row["customer_id"])
    return report.translate(name) if name == UNREGISTERED else name


def names_of(report: SummaryReport, results: Results) -> dict[str, str]:
    """Return the name of each customer by its number."""
    return {row["customer_id"]: named(report, row) for row in rows_of(results.frames["customers"])}


def header_of(report: SummaryReport, by: str) -> str:
    """Return what people call a column that the frames ``segments`` and ``ratings`` go by."""
    table = {"issue": "feedbacks", "product": "orders"}.get(by, "customers")
    return report.translate(SHEETS[table].column(by).header)


def value_of(report: SummaryReport, by: str, value: str) -> str:
    """Return a value of such a column: choices and what stands for a blank in the report's language, all else as it is."""
    ours = by in _CHOSEN or value in (BLANK, UNASSIGNED)
    return report.translate(value) if ours else value
