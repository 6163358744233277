"""Parse e-mail addresses."""

import re
from functools import lru_cache

from ...problems import codes
from ..column_type import Choices, Parsed, RawValue
from .text import blank, corrected, invalid, is_blank_word, strip_blanks, to_halfwidth

_SENT_BY = re.compile(r"(?:mailto|e-?mail|邮箱|电子邮箱):", re.IGNORECASE)  # zh only
_PLAIN_EMAIL = re.compile(
    r"(?=.{1,64}@)[a-z0-9](?:[a-z0-9_+-]|\.(?!\.))*(?<!\.)@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}",
    re.IGNORECASE | re.ASCII,
)
_RESERVED = (".test", ".example", ".invalid", ".localhost", ".local", ".example.com", ".example.org", ".example.net")


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
