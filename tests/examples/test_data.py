"""The invented data is what it promises to be, the same on every run, and right by every rule of the schema."""

import os
import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from itertools import chain

import pytest

from factory_crm.crm import schema as standard
from factory_crm.crm.lists.order import CANCELLED, DONE
from factory_crm.examples.companies import COMPANIES
from factory_crm.examples.data import DIFFERENT, SAME, offices
from factory_crm.examples.days import FIRST, LAST
from factory_crm.examples.goods import TROUBLED
from factory_crm.examples.orders import Row

TABLES = tuple(sheet.table for sheet in standard().sheets)
EVENTS = (
    "ordered_on",
    "shipped_on",
    "received_on",
    "received_at",
    "responded_at",
    "closed_at",
    "given_on",
    "registered_on",
)


def rows(table: str) -> list[Row]:
    return list(chain.from_iterable(office.rows[table] for office in offices()))


def as_day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


# Counts and shares


def test_three_factories_send_in_what_they_noted() -> None:
    assert [office.name for office in offices()] == ["华东分厂", "华南分厂", "华北分厂"]
    assert len({row["customer_id"] for row in rows("customers")}) == len(COMPANIES) == 60
    assert len({row["order_id"] for row in rows("orders")}) == 400
    assert len(rows("services")) == 150
    assert len(rows("feedbacks")) == 120


def test_orders_span_eighteen_months() -> None:
    months = {f"{row['ordered_on']:%Y-%m}" for row in rows("orders")}
    assert (len(months), min(months), max(months)) == (18, "2023-01", "2024-06")


def test_nothing_happened_after_the_last_day() -> None:
    happened = [as_day(row[name]) for table in TABLES for row in rows(table) for name in EVENTS if name in row]
    assert max(happened) == LAST
    assert min(row["ordered_on"] for row in rows("orders")) >= FIRST


def test_a_few_customers_dominate() -> None:
    bought: Counter[str] = Counter()
    for row in rows("orders"):
        bought[row["customer_id"]] += row["quantity"] * row["unit_price"]
    largest = sum(amount for _, amount in bought.most_common(6))
    assert Decimal("0.55") < largest / sum(bought.values()) < Decimal("0.75")


@pytest.mark.parametrize(
    ("habit", "earliest", "latest"),
    [
        ("whale", 0, 90),
        ("regular", 0, 90),
        ("new", 0, 90),
        ("asleep", 91, 180),
        ("lost", 181, 600),
    ],
)
def test_customers_keep_their_habit(habit: str, earliest: int, latest: int) -> None:
    last = {row["customer_id"]: row["ordered_on"] for row in sorted(rows("orders"), key=lambda row: row["ordered_on"])}
    days = [(LAST - last[company.number]).days for company in COMPANIES if company.habit == habit]
    assert earliest <= min(days) <= max(days) <= latest


def test_some_never_ordered() -> None:
    never = {company.number for company in COMPANIES if company.habit == "potential"}
    assert len(never) == 5
    assert not never & {row["customer_id"] for row in rows("orders")}


def test_four_of_five_deliveries_are_on_time() -> None:
    due = [row for row in rows("orders") if row["status"] != CANCELLED and row["due_on"] <= LAST]
    on_time = [row for row in due if row.get("received_on", date.max) <= row["due_on"]]
    assert 0.75 < len(on_time) / len(due) < 0.85


def test_some_orders_are_open_or_cancelled() -> None:
    found = Counter(row["status"] for row in rows("orders"))
    assert found[CANCELLED] >= 5
    assert sum(found.values()) - found[CANCELLED] - found[DONE] >= 15
    assert found["物流跟踪"] >= 1


def test_some_orders_have_several_lines() -> None:
    lines = Counter(row["order_id"] for row in rows("orders"))
    batches = Counter((row["order_id"], row["product"]) for row in rows("orders"))
    assert 30 <= sum(count > 1 for count in lines.values()) <= 100
    assert sum(count > 1 for count in batches.values()) >= 10
    assert {row["order_id"] for row in rows("orders") if "line" in row} == {
        o for o, count in lines.items() if count > 1
    }


def test_complaints_are_mostly_about_one_product() -> None:
    complaints = Counter(row["product"] for row in rows("services") if row["event"] == "投诉")
    (worst, most), (_, second) = complaints.most_common(2)
    assert worst == TROUBLED
    assert most >= 2 * second


def test_ratings_are_mostly_good() -> None:
    scores = Counter(row["score"] for row in rows("feedbacks"))
    assert set(scores) == {1, 2, 3, 4, 5}
    assert 0.7 < (scores[4] + scores[5]) / sum(scores.values()) < 0.9


def test_most_services_have_their_times() -> None:
    services = rows("services")
    timed = [row for row in services if isinstance(row["received_at"], datetime) and "responded_at" in row]
    assert len(timed) > 0.65 * len(services)
    assert sum("first_contact" in row for row in services) > 0.8 * len(services)
    assert any("closed_at" not in row for row in services)


# Two offices, one customer


def test_one_customer_is_noted_alike_and_one_is_not() -> None:
    noted = [row for row in rows("customers") if row["customer_id"] in (SAME, DIFFERENT)]
    alike = [row for row in noted if row["customer_id"] == SAME]
    unlike = [row for row in noted if row["customer_id"] == DIFFERENT]
    assert len(alike) == len(unlike) == 2
    assert alike[0] == alike[1]
    differing = {name for name in unlike[0] if unlike[0][name] != unlike[1][name]}
    assert {"contact", "phone"} <= differing
    assert "name" not in differing


# Right by the schema


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_is_as_the_contract_wants_it(table: str) -> None:
    schema = standard()
    sheet = schema.sheet(table)
    for row in rows(table):
        for name, value in row.items():
            column = sheet.column(name)
            raw = float(value) if isinstance(value, int | Decimal) else value
            raw = datetime(raw.year, raw.month, raw.day) if type(raw) is date else raw
            reading = column.column_type.parse(raw, schema.choices_of(column))
            assert reading.code is None, (name, value)
            column.validator.validate_python(reading.value)


@pytest.mark.parametrize("table", TABLES)
def test_every_row_meets_every_rule(table: str) -> None:
    sheet = standard().sheet(table)
    for row in rows(table):
        for rule in sheet.rules:
            assert rule.expression.holds({**dict.fromkeys(sheet.headers()), **row}), (rule.code.name, row)


@pytest.mark.parametrize("table", TABLES)
def test_what_is_wanted_is_filled_and_what_is_computed_is_not(table: str) -> None:
    for column in standard().sheet(table).columns:
        if column.automatic:
            assert not any(column.name in row for row in rows(table))
        elif column.required or column.recommended_for:
            assert all(row.get(column.name) is not None for row in rows(table)), column.name


def test_keys_are_unique_and_references_known_in_each_office() -> None:
    for office in offices():
        customers = [row["customer_id"] for row in office.rows["customers"]]
        lines = [(row["order_id"], row.get("line", 1)) for row in office.rows["orders"]]
        assert len(set(customers)) == len(customers)
        assert len(set(lines)) == len(lines)
        for table in ("orders", "services", "feedbacks"):
            assert {row["customer_id"] for row in office.rows[table]} <= set(customers)
        owners = {row["order_id"]: row["customer_id"] for row in office.rows["orders"]}
        for row in (*office.rows["services"], *office.rows["feedbacks"]):
            assert "order_id" not in row or owners[row["order_id"]] == row["customer_id"]


@pytest.mark.parametrize("table", ["services", "feedbacks"])
def test_rows_without_a_number_can_be_told_apart(table: str) -> None:
    key = standard().sheet(table).key()[0]
    made = [tuple(row.get(name) for name in key.key_from) for row in rows(table) if key.name not in row]
    assert made
    assert len(set(made)) == len(made)


def test_phones_and_addresses_belong_to_nobody() -> None:
    for row in rows("customers"):
        assert row["phone"].startswith("138000000") or "-555" in row["phone"]
        assert row.get("email", "-demo.cn").endswith("-demo.cn")


def test_another_run_makes_the_same() -> None:
    """In another process, with another hash seed."""
    code = "from factory_crm.examples.data import offices; print(ascii(offices()))"
    command = [sys.executable, "-X", "utf8", "-c", code]
    runs = [
        subprocess.run(
            command, capture_output=True, encoding="utf-8", check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout == ascii(offices()) + "\n"
