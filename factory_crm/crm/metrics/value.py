"""Value class: who makes the revenue of the period, in fen."""

from decimal import ROUND_CEILING, Decimal

import narwhals.stable.v2 as nw

from ...metrics.figure import Value, figure
from ...metrics.frames import Frame, aggregates, flag
from ...metrics.snapshot import memoized
from .facts import Snapshot
from .purchases import spending

CLASSES = ("A", "B", "C", "未评级")
"""By their number in frames."""
UNRATED = len(CLASSES) - 1


@memoized
def valued(now: Snapshot) -> Frame:
    """Return the customers with revenue in the period and the number of their ``value`` class.

    The largest first, equal ones by number: A while those before make less than ``share_a`` of the whole, B less
    than ``share_b``, else C.
    """
    paying = spending(now).filter(nw.col("window_fen") > 0).with_columns(below=0 - nw.col("window_fen"))
    total = aggregates(paying, total=nw.col("window_fen").sum())["total"]
    cumulated = nw.col("window_fen").cum_sum().over(order_by=["below", "customer_id"]).cast(nw.Int64)
    ahead = cumulated - nw.col("window_fen")
    past = (flag(ahead >= _part(bound, total)) for bound in (now.settings.share_a, now.settings.share_b))
    return paying.with_columns(value=sum(past, start=nw.lit(0, nw.Int64)))


def _part(of_whole: float, total: int) -> int:
    """Return the smallest whole number that is not below that share: exact, as no float would be."""
    return int((Decimal(str(of_whole)) * total).to_integral_value(ROUND_CEILING))


@figure(
    "top_customers",
    "A 类客户数",
    unit="家",
    definition="价值等级为 A 的客户数。期内有金额的客户按金额从高到低排列（金额相同按客户编号）："
    "排在前面的客户累计金额占比不到 {share_a:.0%} 的为 A，不到 {share_b:.0%} 的为 B，其余为 C；"
    "期内没有金额的为“未评级”。",
)
def top_customers(now: Snapshot) -> Value:
    """Return how many customers are of class A."""
    found = aggregates(valued(now), n=nw.len(), top=flag(nw.col("value") == 0).sum())
    return Value(found["top"] if found["n"] else None, found["n"])


FIGURES = (top_customers,)
