from datetime import date, timedelta
from statistics import mean, median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory_crm.metrics.quantiles import Distribution
from factory_crm.metrics.window import Window, comparisons, first_day, months_later, period, window_to


@pytest.mark.parametrize(
    ("as_of", "start"),
    [
        (date(2023, 12, 31), date(2023, 1, 1)),
        (date(2023, 6, 15), date(2022, 6, 16)),
        (date(2025, 2, 28), date(2024, 3, 1)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2024, 2, 28), date(2023, 3, 1)),
    ],
)
def test_a_window_is_twelve_months_to_the_end_of_its_day(as_of, start):
    window = window_to(as_of, 12)
    assert window == Window(start, as_of + timedelta(days=1))
    assert window.as_of == as_of
    assert window.days in {365, 366}


def test_whole_periods_are_compared_first_then_shorter_ones():
    whole, year, *_, month = comparisons(date(2023, 12, 31), 12)
    assert (whole.now, whole.then) == (window_to(date(2023, 12, 31), 12), Window(date(2022, 1, 1), date(2023, 1, 1)))
    assert (year.now, year.then) == (
        Window(date(2023, 7, 1), date(2024, 1, 1)),
        Window(date(2022, 7, 1), date(2023, 1, 1)),
    )
    assert (month.now, month.then) == (
        Window(date(2023, 12, 1), date(2024, 1, 1)),
        Window(date(2023, 11, 1), date(2023, 12, 1)),
    )
    assert [one.months for one in comparisons(date(2023, 12, 31), 3)] == [3, 1]


def test_a_day_that_a_month_lacks_is_the_first_of_the_next():
    assert months_later(date(2023, 3, 31), -1) == date(2023, 3, 1)
    assert months_later(date(2023, 10, 31), 1) == date(2023, 12, 1)


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)))
def test_months_are_numbered(day):
    assert first_day(period(day)) == day.replace(day=1)


@given(st.lists(st.integers(0, 50), min_size=1))
def test_a_spread_is_what_the_values_are(values):
    spread = Distribution.of((value, values.count(value)) for value in set(values))
    assert spread.n == len(values)
    assert spread.mean() == pytest.approx(mean(values))
    assert spread.at(0.5) == median(values)
    assert spread.at(0.9) == pytest.approx(np.percentile(values, 90))
    assert [spread.up_to_value(most) for most in (-1, 20, 50)] == [
        sum(v <= most for v in values) for most in (-1, 20, 50)
    ]


def test_nothing_has_no_spread():
    nothing = Distribution.of([])
    assert (nothing.n, nothing.mean(), nothing.at(0.5), nothing.up_to_value(9)) == (0, None, None, 0)


def test_a_unit_divides():
    assert Distribution.of([(3600, 1), (7200, 1)]).at(0.5, 3600) == 1.5
    assert Distribution.of([(3600, 1), (7200, 1)]).mean(3600) == 1.5
