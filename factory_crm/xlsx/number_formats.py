"""Number formats: the built-in ones by their number, and whether a format shows a number as a day or with a time."""

import re
from collections.abc import Mapping
from enum import IntEnum

GENERAL, TEXT = 0, 49
"""The numbers of the formats ``General`` and ``@``."""
FIRST_CUSTOM = 164
"""Formats that a workbook spells out are numbered from here on."""
LONGEST_FORMAT = 255
"""Characters of a number format that are looked at; Excel takes no more."""


class NumberStyle(IntEnum):
    """How a format shows a number."""

    PLAIN = 0
    DAY = 1
    CLOCK = 2
    """With hours or seconds, with a date or without."""


_DAY, _CLOCK, _MOMENT = "yyyy-mm-dd", "hh:mm", "yyyy-mm-dd hh:mm"
BUILT_IN: Mapping[int, str] = {
    GENERAL: "General",
    TEXT: "@",
    # 27-36 and 50-58: of Chinese, Japanese and Korean Excel, never spelt out in a file
    **dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 55), 57, 58), _DAY),
    **dict.fromkeys((*range(18, 22), *range(32, 36), *range(45, 48), 55, 56), _CLOCK),
    22: _MOMENT,
}
"""The built-in formats that matter to us; days, times and moments by one example each. Any other shows a number."""

_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*(?:"|$)|\\.|\[[^\]]*(?:\]|$)|_.|\*.', re.DOTALL)


def style_of_format(code: str) -> NumberStyle:
    """Return how a number format (``yyyy-mm-dd``) shows a number; quoted, escaped and bracketed text says nothing."""
    code = code[:LONGEST_FORMAT]
    if _ELAPSED.search(code):
        return NumberStyle.CLOCK
    letters = set(_LITERAL.sub("", code).lower())
    if letters & {"h", "s"}:
        return NumberStyle.CLOCK
    return NumberStyle.DAY if letters & {"y", "m", "d"} else NumberStyle.PLAIN
