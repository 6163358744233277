"""What a cell's stored text means: by its type, its style and the workbook's date system."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from ..codes import BAD_CELL, ERROR_VALUE, NO_SUCH_DATE, NOT_CALCULATED, Code
from .strings import plain
from .styles import Style


class Broken(NamedTuple):
    """A cell that cannot be taken at its word: why, and what stands there (at most 100 characters of it)."""

    code: Code
    text: str


Raw = str | float | bool | datetime | time | Broken
"""A cell's value. Numbers are always float; a number with a date style is a datetime (midnight: a bare day)."""

UNCALCULATED = Broken(NOT_CALCULATED, "")
"""A formula whose result was never stored."""

_SHOWN = 100
_INFINITE = float("inf")
_number = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?").fullmatch
_iso_day = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").match
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_END_OF_SERIALS = 2958466
_LONGEST_INDEX = 9
_MOMENTS = 10_000
_PLAIN = Style.PLAIN
_LEAP_DAY_THAT_NEVER_WAS = 60
_DAY_MS = 86_400_000


def broken(text: str, code: Code = BAD_CELL) -> Broken:
    """Return the value of a cell whose content is no good."""
    return Broken(code, text[:_SHOWN])


class Values:
    """Turns stored texts into values, for one workbook."""

    __slots__ = ("_from_1904", "_moments", "_strings", "_styles")

    def __init__(self, strings: Sequence[str], styles: Mapping[str, Style], *, from_1904: bool) -> None:
        self._strings = strings
        self._styles = styles
        self._from_1904 = from_1904
        self._moments: dict[float, datetime | time | Broken] = {}

    def read(self, kind: str | None, text: str, style: str | None, *, formula: bool) -> Raw | None:
        """Return what a cell of that type (``t``) holds, ``None`` for a blank one. Never raises."""
        if kind == "s":
            return self._shared(text)
        if kind is None or kind == "n":
            if _number(text):
                return self._number(text, style)
        elif kind in ("str", "inlineStr"):
            return plain(text) or None
        stripped = text.strip(" \t\r\n")
        if not stripped:
            return UNCALCULATED if formula else None
        return self._other(kind or "n", stripped, style)

    def _shared(self, text: str) -> Raw | None:
        # int() alone would take "１", "1_0" and "-1" for numbers.
        if text.isdigit() and text.isascii() and len(text) <= _LONGEST_INDEX:
            index = int(text)
            if index < len(self._strings):
                return self._strings[index] or None
        return broken(text)

    def _number(self, text: str, style: str | None) -> Raw:
        number = float(text)
        shown = self._styles.get(style or "0")
        if shown is None or abs(number) == _INFINITE:
            return broken(text)
        return number if shown is _PLAIN else self._moment(number, shown)

    def _moment(self, serial: float, style: Style) -> datetime | time | Broken:
        """Return a moment, remembering those met: the days of a sheet are few."""
        found = self._moments.get(serial)
        if found is None:
            found = moment(serial, style, from_1904=self._from_1904)
            if serial >= 1 and len(self._moments) < _MOMENTS:  # below 1 the style has a say
                self._moments[serial] = found
        return found

    def _other(self, kind: str, text: str, style: str | None) -> Raw:
        if kind == "n" and _number(text):
            return self._number(text, style)
        if kind == "e":
            return broken(text, ERROR_VALUE)
        if kind == "d":
            return _iso(text)
        if kind == "b":
            return _BOOLEANS.get(text.lower(), broken(text))
        return broken(text)


def moment(serial: float, style: Style, *, from_1904: bool) -> datetime | time | Broken:
    """Return the moment a date serial (days, to the millisecond) stands for, or that there is none such.

    The 1900 system counts a 29 February 1900 that never was (60), and shows 0 as 1900-01-00.
    """
    nothing = broken(f"{serial:.15g}", NO_SUCH_DATE)
    if not 0 <= serial < _END_OF_SERIALS:
        return nothing
    day = int(serial)
    milliseconds = round((serial - day) * _DAY_MS)
    if day == 0 and style is Style.CLOCK:
        return (datetime.min + timedelta(milliseconds=milliseconds % _DAY_MS)).time()
    if not from_1904 and day in (0, _LEAP_DAY_THAT_NEVER_WAS):
        return nothing
    if from_1904:
        start = datetime(1904, 1, 1)
    else:
        start = datetime(1899, 12, 30) if day > _LEAP_DAY_THAT_NEVER_WAS else datetime(1899, 12, 31)
    try:
        return start + timedelta(day, milliseconds=milliseconds)
    except OverflowError:
        return nothing


def _iso(text: str) -> datetime | time | Broken:
    """Return the moment of an ISO 8601 text as it stands, without regard to a time zone."""
    try:
        if ":" in text and "-" not in text[:8]:
            return time.fromisoformat(text).replace(tzinfo=None)
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return broken(text, NO_SUCH_DATE if _iso_day(text) else BAD_CELL)
