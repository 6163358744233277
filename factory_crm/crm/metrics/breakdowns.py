"""Small tables in a fixed order: the state of orders, kinds of events, what complaints are about, ratings."""

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.figure import FigureTable
from ...metrics.frames import BLANK, Frame, flag, value_counts, within
from ...metrics.snapshot import memoized
from ..lists import CHOICES
from ..lists.order import CANCELLED, DONE, PAUSED, STEPS
from .facts import Snapshot, complaints, placed, services
from .satisfaction import scores

_FROM_BEHIND = (*STEPS, PAUSED, DONE, BLANK, CANCELLED)
"""An order of several lines stands where the line furthest behind stands."""
EVENTS = tuple(CHOICES["event"].values)
STATES = (*STEPS, DONE, PAUSED, CANCELLED, BLANK)


@memoized
def order_positions(now: Snapshot) -> Frame:
    """Return each order of all time and the ``rank`` of where it stands: the number of a step, or more beyond them."""
    rank = nw.lit(_FROM_BEHIND.index(BLANK), nw.Int64)
    for place, state in enumerate(_FROM_BEHIND):
        is_it = nw.col("status") == state
        rank = nw.when(~nw.col("status").is_null() & is_it).then(nw.lit(place, nw.Int64)).otherwise(rank)
    return placed(now, "order_id", "status").with_columns(rank=rank).group_by("order_id").agg(rank=nw.col("rank").min())


def by_status(now: Snapshot) -> pd.DataFrame:
    """Return how many orders stand at each step now, of all time, cancelled ones too; 未填 only where there are some."""
    found = {_FROM_BEHIND[int(place)]: int(rows) for place, rows in value_counts(order_positions(now), "rank")}
    return _table(
        "status", "orders", {state: found.get(state, 0) for state in STATES if state != BLANK or BLANK in found}
    )


def by_event(now: Snapshot) -> pd.DataFrame:
    """Return the services of the period by 事件类型, and how many of them are closed and open at its end."""
    closed = (
        services(now, "event", "at", "closed_at")
        .filter(within("at", now.window))
        .with_columns(is_open=flag(nw.col("closed_at").is_null()))
    )
    found = {(event, is_open): int(rows) for event, is_open, rows in value_counts(closed, "event", "is_open")}
    events = EVENTS
    table = pd.DataFrame({
        "event": pd.Series(events, dtype="str"),
        "closed": [found.get((event, 0), 0) for event in events],
        "open": [found.get((event, 1), 0) for event in events],
    })  # fmt: skip
    table.insert(1, "count", table["closed"] + table["open"])
    return table


def by_issue(now: Snapshot) -> pd.DataFrame:
    """Return the complaints of the period by 问题类别, the most frequent first; 未填 where it is blank."""
    came = (
        complaints(now, "issue", "at").filter(within("at", now.window)).with_columns(nw.col("issue").fill_null(BLANK))
    )
    found = sorted(value_counts(came, "issue"), key=lambda pair: (-pair[1], pair[0]))
    return _table("issue", "complaints", dict(found))


def by_score(now: Snapshot) -> pd.DataFrame:
    """Return how often each rating was given in the period, 5 first."""
    found = scores(now)
    return pd.DataFrame({"score": list(found), "count": list(found.values())}, dtype="int64")


def _table(name: str, counted: str, found: dict[str, int]) -> pd.DataFrame:
    return pd.DataFrame(
        {name: pd.Series(list(found), dtype="str"), counted: pd.Series(list(found.values()), dtype="int64")}
    )


TABLES = (
    FigureTable("scores", ("score", "count"), by_score),
    FigureTable("issues", ("issue", "complaints"), by_issue),
    FigureTable("events", ("event", "count", "closed", "open"), by_event),
    FigureTable("status", ("status", "orders"), by_status),
)
