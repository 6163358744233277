"""Periods of days, and what their ends mean."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Window:
    """The days from ``start`` on and before ``end``."""

    start: date
    end: date

    @property
    def as_of(self) -> date:
        """The last day of it."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days


def window_to(as_of: date, months: int) -> Window:
    """Return the period of so many months that ends with that day; consecutive ones meet without gap or overlap."""
    end = as_of + timedelta(days=1)
    return Window(months_later(end, -months), end)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two periods of so many months, the later of which ends with the as-of day, that many months apart."""

    months: int
    apart: int
    """As many as ``months`` where one period follows the other; 12 where a year lies between their ends."""
    now: Window
    then: Window


_SHORTER = ((6, 12), (3, 12), (6, 6), (3, 3), (1, 1))
"""What is compared where the data do not hold a whole period before: the same months of last year, else those just past."""


def comparisons(as_of: date, months: int) -> list[Comparison]:
    """Return what may be compared, the best first: whole periods, else shorter ones."""
    pairs = [(months, months), *(pair for pair in _SHORTER if pair[0] < months)]
    found = []
    for length, apart in pairs:
        now = window_to(as_of, length)
        end = months_later(now.end, -apart)
        found.append(Comparison(length, apart, now, Window(months_later(end, -length), end)))
    return found


def months_later(day: date, months: int) -> date:
    """Return the same day of another month; where that month is too short, the first of the next."""
    year, month = divmod(period(day) + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return first_day(year * 12 + month + 1)


def period(day: date) -> int:
    """Return the number of its month, counted from the year 0."""
    return day.year * 12 + day.month - 1


def first_day(of_period: int) -> date:
    """Return the first day of a month by its number."""
    year, month = divmod(of_period, 12)
    return date(year, month + 1, 1)


def midnight(day: date) -> datetime:
    """Return the moment a day begins, as frames hold days."""
    return datetime.combine(day, time())
