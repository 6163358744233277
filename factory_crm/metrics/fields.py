"""What figures use of the full edition: its columns and sheets, by table; where one is absent it is blank.

A basic workbook has none of them. ``complete`` gives every theme the same columns either way, so that a figure
without its column finds nothing and says 数据不足.
"""

from collections.abc import Mapping
from typing import Any

import narwhals.stable.v2 as nw

from ..contract.full_sheets import SHEETS as FULL
from ..contract.sheet import Sheet
from ..contract.sheets import Cover
from ..merging.frames import kinds

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
_LIKE = {"text": "file", "integer": "row"}
"""A column of every table that holds the same kind of value."""


def complete(tables: Tables) -> tuple[dict[str, "nw.LazyFrame[Any]"], frozenset[str]]:
    """Return the tables with every column of ``USED``, and the names (``table.column``) that were there already."""
    whole: dict[str, nw.LazyFrame[Any]] = dict(tables)
    there: set[str] = set()
    for table, names in USED.items():
        base = tables[table] if table in tables else tables["customers"].filter(nw.col("row") < 0)
        present = base.collect_schema() if table in tables else {}
        there |= {f"{table}.{name}" for name in names if name in present}
        held = kinds(SHEETS[table])
        blank = [_blank(base, name, held[name]) for name in names if name not in present]
        whole[table] = base.with_columns(*blank) if blank else base
    return whole, frozenset(there)


def _blank(base: "nw.LazyFrame[Any]", name: str, kind: str) -> nw.Expr:
    """A column of blanks of that kind; made from another, since engines differ over the type of a bare blank."""
    schema = base.collect_schema()
    like = _LIKE.get(kind) or next(other for other, held in schema.items() if held == nw.Datetime)
    return nw.when(nw.col(like).is_null() & ~nw.col(like).is_null()).then(nw.col(like)).alias(name)
