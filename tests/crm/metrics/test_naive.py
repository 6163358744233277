"""Figures against a plain recomputation that knows no frames."""

from datetime import date, timedelta
from random import Random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory_crm.crm.metrics import customers, delivery, rfm, sales
from factory_crm.crm.metrics.registry import compute
from factory_crm.crm.settings import Settings
from factory_crm.metrics.window import window_to
from tests.crm.metrics import drawing

AS_OF = date(2023, 12, 31)
YEAR = window_to(AS_OF, 12)
each_engine = pytest.mark.parametrize("engine", drawing.EACH)

days = st.none() | st.dates(AS_OF - timedelta(days=420), AS_OF + timedelta(days=20))
lines = st.fixed_dictionaries({
    "order_id": st.sampled_from("ABCDEF"),
    "customer_id": st.sampled_from(["C1", "C2", "C3", "C4"]),
    "product": st.sampled_from("XY"),
    "amount": st.integers(0, 10**15),
    "quantity": st.integers(1, 10**10),
    "ordered_on": days,
    "due_on": days,
    "shipped_on": days,
    "received_on": days,
    "status": st.sampled_from([None, "已完成", "生产制造", "已取消"]),
})  # fmt: skip
orders = st.lists(lines, max_size=12)


def lazy(engine, rows):
    frames = {table: drawing.framed(table, []) for table in drawing.SHEETS}
    texts = [
        {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()} | {"line": line}
        for line, row in enumerate(rows, start=1)
    ]
    return drawing.on(engine, frames | {"orders": drawing.framed("orders", texts)})


def day_of(row):
    return row["ordered_on"] or row["shipped_on"]


def counted(rows):
    return [row for row in rows if row["status"] != "已取消" and (day_of(row) is None or day_of(row) <= AS_OF)]


def in_window(day):
    return day is not None and YEAR.start <= day <= AS_OF


def bought(rows):
    """Orders, fen and last day of each customer of the period."""
    lately = [row for row in counted(rows) if in_window(day_of(row))]
    return {
        customer: (
            len({row["order_id"] for row in own}),
            sum(row["amount"] for row in own),
            max(day_of(row) for row in own),
        )
        for customer in {row["customer_id"] for row in lately}
        for own in [[row for row in lately if row["customer_id"] == customer]]
    }


def naive_value_classes(rows):
    spent = sorted((-fen, customer) for customer, (_, fen, _) in bought(rows).items() if fen)
    total, ahead, found = -sum(fen for fen, _ in spent), 0, {}
    for fen, customer in spent:
        found[customer] = "A" if ahead * 10 < total * 7 else "B" if ahead * 10 < total * 9 else "C"
        ahead -= fen
    return found


def naive_scores(rows, place):
    """The fifth of each customer by one of its numbers."""
    numbers = {customer: facts[place] for customer, facts in bought(rows).items()}
    return {
        customer: sum(other < number for other in numbers.values()) * 5 // len(numbers) + 1
        for customer, number in numbers.items()
    }


def naive_rfm_classes(rows):
    f, m, r = (naive_scores(rows, place) for place in range(3))
    high = [{c: scores[c] * len(scores) >= sum(scores.values()) for c in scores} for scores in (m, r, f)]
    return {c: ("重要" if high[0][c] else "一般") + NAMES[high[1][c], high[2][c]] for c in r}


NAMES = {(True, True): "价值", (True, False): "发展", (False, True): "保持", (False, False): "挽留"}


@each_engine
@settings(max_examples=15)
@given(rows=orders)
def test_sales(engine, rows):
    now = drawing.as_known(lazy(engine, rows))
    found = {figure.name: figure(now) for figure in sales.FIGURES}
    lately = [row for row in counted(rows) if in_window(day_of(row))]
    if any(day_of(row) for row in counted(rows)):
        assert found["orders"].value == len({row["order_id"] for row in lately})
        assert found["amount"].value == sum(row["amount"] for row in lately)
        assert found["buyers"].value == len({row["customer_id"] for row in lately})
    else:
        assert found["orders"].value is None
    assert found["orders"].n == len(lately)


@each_engine
@settings(max_examples=15)
@given(rows=orders)
def test_on_time(engine, rows):
    found = delivery.on_time_rate(drawing.as_known(lazy(engine, rows)))
    due = [row for row in counted(rows) if in_window(row["due_on"])]
    received = [row for row in due if row["received_on"] and row["received_on"] <= AS_OF]
    overdue = [row for row in due if row not in received and row["due_on"] < AS_OF]
    met = [row for row in received if row["received_on"] <= row["due_on"]]
    assert found.n == len(received) + len(overdue)
    assert found.value == (len(met) / found.n if found.n else None)


@each_engine
@settings(max_examples=15)
@given(rows=orders)
def test_value_classes_and_fifths(engine, rows):
    table = customers.customers(drawing.as_known(lazy(engine, rows), Settings(rfm_floor=0))).set_index("customer_id")
    assert table["value_class"].loc[lambda kind: kind != "未评级"].to_dict() == naive_value_classes(rows)
    assert table["rfm_class"].loc[lambda kind: kind != "未评级"].to_dict() == naive_rfm_classes(rows)
    for place, score in enumerate("fmr"):
        assert table[score].dropna().to_dict() == naive_scores(rows, place)


def many(seed):
    """Some sixty customers' orders, enough for fifths."""
    chance = Random(seed)

    def day(most=420):
        return None if chance.random() < 0.1 else AS_OF + timedelta(days=20 - chance.randrange(most))

    return [
        {
            "order_id": f"O{chance.randrange(250)}",
            "customer_id": f"C{chance.randrange(70)}",
            "product": chance.choice("XYZ"),
            "amount": chance.randrange(10**8),
            "quantity": chance.randrange(1, 10**6),
            "status": chance.choice([None, "已完成", "已完成", "已取消"]),
            **{name: day() for name in ("ordered_on", "due_on", "shipped_on", "received_on")},
        }
        for _ in range(400)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_many_customers_in_fifths_alike_on_every_engine(seed):
    rows = many(seed)
    here, there = (compute(lazy(engine, rows), AS_OF) for engine in drawing.ENGINES)
    table = here.frames["customers"].set_index("customer_id")
    assert table["rfm_class"].loc[lambda kind: kind != "未评级"].to_dict() == naive_rfm_classes(rows)
    assert table["value_class"].loc[lambda kind: kind != "未评级"].to_dict() == naive_value_classes(rows)
    assert here.frames["rfm_classes"]["customers"].sum() == len(bought(rows))
    assert list(here.frames["rfm_classes"]["rfm_class"]) == list(rfm.SHOWN)
    assert here.figures == there.figures
    for name, frame in here.frames.items():
        pd.testing.assert_frame_equal(frame, there.frames[name])
