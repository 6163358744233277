"""Small questions that formulas ask of a cell, as text; functions that every spreadsheet program knows."""

import re
from collections.abc import Iterable

from .signs import BLANKS, EMPTY_WORDS, HARD_SPACE

_ONE_CLASS = re.compile(r"\^\[.*\]\{1,(\d+)\}\$")
_MOST_SIGNS = 55
"""Excel nests functions 64 deep at most."""


def text(value: str) -> str:
    """Return a text as formulas write it."""
    return '"' + value.replace('"', '""') + '"'


def without(cell: str, signs: Iterable[str]) -> str:
    """Return the formula of a cell's text without those texts; ``signs`` are formulas."""
    for sign in signs:
        cell = f'SUBSTITUTE({cell},{sign},"")'
    return cell


def squeezed(cell: str) -> str:
    """Return the formula of a cell's text without blanks of the usual kinds."""
    return without(cell, ('" "', '"　"', HARD_SPACE, "CHAR(10)"))


def blank(cell: str) -> str:
    """Return the condition that a cell holds nothing but blanks."""
    return f"IF(LEN({cell})=0,TRUE,IF({starts_blank(cell)},LEN({squeezed(cell)})=0,FALSE))"


def starts_blank(cell: str) -> str:
    """Return the condition that a filled cell begins with a blank or an invisible sign."""
    return f"ISNUMBER(FIND(LEFT({cell},1),{BLANKS}))"


def ends_blank(cell: str) -> str:
    """Return the condition that a filled cell ends with a blank or an invisible sign."""
    return f"ISNUMBER(FIND(RIGHT({cell},1),{BLANKS}))"


def no_number(cell: str) -> str:
    """Return the condition that a cell holds no number; LibreOffice takes TRUE for one."""
    return f"OR(ISLOGICAL({cell}),NOT(ISNUMBER({cell})))"


def means_nothing(cell: str) -> str:
    """Return the condition that a cell holds a word for "nothing to fill in"."""
    return f"SUMPRODUCT(--({cell}={EMPTY_WORDS}))>0"


def one_of(cell: str, name: str) -> str:
    """Return the condition that a cell is, to the letter, one of the texts under that name.

    MATCH finds without regard to case and takes wildcards; EXACT has the last word.
    """
    return f'IFERROR(EXACT({cell}&"",INDEX({name},MATCH({cell}&"",{name},0))),FALSE)'


def every(conditions: Iterable[str]) -> str:
    """Return the condition that all hold; none is asked before those ahead of it hold, unlike with AND."""
    *ahead, last = conditions
    for condition in reversed(ahead):
        last = f"IF({condition},{last},FALSE)"
    return last


def class_of_signs(pattern: str) -> tuple[str, int] | None:
    """Return the signs and the greatest length of a pattern that is one class of signs, repeated; else ``None``."""
    shape = _ONE_CLASS.fullmatch(pattern)
    if not shape:
        return None
    signs = "".join(sign for sign in map(chr, range(33, 127)) if re.fullmatch(pattern, sign))
    return signs, int(shape[1])


def only_signs(cell: str, signs: str) -> str | None:
    """Return the condition that a text holds no other signs; ``None`` where there are too many to ask for."""
    anyhow = all(sign.swapcase() in signs for sign in signs)
    wanted = [sign for sign in signs if not (anyhow and sign.islower())]
    if len(wanted) > _MOST_SIGNS:
        return None
    return f"LEN({without(f'UPPER({cell})' if anyhow else cell, map(text, wanted))})=0"
