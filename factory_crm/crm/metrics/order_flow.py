"""How orders move through the eight steps, of 订单状态 and (full edition) 订单进度; days are calendar days."""

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.metric import MetricValue
from ...metrics.quantiles import Distribution
from ...metrics.snapshot import Snapshot, is_filled, memoized, to_pandas
from ...metrics.window import Window, midnight
from ..lists.core import STEPS
from .breakdowns import by_status, order_positions
from .settings import Settings

COLUMNS = ("step", "in_progress", "waiting_days", "oldest_days", "n", "median_days", "p90_days", "bottleneck")
REVIEW = STEPS[1]


@memoized
def finished_steps(snapshot: Snapshot) -> pd.DataFrame:
    """Return each finished step of an order: ``order_id``, ``step``, ``done_on`` and the ``days`` since the step before.

    A step of several lines is finished when the last of them is; the first step counts from 下单日期, and one whose
    earlier date is missing or later has no days.
    """
    done = snapshot.extra["order_steps"].filter(is_filled("order_id", "step", "done_on"))
    finished = done.group_by("order_id", "step").agg(done_on=nw.col("done_on").max())
    placed = (
        snapshot.lines.filter(is_filled("ordered_on")).group_by("order_id").agg(ordered_on=nw.col("ordered_on").min())
    )
    kinds = {"order_id": "str", "step": "str", "done_on": "datetime64[us]", "ordered_on": "datetime64[us]"}
    table = to_pandas(finished.join(placed, on="order_id", how="left"), kinds)
    places = {step: place for place, step in enumerate(STEPS)}
    table = table.assign(place=table["step"].map(places).astype("float64"))
    table = table.dropna(subset="place").sort_values(["order_id", "place"], ignore_index=True)
    before = table.groupby("order_id")["done_on"].shift()
    earlier = table.groupby("order_id")["place"].shift()
    since = before.where(earlier == table["place"] - 1).where(table["place"] > 0, table["ordered_on"])
    days = (table["done_on"] - since).dt.days
    handling = (table["done_on"] - table["ordered_on"]).dt.days
    return table.assign(days=days.where(days >= 0), handling=handling.where(handling >= 0))


def steps(snapshot: Snapshot, window: Window) -> pd.DataFrame:
    """Return each step: orders at it now, steps finished in the period with their days, and which is slowest.

    ``waiting_days``, ``oldest_days``: median and most days since 下单 of the orders at it, NaN of none.
    """
    waits = _waits(snapshot)
    standing = dict(by_status(snapshot).itertuples(index=False, name=None))
    spreads = {step: _spread(rows["days"]) for step, rows in _ended(finished_steps(snapshot), window).groupby("step")}
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


def _waits(snapshot: Snapshot) -> dict[str, Distribution]:
    """How many days ago the orders at each step were placed."""
    placed = (
        snapshot.lines.filter(is_filled("ordered_on")).group_by("order_id").agg(ordered_on=nw.col("ordered_on").min())
    )
    joined = order_positions(snapshot).join(placed, on="order_id", how="inner")
    table = to_pandas(joined, {"rank": "int64", "ordered_on": "datetime64[us]"})
    days = (pd.Timestamp(midnight(snapshot.end)) - table["ordered_on"]).dt.days - 1
    return {step: _spread(days[table["rank"] == place]) for place, step in enumerate(STEPS)}


def handling(snapshot: Snapshot, window: Window, settings: Settings) -> dict[str, MetricValue]:
    """Return median and P90 of the days from 下单 to the end of 订单审核, of reviews that ended in the period."""
    ended = _ended(finished_steps(snapshot), window)
    reviews = ended[ended["step"] == REVIEW]
    spread = _spread(reviews["handling"])
    coverage = spread.n / len(reviews) if len(reviews) else None
    return {
        "handling_days": MetricValue(spread.at(0.5), spread.n, coverage),
        "handling_days_p90": MetricValue(spread.at(0.9), spread.n, coverage),
    }


def in_progress(snapshot: Snapshot) -> dict[str, MetricValue]:
    """Return how many orders stand at one of the steps."""
    states = dict(by_status(snapshot).itertuples(index=False, name=None))
    stated = sum(int(orders) for state, orders in states.items() if state != "未填")
    everyone = sum(int(orders) for orders in states.values())
    value = sum(int(states.get(step, 0)) for step in STEPS)
    return {"in_progress": MetricValue(value if stated else None, stated, stated / everyone if everyone else None)}


def _ended(table: pd.DataFrame, window: Window) -> pd.DataFrame:
    return table[(table["done_on"] >= midnight(window.start)) & (table["done_on"] < midnight(window.end))]


def _spread(days: pd.Series) -> Distribution:
    return Distribution.of((int(day), 1) for day in days.dropna())
