"""Parse phone numbers: what is accepted is a number of one of these kinds, or several of them.

A mobile of 11 digits, a landline with its area code, a service line (400, 800), each with an extension or not, and a
number from abroad that begins with its country's code.
"""

import re
from functools import lru_cache

from ...problems import codes
from ..column_type import Choices, Parsed, RawValue
from .text import blank, corrected, invalid, is_blank_word, number_digits, strip_blanks, to_halfwidth

_CALLED = re.compile(r"(?:电话|手机号?|座机|tel|phone|mobile)[:.]?", re.IGNORECASE)  # zh only
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#|-)[:.]?(\d{1,6})", re.IGNORECASE | re.ASCII)  # zh only
_IN_BRACKETS = re.compile(r"\((?:转|分机)?(\d{1,6})\)$", re.ASCII)  # zh only
_MOBILE = re.compile(r"(1[3-9]\d)-?(\d{4})-?(\d{4})", re.ASCII)
PLAIN_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))-?([1-9]\d{6,7})", re.ASCII)
_SERVICE = re.compile(r"([48]00)-?(\d{3})-?(\d{4})", re.ASCII)
_HIDDEN_DIRECTION = dict.fromkeys(
    map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)  # phones are pasted with them
_SEVERAL = re.compile(r"[、,;/\n]+|或| {2,}")  # zh only


def phone(raw: RawValue, _: Choices) -> Parsed:
    """Read a phone number or several; a mobile comes out bare, a landline as ``0755-12345678-801``."""
    if isinstance(raw, float):
        written = number_digits(raw)
        found = _canonical(written) or _canonical(f"0{written}")  # Excel drops the 0 of 0755
        return corrected(found, raw, codes.FIX_TEXT) if found else invalid(codes.NOT_A_PHONE, raw)
    if not isinstance(raw, str):
        return invalid(codes.NOT_A_PHONE, raw)
    if is_blank_word(raw):
        return blank(raw)
    written = strip_blanks(to_halfwidth(raw).translate(_HIDDEN_DIRECTION))
    numbers = [number for part in _SEVERAL.split(written) if part.strip() for number in _numbers(part)]
    if not numbers or not all(numbers):
        return invalid(codes.NOT_A_PHONE, raw)
    found = "、".join(dict.fromkeys(filter(None, numbers)))  # zh only
    return Parsed(raw) if found == raw else corrected(found, raw, codes.FIX_PHONE)


def _numbers(written: str) -> list[str | None]:
    """Return one number or, where each word is a whole one, several."""
    whole = _canonical(written)
    return [whole] if whole else [_canonical(word) for word in written.split()]


@lru_cache(20_000)
def _canonical(written: str) -> str | None:
    """Return one number in its usual spelling, ``None`` where it is none."""
    bare = _CALLED.sub("", re.sub(r"[\s.·]", "", written).lower(), count=1)
    bare = re.sub(r"[()]", "", _IN_BRACKETS.sub(r"-\1", bare))
    home = re.sub(r"^(?:\+|00)86-?|^86-?(?=1[3-9]\d{9}$)|^86-", "", bare)
    if home.startswith(("+", "00")):
        return _international("+" + home.removeprefix("+").removeprefix("00"))
    home = re.sub(r"^0(?=1[3-9]\d{9}$)", "", home)
    digits = home.replace("-", "")
    spellings = [home, digits] if home == bare else [home, digits, f"0{home}"]  # +86 755 … leaves the 0 out
    return next((found for spelling in spellings if (found := _domestic(spelling))), None)


def _domestic(bare: str) -> str | None:
    for pattern, joint in ((_MOBILE, ""), (_LANDLINE, "-"), (_SERVICE, "-")):
        if match := pattern.match(bare):
            rest = bare[match.end() :]
            extension = _EXTENSION.fullmatch(rest) if rest else None
            if not rest or extension:
                return "-".join([joint.join(match.groups()), *(extension.groups() if extension else ())])
    return None


def _international(written: str) -> str | None:
    import phonenumbers

    number, *extension = re.split(r"(?:转|分机|ext\.?|x|#)[:.]?", written, maxsplit=1)  # zh only
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed) or not all(part.isascii() and part.isdigit() for part in extension):
        return None
    formatted = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return " x".join([formatted, *extension])
