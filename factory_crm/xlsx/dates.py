"""Excel's calendar: days are numbers, counted from an epoch, with a leap day in 1900 that never was."""

from datetime import date, datetime, timedelta

EPOCH = datetime(1899, 12, 30)
"""Day 0 of the usual date system, as counted from March 1900 on."""
EPOCH_BEFORE_MARCH_1900 = datetime(1899, 12, 31)
"""Day 0 as counted before that March: Excel numbers a 29 February 1900."""
EPOCH_1904 = datetime(1904, 1, 1)
"""Day 0 of the date system that workbooks from old Macs use."""
MARCH_1900 = datetime(1900, 3, 1)
FALSE_LEAP_DAY = 60
"""The number of the 29 February 1900."""
END_OF_SERIALS = 2_958_466
"""The number of the day after the last one that Excel knows, 9999-12-31."""
FIRST_YEAR = 1900


def day_number(day: date) -> int:
    """Return the number of a day from March 1900 on, in the usual date system."""
    return (day - EPOCH.date()).days


def to_serial(moment: date, *, from_1904: bool = False) -> float:
    """Return the number of days that Excel stores for a day or a moment from March 1900 on."""
    moment_of_day = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)
    return (moment_of_day - (EPOCH_1904 if from_1904 else EPOCH)) / timedelta(days=1)
