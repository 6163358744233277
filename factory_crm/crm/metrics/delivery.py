"""Delivery by order line: on time or not, and how many days each leg took. Of 订单记录 only."""

from collections.abc import Iterable
from datetime import timedelta

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.metric import MetricValue, share
from ...metrics.quantiles import Distribution
from ...metrics.snapshot import Frame, Snapshot, aggregates, flag, is_filled, lines_in, memoized, to_pandas, within
from ...metrics.window import Window, midnight
from .settings import Settings

LEGS = {
    "ship_days": ("ordered_on", "shipped_on"),
    "transit_days": ("shipped_on", "received_on"),
    "lead_days": ("ordered_on", "received_on"),
}


def due(snapshot: Snapshot, window: Window, settings: Settings) -> Frame:
    """Return the lines due in the period that were delivered or are past due, with ``on_time`` 1 or 0.

    Delivered is received, or shipped where ``on_time_basis`` says so. A line is past due once its day and the days of
    tolerance are over.
    """
    done = f"{settings.on_time_basis}_on"
    tolerance = settings.on_time_tolerance_days
    over = midnight(window.as_of - timedelta(days=tolerance))
    judged = snapshot.lines.filter(within("due_on", window)).filter(is_filled(done) | (nw.col("due_on") < over))
    latest = nw.col("due_on").dt.offset_by(f"{tolerance}d")
    return judged.with_columns(on_time=flag(is_filled(done) & (nw.col(done) <= latest)))


def on_time(snapshot: Snapshot, window: Window, settings: Settings) -> dict[str, MetricValue]:
    """Return the share of the lines due that came on time; coverage: lines ordered in the period with 约定交期."""
    found = aggregates(due(snapshot, window, settings), n=nw.len(), met=nw.col("on_time").sum())
    ordered = aggregates(lines_in(snapshot, window), rows=nw.len(), due=flag(is_filled("due_on")).sum())
    measure = MetricValue(share(found["met"], found["n"]), found["n"], share(ordered["due"], ordered["rows"]))
    return {"on_time_rate": measure}


@memoized
def trips(snapshot: Snapshot) -> pd.DataFrame:
    """Return the days of the lines, ``ordered_on``, ``shipped_on`` and ``received_on``, and how many ``rows`` have the same."""
    days = tuple(dict.fromkeys(name for leg in LEGS.values() for name in leg))
    found = snapshot.lines.group_by(*days).agg(rows=nw.len())
    return to_pandas(found, dict.fromkeys(days, "datetime64[us]") | {"rows": "int64"})


def lead_times(snapshot: Snapshot, window: Window) -> dict[str, MetricValue]:
    """Return median and P90 of the days of each leg that ended in the period."""
    lines = trips(snapshot)
    return dict(pair for leg, (start, stop) in LEGS.items() for pair in _leg(leg, lines, start, stop, window))


def _leg(leg: str, lines: pd.DataFrame, start: str, stop: str, window: Window) -> Iterable[tuple[str, MetricValue]]:
    ended = lines[(lines[stop] >= midnight(window.start)) & (lines[stop] < midnight(window.end))]
    took = ended.assign(days=(ended[stop] - ended[start]).dt.days)
    rows = took[took["days"] >= 0].groupby("days")["rows"].sum()
    spread = Distribution.of(zip(rows.index.astype("int64"), rows, strict=True))
    coverage = share(spread.n, int(ended["rows"].sum()))
    yield leg, MetricValue(spread.at(0.5), spread.n, coverage)
    yield f"{leg}_p90", MetricValue(spread.at(0.9), spread.n, coverage)
