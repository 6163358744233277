"""Phones, e-mail addresses and choices: what people write, and what is meant."""

import re
from functools import cache

from .. import codes
from ..words import say
from .kinds import Choices, Raw, Reading
from .spellings import NOTHING, bad, fixed, narrow, plain, shown, text, tidy

_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#|-)[:.]?(\d{1,6})", re.I)  # zh only
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))-?([2-9]\d{6,7})")
_SERVICE = re.compile(r"([48]00)-?(\d{3})-?(\d{4})")
_SEVERAL = re.compile(r"[、,，;；/\n]+| {2,}")  # zh only
_SEPARATORS = re.compile(r"[、,，;；/|\n]+")  # zh only
_PLAIN_EMAIL = re.compile(r"[a-z0-9](?:[a-z0-9_+-]|\.(?!\.))*(?<!\.)@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.I)
_RESERVED = (".test", ".example", ".invalid", ".localhost", ".local", "example.com", "example.org", "example.net")


def phone(raw: Raw, _: Choices) -> Reading:
    """Read a phone number or several; a mobile comes out bare, a landline as ``0755-12345678-801``."""
    if isinstance(raw, float):
        written = plain(raw)
        found = _canonical(written)
        return fixed(found, raw, codes.FIX_TEXT) if found else bad(codes.NOT_A_PHONE, raw)
    if not isinstance(raw, str):
        return bad(codes.NOT_A_PHONE, raw)
    written = narrow(tidy(raw))
    if written.lower() in NOTHING:
        return Reading(None, codes.FIX_BLANK, {"before": raw, "after": ""})
    numbers = [_canonical(part) for part in _SEVERAL.split(written) if part.strip()]
    if not numbers or not all(numbers):
        return bad(codes.NOT_A_PHONE, raw)
    found = "、".join(filter(None, numbers))  # zh only
    return Reading(raw) if found == raw else fixed(found, raw, codes.FIX_PHONE)


@cache
def _canonical(written: str) -> str | None:
    """Return one number in its usual spelling, ``None`` where it is none."""
    bare = re.sub(r"[\s()（）.·]", "", written.strip()).replace("—", "-").replace("–", "-").lower()  # noqa: RUF001 - dashes people type
    bare = re.sub(r"^(?:\+|00)86-?|^86-?(?=1[3-9]\d{9}$)", "", bare)
    if bare.startswith(("+", "00")):
        return _international("+" + bare.removeprefix("+").removeprefix("00"))
    if _MOBILE.fullmatch(digits := bare.replace("-", "")):
        return digits
    for pattern in (_LANDLINE, _SERVICE):
        if match := pattern.match(bare):
            rest = bare[match.end():]
            extension = _EXTENSION.fullmatch(rest) if rest else None
            if not rest or extension:
                return "-".join([*match.groups(), *(extension.groups() if extension else ())])
    digits_match = _LANDLINE.fullmatch(digits)
    return "-".join(digits_match.groups()) if digits_match else None


def _international(written: str) -> str | None:
    import phonenumbers

    number, *extension = re.split(r"(?:ext\.?|x|#|转)", written, maxsplit=1)  # zh only
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    formatted = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return "-".join([formatted, *extension])


def email(raw: Raw, choices: Choices) -> Reading:
    """Read an e-mail address; nobody is asked over the network whether it exists."""
    if not isinstance(raw, str):
        return bad(codes.NOT_AN_EMAIL, raw)
    written = "".join(narrow(tidy(raw)).split()).removeprefix("mailto:")
    if written.lower() in NOTHING:
        return Reading(None, codes.FIX_BLANK, {"before": raw, "after": ""})
    local, _, domain = written.rpartition("@")
    address = f"{local}@{domain.lower()}"
    if not (_PLAIN_EMAIL.fullmatch(address) or _unusual_email(address)):
        return bad(codes.NOT_AN_EMAIL, raw)
    if domain.lower().endswith(_RESERVED):
        return Reading(address, codes.ODD_EMAIL, {"value": raw})
    return Reading(raw) if address == raw else fixed(address, raw, codes.FIX_EMAIL)


@cache
def _unusual_email(address: str) -> bool:
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError as refusal:
        return "special-use" in str(refusal)
    return True


def choice(raw: Raw, choices: Choices) -> Reading:
    """Read one choice: its value, its English, or an alias."""
    if choices.only_suggested:
        reading = text(raw, choices)
        found = _chosen(reading.value, choices) if reading.understood else None
        return fixed(found, raw, codes.FIX_CHOICE) if found not in (None, reading.value) else reading
    written = shown(raw)
    if written in choices.values:
        return Reading(written)
    found = _chosen(written, choices)
    if found is None:
        return bad(codes.NOT_A_CHOICE, raw)
    return Reading(found) if written == say(found, "en") else fixed(found, raw, codes.FIX_CHOICE)


def several(raw: Raw, choices: Choices) -> Reading:
    """Read several choices, separated by 、 or by what people use instead."""
    if not isinstance(raw, str):
        return choice(raw, choices)
    written = [part for part in map(tidy, _SEPARATORS.split(raw)) if part]
    found = [_chosen(part, choices) for part in written]
    if not found or not all(found):
        unknown = "、".join(part for part, value in zip(written, found, strict=True) if value is None)  # zh only
        return bad(codes.NOT_A_CHOICE, unknown or raw)
    values = tuple(dict.fromkeys(value for value in found if value))
    spellings = {"、".join(values), "、".join(say(value, "en") for value in values)}  # zh only
    return Reading(values) if raw in spellings else fixed(values, raw, codes.FIX_SEPARATOR)


def _chosen(written: str, choices: Choices) -> str | None:
    return _spellings(choices.values, tuple(choices.aliases.items())).get(_folded(written))


@cache
def _spellings(values: tuple[str, ...], aliases: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Every spelling of a list, folded, and the value it stands for."""
    pairs = [*((alias, value) for alias, value in aliases), *((say(v, "en"), v) for v in values), *((v, v) for v in values)]
    return {_folded(spelling): value for spelling, value in pairs}


def _folded(written: str) -> str:
    return "".join(narrow(tidy(written)).split()).casefold()


