"""What a customer is worth over the years, in fen of revenue (收入口径), and thresholds that follow the customers' own pace."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

import narwhals.stable.v2 as nw

from ...metrics.figure import Value, figure
from ...metrics.frames import aggregates, is_filled, value_counts
from ...metrics.quantiles import Distribution
from ...metrics.results import first_day
from ..settings import Settings
from .facts import Snapshot, lines, lines_in
from .sales import rounded

LEAST_DAYS = 180
"""Data of fewer days say nothing of a year."""
LEAST_INTERVALS = 30
"""Fewer intervals between orders keep the fixed thresholds."""
_FLOORS = (30, 60)
_PARTS = (0.80, 0.95)
_YEAR = 365
_MONTHS = 12


@figure(
    "clv",
    "客户终身价值（收入口径）",
    unit="元",
    better="up",
    definition="平均订单额 × 每个下单客户一年的订单数 × 预计年限，不扣成本。一年的订单数按期内有数据的天数折算；"
    "年限 = 1 ÷ 年流失率，最多 {clv_cap_years} 年，流失率未知时按 {clv_unknown_years} 年。数据不满 180 天时算不出。",
)
def clv(now: Snapshot) -> Value:
    """Return average order value × orders a year × lifespan, in whole fen."""
    bought = aggregates(
        lines_in(now, "customer_id", "amount"),
        n=nw.len(),
        amount=nw.col("amount").sum(),
        buyers=nw.col("customer_id").n_unique(),
    )
    first, as_of = first_day(lines(now, "day")), now.window.as_of.toordinal()
    years = lifespan(now.figure("churn_rate"), now.settings)
    if first is None or as_of - first.toordinal() < LEAST_DAYS or not bought["buyers"]:
        return Value(None, bought["n"])
    covered = as_of - max(first.toordinal(), now.window.start.toordinal()) + 1
    worth = Fraction(bought["amount"] * _YEAR, bought["buyers"] * covered) * years
    return Value(rounded(worth.numerator, worth.denominator), bought["n"])


def lifespan(churn: Value, settings: Settings) -> Fraction:
    """Return the years a customer stays: 1 ÷ annual churn, capped."""
    if churn.value is None:
        return Fraction(settings.clv_unknown_years)
    lost = Fraction(round(churn.value * churn.n), churn.n) * _MONTHS / settings.window_months
    return min(1 / lost, Fraction(settings.clv_cap_years)) if lost else Fraction(settings.clv_cap_years)


def adaptive_thresholds(now: Snapshot) -> Settings:
    """Return the settings with T1 and T2 at the 80th and 95th percentile of the days between a customer's orders.

    Unchanged unless ``adaptive`` is asked for and there are 30 intervals; never below 30 and 60 days.
    """
    settings = now.settings
    if not settings.adaptive:
        return settings
    spread = Distribution.of((gap, 1) for gap in _gaps(now))
    if spread.n < LEAST_INTERVALS:
        return settings
    t1, t2 = (max(floor, -int(-(spread.at(part) or 0) // 1)) for part, floor in zip(_PARTS, _FLOORS, strict=True))
    return replace(settings, t1_days=t1, t2_days=max(t2, t1 + 1))


def _gaps(now: Snapshot) -> list[int]:
    dated = lines(now, "customer_id", "day").filter(is_filled("day")).unique()
    days = value_counts(dated, "customer_id", "day")
    return [
        (_date(later) - _date(earlier)).days
        for (customer, earlier, _), (same, later, _) in pairwise(days)
        if customer == same
    ]


def _date(moment: date) -> date:
    return date(moment.year, moment.month, moment.day)


FIGURES = (clv,)
