"""The functions of the rule language, each with its Python, its Excel and its words: the only list of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

Basis = Literal["text", "number", "day", "moment", "truth"]
"""What a value is at bottom: how it compares, and what an Excel cell holds for it."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the rule language; ``excel`` and ``words`` are templates over its arguments."""

    python: Callable[..., Any]
    excel: str
    words: str
    gives: Basis
    arguments: tuple[int, ...] = (1,)

    def takes(self, count: int) -> bool:
        """Whether it may be called with that many arguments."""
        return count in self.arguments


def half_up(number: Any, places: Any = 0) -> Decimal:
    """Round halves away from zero, as Excel does; Python would round them to even."""
    return Decimal(number).quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)


def _trim(text: str) -> str:
    return " ".join(part for part in text.split(" ") if part)


FUNCTIONS: dict[str, Function] = {
    "round": Function(half_up, "ROUND({0},{1})", "{0}", "number", (2,)),
    "abs": Function(abs, "ABS({0})", "{0} 的绝对值", "number"),
    "int": Function(lambda n: Decimal(n).to_integral_value("ROUND_FLOOR"), "INT({0})", "{0} 的整数部分", "number"),
    "min": Function(min, "MIN({0},{1})", "{0} 与 {1} 中较小的", "number", (2,)),
    "max": Function(max, "MAX({0},{1})", "{0} 与 {1} 中较大的", "number", (2,)),
    "year": Function(lambda day: Decimal(day.year), "YEAR({0})", "{0} 的年份", "number"),
    "month": Function(lambda day: Decimal(day.month), "MONTH({0})", "{0} 的月份", "number"),
    "day": Function(lambda day: Decimal(day.day), "DAY({0})", "{0} 的日", "number"),
    "date": Function(lambda y, m, d: date(int(y), int(m), int(d)), "DATE({0},{1},{2})", "{0}-{1}-{2}", "day", (3,)),
    "len": Function(lambda text: Decimal(len(text)), "LEN({0})", "{0} 的字数", "number"),
    "left": Function(lambda text, n: text[:int(n)], "LEFT({0},{1})", "{0} 的前 {1} 个字", "text", (2,)),
    "right": Function(lambda text, n: text[-int(n):] if n else "", "RIGHT({0},{1})", "{0} 的后 {1} 个字", "text", (2,)),
    "upper": Function(str.upper, "UPPER({0})", "{0}", "text"),
    "lower": Function(str.lower, "LOWER({0})", "{0}", "text"),
    "trim": Function(_trim, "TRIM({0})", "{0}", "text"),
    "contains": Function(lambda text, part: part in text, "ISNUMBER(FIND({1},{0}))", "{0} 含有 {1}", "truth", (2,)),
}
