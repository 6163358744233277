"""What a customer is worth over the years, in fen of revenue (收入口径), and thresholds that follow the customers' own pace."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.metric import MetricValue
from ...metrics.quantiles import Distribution
from ...metrics.snapshot import Snapshot, aggregates, is_filled, lines_in, value_counts
from ...metrics.window import Window
from .sales import rounded
from .settings import Settings

LEAST_DAYS = 180
"""Data of fewer days say nothing of a year."""
LEAST_INTERVALS = 30
"""Fewer intervals between orders keep the fixed thresholds."""
_FLOORS = (30, 60)
_PARTS = (0.80, 0.95)
_YEAR = 365
_MONTHS = 12


def clv(snapshot: Snapshot, window: Window, churn: MetricValue, settings: Settings) -> dict[str, MetricValue]:
    """Return average order value × orders a year × lifespan, in whole fen; ``churn`` is that of the period."""
    first = snapshot.lines.select(day=nw.col("day").min()).collect(backend="pandas").to_native()["day"].iloc[0]
    bought = aggregates(
        lines_in(snapshot, window),
        n=nw.len(),
        amount=nw.col("amount").sum(),
        buyers=nw.col("customer_id").n_unique(),
    )
    as_of = window.as_of.toordinal()
    if pd.isna(first) or as_of - first.toordinal() < LEAST_DAYS or not bought["buyers"]:
        return {"clv": MetricValue(None, bought["n"])}
    covered = as_of - max(first.toordinal(), window.start.toordinal()) + 1
    worth = Fraction(bought["amount"] * _YEAR, bought["buyers"] * covered) * lifespan(churn, settings)
    return {"clv": MetricValue(rounded(worth.numerator, worth.denominator), bought["n"])}


def lifespan(churn: MetricValue, settings: Settings) -> Fraction:
    """Return the years a customer stays: 1 ÷ annual churn, capped."""
    if churn.value is None:
        return Fraction(settings.clv_unknown_years)
    lost = Fraction(round(churn.value * churn.n), churn.n) * _MONTHS / settings.window_months
    return min(1 / lost, Fraction(settings.clv_cap_years)) if lost else Fraction(settings.clv_cap_years)


def adaptive_thresholds(snapshot: Snapshot, settings: Settings) -> Settings:
    """Return the settings with T1 and T2 at the 80th and 95th percentile of the days between a customer's orders.

    Unchanged unless ``adaptive`` is asked for and there are 30 intervals; never below 30 and 60 days.
    """
    if not settings.adaptive:
        return settings
    spread = Distribution.of((gap, 1) for gap in _gaps(snapshot))
    if spread.n < LEAST_INTERVALS:
        return settings
    t1, t2 = (max(floor, -int(-(spread.at(part) or 0) // 1)) for part, floor in zip(_PARTS, _FLOORS, strict=True))
    return replace(settings, t1_days=t1, t2_days=max(t2, t1 + 1))


def _gaps(snapshot: Snapshot) -> list[int]:
    days = value_counts(
        snapshot.lines.filter(is_filled("day")).select("customer_id", "day").unique(), "customer_id", "day"
    )
    return [
        (_date(later) - _date(earlier)).days
        for (customer, earlier, _), (same, later, _) in pairwise(days)
        if customer == same
    ]


def _date(moment: date) -> date:
    return date(moment.year, moment.month, moment.day)
