"""Delivery by order line: on time or not, and how many days each leg took. Of 订单记录 only.

What on time means is defined here: ``day_of_delivery`` and ``due`` over frames, whose ``due_on`` is the day agreed on
(``facts``); ``agreed_day`` and ``on_time`` for one line, which pages use beside their rows. A test holds that both agree.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import narwhals.stable.v2 as nw

from ...metrics.figure import Value, figure, share
from ...metrics.frames import Frame, aggregates, flag, is_filled, to_pandas, within
from ...metrics.quantiles import Distribution
from ...metrics.snapshot import memoized
from ...metrics.window import Window, midnight
from ..lists.order import THEIR_SIDE
from ..settings import Settings
from .facts import Snapshot, lines, lines_in


def day_of_delivery(settings: Settings) -> str:
    """Return the column that has to be on time: 收货日期, or 发货日期 where the settings say so."""
    return f"{settings.on_time_basis}_on"


def agreed_day(
    due_on: datetime | None, changed_due_on: datetime | None = None, changed_by: str | None = None
) -> datetime | None:
    """Return the day that counts as agreed: 约定交期, or 变更后交期 where the customer asked for it."""
    return changed_due_on if changed_by == THEIR_SIDE and changed_due_on is not None else due_on


def on_time(agreed: datetime | None, delivered: datetime | None, end: datetime, settings: Settings) -> bool | None:
    """Return whether a line was delivered in time, as known before ``end``; None where it is not due yet, or never.

    A line is late once its agreed day and the days of tolerance are over, delivered or not.
    """
    if agreed is None:
        return None
    latest = agreed + timedelta(days=settings.on_time_tolerance_days)
    if delivered is not None and delivered < end:
        return delivered <= latest
    return False if latest + timedelta(days=1) < end else None


@memoized
def due(now: Snapshot, window: Window) -> Frame:
    """Return ``due_on`` of the lines due in a period that were delivered or are past due, with ``on_time`` 1 or 0."""
    done, tolerance = day_of_delivery(now.settings), now.settings.on_time_tolerance_days
    over = midnight(window.as_of - timedelta(days=tolerance))
    asked = lines(now, "due_on", done).filter(within("due_on", window))
    judged = asked.filter(is_filled(done) | (nw.col("due_on") < over))
    latest = nw.col("due_on").dt.offset_by(f"{tolerance}d")
    return judged.with_columns(on_time=flag(is_filled(done) & (nw.col(done) <= latest)))


@figure(
    "on_time_rate",
    "准时交付率",
    unit="%",
    better="up",
    goal="on_time_goal",
    definition="准时交付率 = 约定交期在期内、未取消、已交付或已过期的订单行中，"
    "{basis}不晚于约定交期（宽限 {on_time_tolerance_days} 天）的行数 ÷ 总行数；没有约定交期的行不计入，"
    "已过期还没有交付的算不准时；交期变更只有客户要求的才算数。",
)
def on_time_rate(now: Snapshot) -> Value:
    """Return the share of the lines due that came on time; coverage: lines ordered in the period with 约定交期."""
    found = aggregates(due(now, now.window), n=nw.len(), met=nw.col("on_time").sum())
    ordered = aggregates(lines_in(now, "due_on"), rows=nw.len(), due=flag(is_filled("due_on")).sum())
    return Value(share(found["met"], found["n"]), found["n"], share(ordered["due"], ordered["rows"]))


@memoized
def _days(now: Snapshot, start: str, stop: str) -> tuple[Distribution, float | None]:
    """The days of a leg that ended in the period, and the share of those that have both days in order."""
    ended = lines(now, start, stop).filter(within(stop, now.window)).group_by(start, stop).agg(rows=nw.len())
    table = to_pandas(ended, {start: "datetime64[us]", stop: "datetime64[us]", "rows": "int64"})
    took = table.assign(days=(table[stop] - table[start]).dt.days)
    rows = took[took["days"] >= 0].groupby("days")["rows"].sum()
    spread = Distribution.of(zip(rows.index.astype("int64"), rows, strict=True))
    return spread, share(spread.n, int(table["rows"].sum()))


def _at(part: float, start: str, stop: str) -> Callable[[Snapshot], Value]:
    """The days that this part of a leg's lines does not exceed."""

    def days(now: Snapshot) -> Value:
        spread, coverage = _days(now, start, stop)
        return Value(spread.at(part), spread.n, coverage)

    return days


ship_days = figure(
    "ship_days",
    "发货用时中位数",
    unit="天",
    better="down",
    definition="期内发货的订单行从下单日期到发货日期的天数，取中位数；缺日期或先后颠倒的不计入。",
)(_at(0.5, "ordered_on", "shipped_on"))
ship_days_p90 = figure(
    "ship_days_p90",
    "发货用时 P90",
    unit="天",
    better="down",
    definition="期内发货的订单行从下单日期到发货日期的天数，九成的行不超过它（同 Excel 的 PERCENTILE.INC）。",
)(_at(0.9, "ordered_on", "shipped_on"))
transit_days = figure(
    "transit_days",
    "运输用时中位数",
    unit="天",
    better="down",
    definition="期内收货的订单行从发货日期到收货日期的天数，取中位数；缺日期的不计入。",
)(_at(0.5, "shipped_on", "received_on"))
transit_days_p90 = figure(
    "transit_days_p90",
    "运输用时 P90",
    unit="天",
    better="down",
    definition="期内收货的订单行从发货日期到收货日期的天数，九成的行不超过它（同 Excel 的 PERCENTILE.INC）。",
)(_at(0.9, "shipped_on", "received_on"))
lead_days = figure(
    "lead_days",
    "交付周期中位数",
    unit="天",
    better="down",
    definition="期内收货的订单行从下单日期到收货日期的天数，取中位数；缺日期的不计入。",
)(_at(0.5, "ordered_on", "received_on"))
lead_days_p90 = figure(
    "lead_days_p90",
    "交付周期 P90",
    unit="天",
    better="down",
    definition="期内收货的订单行从下单日期到收货日期的天数，九成的行不超过它（同 Excel 的 PERCENTILE.INC）。",
)(_at(0.9, "ordered_on", "received_on"))
LEGS = (ship_days, ship_days_p90, transit_days, transit_days_p90, lead_days, lead_days_p90)

FIGURES = (on_time_rate, *LEGS)
