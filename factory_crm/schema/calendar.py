"""When a factory works: weekly hours, holidays, and days off that were moved (调休)."""

from dataclasses import dataclass
from datetime import date, time

WEEKDAYS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working time, in hours of the day and days of the week (Monday is 1)."""

    hours: tuple[tuple[time, time], ...] = ((time(8, 30), time(12)), (time(13, 30), time(17, 30)))
    weekdays: tuple[int, ...] = WEEKDAYS
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    """Days on which people work although the week says otherwise."""

    def works_on(self, day: date) -> bool:
        """Whether people work on that day."""
        return day in self.workdays or (day.isoweekday() in self.weekdays and day not in self.holidays)
