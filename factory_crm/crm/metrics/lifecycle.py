"""Where customers stand in their life with us, who stays and who comes back. Of 订单记录 only; days are calendar days."""

from datetime import date, timedelta

import narwhals.stable.v2 as nw

from ...metrics.metric import MetricValue, share
from ...metrics.snapshot import Frame, Snapshot, aggregates, flag, is_filled, lines_in, memoized, value_counts
from ...metrics.window import Window, midnight
from .purchases import purchases
from .settings import Settings

STAGES = ("潜在", "新客户", "活跃", "沉睡", "流失", "数据不足")
"""By their number in frames; the last is for customers whose orders have no day at all."""
POTENTIAL, NEW, ACTIVE, ASLEEP, LOST, UNKNOWN = range(len(STAGES))


@memoized
def staged(snapshot: Snapshot, window: Window, settings: Settings) -> Frame:
    """Return the customers of ``purchases`` with the number of their ``stage`` at the end of the period."""
    return _staged(purchases(snapshot, window), window.as_of, settings)


def _staged(customers: Frame, as_of: date, settings: Settings) -> Frame:
    """Add the number of each customer's ``stage``, from ``first_order`` and ``last_order``."""

    def since(name: str, days: int) -> nw.Expr:
        return is_filled(name) & (nw.col(name) >= midnight(as_of - timedelta(days=days)))

    last = nw.when(since("last_order", settings.t2_days)).then(nw.lit(ASLEEP)).otherwise(nw.lit(LOST))
    last = nw.when(since("last_order", settings.t1_days)).then(nw.lit(ACTIVE)).otherwise(last)
    last = nw.when(since("first_order", settings.new_days)).then(nw.lit(NEW)).otherwise(last)
    last = nw.when(nw.col("first_order").is_null()).then(nw.lit(UNKNOWN)).otherwise(last)
    return customers.with_columns(stage=last.cast(nw.Int64))


def lifecycle(snapshot: Snapshot, window: Window, settings: Settings) -> dict[str, MetricValue]:
    """Return how many customers are new or active at the end of the period."""
    stages = dict(value_counts(staged(snapshot, window, settings), "stage"))
    everyone = sum(stages.values())
    judged = everyone - stages.get(UNKNOWN, 0)
    alive = stages.get(NEW, 0) + stages.get(ACTIVE, 0)
    return {"active_customers": MetricValue(alive if judged else None, judged, share(judged, everyone))}


def churn(snapshot: Snapshot, window: Window, settings: Settings) -> dict[str, MetricValue]:
    """Return the shares of the customers alive when the period began that were lost, and kept, when it ended."""
    earlier = snapshot.lines.filter(nw.col("day") < midnight(window.start)).group_by("customer_id")
    spans = earlier.agg(first_order=nw.col("day").min(), last_order=nw.col("day").max())
    cohort = _staged(spans, window.start - timedelta(days=1), settings)
    cohort = cohort.filter(nw.col("stage").is_in([NEW, ACTIVE])).select("customer_id")
    ended = staged(snapshot, window, settings).select("customer_id", "stage")
    found = aggregates(
        cohort.join(ended, on="customer_id", how="inner"), n=nw.len(), lost=flag(nw.col("stage") == LOST).sum()
    )
    lost = share(found["lost"], found["n"]) if window.days >= settings.t2_days else None
    kept = None if lost is None else share(found["n"] - found["lost"], found["n"])
    return {"churn_rate": MetricValue(lost, found["n"]), "retention_rate": MetricValue(kept, found["n"])}


@memoized
def ordering_days(snapshot: Snapshot, window: Window) -> Frame:
    """Return on how many ``days`` of the period each customer ordered; an order's day is its first line's."""
    orders = lines_in(snapshot, window).group_by("customer_id", "order_id").agg(day=nw.col("day").min())
    return orders.group_by("customer_id").agg(days=nw.col("day").n_unique())


def repeat(snapshot: Snapshot, window: Window) -> dict[str, MetricValue]:
    """Return the share of the period's buyers who ordered on two days or more."""
    found = aggregates(ordering_days(snapshot, window), n=nw.len(), again=flag(nw.col("days") >= 2).sum())  # noqa: PLR2004
    return {"repeat_rate": MetricValue(share(found["again"], found["n"]), found["n"])}
