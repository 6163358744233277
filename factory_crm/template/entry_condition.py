"""What an entry has to meet, as Excel conditions on the cell being typed into. Derived from kind, limits, key and rules."""

import re
from datetime import date
from decimal import Decimal

from ..problems.codes import Severity
from ..schema.column import Column
from ..schema.column_type import LiveCheck
from ..schema.rule import Rule
from ..schema.rules.to_excel import excel
from ..xlsx.dates import day_number
from ..xlsx.formula import quote_text
from .page import FIRST_ROW, EntryPage

LATEST = date(2100, 12, 31)
_SIGNS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}
_ONE_CLASS = re.compile(r"\^\[.*\]\{1,(\d+)\}\$")
_LEAST_PHONE = 7
_TEMPORAL = ("day", "moment")


def entry_condition(page: EntryPage, column: Column) -> str:
    """Return all that an entry has to meet, as one formula; empty where there is nothing.

    ``AND`` asks all its parts even after a failure, so conditions are nested: none is asked before those ahead hold.
    Nothing typed meets them, and so does what can't be judged.
    """
    conditions = [*_of_kind(page, column), *_of_key(page, column), *_of_rules(page, column)]
    if not conditions:
        return ""
    joined = conditions[-1]
    for condition in reversed(conditions[:-1]):
        joined = f"IF({condition},{joined},FALSE)"
    return f"=IFERROR(IF(LEN({_cell(page, column)})=0,TRUE,{joined}),TRUE)"


def is_unique(page: EntryPage, column: Column) -> bool:
    """Whether an entry that repeats a key is refused here: at the last column of the key, the others being there."""
    return column.key and column == page.sheet.key()[-1]


def entry_rules(page: EntryPage, column: Column) -> list[Rule]:
    """Return the rules that Excel can hold to while the cell is typed: errors over two days, shown at this cell."""
    return [rule for rule in page.sheet.rules if rule.at == column.name and _fits(page, rule)]


def _fits(page: EntryPage, rule: Rule) -> bool:
    names = rule.expression.needed
    over_two_days = len(names) == 2 and all(page.sheet.base_type(name) in _TEMPORAL for name in names)  # noqa: PLR2004
    return over_two_days and not rule.expression.asked and rule.code.severity is Severity.ERROR


def _cell(page: EntryPage, column: Column) -> str:
    return f"{page.letters(column.name)}{FIRST_ROW}"


def _of_kind(page: EntryPage, column: Column) -> list[str]:
    cell, limits, kind = _cell(page, column), column.limits, column.column_type
    if kind.base_type in _TEMPORAL:
        first, last = map(day_number, (kind.earliest, LATEST))
        return [f"ISNUMBER({cell})", f"AND({cell}>={first},{cell}<{last + 1})"]
    if kind.base_type == "number":
        bounds = [f"{cell}{sign}{Decimal(str(limits[name])):f}" for name, sign in _SIGNS.items() if name in limits]
        return [f"ISNUMBER({cell})", f"AND({','.join([*bounds, f'ROUND({cell},{kind.scale})={cell}'])})"]
    if kind.live is LiveCheck.EMAIL:
        return [f'ISNUMBER(SEARCH("?*@?*.?*",{cell}))']
    longest = [f"LEN({cell})<={limits['max_length']}"] if "max_length" in limits else []
    if kind.live is LiveCheck.PHONE:
        return [f"LEN({cell})>={_LEAST_PHONE}", *longest]
    return _of_pattern(cell, limits["pattern"]) if "pattern" in limits else longest


def _of_pattern(cell: str, pattern: str) -> list[str]:
    """Return the conditions of a pattern that is one class of characters, repeated: its length and characters, else none."""
    shape = _ONE_CLASS.fullmatch(pattern)
    if not shape:
        return []
    signs = "".join(sign for sign in map(chr, range(33, 127)) if re.fullmatch(pattern, sign))
    padded = f"{cell}&REPT({quote_text(signs[0])},{shape[1]})"  # LibreOffice finds no empty text, Excel does
    every = f"SUMPRODUCT(--ISERR(FIND(MID({padded},ROW($1:${shape[1]}),1),{quote_text(signs)})))=0"
    return [f"LEN({cell})<={shape[1]}", every]


def _of_key(page: EntryPage, column: Column) -> list[str]:
    """Return the condition that a key is unique, compared to the letter: COUNTIF has wildcards and converts numbers."""
    if not is_unique(page, column):
        return []
    return [f"SUMPRODUCT({'*'.join(_same(page, part) for part in page.sheet.key())}*1)=1"]


def _same(page: EntryPage, column: Column) -> str:
    cell, cells = _cell(page, column), page.range(page.place(column.name))
    if isinstance(column.default, int):  # a blank is as good as this number
        return f'({cells}+({cells}="")*{column.default}={cell}+({cell}="")*{column.default})'
    return f"EXACT({cells},{cell})"


def _of_rules(page: EntryPage, column: Column) -> list[str]:
    return [_once_filled(page, column, rule) for rule in entry_rules(page, column)]


def _once_filled(page: EntryPage, column: Column, rule: Rule) -> str:
    """Return the condition of a rule, which holds while the other cell has no day yet."""
    condition = excel(rule.expression, lambda name: _cell(page, page.sheet.column(name)), page.sheet.base_type)
    others = (_cell(page, page.sheet.column(name)) for name in rule.expression.names if name != column.name)
    for other in others:
        condition = f"IF(ISNUMBER({other}),{condition},TRUE)"
    return condition
