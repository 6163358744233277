"""Numbers that a public register gives out, and how they are read."""

from ...problems import codes
from ..column_type import Choices, Parsed, RawValue
from .text import corrected, identifier, invalid

_LENGTH = 18


def credit_code(raw: RawValue, choices: Choices) -> Parsed:
    """Read a unified social credit code; its check digit tells a slip of the pen."""
    reading = identifier(raw, choices)
    if not reading.ok or not isinstance(reading.value, str):
        return reading
    code = reading.value.replace("-", "").upper()
    if len(code) != _LENGTH or not code.isascii() or not code.isalnum():
        return invalid(codes.NOT_A_CREDIT_CODE, raw)
    from stdnum.cn import uscc
    from stdnum.exceptions import ValidationError

    try:
        uscc.validate(code)
    except ValidationError:
        return invalid(codes.NOT_A_CREDIT_CODE, raw)
    return reading if code == reading.value else corrected(code, raw, codes.FIX_WIDTH)
