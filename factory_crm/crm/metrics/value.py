"""Value class: who makes the revenue of the period, in fen."""

from decimal import ROUND_CEILING, Decimal

import narwhals.stable.v2 as nw

from ...metrics.metric import MetricValue
from ...metrics.snapshot import Frame, Snapshot, aggregates, flag, memoized
from ...metrics.window import Window
from .purchases import purchases
from .settings import Settings

CLASSES = ("A", "B", "C", "未评级")
"""By their number in frames."""
UNRATED = len(CLASSES) - 1


@memoized
def valued(snapshot: Snapshot, window: Window, settings: Settings) -> Frame:
    """Return the customers with revenue in the period and the number of their ``value`` class.

    The largest first, equal ones by number: A while those before make less than ``share_a`` of the whole, B less
    than ``share_b``, else C.
    """
    paying = purchases(snapshot, window).filter(nw.col("window_fen") > 0).with_columns(below=0 - nw.col("window_fen"))
    total = aggregates(paying, total=nw.col("window_fen").sum())["total"]
    cumulated = nw.col("window_fen").cum_sum().over(order_by=["below", "customer_id"]).cast(nw.Int64)
    ahead = cumulated - nw.col("window_fen")
    past = (flag(ahead >= _part(bound, total)) for bound in (settings.share_a, settings.share_b))
    return paying.with_columns(value=sum(past, start=nw.lit(0, nw.Int64)))


def _part(of_whole: float, total: int) -> int:
    """Return the smallest whole number that is not below that share: exact, as no float would be."""
    return int((Decimal(str(of_whole)) * total).to_integral_value(ROUND_CEILING))


def value(snapshot: Snapshot, window: Window, settings: Settings) -> dict[str, MetricValue]:
    """Return how many customers are of class A."""
    found = aggregates(valued(snapshot, window, settings), n=nw.len(), top=flag(nw.col("value") == 0).sum())
    return {"top_customers": MetricValue(found["top"] if found["n"] else None, found["n"])}
