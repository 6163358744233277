"""RFM: how recently, how often and for how much each customer of the period bought, and the eight classes of it."""

from datetime import timedelta

import narwhals.stable.v2 as nw

from ...i18n.translate import LazyText
from ...metrics.figure import Value, figure
from ...metrics.frames import Frame, aggregates, flag
from ...metrics.snapshot import memoized
from ...metrics.window import Window, midnight
from ..settings import Settings
from .facts import Snapshot
from .purchases import purchases

CLASSES = ("一般挽留", "一般保持", "一般发展", "一般价值", "重要挽留", "重要保持", "重要发展", "重要价值")
"""By their number in frames: 4 for a high M, 2 for a high R, 1 for a high F."""
SHOWN = tuple(reversed(CLASSES))
"""The best first."""
NO_FIFTHS = LazyText("下单客户较少，不分五档：按最近下单、订单数、金额中位数各分高低")


@memoized
def scored(now: Snapshot) -> tuple[Frame, bool]:
    """Return the customers of the period with their ``rfm`` class number, and whether they are scored in fifths.

    In fifths they have ``r``, ``f`` and ``m`` too, 1 to 5. Without, high is: ordered within T1 days, as often as
    ``rfm_orders``, for the median or more.
    """
    buyers = purchases(now).filter(nw.col("window_orders") > 0)
    if aggregates(buyers, n=nw.len())["n"] < now.settings.rfm_floor:
        return _by_thresholds(buyers, now.window, now.settings), False
    return _by_fifths(buyers), True


def _by_thresholds(buyers: Frame, window: Window, settings: Settings) -> Frame:
    middle = buyers.select(middle=nw.col("window_fen").median())
    recent = midnight(window.as_of - timedelta(days=settings.t1_days))
    return buyers.join(middle, how="cross").with_columns(
        rfm=_class(
            nw.col("last_order") >= recent,
            nw.col("window_orders") >= settings.rfm_orders,
            nw.col("window_fen") >= nw.col("middle"),
        )
    )


def _by_fifths(buyers: Frame) -> Frame:
    fifths = buyers.with_columns(everyone=nw.lit(1)).with_columns(
        r=_fifth("last_order"), f=_fifth("window_orders"), m=_fifth("window_fen")
    )
    high = (
        nw.col(score) * nw.col(score).len().over("everyone") >= nw.col(score).sum().over("everyone") for score in "rfm"
    )
    return fifths.with_columns(rfm=_class(*high))


def _fifth(name: str) -> nw.Expr:
    """1 to 5 by rank, the lowest first; equal values score alike, so no order among them matters."""
    rank = nw.col(name).rank("min").over("everyone").cast(nw.Int64)
    return ((rank - 1) * 5 // nw.col("customer_id").len().over("everyone") + 1).cast(nw.Int64)


def _class(recent: nw.Expr, frequent: nw.Expr, much: nw.Expr) -> nw.Expr:
    return (4 * flag(much) + 2 * flag(recent) + flag(frequent)).cast(nw.Int64)


@figure(
    "key_customers",
    "重要价值客户数",
    unit="家",
    better="up",
    definition="RFM 八类中“重要价值”的客户数。R = 最近下单日期，F = 期内订单数，M = 期内金额；"
    "期内有订单的客户每项按名次分五档（5 最好，数值相同则同档），得分不低于平均分为高，三项高低组合成八类。"
    "下单客户少于 {rfm_floor} 家时不分档："
    "最近下单距今不超过 {t1_days} 天、订单数不少于 {rfm_orders}、金额不低于中位数各为高。",
)
def key_customers(now: Snapshot) -> Value:
    """Return how many customers are of the best class, and how they were judged."""
    customers, in_fifths = scored(now)
    best = CLASSES.index("重要价值")
    found = aggregates(customers, n=nw.len(), best=flag(nw.col("rfm") == best).sum())
    note = LazyText("") if in_fifths else NO_FIFTHS
    return Value(found["best"] if found["n"] else None, found["n"], None, note)


FIGURES = (key_customers,)
