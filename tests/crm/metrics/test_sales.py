import pytest

from factory_crm.crm.metrics import sales
from tests.crm.metrics import drawing


def found(tables):
    now = drawing.as_known(tables)
    return {figure.name: figure(now) for figure in sales.FIGURES}


def test_orders_by_number_amounts_by_line(tables):
    """
    orders
    order_id | line | customer_id | amount | ordered_on | shipped_on | status
    O1       | 1    | C1          | 1000   | 2023-01-01 |            |
    O1       | 2    | C1          | 2001   | 2023-01-01 |            | 已完成
    O2       | 1    | C2          | 500    |            | 2023-12-31 | 物流跟踪
    O3       | 1    | C3          | 9000   | 2023-05-01 |            | 已取消
    O4       | 1    | C4          | 9000   | 2022-12-31 |            |
    O5       | 1    | C5          | 9000   | 2024-01-01 |            |
    """
    figures = found(tables)
    assert figures["orders"].value == 2
    assert figures["amount"].value == 3501
    assert figures["order_value"].value == 1751  # half up
    assert figures["buyers"].value == 2
    assert {(measure.n, measure.coverage) for measure in figures.values()} == {(3, 1.0)}


def test_a_line_without_any_day_is_in_no_period_and_lowers_the_coverage(tables):
    """
    orders
    order_id | line | customer_id | amount | ordered_on | received_on
    O1       | 1    | C1          | 1000   | 2023-01-01 |
    O2       | 1    | C1          | 2000   |            | 2023-03-01
    """
    assert found(tables)["amount"] == (1000, 1, 0.5, "")


def test_no_day_at_all_is_not_enough(tables):
    """
    orders
    order_id | line | customer_id | amount
    O1       | 1    | C1          | 1000
    """
    assert {measure.value for measure in found(tables).values()} == {None}


def test_nothing_is_not_enough(tables):
    assert {(measure.value, measure.n, measure.coverage) for measure in found(tables).values()} == {(None, 0, None)}


def test_a_quiet_year_has_no_orders_and_no_average(tables):
    """
    orders
    order_id | line | customer_id | amount | ordered_on
    O1       | 1    | C1          | 1000   | 2020-01-01
    """
    assert [found(tables)[name].value for name in ("orders", "amount", "order_value", "buyers")] == [0, 0, None, 0]


def test_by_product_and_region(tables):
    """
    customers
    customer_id | name | region
    C1          | 甲   | 北京
    C2          | 乙   |

    orders
    order_id | line | customer_id | product | quantity | amount | ordered_on
    O1       | 1    | C1          | X       | 15000    | 1000   | 2023-01-01
    O1       | 2    | C1          | Y       | 1        | 2000   | 2023-01-01
    O2       | 1    | C2          | X       | 5000     | 700    | 2023-02-01
    O3       | 1    | C9          | Z       | 5000     | 1700   | 2023-02-01
    """
    now = drawing.as_known(tables)
    assert sales.by_product(now).to_numpy().tolist() == [
        ["Y", 1, 2000, 1],
        ["X", 2, 1700, 20000],
        ["Z", 1, 1700, 5000],
    ]
    assert sales.by_region(now).to_numpy().tolist() == [["北京", 1, 3000], ["未填", 2, 2400]]


@pytest.mark.parametrize(
    ("part", "whole", "result"), [(5, 2, 3), (4, 3, 1), (0, 7, 0), (10**15 + 1, 2, 5 * 10**14 + 1)]
)
def test_rounding_is_half_up_and_exact(part, whole, result):
    assert sales.rounded(part, whole) == result
