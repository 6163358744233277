"""The eighteen months of the examples: when a factory works, and when its customers buy."""

from datetime import date, datetime, timedelta
from random import Random

FIRST, LAST = date(2023, 1, 3), date(2024, 6, 28)
"""The first and the last day on which anything is noted."""
_SEASON = (8, 6, 12, 11, 11, 9, 8, 10, 13, 10, 14, 12)
_BUSIEST = max(_SEASON)
_HOLIDAYS = (
    (date(2023, 1, 21), date(2023, 1, 29)),
    (date(2023, 5, 1), date(2023, 5, 3)),
    (date(2023, 9, 29), date(2023, 10, 6)),
    (date(2024, 2, 9), date(2024, 2, 18)),
    (date(2024, 5, 1), date(2024, 5, 5)),
)
_OPENS, _CLOSES = 8, 18
_SATURDAY = 5


def works(day: date) -> bool:
    """Whether the factories work on that day."""
    return day.weekday() < _SATURDAY and not any(first <= day <= last for first, last in _HOLIDAYS)


def workday(rng: Random, first: date, last: date) -> date:
    """Return a working day between the two, more often one of a busy month."""
    while True:
        day = first + timedelta(days=rng.randrange((last - first).days + 1))
        if works(day) and rng.randrange(_BUSIEST) < _SEASON[day.month - 1]:
            return day


def next_workday(day: date) -> date:
    """Return the day itself or the next one on which the factories work."""
    while not works(day):
        day += timedelta(days=1)
    return day


def at_work(rng: Random, day: date) -> datetime:
    """Return a moment of that day between opening and an hour before closing."""
    minutes = rng.randrange((_CLOSES - _OPENS - 1) * 60)
    return datetime(day.year, day.month, day.day, _OPENS) + timedelta(minutes=minutes)


def in_hours(moment: datetime) -> datetime:
    """Return the moment, put off to the next working morning where nobody is there."""
    opened = moment.replace(hour=_OPENS, minute=moment.minute % 50 + 5)
    if moment.hour >= _CLOSES or not works(moment.date()):
        return datetime.combine(next_workday(moment.date() + timedelta(days=1)), opened.time())
    return opened if moment.hour < _OPENS else moment
