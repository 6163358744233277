"""Why two readers may see a cell differently: every reason has a name, and what has none is a fault of one of them.

``ours`` and ``other`` are a cell's value, ``None`` where a reader finds nothing. The reasons are tried in order; each is as
narrow as it can be, so that a wrong value of ours does not slip through under the name of another reader's habit.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from factory_crm.problems import codes
from factory_crm.reading.grid import BrokenCell

Reason = Callable[[Any, Any], bool]
EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
NEAR = 0.002 / 86400
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BLANKS = " \t\r\n\v\f\u00a0"


def serials(value: Any) -> set[float]:
    """The numbers a moment may have been stored as, in either date system; a number is itself."""
    match value:
        case bool():
            return set()
        case int() | float():
            return {float(value)}
        case datetime():
            return {(value - start) / timedelta(days=1) for start in (EPOCH, EPOCH_1904)}
        case date():
            return serials(datetime.combine(value, time()))
        case time():
            return {(datetime.combine(date.min, value) - datetime.min) / timedelta(days=1)}
        case timedelta():
            return {value / timedelta(days=1)}
    return set()


def equal(ours: Any, other: Any) -> bool:
    """They mean the same."""
    if isinstance(ours, bool) or isinstance(other, bool):
        return ours is other
    if isinstance(ours, str) and isinstance(other, str):
        return ours == other
    return bool(serials(ours) & serials(other)) if type(ours) is float and isinstance(other, int | float) else False


def near(ours: Any, other: Any) -> bool:
    """The same number, shown as a moment by one of them or by both, and rounded to a millisecond."""
    if isinstance(ours, BrokenCell | str | bool) or isinstance(other, str | bool):
        return False
    if isinstance(ours, datetime) and isinstance(other, date):  # by one date system, or they differ by four years
        moment = other if isinstance(other, datetime) else datetime.combine(other, time())
        return abs(ours - moment) <= timedelta(days=NEAR)
    return any(abs(one - two) <= NEAR for one in serials(ours) for two in serials(other))


def first_days(ours: Any, other: Any) -> bool:
    """Before March 1900 the others do not count the day that never was."""
    mine, theirs = serials(ours), serials(other)
    early = isinstance(ours, datetime | time) and min(mine, default=99) < 61
    return early and any(abs(abs(one - two) - 1) <= NEAR for one in mine for two in theirs)


def error(ours: Any, other: Any) -> bool:
    """An error value: a flag here, its text or nothing there."""
    if not (isinstance(ours, BrokenCell) and ours.code is codes.ERROR_VALUE):
        return False
    return other in (None, "", ours.text, "#VALUE!")


def uncalculated(ours: Any, other: Any) -> bool:
    """A formula without a result: a flag here, nothing there."""
    return isinstance(ours, BrokenCell) and ours.code is codes.NOT_CALCULATED and other in (None, "")


def flagged(ours: Any, other: Any) -> bool:
    """What is no good is flagged here, and something or nothing is made of it there."""
    return isinstance(ours, BrokenCell) and ours.code in (codes.BAD_CELL, codes.NO_SUCH_DATE)


def escaped(ours: Any, other: Any) -> bool:
    """Characters XML cannot hold, or line ends, that only one of them undoes."""
    if not (isinstance(ours, str) and isinstance(other, str)):
        return False

    def undone(text: str) -> str:
        return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)

    def joined(text: str) -> str:
        return text.replace("\r", "").replace("\n", "")

    return joined(ours) in (joined(undone(other)), joined(other)) or joined(undone(ours)) == joined(other)


def trimmed(ours: Any, other: Any) -> bool:
    """Blanks at the ends of a text, or a text of nothing but blanks, that the other does not keep."""
    return (
        isinstance(ours, str) and isinstance(other, str | None) and ours.strip(_BLANKS) == (other or "").strip(_BLANKS)
    )


def unspaced(ours: Any, other: Any) -> bool:
    """Blanks at the ends of the runs of a text, that the other does not keep."""
    both = isinstance(ours, str) and isinstance(other, str)
    return both and len(other) < len(ours) and "".join(ours.split()) == "".join(other.split())


def empty(ours: Any, other: Any) -> bool:
    """A text without a character."""
    return ours is None and other == ""


def rounded(ours: Any, other: Any) -> bool:
    """A number of more digits than a float has."""
    return isinstance(ours, float) and isinstance(other, int) and float(other) == ours


COMMON: tuple[Reason, ...] = (equal, near, error, uncalculated, flagged, escaped, empty, first_days, rounded)
REASONS: dict[str, tuple[Reason, ...]] = {"openpyxl": COMMON, "calamine": (*COMMON, trimmed, unspaced)}


def reason(reader: str, ours: Any, other: Any) -> str:
    """The name of the first reason for which they differ, or ``equal``; ``''`` where nothing explains it."""
    return next((one.__name__ for one in REASONS[reader] if one(ours, other)), "")
