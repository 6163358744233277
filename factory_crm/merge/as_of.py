"""The days on which something happened, and how far the data reach."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from ..problems import codes
from ..problems.problem import Location, Problem
from .record import Record
from .references import ColumnRoles

_FAR = timedelta(days=31)
_MOST_OUTLIERS = 3
"""More gaps than this are no slips of the pen: the data are sparse."""


def event_days(roles: Mapping[str, ColumnRoles], records: Iterable[Record]) -> dict[date, Location]:
    """Return the days on which something happened, each with the first place that says so."""
    first: dict[date, Location] = {}
    for record in records:
        for i in roles[record.table].layout.event_dates:
            if (cell := record.cells[i]) is not None:
                day = cell.date() if isinstance(cell, datetime) else cell
                if (first_location := first.get(day)) is None or record.location < first_location:
                    first[day] = record.location
    return first


def earliest(some: Iterable[Mapping[date, Location]]) -> dict[date, Location]:
    """Return the days of all, each with the first place of any."""
    first: dict[date, Location] = {}
    for days in some:
        for day, location in days.items():
            first[day] = min(first.get(day, location), location)
    return first


def latest_event(first: Mapping[date, Location]) -> tuple[date | None, list[Problem]]:
    """Return the latest day on which something happened, and the days too far off to be believed.

    ``first`` has every such day, and the first place that says so.
    """
    days = sorted(first, reverse=True)
    outliers = 0
    while outliers + 1 < len(days) and days[outliers] - days[outliers + 1] > _FAR:
        outliers += 1
    if not days or outliers > _MOST_OUTLIERS:
        return (days[0] if days else None), []
    return days[outliers], [codes.FAR_DATE(first[day], value=day.isoformat()) for day in days[:outliers]]
