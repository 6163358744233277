"""Excel's own validation of a column: what it lets in, what it says before and after. Derived from kind, limits and rules.

A cell can hold one validation only, so kind, uniqueness and rules are joined in one; ``AND`` does not stop at the first
failure, so they are joined by nested ``IF``.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from ..codes import Severity
from ..contract.renderings import excel
from ..contract.sheet import Column, Condition, Rule
from ..words import Word, say
from .formulas import is_card_reference, text
from .page import FIRST_ROW, Page, choices_name, list_name
from .standing import example, picks, standing

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
TITLE_UNITS, MESSAGE_UNITS = 32, 255
"""What Excel allows, in UTF-16 units."""
_DAY_ZERO = date(1899, 12, 30)
_SIGNS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}
_ONE_CLASS = re.compile(r"\^\[.*\]\{1,(\d+)\}\$")
_LEAST_PHONE = 7

Guard = dict[str, Any]
"""Options of XlsxWriter's ``data_validation``."""


def guard(page: Page, column: Column) -> Guard:
    """Return the validation of a column's prepared cells."""
    if column.automatic:
        return automatic_guard(page, say("此列由公式自动得出，不用填。", page.language))
    return {**_test(page, column), **_before(page, column), **_after(page, column)}


def automatic_guard(page: Page, told: str) -> Guard:
    """Return the validation of cells that nobody should type into."""
    title = say("自动列", page.language)
    return {
        "validate": "custom",
        "value": "=FALSE",
        "ignore_blank": False,
        "input_title": fitted(title, TITLE_UNITS),
        "input_message": fitted(told, MESSAGE_UNITS),
        "error_title": fitted(title, TITLE_UNITS),
        "error_message": say("此列由公式自动得出，请按 Esc 取消。", page.language),
    }


def fitted(text: str, units: int) -> str:
    """Return the text, cut to that many UTF-16 units."""
    while len(text.encode("utf-16-le")) > 2 * units:
        text = text.removesuffix("…")[:-1] + "…"
    return text


def _before(page: Page, column: Column) -> Guard:
    """What is shown when the cell is selected."""
    language = page.language
    told = [say(column.hint, language), say("应填{expected}", language, expected=Word(column.kind.expected))]
    if column.kind.several:
        told.append("、".join(say(value, language) for value in page.contract.choices_of(column).values))  # zh only
    elif (shown := example(column, language)) and shown not in told[-1]:
        told.append(say("例：{example}", language, example=shown))
    title = f"{say(column.header, language)} {say(standing(column).sign, language)}"
    return {
        "input_title": fitted(title, TITLE_UNITS),
        "input_message": fitted("\n".join(filter(None, told)), MESSAGE_UNITS),
    }


def _after(page: Page, column: Column) -> Guard:
    """What is said to an entry that is not let in, or let in with a warning."""
    language, header = page.language, Word(column.header)
    told = [say("应填{expected}", language, expected=Word(column.kind.expected))]
    if column.refers and picks(page, column):
        told = [
            say("这个编号还没有登记在「{title}」里", language, title=Word(page.contract.sheet(column.refers).title))
        ]
    if _is_unique(page, column):
        told.append(say("不能与已有的编号重复", language))
    told += [Condition(rule.expression, page.sheet.headers()).say(language) for rule in _rules(page, column)]
    if _style(page, column) == "warning":
        told.append(say("确定要保留吗？", language))
    return {
        "error_title": fitted(say("请检查{header}", language, header=header), TITLE_UNITS),
        "error_message": fitted("\n".join(told), MESSAGE_UNITS),
        "error_type": _style(page, column),
    }


def _style(page: Page, column: Column) -> str:
    """Only what may well be right is let in with a warning: odd contacts, and numbers another workbook may know."""
    elsewhere = column.refers and picks(page, column) and not is_card_reference(column)
    return "warning" if column.kind.lenient or elsewhere else "stop"


def _test(page: Page, column: Column) -> Guard:
    if column.refers and picks(page, column):
        return {"validate": "list", "source": f"={list_name(column.refers)}", "ignore_blank": False}
    if column.kind.several:
        return {"validate": "any"}
    if picks(page, column):
        suggested = page.contract.choices_of(column).only_suggested
        return {"validate": "list", "source": f"={choices_name(column.choices)}", "show_error": not suggested}
    joined = [*_of_key(page, column), *_of_rules(page, column)]
    return (not joined and _plain(column)) or _custom([*_of_kind(page, column), *joined])


def _plain(column: Column) -> Guard:
    """The validation for which Excel has a type of its own; empty where there is none."""
    limits, basis = column.limits, column.kind.basis
    if basis == "day":
        return {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST}
    if basis == "number" and not column.kind.places and {"ge", "le"} <= limits.keys():
        return {"validate": "integer", "criteria": "between", "minimum": limits["ge"], "maximum": limits["le"]}
    if basis == "text" and "pattern" not in limits and not column.kind.lenient and "max_length" in limits:
        return {"validate": "length", "criteria": "<=", "value": limits["max_length"]}
    return {}


def _custom(conditions: list[str]) -> Guard:
    """Join conditions so that none is asked before those ahead of it hold; what can't be judged is let in."""
    if not conditions:
        return {"validate": "any"}
    joined = conditions[-1]
    for condition in reversed(conditions[:-1]):
        joined = f"IF({condition},{joined},FALSE)"
    return {"validate": "custom", "value": f"=IFERROR({joined},TRUE)"}


def _cell(page: Page, column: Column) -> str:
    return f"{page.letters(column.name)}{FIRST_ROW}"


def _of_kind(page: Page, column: Column) -> list[str]:
    cell, limits, kind = _cell(page, column), column.limits, column.kind
    if kind.basis in ("day", "moment"):
        first, last = ((day - _DAY_ZERO).days for day in (EARLIEST, LATEST))
        return [f"ISNUMBER({cell})", f"AND({cell}>={first},{cell}<{last + 1})"]
    if kind.basis == "number":
        bounds = [f"{cell}{sign}{Decimal(str(limits[name])):f}" for name, sign in _SIGNS.items() if name in limits]
        return [f"ISNUMBER({cell})", f"AND({','.join([*bounds, f'ROUND({cell},{kind.places})={cell}'])})"]
    if kind.name == "email":
        return [f'ISNUMBER(SEARCH("?*@?*.?*",{cell}))']
    longest = f"LEN({cell})<={limits['max_length']}" if "max_length" in limits else ""
    if kind.name == "phone":
        return [f"LEN({cell})>={_LEAST_PHONE}", longest]
    return _of_pattern(cell, limits["pattern"]) if "pattern" in limits else list(filter(None, [longest]))


def _of_pattern(cell: str, pattern: str) -> list[str]:
    """Length and signs of a pattern that is one class of characters, repeated; nothing of any other."""
    shape = _ONE_CLASS.fullmatch(pattern)
    if not shape:
        return []
    signs = "".join(sign for sign in map(chr, range(33, 127)) if re.fullmatch(pattern, sign))
    return [f"LEN({cell})<={shape[1]}", f"SUMPRODUCT(--ISERR(FIND(MID({cell},ROW($1:${shape[1]}),1),{text(signs)})))=0"]


def _is_unique(page: Page, column: Column) -> bool:
    """Whether an entry that repeats a key is refused here: at the last column of the key, the others being there."""
    return column.key and column == page.sheet.key()[-1]


def _of_key(page: Page, column: Column) -> list[str]:
    """Equal to the letter, without wildcards or coercion, unlike COUNTIF."""
    if not _is_unique(page, column):
        return []
    return [f"SUMPRODUCT({'*'.join(_same(page, part) for part in page.sheet.key())}*1)=1"]


def _same(page: Page, column: Column) -> str:
    cell, cells = _cell(page, column), page.range(page.place(column.name))
    if isinstance(column.blank, int):  # a blank is as good as this number
        return f'({cells}+({cells}="")*{column.blank}={cell}+({cell}="")*{column.blank})'
    return f"EXACT({cells},{cell})"


def _rules(page: Page, column: Column) -> list[Rule]:
    """The rules that Excel can hold to while the cell is typed: errors over two days, shown at this cell."""
    return [rule for rule in page.sheet.rules if rule.at == column.name and _fits(page, rule)]


def _fits(page: Page, rule: Rule) -> bool:
    names = rule.expression.names
    return (
        rule.code.severity is Severity.ERROR
        and len(names) == len(rule.expression.needed) == 2  # noqa: PLR2004
        and all(page.sheet.basis(name) in ("day", "moment") for name in names)
    )


def _of_rules(page: Page, column: Column) -> list[str]:
    return [_waiting(page, column, rule) for rule in _rules(page, column)]


def _waiting(page: Page, column: Column, rule: Rule) -> str:
    others = [name for name in rule.expression.names if name != column.name]
    condition = excel(rule.expression, lambda name: _cell(page, page.sheet.column(name)), page.sheet.basis)
    for name in others:
        condition = f"IF(ISNUMBER({_cell(page, page.sheet.column(name))}),{condition},TRUE)"
    return condition
