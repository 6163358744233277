"""What a cell's stored text means: by its type, its style and the workbook's date system."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from ....problems.codes import BAD_CELL, ERROR_VALUE, NO_SUCH_DATE, NOT_CALCULATED
from ....xlsx.dates import END_OF_SERIALS, EPOCH, EPOCH_1904, EPOCH_BEFORE_MARCH_1900, FALSE_LEAP_DAY
from ....xlsx.number_formats import NumberStyle
from ....xlsx.text import unescape
from ...grid import BrokenCell, Raw, broken_cell

UNCALCULATED = BrokenCell(NOT_CALCULATED, "")
"""A formula whose result was never stored."""

_LONGEST_INDEX = 9
"""Digits of the number of a shared string."""
_INFINITE = float("inf")
_number = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?").fullmatch
_iso_day = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").match
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_REMEMBERED, _LONGEST_REMEMBERED = 10_000, 32
_BLANKS = " \t\r\n"
_DAY_MS = 86_400_000


class NumberValues(dict[str, Raw | None]):
    """The values of stored numbers shown in one way, by their text; those met are remembered, since most come again."""

    def __init__(self, shown: NumberStyle | None, *, from_1904: bool) -> None:
        """``shown`` is ``None`` for a style that does not exist."""
        super().__init__()
        self._shown, self._from_1904 = shown, from_1904

    def __missing__(self, text: str) -> Raw | None:
        value = self._read(text.strip(_BLANKS))
        if len(self) < _REMEMBERED and len(text) <= _LONGEST_REMEMBERED:
            self[text] = value
        return value

    def _read(self, text: str) -> Raw | None:
        if not text:
            return None
        number = float(text) if _number(text) else _INFINITE
        if self._shown is None or abs(number) == _INFINITE:
            return broken_cell(text)
        return number if self._shown is NumberStyle.PLAIN else moment(number, self._shown, from_1904=self._from_1904)


class StringValues(dict[str, Raw | None]):
    """The shared strings by their number as a text; those met are remembered, since most come again."""

    def __init__(self, strings: Sequence[str]) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, text: str) -> Raw | None:
        # int() alone would take "１", "1_0" and "-1" for numbers.
        if text.isdigit() and text.isascii() and len(text) <= _LONGEST_INDEX and (at := int(text)) < len(self._strings):
            value = self._strings[at] or None
            if len(self) < _REMEMBERED:
                self[text] = value
            return value
        return broken_cell(text)


class _ByStyle(dict[str | None, NumberValues]):
    """The numbers by a cell's style (``s``); styles that show them in the same way share theirs."""

    def __init__(self, styles: Mapping[str, NumberStyle], *, from_1904: bool) -> None:
        ways = {shown: NumberValues(shown, from_1904=from_1904) for shown in NumberStyle}
        super().__init__({number: ways[shown] for number, shown in styles.items()})
        self[None] = self[""] = self["0"]
        self._unknown = NumberValues(None, from_1904=from_1904)

    def __missing__(self, _: str | None) -> NumberValues:
        return self._unknown


class Values:
    """Turns stored texts into values, for one workbook."""

    def __init__(self, strings: Sequence[str], styles: Mapping[str, NumberStyle], *, from_1904: bool) -> None:
        self.strings: Mapping[str, Raw | None] = StringValues(strings)
        """The shared strings by their number as a text."""
        self.numbers: Mapping[str | None, NumberValues] = _ByStyle(styles, from_1904=from_1904)
        """What a stored number means, by the cell's style and then by its text."""

    def read(self, kind: str | None, text: str, style: str | None, *, formula: bool) -> Raw | None:
        """Return what a cell of that type (``t``) holds, ``None`` for a blank one. Never raises."""
        if kind == "s":
            return self.strings[text]
        if kind in ("str", "inlineStr"):
            return unescape(text) or None
        value = self.numbers[style][text] if kind in (None, "", "n") else self._other(kind, text.strip(_BLANKS))
        return UNCALCULATED if value is None and formula else value

    def _other(self, kind: str | None, text: str) -> Raw | None:
        if not text:
            return None
        if kind == "e":
            return broken_cell(text, ERROR_VALUE)
        if kind == "d":
            return _iso(text)
        if kind == "b":
            return _BOOLEANS.get(text.lower(), broken_cell(text))
        return broken_cell(text)


def moment(serial: float, style: NumberStyle, *, from_1904: bool) -> datetime | time | BrokenCell:
    """Return the moment a date serial (days, to the millisecond) stands for, or that there is none such.

    The 1900 system counts a 29 February 1900 that never was (60), and shows 0 as 1900-01-00.
    """
    if not 0 <= serial < END_OF_SERIALS:
        return _no_date(serial)
    day = int(serial)
    milliseconds = round((serial - day) * _DAY_MS)
    if day == 0 and style is NumberStyle.CLOCK:
        return (datetime.min + timedelta(milliseconds=milliseconds % _DAY_MS)).time()
    if not from_1904 and day in (0, FALSE_LEAP_DAY):
        return _no_date(serial)
    from_1900 = EPOCH if day > FALSE_LEAP_DAY else EPOCH_BEFORE_MARCH_1900
    start = EPOCH_1904 if from_1904 else from_1900
    try:
        return start + timedelta(day, milliseconds=milliseconds)
    except OverflowError:
        return _no_date(serial)


def _no_date(serial: float) -> BrokenCell:
    return broken_cell(f"{serial:.15g}", NO_SUCH_DATE)


def _iso(text: str) -> datetime | time | BrokenCell:
    """Return the moment of an ISO 8601 text as it stands, without regard to a time zone."""
    try:
        if ":" in text and "-" not in text[:8]:
            return time.fromisoformat(text).replace(tzinfo=None)
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return broken_cell(text, NO_SUCH_DATE if _iso_day(text) else BAD_CELL)
