"""Numbers that a public register gives out, and how they are read."""

from ...problems import codes
from ..column_type import Choices, Parsed, RawValue
from .text import corrected, identifier, invalid

_LENGTH = 18
_REGION = 8
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""What GB 32100-2015 writes codes with: no I, O, S, V or Z. Each sign is worth its place."""


def credit_code(raw: RawValue, choices: Choices) -> Parsed:
    """Read a unified social credit code; its check digit tells a slip of the pen."""
    reading = identifier(raw, choices)
    if not reading.ok or not isinstance(reading.value, str):
        return reading
    code = reading.value.replace("-", "").upper()
    if len(code) != _LENGTH or not _adds_up(code):
        return invalid(codes.NOT_A_CREDIT_CODE, raw)
    return reading if code == reading.value else corrected(code, raw, codes.FIX_WIDTH)


def _adds_up(code: str) -> bool:
    """Return whether a code starts with the digits of a region, has only its signs, and its weighted sum is 0 mod 31."""
    if not (code.isascii() and code[:_REGION].isdecimal() and all(sign in SIGNS for sign in code)):
        return False
    weights = (*(pow(3, place, 31) for place in range(_LENGTH - 1)), 1)
    return sum(SIGNS.index(sign) * weight for sign, weight in zip(code, weights, strict=True)) % 31 == 0
