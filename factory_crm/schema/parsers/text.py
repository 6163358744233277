"""Parse texts and identifiers, and what all parsers share: normalising a text, showing a value, the results of parsing.

Every parser takes a cell that is not blank and returns a ``Parsed``: normalise first, reject last. A value written in
an unusual way comes with a correction; an ambiguous one is an error and never a guess.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from ...i18n.translate import escape_invisible
from ...problems import codes
from ...problems.codes import Code
from ...xlsx.limits import DIGITS
from ..column_type import Choices, Parsed, RawValue

INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_BAD = r"\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
_BAD_CHARACTERS = re.compile(f"[{_BAD}]")
_BREAKS = r"\x0b\x0c\u2028\u2029"
_LINE_BREAKS = re.compile(rf"\r\n?|[{_BREAKS}]")
PLAIN_TEXT = re.compile(rf"(?!\s)[^\r{_BAD}{_BREAKS}{INVISIBLE}]+(?<!\s)")
_WIDE: dict[int, int | str] = {
    **{wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)},
    **dict.fromkeys((0x3000, 0xA0, 0x202F), " "),
    0xFFE5: "¥",
}
_DASHES = re.compile("[‐‑–−]|[—―]+")
BLANK_WORDS = frozenset(
    {"/", "//", "\\", "-", "--", "---", "无", "没有", "暂无", "不详", "未知", "n/a", "na", "none", "null", "nil", "空"}
)  # zh only
EXACT = 10**DIGITS
"""Numbers from here on may have lost digits in Excel."""
_ODD_SIZE = 10**20
PLAIN_NUMBER = re.compile(r"[A-Za-z_./-]*\d[\w./-]*", re.ASCII)
"""With a digit, so that it is none of the words for nothing."""


def strip_invisible(text: str) -> str:
    """Return the text without invisible characters."""
    return _INVISIBLE.sub("", text)


def strip_blanks(text: str) -> str:
    """Return the text without invisible characters and outer blanks of any width."""
    return strip_invisible(text).strip()


def to_halfwidth(text: str) -> str:
    """Return full-width letters, digits and signs as plain ones, and any dash as a hyphen; ``10²`` stays what it is."""
    return _DASHES.sub("-", text.translate(_WIDE))


def is_blank_word(written: str) -> bool:
    """Whether it is one of the signs that people put where there is nothing to fill in."""
    return to_halfwidth(strip_blanks(written)).lower() in BLANK_WORDS


def blank(raw: RawValue) -> Parsed:
    """Return a blank, spelt out by the clerk."""
    return Parsed(None, codes.FIX_BLANK, {"before": raw, "after": ""})


def to_decimal(number: float) -> Decimal:
    """Return the digits Excel shows: fifteen of them, however the number is stored."""
    if number.is_integer() and abs(number) < EXACT:
        return Decimal(int(number))
    return without_point(Decimal(format(number, ".15g")))


def number_digits(number: float) -> str:
    """Return a number as its digits: 13800000000.0 is ``13800000000``; a monstrous one as Excel shows it, ``1E+300``."""
    if number and not 1 / _ODD_SIZE < abs(number) < _ODD_SIZE:
        return format(number, ".15g").upper()
    return format(to_decimal(number), "f")


def without_point(number: Decimal) -> Decimal:
    """Return the number without a decimal point where nothing stands behind it."""
    return Decimal(int(number)) if number == number.to_integral_value() else number


def display_text(raw: RawValue | date | Decimal | tuple[str, ...]) -> str:
    """Return a value as the clerk sees it."""
    match raw:
        case bool():
            return str(raw).upper()
        case float():
            return number_digits(raw)
        case datetime():
            return (
                raw.isoformat(" ", "seconds" if raw.second else "minutes")
                if raw.time() != time()
                else raw.date().isoformat()
            )
        case time():
            return raw.isoformat("minutes")
        case tuple():
            return "、".join(raw)  # zh only
        case Decimal():
            return format(raw, "f")
    return str(raw)


def corrected(value: Any, raw: RawValue, code: Code) -> Parsed:
    """Return an understood value together with the spelling proposed for it."""
    return Parsed(value, code, {"before": display_text(raw), "after": display_text(value)})


def invalid(code: Code, raw: RawValue, **facts: Any) -> Parsed:
    """Return a cell that can't be used."""
    return Parsed(None, code, {"value": display_text(raw), **facts})


def text(raw: RawValue, _: Choices) -> Parsed:
    """Read prose: outer blanks go, everything else stays as it is."""
    if not isinstance(raw, str):
        return Parsed(display_text(raw))
    if _BAD_CHARACTERS.search(raw):
        return invalid(codes.BAD_CHARACTERS, escape_invisible(raw))
    clean = strip_blanks(_LINE_BREAKS.sub("\n", raw))
    return Parsed(raw) if clean == raw else corrected(clean, raw, codes.FIX_SPACES)


def identifier(raw: RawValue, _: Choices) -> Parsed:
    """Read the number of a record: digits stay as typed, full-width becomes plain."""
    if isinstance(raw, datetime | time):
        return invalid(codes.TURNED_INTO_DATE, raw)
    if isinstance(raw, bool):
        return invalid(codes.NOT_A_RECORD_ID, raw)
    if isinstance(raw, float):
        return (
            invalid(codes.DIGITS_LOST, raw) if abs(raw) >= EXACT else corrected(number_digits(raw), raw, codes.FIX_TEXT)
        )
    if _BAD_CHARACTERS.search(raw):
        return invalid(codes.BAD_CHARACTERS, escape_invisible(raw))
    if is_blank_word(raw):
        return blank(raw)
    clean = strip_blanks(raw)
    plain_text = "".join(to_halfwidth(clean).split())
    if plain_text == raw:
        return Parsed(raw)
    return corrected(plain_text, raw, codes.FIX_SPACES if plain_text == "".join(clean.split()) else codes.FIX_WIDTH)
