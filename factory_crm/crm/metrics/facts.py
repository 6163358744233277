"""The sheets of the customer workbook as figures want them: which rows count, from which day, and which day was agreed."""

from collections.abc import Mapping
from datetime import date

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics import snapshot
from ...metrics.frames import Frame, is_filled, one_row_each, within
from ...metrics.results import first_day
from ...metrics.snapshot import WHEN, Times, View, memoized
from ...metrics.window import Window, midnight
from ..lists.order import CANCELLED, THEIR_SIDE
from ..settings import Settings

Snapshot = snapshot.Snapshot[Settings]

COMPLAINT, QUESTION, REPAIR = "投诉", "咨询", "售后服务"
TIMES: Mapping[str, Times] = {
    "orders": Times(("ordered_on", "shipped_on"), ("shipped_on", "received_on")),
    "returns": Times(("returned_on",)),
    "surveys": Times(("answered_on",)),
    "loyalty": Times(("given_on",)),
    "trainings": Times(("held_on",)),
}
"""When the rows of sheets happened whose event dates say something else: how far the data reach."""


def _placed(frame: Frame) -> Frame:
    moved = is_filled("changed_due_on", "changed_by") & (nw.col("changed_by").fill_null("") == THEIR_SIDE)
    agreed = nw.when(moved).then(nw.col("changed_due_on")).otherwise(nw.col("due_on"))
    return frame.with_columns(nw.col(WHEN).alias("day"), agreed.alias("due_on"))


def _counted(frame: Frame) -> Frame:
    return _placed(frame).filter(nw.col("status").is_null() | (nw.col("status") != CANCELLED))


def _served(frame: Frame) -> Frame:
    return frame.with_columns(nw.col(WHEN).alias("at"))


_ORDERED = {"day": (), "due_on": ("due_on", "changed_due_on", "changed_by")}
_PLACED = View("orders", _placed, computed=_ORDERED)
_LINES = View("orders", _counted, ("status",), _ORDERED)
_SERVICES = View("services", _served, computed={"at": ()})


def placed(now: Snapshot, *columns: str) -> Frame:
    """Return columns of the order lines, cancelled ones too.

    ``day``: 下单日期, else 发货日期 · ``due_on``: 约定交期, or 变更后交期 where the customer asked for it.
    """
    return now.view(_PLACED, *columns)


def lines(now: Snapshot, *columns: str) -> Frame:
    """Return columns of the order lines that are not cancelled, with the same ``day`` and ``due_on``."""
    return now.view(_LINES, *columns)


def lines_in(now: Snapshot, *columns: str) -> Frame:
    """Return columns of the order lines of the period that are not cancelled."""
    return now.view(_lines_in(now), *columns)


@memoized
def _lines_in(now: Snapshot) -> View:
    window = now.window
    return View("orders", lambda frame: _counted(frame).filter(within("day", window)), ("status",), _ORDERED)


def services(now: Snapshot, *columns: str) -> Frame:
    """Return columns of the services; ``at``: 受理时间, else 首次响应时间, else 处理日期."""
    return now.view(_SERVICES, *columns)


def complaints(now: Snapshot, *columns: str) -> Frame:
    """Return columns of the complaints, whenever they came."""
    return services(now, "event", *columns).filter(nw.col("event") == COMPLAINT)


def feedbacks_in(now: Snapshot, *columns: str) -> Frame:
    """Return columns of the feedbacks of the period."""
    return now.view(_feedbacks_in(now), *columns)


@memoized
def _feedbacks_in(now: Snapshot) -> View:
    window = now.window
    return View("feedbacks", lambda frame: frame.filter(within("given_on", window)), ("given_on",))


@memoized
def customers(now: Snapshot, *columns: str) -> Frame:
    """Return columns of the customers, one row for each ``customer_id``, which stands first."""
    return one_row_each(now.sheet("customers", "customer_id", *columns), "customer_id")


@memoized
def first_events(now: Snapshot) -> Mapping[str, date]:
    """Return the first event of orders that are not cancelled, of services and of feedbacks; no others are compared."""
    frames = {
        "orders": lines(now, "ordered_on", "shipped_on", "received_on"),
        "services": services(now, "received_at", "responded_at", "closed_at"),
        "feedbacks": now.sheet("feedbacks", "given_on"),
    }
    return {table: day for table, day in ((table, first_day(frame)) for table, frame in frames.items()) if day}


def in_period(table: pd.DataFrame, name: str, window: Window) -> pd.DataFrame:
    """Return the rows of a pandas table whose date falls in the period."""
    found: pd.DataFrame = table[is_in(table[name], window)]
    return found


def is_in(days: pd.Series, window: Window) -> pd.Series:
    """Whether each date of a pandas column falls in the period."""
    return (days >= midnight(window.start)) & (days < midnight(window.end))
