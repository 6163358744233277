"""Four hundred invented orders: who buys what and when, what was promised and what became of it."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from ..crm.lists.order import CANCELLED, DONE, PAUSED, STEPS
from .companies import COMPANIES, Company
from .days import FIRST, LAST, next_workday, workday
from .goods import NOTES, PRODUCTS, Article

Row = dict[str, Any]
"""The cells of a row by column name, as a clerk would write them."""

ORDERS = 400
PREFIXES = {"华东": "HD", "华南": "HN", "华北": "HB"}
_COUNTS = {
    "whale": (44, 38, 34, 30, 26, 20),
    "regular": (5, 8, 3, 6, 7, 4),
    "new": (2, 3),
    "asleep": (4, 3, 5),
    "lost": (5, 3, 4),
    "once": (1,),
    "potential": (0,),
}
_WINDOWS = {
    "whale": (FIRST, date(2024, 5, 20), LAST),
    "regular": (FIRST, date(2024, 4, 10), LAST),
    "new": (date(2024, 4, 8), date(2024, 5, 20), LAST),
    "asleep": (FIRST, date(2024, 1, 10), date(2024, 3, 20)),
    "lost": (FIRST, date(2023, 5, 15), date(2023, 12, 8)),
    "once": (date(2023, 3, 1), date(2023, 3, 1), date(2024, 5, 31)),
    "potential": (FIRST, FIRST, LAST),
}
"""From when on they buy, and between which days the last order falls."""
_SIZES = {"大型": 2.2, "中型": 1.0, "小型": 0.6}
_LATE, _CANCELLED, _SEVERAL, _SPLIT = 0.22, 0.025, 0.12, 0.06
_OPEN_STEPS = STEPS[:-1]
_DEARER_SINCE, _DEARER, _REBATE = date(2024, 1, 1), Decimal("1.03"), Decimal("0.95")


def orders(rng: Random) -> dict[str, list[Row]]:
    """Return the order lines of every office, in the order in which they came in."""
    placed = sorted(
        (day, company.number, number, company) for company, days in _bought(rng) for number, day in enumerate(days)
    )
    found: dict[str, list[Row]] = {office: [] for office in PREFIXES}
    counts = dict.fromkeys(PREFIXES, 0)
    tastes = {company.number: rng.sample(list(PRODUCTS), 3) for company in COMPANIES}
    for day, _, number, company in placed:
        office = company.offices[number % len(company.offices)]
        counts[office] += 1
        head = {
            "order_id": f"{PREFIXES[office]}{day:%y%m}-{counts[office]:03}",
            "customer_id": company.number,
            "ordered_on": day,
        }
        found[office] += _lines(rng, head, company, tastes[company.number])
    return found


def _bought(rng: Random) -> list[tuple[Company, list[date]]]:
    """Every customer and the days on which it ordered; the first one makes the number of all orders round."""
    seen: dict[str, int] = {}
    counts = []
    for company in COMPANIES:
        cycle = _COUNTS[company.habit]
        counts.append(cycle[seen.setdefault(company.habit, 0) % len(cycle)])
        seen[company.habit] += 1
    counts[0] += ORDERS - sum(counts)
    return [(company, _days(rng, company, count)) for company, count in zip(COMPANIES, counts, strict=True)]


def _days(rng: Random, company: Company, count: int) -> list[date]:
    if not count:
        return []
    start, earliest, latest = _WINDOWS[company.habit]
    last = workday(rng, max(start, earliest), latest)
    return sorted([last, *(workday(rng, start, last) for _ in range(count - 1))])


def _lines(rng: Random, head: Row, company: Company, tastes: list[str]) -> list[Row]:
    """One order: mostly one product, at times what goes with it too, at times in two batches."""
    product = PRODUCTS[rng.choices(tastes, [PRODUCTS[taste].weight for taste in tastes])[0]]
    kind = rng.random()
    cancelled = rng.random() < _CANCELLED and head["ordered_on"] < LAST - timedelta(days=20)
    due = _due(rng, head["ordered_on"], product)
    if kind < _SEVERAL:
        other = PRODUCTS[product.goes_with]
        rows = [_line(rng, head, company, product, due), _line(rng, head, company, other, due)]
    elif kind < _SEVERAL + _SPLIT:
        later = next_workday(due + timedelta(days=14))
        rows = [_line(rng, head, company, product, due), _line(rng, head, company, product, later)]
        for row in rows:
            row["note"] = "分两批发货"
    else:
        return [_cancel(row) if cancelled else row for row in [_line(rng, head, company, product, due)]]
    return [{**row, "line": number} for number, row in enumerate(rows, 1)]


def _due(rng: Random, ordered_on: date, product: Article) -> date:
    return next_workday(ordered_on + timedelta(days=rng.randint(*product.lead)))


def _line(rng: Random, head: Row, company: Company, product: Article, due_on: date) -> Row:
    size = _SIZES.get(company.size, 0.4) * (1.2 if company.habit == "whale" else 1)
    price = (
        product.price
        * (_REBATE if company.habit == "whale" else 1)
        * (_DEARER if head["ordered_on"] >= _DEARER_SINCE else 1)
    )
    row = {
        **head,
        "product": product.model,
        "due_on": due_on,
        "quantity": max(product.lot // 2, 1) * max(1, round(size * rng.triangular(1, 5, 2))),
        "unit_price": price.quantize(Decimal("0.0001") if price < 1 else Decimal("0.01")).normalize() + 0,
    }
    if rng.random() < 0.05:  # noqa: PLR2004 - one in twenty has a note
        row["note"] = rng.choice(NOTES)
    return {**row, **_progress(rng, head["ordered_on"], due_on)}


def _progress(rng: Random, ordered_on: date, due_on: date) -> Row:
    """What became of a line by the last day: its dates and the step it is in."""
    received_on = due_on + timedelta(days=rng.randint(1, 12) if rng.random() < _LATE else -rng.randint(0, 5))
    shipped_on = max(received_on - timedelta(days=rng.randint(1, 6)), ordered_on + timedelta(days=1))
    if received_on <= LAST:
        return {"shipped_on": shipped_on, "received_on": received_on, "status": DONE}
    if shipped_on <= LAST:
        return {"shipped_on": shipped_on, "status": STEPS[-1]}
    if rng.random() < 0.05:  # noqa: PLR2004 - a few wait for the customer
        return {"status": PAUSED, "note": "客户要求暂缓"}
    share = (LAST - ordered_on) / (shipped_on - ordered_on)
    return {"status": _OPEN_STEPS[min(int(share * len(_OPEN_STEPS)), len(_OPEN_STEPS) - 1)]}


def _cancel(row: Row) -> Row:
    kept = {name: value for name, value in row.items() if name not in ("shipped_on", "received_on")}
    return {**kept, "status": CANCELLED, "note": "客户项目取消"}
