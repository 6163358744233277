from dataclasses import fields
from datetime import date

import pandas as pd
import pytest

from factory_crm.crm.metrics import value
from factory_crm.crm.metrics.registry import FIGURES, TABLES, compute
from factory_crm.crm.settings import Settings
from factory_crm.i18n.translate import LANGUAGES, locale
from tests.crm.metrics import drawing

COLUMNS = {table.name: table.columns for table in TABLES}


def test_every_figure_and_table_is_there(tables):
    """
    orders
    order_id | line | customer_id | product | quantity | amount | ordered_on | due_on     | received_on | status
    O1       | 1    | C1          | X       | 10000    | 100    | 2022-01-05 | 2022-02-01 | 2022-02-02  | 已完成
    O2       | 1    | C1          | X       | 10000    | 300    | 2023-10-05 | 2023-11-01 | 2023-10-20  | 已完成
    O2       | 2    | C1          | X       | 10000    | 300    | 2023-10-05 |            |             | 生产制造
    O3       | 1    | C1          | X       | 10000    | 300    | 2023-10-05 |            |             | 已取消
    O4       | 1    | C1          | X       | 10000    | 300    |            |            |             |

    services
    service_id | customer_id | event | received_at
    S1         | C1          | 投诉  | 2023-11-30

    feedbacks
    feedback_id | customer_id | given_on   | score
    F1          | C1          | 2023-12-31 | 3
    """
    found = compute(tables, date(2023, 12, 31))
    assert (found.as_of, found.start, found.first_event) == (date(2023, 12, 31), date(2023, 1, 1), date(2022, 1, 5))
    assert list(found.figures) == [figure.name for figure in FIGURES]
    assert {name: tuple(table.columns) for name, table in found.frames.items()} == COLUMNS
    assert (found.figures["amount"].value, found.figures["amount"].before) == (600, 100)
    assert (found.figures["on_time_rate"].value, found.figures["on_time_rate"].before) == (1.0, 0.0)
    assert found.figures["on_time_rate"].goal == 0.85
    assert found.figures["complaints"].before is None
    status = found.frames["status"].set_index("status")["orders"]
    assert status[status > 0].to_dict() == {"已完成": 1, "生产制造": 1, "已取消": 1, "未填": 1}
    months = found.frames["months"]
    assert (months["month"].min(), months["month"].max(), len(months)) == ("2022-07", "2023-12", 18)
    assert months.set_index("month").loc["2023-10", ["orders", "amount_fen", "due"]].tolist() == [1, 600, 0]
    assert months.set_index("month").loc["2023-11", ["due", "on_time", "on_time_rate", "complaints"]].tolist() == [
        1,
        1,
        1,
        1,
    ]
    assert months.set_index("month")["mean_score"].dropna().to_dict() == {"2023-12": 3.0}


def test_months_begin_with_the_first_event(tables):
    """
    orders
    order_id | line | customer_id | product | amount | ordered_on
    O1       | 1    | C1          | X       | 100    | 2023-10-05
    """
    assert list(compute(tables, date(2023, 12, 31)).frames["months"]["month"]) == ["2023-10", "2023-11", "2023-12"]


def test_the_period_before_is_as_it_was_known_then(tables):
    """
    orders
    order_id | line | customer_id | product | amount | ordered_on | due_on     | received_on
    O1       | 1    | C1          | X       | 100    | 2022-01-31 | 2022-12-01 | 2023-12-01
    O2       | 1    | C1          | X       | 100    | 2022-05-01 | 2022-12-31 | 2023-12-01
    """
    figure = compute(tables, date(2023, 12, 31)).figures["on_time_rate"]
    assert (figure.value, figure.before) == (None, 0.0)


def test_a_period_before_without_data_is_not_compared_with(tables):
    """
    orders
    order_id | line | customer_id | product | amount | ordered_on
    O1       | 1    | C1          | X       | 100    | 2022-02-02
    O2       | 1    | C1          | X       | 100    | 2023-05-01
    """
    found = compute(tables, date(2023, 12, 31))
    assert (found.compared.months, found.compared.apart) == (6, 12)
    assert (found.figures["amount"].recent, found.figures["amount"].before) == (0, 0)
    grace = compute(tables, date(2023, 12, 31), Settings(before_grace_days=32))
    assert (grace.compared.months, grace.figures["amount"].recent, grace.figures["amount"].before) == (12, 100, 100)


def test_data_of_eighteen_months_are_compared_with_the_same_months_a_year_ago(tables):
    """
    orders
    order_id | line | customer_id | product | amount | ordered_on
    O1       | 1    | C1          | X       | 100    | 2022-07-15
    O2       | 1    | C1          | X       | 900    | 2023-03-01
    O3       | 1    | C1          | X       | 300    | 2023-08-01
    """
    found = compute(tables, date(2023, 12, 31))
    assert (found.compared.months, found.compared.apart) == (6, 12)
    amount = found.figures["amount"]
    assert (amount.value, amount.recent, amount.before) == (1200, 300, 100)


@pytest.mark.parametrize("as_of", [None, date(2023, 12, 31)])
def test_nothing_gives_no_figure(tables, as_of):
    found = compute(tables, as_of)
    assert {figure.value for figure in found.figures.values()} == {None}
    assert {figure.before for figure in found.figures.values()} == {None}
    assert {name: tuple(table.columns) for name, table in found.frames.items()} == COLUMNS
    assert (found.first_event, found.frames["customers"].empty) == (None, True)


def test_a_day_without_tables_needs_none():
    assert compute({}, None).frames["months"].empty


# what figures say of themselves


def test_definitions_name_only_settings_and_are_plain_chinese():
    for figure in FIGURES:
        said = figure.define(Settings())
        assert "{" not in said
        assert said.endswith("。")
    assert "70%" in value.top_customers.define(Settings())


def test_goals_are_settings():
    names = {setting.name for setting in fields(Settings)}
    assert {figure.goal for figure in FIGURES} - names == {None}


def test_every_figure_has_an_english():
    for figure in FIGURES:
        for language in LANGUAGES[1:]:
            assert {figure.title, figure.definition} <= locale(language).keys(), (language, figure.name)


@pytest.mark.slow
def test_engines_agree_on_everything():
    """
    customers
    customer_id | name | region
    C1          | 甲   | 北京
    C2          | 乙   |

    orders
    order_id | line | customer_id | product | quantity | amount | ordered_on | due_on     | shipped_on | received_on | status
    O1       | 1    | C1          | X       | 10000    | 100    | 2022-01-05 | 2022-02-01 | 2022-02-01 | 2022-02-02  | 已完成
    O2       | 1    | C2          | Y       | 10000    | 300    | 2023-10-05 | 2023-11-01 |            | 2023-10-20  | 已完成
    O3       | 1    | C9          | X       | 10000    | 300    |            | 2023-11-05 | 2023-10-05 |             | 物流跟踪

    services
    service_id | customer_id | event    | received_at      | responded_at     | closed_at  | first_contact | issue
    S1         | C1          | 投诉     | 2023-11-30 09:00 | 2023-11-30 09:30 | 2023-12-01 | 是            | 交期
    S2         | C1          | 售后服务 | 2023-11-30       |                  |            |               |

    feedbacks
    feedback_id | customer_id | given_on   | score
    F1          | C1          | 2023-12-31 | 3
    """
    drawn = drawing.drawn(test_engines_agree_on_everything.__doc__)
    here, there = (compute(drawing.on(engine, drawn), date(2023, 12, 31)) for engine in drawing.ENGINES)
    assert here.figures == there.figures
    for name, table in here.frames.items():
        pd.testing.assert_frame_equal(table, there.frames[name])
