"""When and how much a customer will probably order again: the median of past intervals, and how wrong that has been."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from .facts import Facts

LEAST_INTERVALS = 3
"""Fewer say nothing."""
NEAR_DAYS = 7


class Likely(NamedTuple):
    """An order that is to be expected."""

    customer_id: str
    product: str
    orders: int
    last: date
    interval: float
    """Median days between orders."""
    day: date
    quantity: float
    """Median, in pieces."""


class Errors(NamedTuple):
    """How the method would have done on each customer's last interval, known only what was before."""

    n: int
    days: float | None
    """Median of the absolute error."""
    near: float | None
    """Share of them that was no more than a week off."""


def _history(facts: Facts) -> dict[tuple[str, str], list[tuple[date, float]]]:
    """The days on which a customer ordered a product, and how much."""
    sums: dict[tuple[str, str], dict[date, float]] = defaultdict(lambda: defaultdict(float))
    for row in facts.lines():
        if row["day"] is not None:
            sums[row["customer_id"], row["product"]][row["day"].date()] += row["quantity"] / 10_000
    return {key: sorted(days.items()) for key, days in sorted(sums.items())}


def likely(facts: Facts) -> list[Likely]:
    """Return the orders to be expected, the soonest first; those long overdue are left out: the customer has gone."""
    if facts.as_of is None:
        return []
    found = []
    for (customer, product), history in _history(facts).items():
        gaps = _gaps([day for day, _ in history])
        if len(gaps) >= LEAST_INTERVALS:
            interval, last = median(gaps), history[-1][0]
            day = last + timedelta(days=round(interval))
            if (facts.as_of - day).days <= interval:
                quantity = median(quantity for _, quantity in history)
                found.append(Likely(customer, product, len(history), last, interval, day, quantity))
    return sorted(found, key=lambda one: (one.day, one.customer_id, one.product))


def errors(facts: Facts) -> Errors:
    """Return how far the method was off on past data."""
    wrong = []
    for history in _history(facts).values():
        gaps = _gaps([day for day, _ in history])
        if len(gaps) > LEAST_INTERVALS:
            wrong.append(abs(gaps[-1] - median(gaps[:-1])))
    if not wrong:
        return Errors(0, None, None)
    return Errors(len(wrong), median(wrong), sum(days <= NEAR_DAYS for days in wrong) / len(wrong))


def _gaps(days: Sequence[date]) -> list[int]:
    return [(after - before).days for before, after in pairwise(days)]
