"""The monthly table: every month from the first event on, at most the last so many, gaps filled with 0."""

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.figure import FigureTable
from ...metrics.frames import Frame, flag, is_filled, month_of, within
from ...metrics.window import Window, first_day, period
from .delivery import due
from .facts import Snapshot, complaints, first_events, lines

_KEY = "period"
COUNTED = ("orders", "amount_fen", "due", "on_time", "complaints")
COLUMNS = (
    "month",
    "orders",
    "amount_fen",
    "due",
    "on_time",
    "on_time_rate",
    "rated",
    "mean_score",
    "csat",
    "complaints",
)


def months(now: Snapshot) -> pd.DataFrame:
    """Return each month from the first event on, at most the last ``months_shown``, as one row.

    Amounts in fen, means and rates NaN of nothing; ``due``: lines due in that month and by the end of the period, that
    were delivered or are past due.
    """
    first_event = min(first_events(now).values(), default=now.window.as_of)
    span = span_of(Window(first_event, now.end), now.settings.months_shown)
    table = pd.DataFrame(index=pd.RangeIndex(period(span.start), period(span.as_of) + 1, name=_KEY))
    for found in (_sales(now, span), _due(now, span), _ratings(now, span), _complaints(now, span)):
        table = table.join(_by_month(found))
    counted = table[[*COUNTED, "rated", "total", "happy"]].fillna(0).astype("int64")
    counted["month"] = pd.Series(
        [f"{day:%Y-%m}" for day in map(first_day, counted.index)], index=counted.index, dtype="str"
    )
    counted["on_time_rate"] = counted["on_time"] / counted["due"].where(counted["due"] > 0)
    counted["mean_score"] = counted["total"] / counted["rated"].where(counted["rated"] > 0)
    counted["csat"] = counted["happy"] / counted["rated"].where(counted["rated"] > 0)
    return counted.reset_index(drop=True)[list(COLUMNS)]


def span_of(window: Window, months_shown: int) -> Window:
    """Return the whole months to show up to the end of the data: from its first day's month on, at most so many."""
    first = max(period(window.start), period(window.as_of) - months_shown + 1)
    return Window(first_day(first), window.end)


def _in(frame: Frame, name: str, window: Window) -> Frame:
    return frame.filter(within(name, window)).with_columns(month_of(name).alias(_KEY))


def _sales(now: Snapshot, span: Window) -> Frame:
    sold = _in(lines(now, "day", "order_id", "amount"), "day", span).group_by(_KEY)
    return sold.agg(orders=nw.col("order_id").n_unique(), amount_fen=nw.col("amount").sum())


def _due(now: Snapshot, span: Window) -> Frame:
    return _in(due(now, span), "due_on", span).group_by(_KEY).agg(due=nw.len(), on_time=nw.col("on_time").sum())


def _ratings(now: Snapshot, span: Window) -> Frame:
    rated = _in(now.sheet("feedbacks", "given_on", "score").filter(is_filled("score")), "given_on", span)
    rated = rated.with_columns(pleased=flag(nw.col("score") >= now.settings.csat_from))
    return rated.group_by(_KEY).agg(rated=nw.len(), total=nw.col("score").sum(), happy=nw.col("pleased").sum())


def _complaints(now: Snapshot, span: Window) -> Frame:
    return _in(complaints(now, "at"), "at", span).group_by(_KEY).agg(complaints=nw.len())


def _by_month(frame: Frame) -> pd.DataFrame:
    table: pd.DataFrame = frame.collect(backend="pandas").to_native()
    return table.fillna(0).astype("int64").set_index(_KEY)


TABLES = (FigureTable("months", COLUMNS, months),)
