"""What customers will want (预测): products bought together, likely next orders, and how well that method did so far."""

from itertools import pairwise
from statistics import median
from typing import NamedTuple

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.figure import FigureTable, Value, figure
from ...metrics.frames import as_integers, is_filled, to_pandas
from ...metrics.snapshot import memoized
from .facts import Snapshot, lines, lines_in

TOGETHER = ("product", "other", "orders", "customers", "share", "lift")
REORDERS = (
    "customer_id", "product", "times", "last_order", "interval_days", "next_order", "quantity_4", "error_days", "tested",
)  # fmt: skip
LEAST_INTERVALS = 3
_LEAST_ORDERS, _MOST_PAIRS, _MOST_PRODUCTS = 2, 200, 60
"""A pair counts from two orders on; an order of very many products says little of any pair."""


def bought_together(now: Snapshot) -> pd.DataFrame:
    """Return the pairs of products that stood in one order of the period twice or more, the most frequent first.

    Each pair is there both ways. ``share``: of the orders with ``product``, those with ``other`` too · ``lift``: that
    share by the share of all orders that have ``other``; above 1 they go together · ``customers`` who bought both so.
    """
    lines = lines_in(now, "customer_id", "order_id", "product").filter(is_filled("product")).unique()
    table = to_pandas(lines, dict.fromkeys(("customer_id", "order_id", "product"), "str"))
    bought = table[["order_id", "product"]].drop_duplicates()
    orders, single = bought["order_id"].nunique(), bought["product"].value_counts()
    few = bought[bought.groupby("order_id")["product"].transform("size") <= _MOST_PRODUCTS]
    pairs = few.merge(few.rename(columns={"product": "other"}), on="order_id")
    pairs = pairs[pairs["product"] < pairs["other"]]
    often = pairs.groupby(["product", "other"]).size().rename("orders").reset_index()
    often = often[often["orders"] >= _LEAST_ORDERS]
    often = often.sort_values(["orders", "product", "other"], ascending=[False, True, True]).head(_MOST_PAIRS // 2)
    buyers = pairs.merge(often, on=["product", "other"]).merge(table[["order_id", "customer_id"]], on="order_id")
    counted = buyers.groupby(["product", "other"])["customer_id"].nunique().rename("customers").reset_index()
    rows = [
        (one, other, n, customers, n / single[one], n * orders / (single[one] * single[other]))
        for product, second, n, customers in often.merge(counted, on=["product", "other"]).itertuples(index=False)
        for one, other in ((product, second), (second, product))
    ]
    kinds = {"product": "str", "other": "str", "orders": "int64", "customers": "int64", "share": "float64"}
    return pd.DataFrame(rows, columns=list(TOGETHER)).astype(kinds | {"lift": "float64"})


class _Series(NamedTuple):
    """The days a customer ordered a product on, as ordinals, and how much each time."""

    days: list[int]
    quantities: list[int]


@memoized
def _series(now: Snapshot, *, measured: bool) -> dict[tuple[str, str], _Series]:
    """What each customer ordered of each product on four days or more; ``measured``: with quantities."""
    asked = ("customer_id", "product", "day", *(("quantity",) if measured else ()))
    bought = lines(now, *asked).filter(is_filled("day", "product")).group_by("customer_id", "product", "day")
    kinds = {"customer_id": "str", "product": "str", "day": "datetime64[us]", "quantity": "int64"}
    summed = bought.agg(quantity=nw.col("quantity").sum() if measured else nw.len())
    table = to_pandas(as_integers(summed, "quantity"), kinds)
    times = table.groupby(["customer_id", "product"])["day"].transform("size")
    table = table[times > LEAST_INTERVALS].sort_values(["customer_id", "product", "day"], ignore_index=True)
    numbered = (table["day"] - pd.Timestamp(0)).dt.days + pd.Timestamp(0).toordinal()
    found: dict[tuple[str, str], _Series] = {}
    rows = zip(table["customer_id"], table["product"], numbered, table["quantity"], strict=True)
    for customer, product, day, quantity in rows:
        one = found.setdefault((customer, product), _Series([], []))
        one.days.append(int(day))
        one.quantities.append(int(quantity))
    return found


def reorders(now: Snapshot) -> pd.DataFrame:
    """Return when each customer will likely order each product again and how much, the soonest first.

    Of products bought on four days or more: ``next_order`` is the last day and the median of the intervals, ``quantity_4``
    the median quantity in 1/10000. ``error_days``: the median miss where the method is asked to foretell the past,
    each order from the three or more intervals before it; NaN where ``tested`` is 0.
    """
    rows = []
    for (customer, product), one in _series(now, measured=True).items():
        interval = _middle(_intervals(one.days))
        missed = _misses(one)
        rows.append((
            customer, product, len(one.days), pd.Timestamp.fromordinal(one.days[-1]), interval,
            pd.Timestamp.fromordinal(one.days[-1] + interval), _middle(one.quantities),
            float(median(days for days, _ in missed)) if missed else None, len(missed),
        ))  # fmt: skip
    kinds = {"customer_id": "str", "product": "str", "last_order": "datetime64[us]", "next_order": "datetime64[us]"}
    kinds |= dict.fromkeys(("times", "interval_days", "quantity_4", "tested"), "int64") | {"error_days": "float64"}
    table = pd.DataFrame(rows, columns=list(REORDERS)).astype(kinds)
    return table.sort_values(["next_order", "customer_id", "product"], ignore_index=True)


@figure(
    "reorder_error_days",
    "复购预测误差",
    unit="天",
    better="down",
    definition="用过去的数据检验：每个客户每种产品，用前几次（不少于 3 次）订货间隔的中位数预测下一次，预测与实际相差天数的中位数。",
)
def reorder_error_days(now: Snapshot) -> Value:
    """Return the median of the days by which the method missed past orders."""
    days = [days for one in _series(now, measured=False).values() for days, _ in _misses(one)]
    return Value(float(median(days)) if days else None, len(days))


@figure(
    "reorder_error_share",
    "复购数量误差",
    unit="%",
    better="down",
    definition="同一检验中，用前几次数量的中位数预测下一次数量，相差的数量 ÷ 实际数量的中位数。",
)
def reorder_error_share(now: Snapshot) -> Value:
    """Return the median share by which the method missed the quantities of past orders."""
    shares = [off for one in _series(now, measured=True).values() for _, off in _misses(one) if off is not None]
    return Value(float(median(shares)) if shares else None, len(shares))


def _misses(one: _Series) -> list[tuple[int, float | None]]:
    """By how much the method misses each order from the fifth on: days, and share of its quantity."""
    found: list[tuple[int, float | None]] = []
    for at in range(LEAST_INTERVALS + 1, len(one.days)):
        expected_day = one.days[at - 1] + _middle(_intervals(one.days[:at]))
        actual, expected = one.quantities[at], _middle(one.quantities[:at])
        found.append((abs(one.days[at] - expected_day), abs(actual - expected) / actual if actual else None))
    return found


def _intervals(days: list[int]) -> list[int]:
    return [later - earlier for earlier, later in pairwise(days)]


def _middle(values: list[int]) -> int:
    """The median of whole numbers, half rounded up."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half] + 1) // 2


FIGURES = (reorder_error_days, reorder_error_share)
TABLES = (FigureTable("products_together", TOGETHER, bought_together), FigureTable("reorders", REORDERS, reorders))
