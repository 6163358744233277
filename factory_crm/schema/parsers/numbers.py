"""Parse numbers: amounts, counts, ratings and shares, exactly as the clerk sees them."""

import re
from decimal import Context, Decimal

from ...problems import codes
from ..column_type import Choices, Parsed, RawValue
from .text import EXACT, blank, corrected, invalid, is_blank_word, strip_blanks, to_decimal, to_halfwidth, without_point

_NUMBER = re.compile(
    r"([+-]?)(?:[¥￥]|rmb|cny)?([+-]?)(\d{1,3}(?:[, ]\d{3})+|\d+)?(\.\d*)?(万|亿)?(元整?|圆整?|块)?",
    re.IGNORECASE | re.ASCII,
)  # zh only
_MONEY = re.compile("[¥￥元圆块]|rmb|cny", re.IGNORECASE)  # zh only
_SCALES = {"万": 10_000, "亿": 100_000_000}  # zh only
_LONGEST_NUMBER = 30
"""Characters; more digits than any amount of money has."""
_EXACTLY = Context(prec=2 * _LONGEST_NUMBER)
"""Rounds no number that is short enough to be parsed; the usual 28 digits would."""


def number(raw: RawValue, _: Choices) -> Parsed:
    """Read an amount of money, exactly as the clerk sees it, as a Decimal."""
    if isinstance(raw, float):
        return invalid(codes.OUT_OF_RANGE, raw) if abs(raw) >= EXACT else Parsed(to_decimal(raw))
    if not isinstance(raw, str):
        return invalid(codes.UNPARSABLE, raw)
    if is_blank_word(raw):
        return blank(raw)
    written = re.sub(
        r"\s+(?!\d)|(?<!\d)\s+", "", to_halfwidth(strip_blanks(raw))
    )  # a blank between digits may be a lost point
    match = _NUMBER.fullmatch(written) if len(written) <= _LONGEST_NUMBER else None
    if not match or not (match[3] or (match[4] or ".") != ".") or (match[1] and match[2]):
        return invalid(codes.UNPARSABLE, raw)
    digits = f"{match[1] or match[2]}{re.sub('[, ]', '', match[3] or '0')}{match[4] or ''}"
    value = without_point(_EXACTLY.normalize(_EXACTLY.multiply(Decimal(digits), Decimal(_SCALES.get(match[5], 1)))))
    if len(f"{value:f}") > _LONGEST_NUMBER:
        return invalid(codes.UNPARSABLE, raw)
    if written not in (digits, digits.removeprefix("+")):
        return corrected(value, raw, codes.FIX_UNIT)
    return corrected(
        value, raw, codes.FIX_NUMBER if strip_blanks(raw) == to_halfwidth(strip_blanks(raw)) else codes.FIX_WIDTH
    )


def quantity(raw: RawValue, choices: Choices) -> Parsed:
    """Read how many there are; with a sign of money it stands in the wrong column."""
    if isinstance(raw, str) and _MONEY.search(to_halfwidth(raw)):
        return invalid(codes.UNPARSABLE, raw)
    return number(raw, choices)


def integer(raw: RawValue, choices: Choices) -> Parsed:
    """Read a whole number as an int; one with a fraction stays a Decimal, and the range check refuses it."""
    reading = quantity(raw, choices)
    value = reading.value
    return reading._replace(value=int(value)) if isinstance(value, Decimal) and value == int(value) else reading


def score(raw: RawValue, choices: Choices) -> Parsed:
    """Read a rating: ``5`` or ``5分``."""
    if isinstance(raw, str) and (stripped := strip_blanks(raw)).endswith("分"):  # zh only
        reading = integer(stripped[:-1], choices)
        return corrected(reading.value, raw, codes.FIX_UNIT) if reading.ok else invalid(codes.UNPARSABLE, raw)
    return integer(raw, choices)


def percent(raw: RawValue, choices: Choices) -> Parsed:
    """Read a share: ``13%`` typed as text is 0.13; a bare 13 is beyond the range, which says so."""
    if isinstance(raw, str) and (stripped := to_halfwidth(strip_blanks(raw))).endswith("%"):
        reading = quantity(stripped[:-1], choices)
        if not isinstance(reading.value, Decimal):
            return invalid(codes.UNPARSABLE, raw)
        value = (reading.value / 100).normalize()
        return Parsed(value, codes.FIX_NUMBER, {"before": raw, "after": f"{reading.value:f}%"})
    return quantity(raw, choices)
