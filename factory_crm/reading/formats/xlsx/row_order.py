"""Whether a sheet's rows stand in order, told from its bytes before any of them is parsed.

Rows can be handed on one by one only if no earlier one can follow. A scan for the row tags costs a twentieth of parsing. It
need not understand every spelling of XML: what it does not understand it calls disordered, and the rows are collected and sorted.
Should it ever call a disordered sheet ordered, the parser finds the row that steps back and refuses the file.
"""

import re

from ...guard import Guard
from .parts import Package

_SHEET_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData[\s/>]")
_NUMBER = re.compile(rb"""\sr\s*=\s*["']([1-9][0-9]{0,6})["']""")


def rows_in_order(package: Package, part: str) -> bool:
    """Return whether the rows of a worksheet part are surely numbered upwards, or not numbered at all. Raises ``Refused``."""
    scan = _Scan(package.guard)
    return all(scan.take(piece) for piece in package.pieces(part)) and scan.ordered


class _Scan:
    """What has been seen of the rows so far."""

    def __init__(self, guard: Guard) -> None:
        self.ordered = False
        self._longest = guard.limits.text
        self._tail = b""
        self._row: re.Pattern[bytes] | None = None
        self._last = 0
        self._unnumbered = False

    def take(self, piece: bytes) -> bool:
        """Look at one more piece; return whether it is worth going on."""
        text = self._tail + piece
        if b"\0" in text or len(text) > self._longest + len(piece):  # UTF-16, or a tag without an end
            self.ordered = False
            return False
        complete = text.rfind(b">") + 1
        self._tail = text[complete:]
        if self._row is None:
            sheet_data = _SHEET_DATA.search(text, 0, complete)
            if sheet_data is None:
                return True
            # A number, where it comes first as all writers put it, is taken in one go.
            self._row = re.compile(rb"<" + re.escape(sheet_data[1]) + rb"row\b(?: r=\"([1-9][0-9]{0,6})\")?([^>]*)")
            self.ordered = True
        self.ordered = all(self._follows(number, rest) for number, rest in self._row.findall(text, 0, complete))
        return self.ordered

    def _follows(self, number: bytes, rest: bytes) -> bool:
        if not number and (later := _NUMBER.search(rest)):
            number = later[1]
        if not number:
            self._unnumbered = True
            return not self._last
        last, self._last = self._last, int(number)
        return self._last > last and not self._unnumbered
