# ruff: noqa: S608 - the pieces of these queries stand in this file
"""The same rows in DuckDB, asked in plain SQL that knows nothing of this project, give the same figures."""

from datetime import date

import duckdb
import pytest

from factory_crm.crm.metrics.registry import compute
from tests.crm.metrics.test_naive import lazy, many

pytestmark = pytest.mark.slow

AS_OF = date(2023, 12, 31)
COUNTED = """
create table counted as
select *, coalesce(ordered_on, shipped_on) as day
from orders
where coalesce(status, '') <> '已取消' and coalesce(ordered_on, shipped_on, date '1900-01-01') < date '2024-01-01'
"""
YEAR = "day >= date '2023-01-01'"


@pytest.fixture(scope="module", params=[3, 4])
def asked(request):
    rows = many(request.param)
    connection = duckdb.connect()
    connection.execute(
        "create table orders (order_id text, customer_id text, product text, amount bigint, quantity bigint, status text,"
        " ordered_on date, due_on date, shipped_on date, received_on date)"
    )
    names = (
        *("order_id", "customer_id", "product", "amount", "quantity", "status"),
        *("ordered_on", "due_on", "shipped_on", "received_on"),
    )
    connection.executemany(
        f"insert into orders values ({', '.join('?' * 10)})", [[row[n] for n in names] for row in rows]
    )
    connection.execute(COUNTED)
    return compute(lazy("pandas", rows), AS_OF), lambda sql: connection.execute(sql).fetchall()


def test_sales(asked):
    results, ask = asked
    [(orders, amount, buyers)] = ask(
        f"select count(distinct order_id), sum(amount), count(distinct customer_id) from counted where {YEAR}"
    )
    figures = results.figures
    assert (figures["orders"].value, figures["amount"].value, figures["buyers"].value) == (orders, amount, buyers)
    assert figures["order_value"].value == int(amount / orders + 0.5)


def test_repeat_purchase(asked):
    results, ask = asked
    [(again, everyone)] = ask(
        f"""
        with first_days as (
            select customer_id, order_id, min(day) as day from counted where {YEAR} group by customer_id, order_id
        ), buyers as (select customer_id, count(distinct day) as days from first_days group by customer_id)
        select count(*) filter (where days >= 2), count(*) from buyers
        """
    )
    assert results.figures["repeat_rate"].value == again / everyone


def test_on_time(asked):
    results, ask = asked
    [(met, due)] = ask(
        """
        with judged as (
            select due_on, case when received_on < date '2024-01-01' then received_on end as received_on
            from counted where due_on between date '2023-01-01' and date '2023-12-31'
        )
        select count(*) filter (where received_on <= due_on), count(*)
        from judged where received_on is not null or due_on < date '2023-12-31'
        """
    )
    figure = results.figures["on_time_rate"]
    assert (figure.value, figure.n) == (met / due, due)


def test_products(asked):
    results, ask = asked
    told = ask(
        f"""
        select product, count(distinct order_id), sum(amount), sum(quantity) from counted where {YEAR}
        group by product order by sum(amount) desc, product
        """
    )
    assert list(results.frames["products"].itertuples(index=False, name=None)) == told


def test_months(asked):
    results, ask = asked
    told = dict(ask("select strftime(day, '%Y-%m'), sum(amount) from counted where day is not null group by 1"))
    table = results.frames["months"].set_index("month")["amount_fen"]
    assert table[table > 0].to_dict() == {month: told[month] for month in table.index if told.get(month)}


def test_lead_time(asked):
    results, ask = asked
    [(median, p90)] = ask(
        """
        select quantile_cont(received_on - ordered_on, 0.5), quantile_cont(received_on - ordered_on, 0.9) from counted
        where received_on between date '2023-01-01' and date '2023-12-31' and received_on >= ordered_on
        """
    )
    assert results.figures["lead_days"].value == pytest.approx(median)
    assert results.figures["lead_days_p90"].value == pytest.approx(p90)


def test_value_classes(asked):
    results, ask = asked
    told = ask(
        f"""
        with spent as (select customer_id, sum(amount) as fen from counted where {YEAR} group by 1 having sum(amount) > 0),
        ranked as (
            select customer_id, fen, sum(fen) over () as total,
                   sum(fen) over (order by fen desc, customer_id rows unbounded preceding) - fen as ahead
            from spent
        )
        select customer_id, case when 10 * ahead < 7 * total then 'A' when 10 * ahead < 9 * total then 'B' else 'C' end
        from ranked
        """
    )
    table = results.frames["customers"].set_index("customer_id")["value_class"]
    assert table[table != "未评级"].to_dict() == dict(told)


def test_lifecycle(asked):
    results, ask = asked
    told = ask(
        """
        with spans as (select customer_id, min(day) as first, max(day) as last from counted group by 1)
        select customer_id, case
            when first is null then '数据不足' when date '2023-12-31' - first <= 90 then '新客户'
            when date '2023-12-31' - last <= 90 then '活跃' when date '2023-12-31' - last <= 180 then '沉睡' else '流失' end
        from spans
        """
    )
    table = results.frames["customers"].set_index("customer_id")["lifecycle"]
    assert table[table != "潜在"].to_dict() == dict(told)


def test_customers_orders_agree_with_segments_and_people(asked):
    results, ask = asked
    [(orders, amount)] = ask(f"select count(distinct customer_id || order_id), sum(amount) from counted where {YEAR}")
    segments = results.frames["segments"].groupby("by")["amount_fen"].sum()
    assert segments.drop("needs").unique().tolist() == [amount]
    assert results.frames["people"]["amount_fen"].sum() == amount
    assert orders > 0


def test_together(asked):
    results, ask = asked
    told = ask(
        f"""
        with bought as (select distinct order_id, product from counted where {YEAR})
        select a.product, b.product, count(*) from bought a join bought b using (order_id)
        where a.product <> b.product group by 1, 2 having count(*) >= 2
        """
    )
    table = results.frames["products_together"]
    assert {(row.product, row.other): row.orders for row in table.itertuples()} == {(a, b): n for a, b, n in told}
