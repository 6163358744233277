"""What every theme needs of lazy frames: what was known when, conditions safe for blanks, and the way out of an engine.

Engines differ over blanks: on pandas ``blank != x`` is true, on DuckDB it is blank. So a condition here asks for
blanks by name, and arithmetic on days comes after they are gone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import narwhals.stable.v2 as nw
import pandas as pd

from ..crm.lists.core import CANCELLED
from ..crm.lists.full import THEIR_SIDE
from ..schema.calendar import Calendar
from .columns import CompleteTables, with_all_columns
from .window import Window, midnight

Frame = nw.LazyFrame[Any]
Tables = Mapping[str, Frame]
P = ParamSpec("P")
R = TypeVar("R")

SECONDS_A_DAY = 86_400
BLANK = "未填"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What had happened by the end of a day.

    ``placed``: order lines, ``day`` being 下单日期, else 发货日期 · ``lines``: those not cancelled · ``services``: ``at``
    being 受理时间, else 首次响应时间, else 处理日期 · ``customers``: one row for each number, with ``ATTRIBUTES``.
    ``due_on`` is 变更后交期 where the customer (变更原因 = 客户) asked for it.
    """

    end: date
    customers: Frame
    placed: Frame
    lines: Frame
    services: Frame
    feedbacks: Frame
    extra: Tables = field(default_factory=dict)
    """The sheets of the full edition, empty where they are absent; ``fields`` names their columns."""
    has: frozenset[str] = frozenset()
    """Which columns of the full edition there are, as ``table.column``."""
    calendar: Calendar | None = None
    """Working hours; None counts every hour."""
    cache: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was asked of it already; ``memoized`` looks here."""


def memoized(find: Callable[Concatenate[Snapshot, P], R]) -> Callable[Concatenate[Snapshot, P], R]:
    """Let a function keep what it finds of a ``Snapshot``: many figures ask for the same, and every question costs.

    What it returns is shared, so nobody may change it.
    """

    @wraps(find)
    def kept(snapshot: Snapshot, /, *rest: P.args, **named: P.kwargs) -> R:
        key = (find, *rest, *named.items())
        if key not in snapshot.cache:
            snapshot.cache[key] = find(snapshot, *rest, **named)
        found: R = snapshot.cache[key]
        return found

    return kept


ATTRIBUTES = (
    "name", "customer_type", "industry", "size", "region", "needs", "owner", "registered_on", "birthday", "anniversary",
)  # fmt: skip
"""What is known of a customer besides the number."""
_HAPPENED_ON = {
    "contact_logs": "held_at",
    "returns": "returned_on",
    "surveys": "answered_on",
    "loyalty": "given_on",
    "trainings": "held_on",
}
"""The day of a row of the full edition."""
_ENDED_ON = {"tasks": "done_on", "order_steps": "done_on", "opportunities": "ended_on"}
"""What is blanked where it lies ahead."""


def snapshot_as_of(tables: Tables, end: date, calendar: Calendar | None = None) -> Snapshot:
    """Take away everything that happened on ``end`` or later: rows, and dates within rows."""
    return snapshot_of(with_all_columns(tables), end, calendar)


def snapshot_of(everything: CompleteTables, end: date, calendar: Calendar | None = None) -> Snapshot:
    """Do the same with ``CompleteTables``."""
    moment, (whole, has) = midnight(end), everything
    placed = _happened(whole["orders"], "day", ("ordered_on", "shipped_on"), moment)
    placed = placed.with_columns(_promised(), _only_before("shipped_on", moment), _only_before("received_on", moment))
    services = _happened(whole["services"], "at", ("received_at", "responded_at", "closed_at"), moment)
    ended = ("responded_at", "closed_at", "told_on", "reopened_on")
    feedbacks = whole["feedbacks"].filter(is_filled("given_on") & (nw.col("given_on") < moment))
    extra = {
        table: whole[table].filter(is_filled(day) & (nw.col(day) < moment)) for table, day in _HAPPENED_ON.items()
    } | {table: whole[table].with_columns(_only_before(day, moment)) for table, day in _ENDED_ON.items()}
    return Snapshot(
        end=end,
        customers=whole["customers"].group_by("customer_id").agg(*(nw.col(name).min() for name in ATTRIBUTES)),
        placed=placed,
        lines=placed.filter(nw.col("status").is_null() | (nw.col("status") != CANCELLED)),
        services=services.with_columns(*(_only_before(name, moment) for name in ended)),
        feedbacks=feedbacks.with_columns(*(_only_before(name, moment) for name in ("replied_on", "done_on"))),
        extra=extra | {"sales_targets": whole["sales_targets"]},
        has=has,
        calendar=calendar,
    )


def _promised() -> nw.Expr:
    """The day that counts as agreed: only the customer's own change moves it."""
    moved = is_filled("changed_due_on", "changed_by") & (nw.col("changed_by").fill_null("") == THEIR_SIDE)
    return nw.when(moved).then(nw.col("changed_due_on")).otherwise(nw.col("due_on")).alias("due_on")


def _happened(frame: Frame, called: str, dates: tuple[str, ...], end: datetime) -> Frame:
    """Give each row the first of its dates that is filled; keep those before the end, and those without any."""
    dated = frame.with_columns(nw.coalesce(*dates).alias(called))
    return dated.filter(nw.col(called).is_null() | (nw.col(called) < end))


def _only_before(name: str, end: datetime) -> nw.Expr:
    return nw.when(is_filled(name) & (nw.col(name) < end)).then(nw.col(name)).alias(name)


def is_filled(*names: str) -> nw.Expr:
    """Whether none of the columns is blank."""
    return ~nw.any_horizontal(*(nw.col(name).is_null() for name in names), ignore_nulls=False)


def within(name: str, window: Window) -> nw.Expr:
    """Whether a date is filled and falls in the period."""
    column = nw.col(name)
    return is_filled(name) & (column >= midnight(window.start)) & (column < midnight(window.end))


@memoized
def lines_in(snapshot: Snapshot, window: Window) -> Frame:
    """Return the order lines of the period that are not cancelled."""
    return snapshot.lines.filter(within("day", window))


@memoized
def feedbacks_in(snapshot: Snapshot, window: Window) -> Frame:
    """Return the feedbacks of the period."""
    return snapshot.feedbacks.filter(within("given_on", window))


def flag(condition: nw.Expr) -> nw.Expr:
    """1 where the condition holds, else 0: its sum counts the rows, its largest says whether there is one."""
    return nw.when(condition).then(nw.lit(1, nw.Int64)).otherwise(nw.lit(0, nw.Int64))


def month_of(name: str) -> nw.Expr:
    """Return the number of the month, as ``windows.period``. The column must be filled in every row."""
    return nw.col(name).dt.year().cast(nw.Int64) * 12 + nw.col(name).dt.month().cast(nw.Int64) - 1


def aggregates(frame: Frame, **expressions: nw.Expr) -> dict[str, int]:
    """Return whole numbers of a whole frame, each an aggregate; nothing counts as 0."""
    table = frame.select(**expressions).collect(backend="pandas").to_native()
    found = {name: table[name].iloc[0] for name in expressions}
    return {name: 0 if pd.isna(value) else int(value) for name, value in found.items()}


def value_counts(frame: Frame, *names: str) -> list[tuple[Any, ...]]:
    """Return each combination of values, filled in every row, and how many rows have it; in order."""
    table = frame.group_by(*names).agg(rows=nw.len()).collect(backend="pandas").to_native()
    return sorted(table[[*names, "rows"]].itertuples(index=False, name=None))


def to_pandas(frame: Frame, kinds: Mapping[str, str]) -> pd.DataFrame:
    """Return the columns named, as these pandas types, whatever the engine made of them."""
    table: pd.DataFrame = frame.select(*kinds).collect(backend="pandas").to_native()
    return table.astype(dict(kinds)).reset_index(drop=True)
