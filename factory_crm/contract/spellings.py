"""How people write texts, numbers, days and moments, and what they mean: normalise first, reject last.

Every function takes a cell that is not blank and returns a ``Reading``; what is understood but oddly written comes with
a fix, what is ambiguous is an error and never a guess.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from .. import codes
from ..codes import Code
from .kinds import Choices, Raw, Reading

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_BAD_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
NOTHING = frozenset({"/", "\\", "-", "--", "—", "——", "无", "没有", "暂无", "n/a", "na", "none", "null", "nil", "空"})  # zh only
_NUMBER = re.compile(r"([+-]?)(?:[¥$￥]|rmb|cny)?([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?(万|亿)?(元|圆|块)?", re.I)  # zh only
_SCALES = {"万": 10_000, "亿": 100_000_000}  # zh only
_DAY = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?|(\d{2})(\d{2}))")  # zh only
_TIME = re.compile(r"(\d{1,2})(?::|时|点)(\d{1,2})(?:[:分](\d{1,2})(?:\.0+)?秒?)?分?")  # zh only
_LOOKS_LIKE_DAY = re.compile(r"\d{1,4}[-/.年]\d{1,2}([-/.月]\d{1,4})?日?")  # zh only
_COMMON_YEARS = range(1990, 2101)
_EXACT = 10 ** 15


def tidy(text: str) -> str:
    """Return the text without invisible characters and outer blanks of any width."""
    return text.translate(INVISIBLE).strip()


def narrow(text: str) -> str:
    """Return full-width letters, digits and signs as plain ones."""
    return unicodedata.normalize("NFKC", text)


def exact(number: float) -> Decimal:
    """Return the digits Excel shows: fifteen of them, however the number is stored."""
    shown = Decimal(format(number, ".15g"))
    return shown.quantize(Decimal(1)) if shown == shown.to_integral_value() else shown


def plain(number: float) -> str:
    """Return a number as its digits: 13800000000.0 is ``13800000000``."""
    return format(exact(number), "f")


def shown(raw: Raw | date | Decimal | tuple[str, ...]) -> str:
    """Return a value as the clerk sees it."""
    match raw:
        case bool():
            return str(raw).upper()
        case float():
            return plain(raw)
        case datetime():
            return raw.isoformat(" ", "minutes") if raw.time() != time() else raw.date().isoformat()
        case time():
            return raw.isoformat("minutes")
        case tuple():
            return "、".join(raw)  # zh only
        case Decimal():
            return format(raw, "f")
    return str(raw)


def fixed(value: Any, raw: Raw, code: Code) -> Reading:
    """Return an understood value together with the spelling proposed for it."""
    return Reading(value, code, {"before": shown(raw), "after": shown(value)})


def bad(code: Code, raw: Raw, **facts: Any) -> Reading:
    """Return a cell that can't be used."""
    return Reading(None, code, {"value": shown(raw), **facts})


def text(raw: Raw, _: Choices) -> Reading:
    """Read prose: outer blanks go, everything else stays as it is."""
    if isinstance(raw, datetime | time):
        return Reading(shown(raw))
    if not isinstance(raw, str):
        return Reading(shown(raw))
    if _BAD_CHARACTERS.search(raw):
        return bad(codes.BAD_CHARACTERS, ascii(raw)[1:-1])
    clean = tidy(raw)
    return Reading(raw) if clean == raw else fixed(clean, raw, codes.FIX_SPACES)


def identifier(raw: Raw, _: Choices) -> Reading:
    """Read the number of a record: digits stay as typed, full-width becomes plain."""
    if isinstance(raw, datetime | time):
        return bad(codes.TURNED_INTO_DATE, raw)
    if isinstance(raw, bool):
        return bad(codes.NOT_A_NUMBER_OF_RECORD, raw)
    if isinstance(raw, float):
        return bad(codes.DIGITS_LOST, raw) if abs(raw) >= _EXACT else fixed(plain(raw), raw, codes.FIX_TEXT)
    if _BAD_CHARACTERS.search(raw):
        return bad(codes.BAD_CHARACTERS, ascii(raw)[1:-1])
    clean = tidy(raw)
    plain_text = "".join(narrow(clean).split())
    if plain_text == raw:
        return Reading(raw)
    return fixed(plain_text, raw, codes.FIX_SPACES if narrow(clean) == clean else codes.FIX_WIDTH)


def number(raw: Raw, _: Choices) -> Reading:
    """Read an amount or a quantity, exactly as the clerk sees it, as a Decimal."""
    if isinstance(raw, float):
        return bad(codes.DIGITS_LOST, raw) if abs(raw) >= _EXACT else Reading(exact(raw))
    if not isinstance(raw, str):
        return bad(codes.NOT_UNDERSTOOD, raw)
    written = "".join(narrow(tidy(raw)).split()).replace("，", ",")
    if written.lower() in NOTHING:
        return Reading(None, codes.FIX_BLANK, {"before": raw, "after": ""})
    match = _NUMBER.fullmatch(written)
    if not match or not (match[3] or match[4]) or (match[1] and match[2]):
        return bad(codes.NOT_UNDERSTOOD, raw)
    digits = f"{match[1] or match[2]}{(match[3] or '0').replace(',', '')}{match[4] or ''}"
    value = Decimal(digits) * _SCALES.get(match[5], 1)
    value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    if written not in (digits, digits.removeprefix("+")):
        return fixed(value, raw, codes.FIX_UNIT)
    return fixed(value, raw, codes.FIX_NUMBER if tidy(raw) == narrow(tidy(raw)) else codes.FIX_WIDTH)


def whole(raw: Raw, choices: Choices) -> Reading:
    """Read a whole number as an int; one with a fraction stays a Decimal, and the range check refuses it."""
    reading = number(raw, choices)
    value = reading.value
    return reading._replace(value=int(value)) if isinstance(value, Decimal) and value == int(value) else reading


def score(raw: Raw, choices: Choices) -> Reading:
    """Read a rating: ``5`` or ``5分``."""
    if isinstance(raw, str) and (stripped := tidy(raw)).endswith("分"):  # zh only
        reading = whole(stripped[:-1], choices)
        return fixed(reading.value, raw, codes.FIX_UNIT) if reading.understood else bad(codes.NOT_UNDERSTOOD, raw)
    return whole(raw, choices)


def day(raw: Raw, choices: Choices) -> Reading:
    """Read a day as a date; the time of a moment is left out and said so."""
    reading = moment(raw, choices)
    if not reading.understood or not isinstance(reading.value, datetime):
        return reading
    return fixed(reading.value.date(), raw, codes.FIX_DATE)


def moment(raw: Raw, _: Choices) -> Reading:
    """Read a day (a date) or a day with its time (a datetime)."""
    if isinstance(raw, datetime):
        return _common(raw.date() if raw.time() == time() else raw, raw)
    if isinstance(raw, bool | time):
        return bad(codes.NOT_UNDERSTOOD, raw)
    if isinstance(raw, float):
        return _from_number(raw)
    written = narrow(tidy(raw))
    if written.lower() in NOTHING:
        return Reading(None, codes.FIX_BLANK, {"before": raw, "after": ""})
    return _from_text(written, raw)


def _common(value: date, raw: Raw) -> Reading:
    return Reading(value) if value.year in _COMMON_YEARS else Reading(value, codes.ODD_DATE, {"value": shown(raw)})


def _from_number(raw: float) -> Reading:
    """20230105 is a day; so is 44927, which is what Excel shows when the format was lost."""
    if raw == int(raw) and (match := _DAY.fullmatch(str(int(raw)))) and (found := _calendar(match)):
        return fixed(found, raw, codes.FIX_DATE)
    if not 32_874 <= raw <= 73_415:  # 1990-01-01 to 2100-12-31
        return bad(codes.NOT_UNDERSTOOD, raw)
    since = datetime(1899, 12, 30) + timedelta(seconds=round(raw * 86400))  # noqa: DTZ001 - workbooks know no time zones
    value = since.date() if raw == int(raw) else since
    return Reading(value, codes.DATE_AS_NUMBER, {"value": plain(raw), "after": shown(value)})


def _from_text(written: str, raw: str) -> Reading:
    head, _, tail = re.sub(r"(?<=\d)T(?=\d)|(?<=[日号])(?=\d)", " ", written).partition(" ")  # zh only
    tail = "".join(tail.split())
    match = _DAY.fullmatch(head)
    if not match:
        return bad(codes.AMBIGUOUS_DATE if _LOOKS_LIKE_DAY.fullmatch(head) else codes.NOT_UNDERSTOOD, raw)
    found = _calendar(match)
    clock = _clock(tail) if tail else time()
    if found is None or clock is None:
        return bad(codes.NO_SUCH_DATE, raw)
    return fixed(datetime.combine(found, clock) if clock != time() else found, raw, codes.FIX_DATE)


def _calendar(match: re.Match[str]) -> date | None:
    year, month, dayof = (int(part) for part in (match[1], match[3] or match[5] or match[7], match[4] or match[6] or match[8]))
    try:
        found = date(year, month, dayof)
    except ValueError:
        return None
    return found if year in _COMMON_YEARS else None


def _clock(written: str) -> time | None:
    match = _TIME.fullmatch(written)
    try:
        return time(*(int(part or 0) for part in match.groups())) if match else None
    except ValueError:
        return None
