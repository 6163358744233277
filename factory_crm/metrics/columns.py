"""What figures use of each table. The columns and sheets of the full edition may be absent: then they are blank.

A basic workbook has none of them. ``with_all_columns`` gives every theme the same columns either way, so that a figure
without its column finds nothing and says 数据不足; and no other columns, which every filter would carry along.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw

from ..crm.sheets.full_sheets import SHEETS as FULL
from ..merge.tables import storage_types
from ..schema.cover import Cover
from ..schema.model import Sheet

Tables = Mapping[str, "nw.LazyFrame[Any]"]

_EVERY: tuple[type[Sheet], ...] = (*FULL, Cover)
SHEETS: Mapping[str, type[Sheet]] = {sheet.table: sheet for sheet in _EVERY}
"""Every sheet a figure may be made from."""
USED: Mapping[str, tuple[str, ...]] = {
    "customers": ("birthday", "anniversary"),
    "orders": ("salesperson", "changed_due_on", "changed_by", "paid", "payment_due_on"),
    "services": ("priority", "told_on", "reopened_on"),
    "feedbacks": ("product", "replied_on", "cause", "measures", "done_on", "effect"),
    "contact_logs": ("customer_id", "held_at", "way", "owner", "summary"),
    "tasks": ("customer_id", "owner", "what", "due_on", "done_on"),
    "order_steps": ("order_id", "step", "done_on"),
    "returns": ("customer_id", "returned_on", "refund"),
    "opportunities": ("customer_id", "stage", "amount", "result", "ended_on"),
    "sales_targets": ("owner", "month", "amount"),
    "surveys": ("customer_id", "answered_on", "quality", "response", "service", "overall", "recommendation"),
    "loyalty": ("customer_id", "given_on", "points"),
    "trainings": ("customer_id", "topic", "held_on", "people", "before", "after"),
}
"""The columns that may be absent, by table."""
ALWAYS_READ: Mapping[str, tuple[str, ...]] = {
    "customers": (
        "customer_id", "name", "registered_on", "customer_type", "industry", "size", "region", "needs", "owner",
    ),
    "orders": (
        "order_id", "customer_id", "product", "quantity", "amount", "ordered_on", "due_on", "shipped_on", "received_on", "status",
    ),
    "services": (
        "service_id", "customer_id", "order_id", "event", "description", "issue", "product", "handler", "outcome", "first_contact",
        "received_at", "received_at_timed", "responded_at", "responded_at_timed", "closed_at", "closed_at_timed", "file", "sheet", "row",
    ),
    "feedbacks": ("customer_id", "order_id", "given_on", "text", "issue", "score"),
}  # fmt: skip
"""The columns that every workbook has, by table."""
_LIKE = {"text": "file", "integer": "row"}
"""A column of every table that holds the same kind of value."""


class CompleteTables(NamedTuple):
    """The tables with exactly the columns that figures use."""

    tables: Tables
    has: frozenset[str]
    """Those of ``USED`` that were there, as ``table.column``; the others are blank."""


def with_all_columns(tables: Tables) -> CompleteTables:
    """Return the tables with every column of ``ALWAYS_READ`` and ``USED``: figures look at no other."""
    whole: dict[str, nw.LazyFrame[Any]] = {}
    there: set[str] = set()
    nothing = _with_blanks(tables["customers"].filter(nw.col("row") < 0))
    for table, names in USED.items():
        present = tables[table].collect_schema() if table in tables else {}
        own = [name for name in names if name in present]
        there |= {f"{table}.{name}" for name in own}
        held = storage_types(SHEETS[table])
        blank = [nw.col(_blank(held[name])).alias(name) for name in names if name not in present]
        base = tables.get(table, nothing)
        base = _with_blanks(base) if blank and table in tables else base
        whole[table] = base.select(*ALWAYS_READ.get(table, ()), *own, *blank)
    return CompleteTables(whole, frozenset(there))


def _with_blanks(frame: "nw.LazyFrame[Any]") -> "nw.LazyFrame[Any]":
    """Add a blank column of each kind; made from others, since engines differ over the type of a bare blank."""
    schema = frame.collect_schema()
    moment = next(name for name, held in schema.items() if held == nw.Datetime)
    return frame.with_columns(
        nw.when(nw.col(like).is_null() & ~nw.col(like).is_null()).then(nw.col(like)).alias(_blank(kind))
        for kind, like in (*_LIKE.items(), ("moment", moment))
    )


def _blank(kind: str) -> str:
    return f"blank {kind}"
