import pandas as pd
import pytest

from factory_crm.crm.metrics import customers, lifecycle, rfm, value
from factory_crm.crm.metrics.next_action import NEXT_STEPS
from factory_crm.crm.settings import Settings
from tests.crm.metrics import drawing


def everyone(tables, settings=None):
    return customers.customers(drawing.as_known(tables, settings)).set_index("customer_id")


def test_stages_change_the_day_after_their_last(tables):
    """
    customers
    customer_id | name
    NONE        | 无

    orders
    order_id | line | customer_id | amount | ordered_on | status
    1        | 1    | NEW         | 1      | 2023-10-02 |
    2        | 1    | ACTIVE      | 1      | 2023-10-01 |
    3        | 1    | ACTIVE      | 1      | 2023-10-02 |
    4        | 1    | ASLEEP      | 1      | 2023-10-01 |
    5        | 1    | LIGHT       | 1      | 2023-07-04 |
    6        | 1    | LOST        | 1      | 2023-07-03 |
    7        | 1    | UNDATED     | 1      |            |
    8        | 1    | CANCELLED   | 1      | 2023-12-01 | 已取消
    """
    assert everyone(tables)["lifecycle"].to_dict() == {
        "NONE": "潜在",
        "NEW": "新客户",
        "ACTIVE": "活跃",
        "ASLEEP": "沉睡",
        "LIGHT": "沉睡",
        "LOST": "流失",
        "UNDATED": "数据不足",
        "CANCELLED": "潜在",
    }
    assert lifecycle.active_customers(drawing.as_known(tables)) == (2, 5, 5 / 6, "")
    stages = customers.by_stage(everyone(tables).reset_index())
    assert stages.to_numpy().tolist() == [
        ["潜在", 2],
        ["新客户", 1],
        ["活跃", 1],
        ["沉睡", 2],
        ["流失", 1],
        ["数据不足", 1],
    ]


def test_a_customer_has_one_line_with_everything(tables):
    """
    customers
    customer_id | name
    C1          | 甲
    C2          | 乙

    orders
    order_id | line | customer_id | amount | ordered_on | status
    O1       | 1    | C1          | 1000   | 2021-01-05 |
    O2       | 1    | C1          | 2000   | 2023-12-01 |
    O2       | 2    | C1          | 300    | 2023-12-01 |
    O3       | 1    | C9          | 9999   | 2023-12-30 | 已取消

    services
    service_id | customer_id | event | received_at
    S1         | C1          | 投诉  | 2022-01-01
    S2         | C1          | 咨询  |
    S3         | C8          | 咨询  | 2024-01-01

    feedbacks
    feedback_id | customer_id | given_on   | score
    F1          | C1          | 2022-01-01 | 5
    F2          | C1          | 2023-01-01 | 2
    F3          | C1          | 2023-01-01 |
    F4          | C2          | 2024-01-01 | 1
    """
    table = everyone(tables)
    assert list(table.reset_index().columns) == list(customers.COLUMNS)
    assert list(table.index) == ["C1", "C2", "C9"]
    one = table.loc["C1"]
    assert (one["orders"], one["amount_fen"], one["window_orders"], one["window_fen"]) == (2, 3300, 1, 2300)
    assert (one["first_order"], one["last_order"]) == (pd.Timestamp("2021-01-05"), pd.Timestamp("2023-12-01"))
    assert (one["recency_days"], one["mean_score"], one["rated"], one["services"], one["complaints"]) == (
        30,
        3.5,
        2,
        2,
        1,
    )
    assert (one["value_class"], one["lifecycle"], one["next_step"]) == ("A", "活跃", NEXT_STEPS["活跃", "A"])
    assert (table.loc["C9", "name"], table.loc["C9", "orders"], table.loc["C9", "rfm_class"]) == (
        "未登记客户",
        0,
        "未评级",
    )
    assert pd.isna(table.loc["C2", "mean_score"])
    assert pd.isna(table.loc["C2", "recency_days"])


def test_every_stage_and_class_has_a_next_step():
    assert set(NEXT_STEPS) == {(stage, kind) for stage in lifecycle.STAGES for kind in value.CLASSES}


# RFM


def test_few_customers_are_judged_by_thresholds(tables):
    """
    orders
    order_id | line | customer_id | amount | ordered_on
    1        | 1    | BEST        | 100    | 2023-12-01
    2        | 1    | BEST        | 100    | 2023-11-01
    3        | 1    | BEST        | 100    | 2023-10-02
    4        | 1    | RECENT      | 10     | 2023-10-02
    5        | 1    | LARGE       | 200    | 2023-10-01
    6        | 1    | OFTEN       | 1      | 2023-01-01
    7        | 1    | OFTEN       | 1      | 2023-01-01
    8        | 1    | OFTEN       | 1      | 2023-01-01
    9        | 1    | GONE        | 999    | 2022-12-31
    """
    table = everyone(tables)
    assert table["rfm_class"].to_dict() == {
        "BEST": "重要价值",
        "RECENT": "一般发展",
        "LARGE": "重要挽留",
        "OFTEN": "一般保持",
        "GONE": "未评级",
    }
    assert table[["r", "f", "m"]].isna().all(axis=None)
    measure = rfm.key_customers(drawing.as_known(tables))
    assert (measure.value, measure.n) == (1, 4)
    assert "不分五档" in measure.note


def test_fifths_are_by_rank_and_equal_ones_score_alike(tables):
    """
    orders
    order_id | line | customer_id | amount | ordered_on
    1        | 1    | A           | 500    | 2023-05-01
    2        | 1    | B           | 400    | 2023-04-01
    3        | 1    | C           | 300    | 2023-03-01
    4        | 1    | D           | 300    | 2023-02-01
    5        | 1    | E           | 100    | 2023-01-01
    6        | 1    | E           | 0      | 2023-01-01
    """
    table = everyone(tables, Settings(rfm_floor=5))
    assert table[["r", "f", "m"]].to_numpy().tolist() == [[5, 1, 5], [4, 1, 4], [3, 1, 2], [2, 1, 2], [1, 5, 1]]
    assert table["rfm_class"].tolist() == ["重要发展", "重要发展", "一般发展", "一般挽留", "一般保持"]
    assert rfm.key_customers(drawing.as_known(tables, Settings(rfm_floor=5))) == (0, 5, None, "")


# value class


def test_value_class_is_by_the_share_before(tables):
    """
    orders
    order_id | line | customer_id | amount | ordered_on
    1        | 1    | A1          | 69     | 2023-05-01
    2        | 1    | A2          | 20     | 2023-05-01
    3        | 1    | B1          | 1      | 2023-05-01
    4        | 1    | C1          | 10     | 2023-05-01
    5        | 1    | NONE        | 0      | 2023-05-01
    6        | 1    | EARLIER     | 500    | 2022-05-01
    """
    table = everyone(tables)
    assert table["value_class"].to_dict() == {
        "A1": "A",
        "A2": "A",
        "C1": "B",
        "B1": "C",
        "EARLIER": "未评级",
        "NONE": "未评级",
    }
    classes = customers.by_class(table.reset_index(), "value_class", value.CLASSES)
    assert classes.to_numpy().tolist() == [["A", 2, 89], ["B", 1, 10], ["C", 1, 1], ["未评级", 2, 0]]
    assert value.top_customers(drawing.as_known(tables)) == (2, 4, None, "")


def test_a_share_of_exactly_seventy_percent_is_not_below_it(tables):
    """
    orders
    order_id | line | customer_id | amount | ordered_on
    1        | 1    | A           | 7      | 2023-05-01
    2        | 1    | B           | 2      | 2023-05-01
    3        | 1    | C           | 1      | 2023-05-01
    """
    assert everyone(tables)["value_class"].to_dict() == {"A": "A", "B": "B", "C": "C"}


# repeat purchase and churn


def test_repeat_purchase_counts_days_not_orders(tables):
    """
    orders
    order_id | line | customer_id | amount | ordered_on | shipped_on
    1        | 1    | TWICE       | 1      | 2023-05-01 |
    2        | 1    | TWICE       | 1      | 2023-05-02 |
    3        | 1    | ONE_DAY     | 1      | 2023-05-01 |
    4        | 1    | ONE_DAY     | 1      | 2023-05-01 |
    5        | 1    | SPLIT       | 1      |            | 2023-05-01
    5        | 2    | SPLIT       | 1      |            | 2023-05-09
    6        | 1    | EARLIER     | 1      | 2022-05-01 |
    7        | 1    | EARLIER     | 1      | 2023-05-01 |
    """
    assert lifecycle.repeat_rate(drawing.as_known(tables)) == (0.25, 4, None, "")


def test_churn_follows_the_customers_of_the_start(tables):
    """
    orders
    order_id | line | customer_id | amount | ordered_on
    1        | 1    | STAYED      | 1      | 2022-12-01
    2        | 1    | STAYED      | 1      | 2023-12-01
    3        | 1    | LEFT        | 1      | 2022-10-02
    4        | 1    | ASLEEP_THEN | 1      | 2022-10-01
    5        | 1    | CAME        | 1      | 2023-01-01
    6        | 1    | DOZES       | 1      | 2022-12-31
    7        | 1    | DOZES       | 1      | 2023-07-04
    """
    now = drawing.as_known(tables)
    assert lifecycle.churn_rate(now) == (1 / 3, 3, None, "")
    assert lifecycle.retention_rate(now) == (2 / 3, 3, None, "")


def test_churn_needs_a_period_as_long_as_losing_takes(tables):
    """
    orders
    order_id | line | customer_id | amount | ordered_on
    1        | 1    | LEFT        | 1      | 2022-12-01
    """
    assert lifecycle.churn_rate(drawing.as_known(tables, Settings(t2_days=400))).value is None


def test_nothing_is_not_enough(tables):
    for settings in (Settings(), Settings(rfm_floor=0)):
        nothing = drawing.as_known(tables, settings)
        found = [figure(nothing) for figure in (*lifecycle.FIGURES, *rfm.FIGURES, *value.FIGURES)]
        assert {(figure.value, figure.n) for figure in found} == {(None, 0)}
    assert everyone(tables).empty


@pytest.mark.parametrize("name", ["C1", "C9"])
def test_a_number_that_stands_twice_does_not_double_the_money(engine, name):
    rows = [{"customer_id": "C1", "name": "甲"}, {"customer_id": "C1", "name": "乙"}]
    orders = [{"order_id": "O1", "line": 1, "customer_id": name, "amount": 5, "ordered_on": "2023-05-01"}]
    frames = {table: drawing.framed(table, []) for table in drawing.SHEETS}
    frames |= {"customers": drawing.framed("customers", rows), "orders": drawing.framed("orders", orders)}
    assert everyone(drawing.on(engine, frames))["amount_fen"].sum() == 5
