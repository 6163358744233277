"""How orders move through the eight steps, of 订单状态 and (full edition) 订单进度; days are calendar days."""

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.figure import FigureTable, Value, figure, share
from ...metrics.frames import BLANK, Frame, is_filled, to_pandas
from ...metrics.quantiles import Distribution
from ...metrics.snapshot import memoized
from ...metrics.window import midnight
from ..lists.order import STEPS
from .breakdowns import order_positions
from .facts import Snapshot, in_period, lines

COLUMNS = ("step", "in_progress", "waiting_days", "oldest_days", "n", "median_days", "p90_days", "bottleneck")
REVIEW = STEPS[1]


@memoized
def finished_steps(now: Snapshot) -> pd.DataFrame:
    """Return each finished step of an order: ``order_id``, ``step``, ``done_on`` and the ``days`` since the step before.

    A step of several lines is finished when the last of them is; the first step counts from 下单日期, and one whose
    earlier date is missing or later has no days.
    """
    done = now.sheet("order_steps", "order_id", "step", "done_on").filter(is_filled("order_id", "step", "done_on"))
    finished = done.group_by("order_id", "step").agg(done_on=nw.col("done_on").max())
    kinds = {"order_id": "str", "step": "str", "done_on": "datetime64[us]", "ordered_on": "datetime64[us]"}
    table = to_pandas(finished.join(_placed(now), on="order_id", how="left"), kinds)
    places = {step: place for place, step in enumerate(STEPS)}
    table = table.assign(place=table["step"].map(places).astype("float64"))
    table = table.dropna(subset="place").sort_values(["order_id", "place"], ignore_index=True)
    before = table.groupby("order_id")["done_on"].shift()
    earlier = table.groupby("order_id")["place"].shift()
    since = before.where(earlier == table["place"] - 1).where(table["place"] > 0, table["ordered_on"])
    days = (table["done_on"] - since).dt.days
    handling = (table["done_on"] - table["ordered_on"]).dt.days
    return table.assign(days=days.where(days >= 0), handling=handling.where(handling >= 0))


def steps(now: Snapshot) -> pd.DataFrame:
    """Return each step: orders at it now, steps finished in the period with their days, and which is slowest.

    ``waiting_days``, ``oldest_days``: median and most days since 下单 of the orders at it, NaN of none.
    """
    waits = _waits(now)
    standing = dict(now.table("status").itertuples(index=False, name=None))
    spreads = {
        step: _spread(rows["days"])
        for step, rows in in_period(finished_steps(now), "done_on", now.window).groupby("step")
    }
    nothing = Distribution((), ())
    rows = [
        (
            step,
            int(standing.get(step, 0)),
            waits[step].at(0.5),
            waits[step].at(1),
            found.n,
            found.at(0.5),
            found.at(0.9),
        )
        for step, found in ((step, spreads.get(step, nothing)) for step in STEPS)
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS[:-1]))
    floats = dict.fromkeys(("waiting_days", "oldest_days", "median_days", "p90_days"), "float64")
    table = table.astype({"step": "str"} | floats)
    longest = table["median_days"].max()
    return table.assign(bottleneck=(table["median_days"] == longest) & (table["median_days"] > 0))


@memoized
def _placed(now: Snapshot) -> Frame:
    """The first 下单日期 of each order that has one."""
    dated = lines(now, "order_id", "ordered_on").filter(is_filled("ordered_on"))
    return dated.group_by("order_id").agg(ordered_on=nw.col("ordered_on").min())


def _waits(now: Snapshot) -> dict[str, Distribution]:
    """How many days ago the orders at each step were placed."""
    joined = order_positions(now).join(_placed(now), on="order_id", how="inner")
    table = to_pandas(joined, {"rank": "int64", "ordered_on": "datetime64[us]"})
    days = (pd.Timestamp(midnight(now.end)) - table["ordered_on"]).dt.days - 1
    return {step: _spread(days[table["rank"] == place]) for place, step in enumerate(STEPS)}


@memoized
def _handling(now: Snapshot) -> tuple[Distribution, float | None]:
    """The days from 下单 to the end of 订单审核, of reviews that ended in the period."""
    ended = in_period(finished_steps(now), "done_on", now.window)
    reviews = ended[ended["step"] == REVIEW]
    spread = _spread(reviews["handling"])
    return spread, share(spread.n, len(reviews))


@figure(
    "handling_days",
    "订单处理时间中位数",
    unit="天",
    better="down",
    goal="handling_goal_days",
    definition="期内完成订单审核的订单，订单审核完成日期 − 下单日期的中位数；目标不超过 {handling_goal_days} 天。",
)
def handling_days(now: Snapshot) -> Value:
    """Return the median of the days from 下单 to the end of 订单审核."""
    spread, coverage = _handling(now)
    return Value(spread.at(0.5), spread.n, coverage)


@figure(
    "handling_days_p90",
    "订单处理时间 P90",
    unit="天",
    better="down",
    definition="期内完成订单审核的订单，九成的订单处理时间不超过它（同 Excel 的 PERCENTILE.INC）。",
)
def handling_days_p90(now: Snapshot) -> Value:
    """Return the days that nine in ten reviews did not exceed."""
    spread, coverage = _handling(now)
    return Value(spread.at(0.9), spread.n, coverage)


@figure(
    "in_progress",
    "在制订单",
    unit="单",
    compared=False,
    definition="订单状态处于八个步骤之一的订单，不论何时下单；一张订单有几行时，看进度最慢的一行。",
)
def in_progress(now: Snapshot) -> Value:
    """Return how many orders stand at one of the steps."""
    states = dict(now.table("status").itertuples(index=False, name=None))
    stated = sum(int(orders) for state, orders in states.items() if state != BLANK)
    everyone = sum(int(orders) for orders in states.values())
    value = sum(int(states.get(step, 0)) for step in STEPS)
    return Value(value if stated else None, stated, share(stated, everyone))


def _spread(days: pd.Series) -> Distribution:
    return Distribution.of((int(day), 1) for day in days.dropna())


FIGURES = (handling_days, handling_days_p90, in_progress)
TABLES = (FigureTable("steps", COLUMNS, steps),)
