"""Which cell styles show a number as a date or a time."""

import re
from collections.abc import Mapping
from enum import IntEnum

from ....i18n.translate import LazyText
from ...guard import Guard
from . import xml
from .parts import Package


class NumberStyle(IntEnum):
    """How a style shows a number."""

    PLAIN = 0
    DAY = 1
    CLOCK = 2
    """With hours or seconds, with a date or without."""


# Ids 27-36 and 50-58 are the built-in formats of Chinese, Japanese and Korean Excel, never spelt out in the file.
_BUILT_IN = dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), NumberStyle.DAY)
_BUILT_IN |= dict.fromkeys((*range(18, 23), *range(32, 36), *range(45, 48), 55, 56), NumberStyle.CLOCK)
_BY_ID = {str(number): style for number, style in _BUILT_IN.items()}

LONGEST_FORMAT = 255
"""Characters of a number format that are looked at; Excel takes no more."""

_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*(?:"|$)|\\.|\[[^\]]*(?:\]|$)|_.|\*.', re.DOTALL)


def style_of_format(code: str) -> NumberStyle:
    """Return how a custom number format (``yyyy-mm-dd``) shows a number; quoted, escaped and bracketed text says nothing."""
    code = code[:LONGEST_FORMAT]
    if _ELAPSED.search(code):
        return NumberStyle.CLOCK
    letters = set(_LITERAL.sub("", code).lower())
    if letters & {"h", "s"}:
        return NumberStyle.CLOCK
    return NumberStyle.DAY if letters & {"y", "m", "d"} else NumberStyle.PLAIN


def read_styles(package: Package, part: str) -> Mapping[str, NumberStyle]:
    """Return the style of every cell format by its number as text (``s="3"``); ``part`` is ``''`` where there is none.

    A cell without a style, and style 0 even of a file without formats, has a meaning always. Raises ``Refused``.
    """
    styles: dict[str, NumberStyle] = {}
    if part:
        reader = _StyleReader(package.guard, styles)
        xml.parse(package, part, reader.start, reader.end)
    styles.setdefault("0", NumberStyle.PLAIN)
    return styles


class _StyleReader:
    """The handlers for the styles part; number formats elsewhere than in their list belong to conditional formats."""

    def __init__(self, guard: Guard, styles: dict[str, NumberStyle]) -> None:
        self.guard, self.styles = guard, styles
        self._formats: dict[str, NumberStyle] = {}
        self._within = ""

    def start(self, element: str, attributes: dict[str, str]) -> None:
        name = xml.local(element)
        if name in ("numFmts", "cellXfs"):
            self._within = name
        elif name == "numFmt" and self._within == "numFmts":
            self._formats[attributes.get("numFmtId", "")] = style_of_format(attributes.get("formatCode", ""))
        elif name == "xf" and self._within == "cellXfs":
            number = attributes.get("numFmtId", "0")
            built_in = _BY_ID.get(number, NumberStyle.PLAIN)
            self.styles[str(len(self.styles))] = self._formats.get(number, built_in)
            if len(self.styles) > self.guard.limits.styles:
                raise self.guard.too_large(LazyText("单元格格式数"), self.guard.limits.styles)

    def end(self, element: str) -> None:
        if xml.local(element) == self._within:
            self._within = ""
