"""What customers will want (预测): products bought together, likely next orders, and how well that method did so far."""

from collections import Counter
from itertools import combinations, pairwise
from statistics import median
from typing import NamedTuple

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.metric import MetricValue
from ...metrics.snapshot import Snapshot, is_filled, lines_in, memoized, to_pandas
from ...metrics.window import Window
from .sales import as_integers

TOGETHER = ("product", "other", "orders", "customers", "share", "lift")
REORDERS = (
    "customer_id", "product", "times", "last_order", "interval_days", "next_order", "quantity_4", "error_days", "tested",
)  # fmt: skip
LEAST_INTERVALS = 3
_LEAST_ORDERS, _MOST_PAIRS, _MOST_PRODUCTS = 2, 200, 60
"""A pair counts from two orders on; an order of very many products says little of any pair."""


def bought_together(snapshot: Snapshot, window: Window) -> pd.DataFrame:
    """Return the pairs of products that stood in one order of the period twice or more, the most frequent first.

    Each pair is there both ways. ``share``: of the orders with ``product``, those with ``other`` too · ``lift``: that
    share by the share of all orders that have ``other``; above 1 they go together · ``customers`` who bought both so.
    """
    lines = lines_in(snapshot, window).filter(is_filled("product")).select("customer_id", "order_id", "product")
    table = to_pandas(lines.unique(), dict.fromkeys(("customer_id", "order_id", "product"), "str"))
    single = Counter(table.drop_duplicates(["order_id", "product"])["product"])
    pairs: Counter[tuple[str, str]] = Counter()
    buyers: dict[tuple[str, str], set[str]] = {}
    for order in table.groupby("order_id"):
        products = sorted(set(order[1]["product"]))
        for pair in combinations(products, 2) if 1 < len(products) <= _MOST_PRODUCTS else ():
            pairs[pair] += 1
            buyers.setdefault(pair, set()).update(order[1]["customer_id"])
    orders = table["order_id"].nunique()
    often = sorted(((n, pair) for pair, n in pairs.items() if n >= _LEAST_ORDERS), key=lambda item: (-item[0], item[1]))
    rows = [
        (one, other, n, len(buyers[pair]), n / single[one], n * orders / (single[one] * single[other]))
        for n, pair in often[: _MOST_PAIRS // 2]
        for one, other in (pair, pair[::-1])
    ]
    kinds = {"product": "str", "other": "str", "orders": "int64", "customers": "int64", "share": "float64"}
    return pd.DataFrame(rows, columns=list(TOGETHER)).astype(kinds | {"lift": "float64"})


class _Series(NamedTuple):
    """The days a customer ordered a product on, as ordinals, and how much each time."""

    days: list[int]
    quantities: list[int]


@memoized
def _series(snapshot: Snapshot) -> dict[tuple[str, str], _Series]:
    bought = snapshot.lines.filter(is_filled("day", "product")).group_by("customer_id", "product", "day")
    kinds = {"customer_id": "str", "product": "str", "day": "datetime64[us]", "quantity": "int64"}
    table = to_pandas(as_integers(bought.agg(quantity=nw.col("quantity").sum()), "quantity"), kinds)
    table = table.sort_values(["customer_id", "product", "day"], ignore_index=True)
    numbered = (table["day"] - pd.Timestamp(0)).dt.days + pd.Timestamp(0).toordinal()
    found: dict[tuple[str, str], _Series] = {}
    rows = zip(table["customer_id"], table["product"], numbered, table["quantity"], strict=True)
    for customer, product, day, quantity in rows:
        one = found.setdefault((customer, product), _Series([], []))
        one.days.append(int(day))
        one.quantities.append(int(quantity))
    return {key: one for key, one in found.items() if len(one.days) > LEAST_INTERVALS}


def reorders(snapshot: Snapshot) -> pd.DataFrame:
    """Return when each customer will likely order each product again and how much, the soonest first.

    Of products bought on four days or more: ``next_order`` is the last day and the median of the intervals, ``quantity_4``
    the median quantity in 1/10000. ``error_days``: the median miss where the method is asked to foretell the past,
    each order from the three or more intervals before it; NaN where ``tested`` is 0.
    """
    rows = []
    for (customer, product), one in _series(snapshot).items():
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


def reorder_errors(snapshot: Snapshot) -> dict[str, MetricValue]:
    """Return the median miss of the method on past data: in days, and of the quantity as a share of what was ordered."""
    missed = [miss for one in _series(snapshot).values() for miss in _misses(one)]
    shares = [off for _, off in missed if off is not None]
    return {
        "reorder_error_days": MetricValue(float(median(days for days, _ in missed)) if missed else None, len(missed)),
        "reorder_error_share": MetricValue(float(median(shares)) if shares else None, len(shares)),
    }


def _misses(one: _Series) -> list[tuple[int, float | None]]:
    """How far off each order from the fifth on would have been foretold: days, and share of its quantity."""
    found: list[tuple[int, float | None]] = []
    for at in range(LEAST_INTERVALS + 1, len(one.days)):
        told = one.days[at - 1] + _middle(_intervals(one.days[:at]))
        actual, expected = one.quantities[at], _middle(one.quantities[:at])
        found.append((abs(one.days[at] - told), abs(actual - expected) / actual if actual else None))
    return found


def _intervals(days: list[int]) -> list[int]:
    return [later - earlier for earlier, later in pairwise(days)]


def _middle(values: list[int]) -> int:
    """The median of whole numbers, half rounded up."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half] + 1) // 2
