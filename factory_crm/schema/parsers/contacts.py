"""Phones, e-mail addresses and choices: what people write, and what is meant."""

import re
import unicodedata
from functools import cache, lru_cache

from ...i18n.translate import LIST_SEPARATOR, ChoiceText, Language, LazyFormat, translate
from ...problems import codes
from ...problems.codes import Code
from ..column_type import Choices, Parsed, RawValue
from .suggest import suggestions
from .text import (
    blank,
    corrected,
    display_text,
    invalid,
    is_blank_word,
    number_digits,
    strip_blanks,
    text,
    to_halfwidth,
)

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
_SEPARATORS = re.compile(r"[、,，;；/|\n]+")  # zh only
JOINED: tuple[tuple[Language, str], ...] = (*LIST_SEPARATOR.items(), ("en", LIST_SEPARATOR["zh"]))
"""In which language several choices may stand in a cell, and what stands between them."""
_SENT_BY = re.compile(r"(?:mailto|e-?mail|邮箱|电子邮箱):", re.IGNORECASE)  # zh only
_PLAIN_EMAIL = re.compile(
    r"(?=.{1,64}@)[a-z0-9](?:[a-z0-9_+-]|\.(?!\.))*(?<!\.)@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}",
    re.IGNORECASE | re.ASCII,
)
_RESERVED = (".test", ".example", ".invalid", ".localhost", ".local", ".example.com", ".example.org", ".example.net")


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


def email(raw: RawValue, choices: Choices) -> Parsed:
    """Read an e-mail address; nobody is asked over the network whether it exists."""
    if not isinstance(raw, str):
        return invalid(codes.NOT_AN_EMAIL, raw)
    if is_blank_word(raw):
        return blank(raw)
    written = (
        _SENT_BY.sub("", "".join(to_halfwidth(strip_blanks(raw)).split()), count=1).replace("。", ".").rstrip(".,;、")
    )  # zh only
    local, _, domain = written.rpartition("@")
    address = f"{local}@{domain.lower()}"
    if not (_PLAIN_EMAIL.fullmatch(address) or _unusual_email(address)):
        return invalid(codes.NOT_AN_EMAIL, raw)
    if address != raw:
        return corrected(address, raw, codes.FIX_EMAIL)
    return Parsed(raw, codes.UNUSUAL_EMAIL, {"value": raw}) if f".{domain}".endswith(_RESERVED) else Parsed(raw)


@lru_cache(20_000)
def _unusual_email(address: str) -> bool:
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(address, check_deliverability=False, strict=True)
    except EmailNotValidError as refusal:
        return "special-use" in str(refusal)
    return True


def choice(raw: RawValue, choices: Choices) -> Parsed:
    """Read one choice: its value, its English, or an alias."""
    written = display_text(raw)
    if written in choices.values:
        return Parsed(written)
    found = _chosen(written, choices)
    if found is not None and written == translate(found, "en"):
        return Parsed(found)
    if found is None and is_blank_word(written):
        return blank(raw)
    if choices.open_list:
        reading = text(raw, choices)
        if found is None or not reading.ok or found == reading.value:
            return reading
    return _no_choice([written], choices) if found is None else _chosen_as(found, raw, codes.FIX_CHOICE)


def multiple_choice(raw: RawValue, choices: Choices) -> Parsed:
    """Read several choices, separated by 、 or by what people use instead."""
    if not isinstance(raw, str) or is_blank_word(raw):
        return choice(raw, choices)
    written = [part for part in map(strip_blanks, _SEPARATORS.split(raw)) if part]
    if any(_chosen(part, choices) is None for part in written):  # blanks may stand between them, or within one
        written = [word for part in written for word in ([part] if _chosen(part, choices) else part.split())]
    found = [_chosen(part, choices) for part in written]
    if not found or not all(found):
        return _no_choice([part for part, value in zip(written, found, strict=True) if value is None] or [raw], choices)
    values = tuple(dict.fromkeys(value for value in found if value))
    if any(raw == joint.join(translate(value, language) for value in values) for language, joint in JOINED):
        return Parsed(values)
    return _chosen_as(
        values,
        raw,
        codes.FIX_CHOICE if LIST_SEPARATOR["zh"].join(written) == strip_blanks(raw) else codes.FIX_SEPARATOR,
    )


def _chosen_as(value: str | tuple[str, ...], raw: RawValue, code: Code) -> Parsed:
    return Parsed(value, code, {"before": display_text(raw), "after": ChoiceText(display_text(value))})


def _no_choice(unknown: list[str], choices: Choices) -> Parsed:
    near = suggestions(_normalize_choice(unknown[0]), _spellings(choices.values, tuple(choices.aliases.items())))
    hint = {"hint": LazyFormat("最接近的选项是「{nearest}」", {"nearest": ChoiceText(near)})} if near else {}
    return invalid(codes.NOT_A_CHOICE, "、".join(unknown), **hint)  # zh only


def _chosen(written: str, choices: Choices) -> str | None:
    return _spellings(choices.values, tuple(choices.aliases.items())).get(_normalize_choice(written))


@cache
def _spellings(values: tuple[str, ...], aliases: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Every spelling of a list, folded, and the value it stands for."""
    pairs = [
        *((alias, value) for alias, value in aliases),
        *((translate(v, "en"), v) for v in values),
        *((v, v) for v in values),
    ]
    return {_normalize_choice(spelling): value for spelling, value in pairs}


def _normalize_choice(written: str) -> str:
    return "".join(unicodedata.normalize("NFKC", strip_blanks(written)).split()).casefold()
