from factory_crm.crm.metrics import delivery
from factory_crm.crm.settings import Settings
from tests.crm.metrics import drawing


def on_time(tables, **settings):
    return delivery.on_time_rate(drawing.as_known(tables, Settings(**settings)))


def test_on_time_is_by_line_of_what_was_due(tables):
    """
    orders
    order_id | line | customer_id | amount | ordered_on | due_on     | received_on | status
    EARLY    | 1    | C1          | 1      | 2023-01-01 | 2023-02-01 | 2023-01-20  | 已完成
    ON_DAY   | 1    | C1          | 1      | 2023-01-01 | 2023-02-01 | 2023-02-01  | 已完成
    LATE     | 1    | C1          | 1      | 2023-01-01 | 2023-02-01 | 2023-02-02  | 已完成
    OVERDUE  | 1    | C1          | 1      | 2023-01-01 | 2023-12-30 |             | 生产制造
    TODAY    | 1    | C1          | 1      | 2023-01-01 | 2023-12-31 |             | 生产制造
    FUTURE   | 1    | C1          | 1      | 2023-01-01 | 2024-01-01 | 2023-12-01  | 已完成
    EARLIER  | 1    | C1          | 1      | 2022-01-01 | 2022-12-31 | 2023-01-01  | 已完成
    NOT_YET  | 1    | C1          | 1      | 2023-01-01 | 2023-12-01 | 2024-01-01  |
    CALLED   | 1    | C1          | 1      | 2023-01-01 | 2023-02-01 |             | 已取消
    BLANK    | 1    | C1          | 1      | 2023-01-01 |            | 2023-02-01  | 已完成
    """
    assert on_time(tables) == (2 / 5, 5, 7 / 8, "")


def test_tolerance_moves_both_lateness_and_being_overdue(tables):
    """
    orders
    order_id | line | customer_id | due_on     | received_on | ordered_on
    LATE     | 1    | C1          | 2023-02-01 | 2023-02-03  | 2023-01-01
    TOO_LATE | 1    | C1          | 2023-02-01 | 2023-02-04  | 2023-01-01
    OVERDUE  | 1    | C1          | 2023-12-28 |             | 2023-01-01
    NOT_YET  | 1    | C1          | 2023-12-29 |             | 2023-01-01
    """
    assert on_time(tables, on_time_tolerance_days=2)[:2] == (1 / 3, 3)


def test_no_promise_is_not_enough(tables):
    """
    orders
    order_id | line | customer_id | ordered_on | received_on
    O1       | 1    | C1          | 2023-01-01 | 2023-02-01
    """
    assert on_time(tables) == (None, 0, 0.0, "")


def test_nothing_is_not_enough(tables):
    now = drawing.as_known(tables)
    assert {figure(now) for figure in delivery.FIGURES} == {(None, 0, None, "")}


def test_each_leg_is_in_days_of_what_ended_in_the_period(tables):
    """
    orders
    order_id | line | customer_id | ordered_on | shipped_on | received_on | status
    O1       | 1    | C1          | 2022-12-30 | 2023-01-01 | 2023-01-05  |
    O2       | 1    | C1          | 2023-02-27 | 2023-03-01 | 2023-03-11  |
    O3       | 1    | C1          | 2023-02-01 | 2023-02-11 |             |
    O4       | 1    | C1          |            | 2023-02-11 | 2023-02-11  |
    O5       | 1    | C1          | 2023-02-12 | 2023-02-11 |             |
    O6       | 1    | C1          | 2023-02-12 | 2023-02-13 | 2023-02-14  | 已取消
    O7       | 1    | C1          | 2023-12-30 | 2024-01-02 | 2024-01-03  |
    """
    now = drawing.as_known(tables)
    found = {figure.name: figure(now) for figure in delivery.LEGS}
    assert found["ship_days"] == (2.0, 3, 3 / 5, "")
    assert found["ship_days_p90"].value == 8.4
    assert found["transit_days"] == (4.0, 3, 1.0, "")
    assert found["transit_days_p90"].value == 8.8
    assert found["lead_days"] == (9.0, 2, 2 / 3, "")
    assert found["lead_days_p90"].value == 11.4
