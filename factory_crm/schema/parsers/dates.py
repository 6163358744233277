"""How people write days and moments, and what they mean.

Every function takes a cell that is not blank and returns a ``Parsed``; what is ambiguous (03/04/2023) is an error.
"""

import re
from datetime import date, datetime, time, timedelta

from ...problems import codes
from ...xlsx.dates import EPOCH, FIRST_YEAR, day_number
from ..column_type import Choices, Parsed, RawValue
from .text import blank, corrected, display_text, invalid, is_blank_word, number_digits, strip_blanks, to_halfwidth

_DAY = re.compile(
    r"(\d{4})(?:([-/.,_、。])(\d{1,2})\2(\d{1,2})[日号]?|年(\d{1,2})月(\d{1,2})[日号]?|(\d{2})(\d{2}))", re.ASCII
)  # zh only
_TIME = re.compile(
    r"(上午|下午|晚上|am|pm)?(\d{1,2})(?::|时|点)(?:(\d{1,2})(?:[:分](\d{1,2})(?:\.\d*)?秒?)?分?)?(am|pm)?",
    re.IGNORECASE | re.ASCII,
)  # zh only
_AFTERNOON = ("下午", "晚上", "pm")  # zh only
_LOOKS_LIKE_DAY = re.compile(r"\d{1,4}[-/.年月]\d{1,2}([-/.月]\d{1,4})?[日号月]?", re.ASCII)  # zh only
_MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2})|年(\d{1,2})月份?|(\d{2}))", re.ASCII)  # zh only
_AROUND_SIGNS = re.compile(r" +(?=[-年月日号/.:])|(?<=[-年月/.:]) +")  # zh only
_COMMON_YEARS = range(1990, 2101)
_NOON = _DECEMBER = 12
_SERIALS = (day_number(date(1990, 1, 1)), day_number(date(2100, 12, 31)))


def day(raw: RawValue, choices: Choices) -> Parsed:
    """Read a day as a date; the time of a moment is left out and said so."""
    reading = moment(raw, choices)
    if not reading.ok or not isinstance(reading.value, datetime):
        return reading
    return corrected(reading.value.date(), raw, codes.FIX_DATE if isinstance(raw, str) else codes.FIX_TIME)


def birthday(raw: RawValue, choices: Choices) -> Parsed:
    """Read a day that may well lie long ago."""
    reading = day(raw, choices)
    return Parsed(reading.value) if reading.code is codes.UNUSUAL_DATE and reading.value.year >= FIRST_YEAR else reading


def month(raw: RawValue, choices: Choices) -> Parsed:
    """Read a month as its first day, which is what Excel makes of ``2023-04``; of a whole date the day stays."""
    written = (
        number_digits(raw)
        if isinstance(raw, float)
        else to_halfwidth(strip_blanks(raw))
        if isinstance(raw, str)
        else ""
    )
    match = _MONTH.fullmatch(_AROUND_SIGNS.sub("", " ".join(written.split())))
    if not match:
        return day(raw, choices)
    year, number = int(match[1]), int(match[2] or match[3] or match[4])
    if not 1 <= number <= _DECEMBER or year not in _COMMON_YEARS:
        return invalid(codes.NO_SUCH_DATE, raw)
    return Parsed(date(year, number, 1), codes.FIX_DATE, {"before": display_text(raw), "after": f"{year}-{number:02}"})


def moment(raw: RawValue, _: Choices) -> Parsed:
    """Read a day (a date) or a day with its time (a datetime)."""
    if isinstance(raw, datetime):
        return _common(raw.date() if raw.time() == time() else raw, raw)
    if isinstance(raw, bool | time):
        return invalid(codes.UNPARSABLE, raw)
    if isinstance(raw, float):
        return _from_number(raw)
    return blank(raw) if is_blank_word(raw) else _from_text(to_halfwidth(strip_blanks(raw)), raw)


def _common(value: date, raw: RawValue) -> Parsed:
    return (
        Parsed(value)
        if value.year in _COMMON_YEARS
        else Parsed(value, codes.UNUSUAL_DATE, {"value": display_text(raw)})
    )


def _from_number(raw: float) -> Parsed:
    """Parse a bare number: 20230105 is a day, and so is 44927, which Excel shows where the date format was lost."""
    if (
        raw.is_integer()
        and (match := _DAY.fullmatch(str(int(raw))))
        and (found := _calendar(match))
        and found.year in _COMMON_YEARS
    ):
        return corrected(found, raw, codes.FIX_DATE)
    if not _SERIALS[0] <= raw < _SERIALS[1] + 1:
        return invalid(codes.UNPARSABLE, raw)
    since = EPOCH + timedelta(seconds=round(raw * 86400))
    value = since if since.time() != time() else since.date()
    return Parsed(value, codes.DATE_AS_NUMBER, {"value": number_digits(raw), "after": display_text(value)})


def _from_text(written: str, raw: str) -> Parsed:
    joined = _AROUND_SIGNS.sub("", " ".join(written.split())).rstrip("。.")
    head, _, tail = re.sub(r"(?<=\d)T(?=\d)|(?<=[日号])(?=[^ ])", " ", joined).partition(" ")  # zh only
    match = _DAY.fullmatch(head)
    if not match:
        return invalid(codes.AMBIGUOUS_DATE if _LOOKS_LIKE_DAY.fullmatch(head) else codes.UNPARSABLE, raw)
    found = _calendar(match)
    if found is None:
        return invalid(codes.NO_SUCH_DATE, raw)
    clock = _clock("".join(tail.split())) if tail else time()
    if clock is None or found.year < FIRST_YEAR:
        return invalid(codes.UNPARSABLE if clock is None else codes.OUT_OF_RANGE, raw)
    value = datetime.combine(found, clock) if clock != time() else found
    return corrected(value, raw, codes.FIX_DATE) if found.year in _COMMON_YEARS else _common(value, raw)


def _calendar(match: re.Match[str]) -> date | None:
    year, month, dayof = (
        int(part) for part in (match[1], match[3] or match[5] or match[7], match[4] or match[6] or match[8])
    )
    try:
        return date(year, month, dayof)
    except ValueError:
        return None


def _clock(written: str) -> time | None:
    match = _TIME.fullmatch(written)
    if not match:
        return None
    hour, minute, second = (int(part or 0) for part in match.group(2, 3, 4))
    half = (match[1] or match[5] or "").lower()
    try:
        found = time(hour, minute, second)
    except ValueError:
        return None
    return found.replace(hour=hour + 12) if half in _AFTERNOON and hour < _NOON else found
