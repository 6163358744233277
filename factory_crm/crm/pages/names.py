"""Display names of customers and of the columns that group them."""

from collections.abc import Mapping
from typing import Any

from ...metrics.frames import BLANK
from ...report.data import ReportData, ReportTexts
from ..metrics.customers import UNREGISTERED
from ..metrics.feedback import UNASSIGNED

_CHOSEN = ("customer_type", "industry", "size", "region", "needs", "issue")
_SHEETS = {"issue": "feedbacks", "product": "orders"}
"""Where columns stand that are none of the customers'."""


def named(texts: ReportTexts | ReportData, row: Mapping[str, Any]) -> str:
    """Return a customer's name as it was written; only what stands for a missing one is translated."""
    name = str(row["name"] or row["customer_id"])
    return texts.translate(name) if name == UNREGISTERED else name


def names_of(data: ReportData) -> dict[str, str]:
    """Return the name of each customer by its number."""
    return {row["customer_id"]: named(data, row) for row in data.rows("customers")}


def header_of(data: ReportData, by: str) -> str:
    """Return what people call a column that the frames ``segments`` and ``ratings`` go by."""
    return data.translate(data.schema.sheet(_SHEETS.get(by, "customers")).column(by).header)


def value_of(data: ReportData, by: str, value: str) -> str:
    """Return a value of such a column: choices and what stands for a blank in the report's language, all else as it is."""
    ours = by in _CHOSEN or value in (BLANK, UNASSIGNED)
    return data.translate(value) if ours else value


def or_blank(data: ReportData, value: str) -> str:
    """Return a text as it was written; only what stands for a blank is translated."""
    return data.translate(value) if value == BLANK else value
