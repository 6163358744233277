"""The operators and functions of the rule language, each function with its Python, its Excel and its words: the only list of them."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any, Literal

from ...xlsx.dates import EPOCH, FIRST_YEAR, day_number

BaseType = Literal["text", "number", "day", "moment", "truth"]
"""What a value is at bottom: how it compares, and what an Excel cell holds for it."""


COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the rule language; ``excel`` and ``words`` are templates over its arguments."""

    python: Callable[..., Any]
    excel: str
    words: str
    gives: BaseType
    wants: tuple[BaseType, ...] = ("number",)
    """What each argument has to be; a number may be a day or a moment as well."""

    def takes(self, count: int) -> bool:
        """Whether it may be called with that many arguments."""
        return count == len(self.wants)


def half_up(number: Any, places: Any = 0) -> Decimal:
    """Round halves away from zero, as Excel does; Python would round them to even."""
    exact = number if type(number) is Decimal else Decimal(serial(number))
    return exact.quantize(_unit(places), ROUND_HALF_UP)


@cache
def _unit(places: Any) -> Decimal:
    return Decimal(1).scaleb(-int(places))


def serial(value: Any) -> Any:
    """Return days and moments as the numbers they are in Excel, so that their difference is a number of days."""
    if type(value) is Decimal:
        return value
    if isinstance(value, datetime):
        since = value - EPOCH
        return Decimal(since.days) + Decimal(since.seconds) / 86400
    return Decimal(day_number(value)) if isinstance(value, date) else value


def _date(year: Any, month: Any, day: Any) -> date:
    """Return a date as Excel does: month 13 is next January, day 0 the last of the month before."""
    years, months = divmod(int(month) - 1, 12)
    first = int(year) + years
    if not FIRST_YEAR <= first <= date.max.year:
        raise ArithmeticError(f"Excel knows no year {first}")
    return date(first, months + 1, 1) + timedelta(int(day) - 1)


def _length(number: Any) -> int:
    if number < 0:
        raise ArithmeticError("Excel cuts no text to less than nothing")
    return int(number)


def _left(text: str, length: Any) -> str:
    return text[: _length(length)]


def _right(text: str, length: Any) -> str:
    return text[max(len(text) - _length(length), 0) :]


def _trim(text: str) -> str:
    return " ".join(part for part in text.split(" ") if part)


_TWO: tuple[BaseType, BaseType] = ("number", "number")
_CUT: tuple[BaseType, BaseType] = ("text", "number")

FUNCTIONS: dict[str, Function] = {
    "round": Function(half_up, "ROUND({0},{1})", "{0}", "number", _TWO),
    "abs": Function(lambda n: abs(serial(n)), "ABS({0})", "{0} 的绝对值", "number"),
    "int": Function(
        lambda n: Decimal(serial(n)).to_integral_value("ROUND_FLOOR"), "INT({0})", "{0} 的整数部分", "number"
    ),
    "min": Function(lambda a, b: min(serial(a), serial(b)), "MIN({0},{1})", "{0} 与 {1} 中较小的", "number", _TWO),
    "max": Function(lambda a, b: max(serial(a), serial(b)), "MAX({0},{1})", "{0} 与 {1} 中较大的", "number", _TWO),
    "year": Function(lambda day: Decimal(day.year), "YEAR({0})", "{0} 的年份", "number", ("moment",)),
    "month": Function(lambda day: Decimal(day.month), "MONTH({0})", "{0} 的月份", "number", ("moment",)),
    "day": Function(lambda day: Decimal(day.day), "DAY({0})", "{0} 的日", "number", ("moment",)),
    "date": Function(_date, "DATE({0},{1},{2})", "{0}-{1}-{2}", "day", (*_TWO, "number")),
    "len": Function(lambda text: Decimal(len(text)), "LEN({0})", "{0} 的字数", "number", ("text",)),
    "left": Function(_left, "LEFT({0},{1})", "{0} 的前 {1} 个字", "text", _CUT),
    "right": Function(_right, "RIGHT({0},{1})", "{0} 的后 {1} 个字", "text", _CUT),
    "upper": Function(str.upper, "UPPER({0})", "{0}", "text", ("text",)),
    "lower": Function(str.lower, "LOWER({0})", "{0}", "text", ("text",)),
    "trim": Function(_trim, "TRIM({0})", "{0}", "text", ("text",)),
    "contains": Function(
        lambda text, part: part in text, "ISNUMBER(FIND({1},{0}))", "{0} 含有 {1}", "truth", ("text", "text")
    ),
}
