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


def before(window: Window, months: int) -> Window:
    """Return the period of so many months that ends where this one starts."""
    return Window(months_later(window.start, -months), window.start)


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
