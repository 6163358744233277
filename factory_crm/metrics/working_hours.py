"""Working hours: how much of the time between two moments a factory was open (工作小时), in seconds."""

from datetime import datetime, time, timedelta

from ..schema.calendar import Calendar

_HOUR, _MINUTE = 3600, 60
_WHOLE_DAY = 24 * _HOUR


def worked(calendar: Calendar | None, start: datetime, stop: datetime) -> int:
    """Return the working seconds from one moment to a later one; all seconds (自然小时) without a calendar."""
    if calendar is None:
        return int((stop - start).total_seconds())
    found, day = 0, start.date()
    while day <= stop.date():
        if calendar.works_on(day):
            first = _second(start.time()) if day == start.date() else 0
            last = _second(stop.time()) if day == stop.date() else _WHOLE_DAY
            found += sum(max(0, min(_second(b), last) - max(_second(a), first)) for a, b in calendar.hours)
        day += timedelta(days=1)
    return found


def day_of_work(calendar: Calendar | None) -> int:
    """Return the seconds of one working day; of a whole day without a calendar."""
    if calendar is None:
        return _WHOLE_DAY
    return sum(_second(stop) - _second(start) for start, stop in calendar.hours)


def _second(moment: time) -> int:
    return moment.hour * _HOUR + moment.minute * _MINUTE + moment.second
