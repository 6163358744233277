"""Where customers stand in their life with us, who stays and who comes back. Of 订单记录 only; days are calendar days."""

from collections.abc import Mapping
from datetime import date, timedelta

import narwhals.stable.v2 as nw

from ...metrics.figure import Value, figure, share
from ...metrics.frames import Frame, aggregates, flag, is_filled, value_counts
from ...metrics.snapshot import memoized
from ...metrics.window import midnight
from ..settings import Settings
from .facts import Snapshot, lines, lines_in
from .purchases import order_days

STAGES = ("潜在", "新客户", "活跃", "沉睡", "流失", "数据不足")
"""By their number in frames; the last is for customers whose orders have no day at all."""
POTENTIAL, NEW, ACTIVE, ASLEEP, LOST, UNKNOWN = range(len(STAGES))


@memoized
def staged(now: Snapshot) -> Frame:
    """Return the customers of ``order_days`` with the number of their ``stage`` at the end of the period."""
    return _staged(order_days(now), now.window.as_of, now.settings)


def _staged(customers: Frame, as_of: date, settings: Settings) -> Frame:
    """Add the number of each customer's ``stage``, from ``first_order`` and ``last_order``."""

    def since(name: str, days: int) -> nw.Expr:
        return is_filled(name) & (nw.col(name) >= midnight(as_of - timedelta(days=days)))

    last = nw.when(since("last_order", settings.t2_days)).then(nw.lit(ASLEEP)).otherwise(nw.lit(LOST))
    last = nw.when(since("last_order", settings.t1_days)).then(nw.lit(ACTIVE)).otherwise(last)
    last = nw.when(since("first_order", settings.new_days)).then(nw.lit(NEW)).otherwise(last)
    last = nw.when(nw.col("first_order").is_null()).then(nw.lit(UNKNOWN)).otherwise(last)
    return customers.with_columns(stage=last.cast(nw.Int64))


@memoized
def ordering_days(now: Snapshot) -> Frame:
    """Return on how many ``days`` of the period each customer ordered; an order's day is its first line's."""
    orders = lines_in(now, "customer_id", "order_id", "day").group_by("customer_id", "order_id")
    return orders.agg(day=nw.col("day").min()).group_by("customer_id").agg(days=nw.col("day").n_unique())


@figure(
    "repeat_rate",
    "复购率",
    unit="%",
    better="up",
    definition="复购率 = 期内在两个或更多不同日子下过单的客户数 ÷ 期内下过单的客户数；同一天的几张订单算一次。",
)
def repeat_rate(now: Snapshot) -> Value:
    """Return the share of the period's buyers who ordered on two days or more."""
    found = aggregates(ordering_days(now), n=nw.len(), again=flag(nw.col("days") >= 2).sum())  # noqa: PLR2004
    return Value(share(found["again"], found["n"]), found["n"])


@figure(
    "active_customers",
    "活跃客户数",
    unit="家",
    better="up",
    definition="期末处于“新客户”或“活跃”阶段的客户数。阶段依次判断：潜在 = 没有订单；"
    "新客户 = 首次下单距今不超过 {new_days} 天；活跃 = 最近下单距今不超过 {t1_days} 天；"
    "沉睡 = 超过 {t1_days} 天、不超过 {t2_days} 天；流失 = 超过 {t2_days} 天。"
    "有订单而没有任何日期的客户不判断阶段，记为“数据不足”。",
)
def active_customers(now: Snapshot) -> Value:
    """Return how many customers are new or active at the end of the period."""
    stages = dict(value_counts(staged(now), "stage"))
    everyone = sum(stages.values())
    judged = everyone - stages.get(UNKNOWN, 0)
    alive = stages.get(NEW, 0) + stages.get(ACTIVE, 0)
    return Value(alive if judged else None, judged, share(judged, everyone))


@memoized
def _churned(now: Snapshot) -> Mapping[str, int]:
    """Of the customers new or active when the period began: how many there were, and how many were lost at its end."""
    start = now.window.start
    earlier = lines(now, "customer_id", "day").filter(nw.col("day") < midnight(start)).group_by("customer_id")
    spans = earlier.agg(first_order=nw.col("day").min(), last_order=nw.col("day").max())
    cohort = _staged(spans, start - timedelta(days=1), now.settings)
    cohort = cohort.filter(nw.col("stage").is_in([NEW, ACTIVE])).select("customer_id")
    ended = staged(now).select("customer_id", "stage")
    joined = cohort.join(ended, on="customer_id", how="inner")
    return aggregates(joined, n=nw.len(), lost=flag(nw.col("stage") == LOST).sum())


@figure(
    "retention_rate",
    "保留率",
    unit="%",
    better="up",
    definition="保留率 = 1 − 流失率：期初的新客户和活跃客户中，期末没有流失的占多少。",
)
def retention_rate(now: Snapshot) -> Value:
    """Return the share of the customers alive when the period began that were not lost when it ended."""
    found, churn = _churned(now), now.figure("churn_rate")
    return churn._replace(value=None if churn.value is None else share(found["n"] - found["lost"], found["n"]))


@figure(
    "churn_rate",
    "流失率",
    unit="%",
    better="down",
    definition="流失率 = 期初处于“新客户”或“活跃”阶段、期末已“流失”（超过 {t2_days} 天没有下单）的客户数 ÷ 期初处于这两个阶段的客户数；"
    "逐个客户比对，期初以后新来的客户不影响它。",
)
def churn_rate(now: Snapshot) -> Value:
    """Return the share of the customers alive when the period began that were lost when it ended."""
    found = _churned(now)
    lost = share(found["lost"], found["n"]) if now.window.days >= now.settings.t2_days else None
    return Value(lost, found["n"])


FIGURES = (repeat_rate, active_customers, retention_rate, churn_rate)
