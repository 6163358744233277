"""Excel conditions on a cell, as text: blank, number, pattern; only functions that every spreadsheet program knows."""

import re
from collections.abc import Iterable

from ...xlsx.formula import quote_text
from .lookups import BLANKS, EMPTY_WORDS, HARD_SPACE

_RUN = re.compile(r"(\[(?:[^\]\\]|\\.)+\]|\\d|\\[-./]|[^\W_]|[-_/])(\{(\d+)(?:,(\d+))?\})?")
_BEYOND = re.compile(r"^\[\^|\\[^-./\]d\\]|[^ -~]-|-[^ -~]")
"""Of a class of signs: what makes it hold more than can be named."""
_MOST_SIGNS = 55
"""Excel nests functions 64 deep at most."""


def without(cell: str, signs: Iterable[str]) -> str:
    """Return the formula of a cell's text without those texts; ``signs`` are formulas."""
    for sign in signs:
        cell = f'SUBSTITUTE({cell},{sign},"")'
    return cell


def without_blanks(cell: str) -> str:
    """Return the formula of a cell's text without blanks of the usual kinds."""
    return without(cell, ('" "', '"　"', HARD_SPACE, "CHAR(10)"))


def is_blank(cell: str) -> str:
    """Return the condition that a cell holds nothing but blanks."""
    return f"IF(LEN({cell})=0,TRUE,IF({starts_blank(cell)},LEN({without_blanks(cell)})=0,FALSE))"


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


def all_of(conditions: Iterable[str]) -> str:
    """Return the condition that all hold; none is asked before those ahead of it hold, unlike with AND."""
    *ahead, last = conditions
    for condition in reversed(ahead):
        last = f"IF({condition},{last},FALSE)"
    return last


Segment = tuple[str, int, int]
"""Signs, and how many of them at least and at most."""


def segments(pattern: str) -> list[Segment] | None:
    """Return the runs of signs that a pattern asks for; ``None`` for one that asks for more, or of unclear places."""
    parts = _RUN.findall(pattern)
    if not parts or "^" + "".join(map("".join, [(p[0], p[1]) for p in parts])) + "$" != pattern:
        return None
    result = []
    for signs, _, least, most in parts:
        if _BEYOND.search(signs):
            return None
        named = [*map(chr, range(32, 127)), *(sign for sign in signs if sign > "~")]
        every = "".join(sign for sign in named if re.fullmatch(signs, sign))
        result.append((every, int(least or 1), int(most or least or 1)))
    return result if all(least == most for _, least, most in result[:-1]) else None


def fits(cell: str, runs: list[Segment]) -> str | None:
    """Return the condition that a text is made of those runs; ``None`` where there are too many signs to ask for."""
    least, most = sum(run[1] for run in runs), sum(run[2] for run in runs)
    conditions, start = [f"LEN({cell})>={least}", f"LEN({cell})<={most}"], 1
    for signs, _, longest in runs:
        is_single = len(runs) == 1
        only = only_signs(cell if is_single else f"MID({cell},{start},{longest})", signs)
        if only is None:
            return None
        conditions.append(only)
        start += longest
    return all_of(conditions)


def only_signs(cell: str, signs: str) -> str | None:
    """Return the condition that a text holds no other signs; ``None`` where there are too many to ask for."""
    anyhow = all(sign.swapcase() in signs for sign in signs)
    wanted = [sign for sign in signs if not (anyhow and sign.islower())]
    if len(wanted) > _MOST_SIGNS:
        return None
    return f"LEN({without(f'UPPER({cell})' if anyhow else cell, map(quote_text, wanted))})=0"
