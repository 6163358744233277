"""What the workbook says of every row beside what Python says of it, problem by problem."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from factory_crm.i18n.translate import Language
from factory_crm.problems import codes
from factory_crm.problems.codes import Severity
from factory_crm.problems.problem import Problem
from factory_crm.schema.column import Column
from factory_crm.schema.parsers.text import strip_blanks, to_halfwidth
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.template.live.cells import LiveProblem
from factory_crm.template.live.checks import PageCheck, live_checks
from factory_crm.template.page import FIRST_ROW, pages
from factory_crm.validation.keys import SheetResult, normalize_id
from factory_crm.validation.workbook import validate_workbook
from tests.template.hostile import Rows

Where = tuple[str, int]
Shown = Mapping[Where, tuple[str, str]]
"""√ or × and the words of a row, by table and row."""

_REPEATED = (codes.DUPLICATE_KEY.name, codes.DUPLICATE_LINE.name)
_UNREADABLE = {"C101", "C102", "C103", "C104", "C110", "C111", "C117", "C301", "C302", "C306", "C310", "C311"}
STANDS_FOR: dict[str, set[str]] = {
    "C103": {"C102", "C104", "C111"},
    "C104": {"C103"},
    "C106": {"C101", "C117", "C301", "C302", "C306", "C311"},
    "C107": {"C112", "C113", "C117", "C301", "C302"},
    "C108": {"C101", "C301", "C302", "C305", "C307", "C311"},
    "C109": {"C301", "C302", "C309", "C311"},
    "C114": {"C118"},
    "C119": {"C101", "C107", "C112", "C117", "C301", "C302", "C307", "C311"},
    "C301": {*_UNREADABLE, "C105", "C106", "C107", "C108", "C109", "C119", "C303", "C304", "C305", "C308", "C309"},
    "C303": _UNREADABLE,
    "C304": _UNREADABLE,
    "C307": {"C107", "C112", "C113"},
    "C308": {"C101", "C106", "C301", "C306", "C311"},
}
"""What the workbook's word for a cell may be to Python, which looks closer: "is text" is a number misspelt, or none."""


@dataclass
class Agreement:
    """Holds a calculated workbook, as it was filled, against Python."""

    schema: WorkbookSchema
    language: Language
    filled: Rows
    path: Path
    shown: Shown
    excused: Counter[str] = field(default_factory=Counter)

    def disagreements(self) -> Iterator[str]:
        """Yield the rows of which they say different things, but for documented exceptions, which are counted."""
        for where in sorted(self.shown.keys() | self._expected.keys()):
            if any(problem.code is codes.NOT_A_RECORD for problem in self._problems.get(where, [])):
                self.excused["合计和表尾"] += 1
                continue
            told = list(self._told(where))
            sign, words = self.shown.get(where, ("", ""))
            for fault in self._faults(where, sign, told):
                python = [f"{problem.code.name} {problem.message()}" for problem in self._problems.get(where, [])]
                yield f"{where}: {fault}; the workbook says {sign} {words!r}, Python {python}"

    def _faults(self, where: Where, sign: str, told: list[LiveProblem]) -> Iterator[str]:
        before = self.excused.total()
        yield from self._cells(where, told)
        yield from self._rules(where, told)
        if sign != self._expected.get(where, "") and self.excused.total() == before:
            yield f"it should be {self._expected.get(where, '')!r}"

    def _cells(self, where: Where, told: list[LiveProblem]) -> Iterator[str]:
        """Both name the same cells, and mean the same by it."""
        ours = {item.column.name: item.code.name for item in told if item.code.name.startswith("C")}
        theirs = {name: code for name, code in self._python(where) if code.startswith("C")}
        for name in ours.keys() | theirs.keys():
            mine, other = ours.get(name, ""), theirs.get(name, "")
            if mine != other and other not in STANDS_FOR.get(mine, ()) and not self._excuse(where, name, mine, other):
                yield f"{name} is {mine or 'in order'} here, {other or 'in order'} there"

    def _rules(self, where: Where, told: list[LiveProblem]) -> Iterator[str]:
        """Both name the same broken rules; the workbook waits where a cell of the rule is to be mended first."""
        bad = {
            item.column.name for item in told if item.code.name.startswith("C") or item.code is codes.UNKNOWN_REFERENCE
        }
        ours = {(item.column.name, item.code.name) for item in told if not item.code.name.startswith("C")}
        theirs = {(name, code) for name, code in self._python(where) if not code.startswith("C")}
        for name, code in sorted(theirs - ours):
            behind = self._behind(where[0], name, code)
            if not bad & behind and not self._excepted(where, behind) and not self._waits(where, name, code):
                yield f"{code} at {name} is missed"
        for name, code in sorted(ours - theirs):
            if not self._excepted(where, self._behind(where[0], name, code)) and not self._waits(where, name, code):
                yield f"{code} at {name} is wrongly told"

    def _behind(self, table: str, name: str, code: str) -> set[str]:
        """The columns on which a rule, or a comparison between rows, rests."""
        sheet = self.schema.sheet(table)
        names = {name, *(r for rule in sheet.rules if rule.code.name == code for r in rule.expression.names)}
        if code == codes.INCONSISTENT.name:
            names |= {part for part, others in sheet.consistent_within.items() if name in others}
        if code in _REPEATED:
            names |= {column.name for column in sheet.key()}
        names |= {sheet.line_reference[name]} if name in sheet.line_reference else set()
        for column in (sheet.column(name) for name in tuple(names)):
            names |= set(column.formula.names) if column.formula else set()
        return names

    def _excuse(self, where: Where, name: str, mine: str, other: str) -> bool:
        """Whether a documented exception speaks of the cell."""
        table, row = where
        column = self.schema.sheet(table).column(name)
        if column.lookup and codes.OVERWRITTEN.name in (mine, other):
            raw = self.filled[table][row - FIRST_ROW].get(name)
            if isinstance(raw, str) and to_halfwidth(raw) != raw:
                self.excused["自动带出的名称只差全角"] += 1
                return True
            return self._waits(where, name, codes.OVERWRITTEN.name)
        reason = _exception(self.schema, column, self.filled[table][row - FIRST_ROW].get(name))
        self.excused.update([reason] if reason else [])
        return bool(reason)

    def _waits(self, where: Where, name: str, code: str) -> bool:
        """Whether a row of the same number, here or where it is referred to, is itself to be mended in what matters."""
        table = where[0]
        sheet = self.schema.sheet(table)
        column = sheet.column(sheet.column(name).lookup or sheet.line_reference.get(name, name))
        number = self._value(where, column.name)
        target, key = table, sheet.key()[0].name
        if code in (codes.UNKNOWN_REFERENCE.name, codes.UNKNOWN_LINE.name, codes.OVERWRITTEN.name):
            target = column.references
        elif code == codes.INCONSISTENT.name:
            key = next(part for part, names in sheet.consistent_within.items() if name in names)
            number = self._value(where, key)
        elif code in _REPEATED:
            number = self._value(where, key)
        else:
            return False
        key = key if target == table else self.schema.sheet(target).key()[0].name
        of_target = self.schema.sheet(target)
        matter = {key, name, of_target.display_column, *(column.name for column in of_target.key())}
        for other in self._book[target].rows:
            there = (target, other.number)
            if there != where and number is not None and normalize_id(self._value(there, key)) == normalize_id(number):
                told = {item.column.name for item in self._told(there) if item.code.name.startswith("C")}
                if told & matter or self._excepted(there, matter):
                    self.excused["另一行还没改好"] += 1
                    return True
                if code in _REPEATED and self._two_languages(where, there):
                    self.excused["选项的中英文混用"] += 1
                    return True
        return False

    def _two_languages(self, one: Where, other: Where) -> bool:
        """Whether a choice that is part of their key stands in other words in each."""
        table, row = one
        names = [column.name for column in self.schema.sheet(table).key() if column.choices]
        first, second = (self.filled[table][at - FIRST_ROW] for at in (row, other[1]))
        return any(first.get(name) != second.get(name) for name in names)

    def _excepted(self, where: Where, names: set[str]) -> bool:
        table, row = where
        sheet = self.schema.sheet(table)
        cells = [(c, self.filled[table][row - FIRST_ROW].get(c.name)) for c in sheet.columns if c.name in names]
        reasons = {reason for column, raw in cells if (reason := _exception(self.schema, column, raw))}
        self.excused.update(reasons)
        return bool(reasons)

    def _value(self, where: Where, name: str) -> Any:
        checked = self._book[where[0]]
        return next((checked.value(row, name) for row in checked.rows if row.number == where[1]), None)

    def _told(self, where: Where) -> Iterator[LiveProblem]:
        """What the words of a row say, problem by problem; nothing else may stand there."""
        words = self.shown.get(where, ("", ""))[1]
        spoken = self._spoken[where[0]]
        while words:
            found = max((text for text in spoken if words.startswith(text)), key=len, default="")
            assert found, f"{where}: nobody declared {words!r}"
            yield spoken[found]
            words = words[len(found) :]

    def _python(self, where: Where) -> Iterator[tuple[str, str]]:
        rules = {rule.code.name for rule in self.schema.sheet(where[0]).rules}
        columns = self._book[where[0]].layout.columns
        for problem in self._problems.get(where, []):
            if problem.severity is not Severity.WARNING or problem.code.name in rules:
                yield columns[problem.location.column].name, problem.code.name

    @cached_property
    def _checks(self) -> Mapping[str, PageCheck]:
        prepared = max(map(len, self.filled.values()))
        return {
            check.plan.page.sheet.table: check for check in live_checks(pages(self.schema, self.language, prepared))
        }

    @cached_property
    def _spoken(self) -> Mapping[str, Mapping[str, LiveProblem]]:
        return {
            table: {item.in_language(self.language): item for item in check.items}
            for table, check in self._checks.items()
        }

    @cached_property
    def _whole(self) -> Any:
        return validate_workbook(self.path, self.schema)

    @property
    def _book(self) -> Mapping[str, SheetResult]:
        return self._whole.sheets

    @cached_property
    def _problems(self) -> Mapping[Where, list[Problem]]:
        tables = {checked.location.sheet: table for table, checked in self._book.items()}
        found: dict[Where, list[Problem]] = {}
        for problem in self._whole.problems:
            if problem.location.sheet in tables and problem.location.row >= FIRST_ROW:
                found.setdefault((tables[problem.location.sheet], problem.location.row), []).append(problem)
        return found

    @cached_property
    def _expected(self) -> Mapping[Where, str]:
        """√ or × for every row that Python takes for a record."""
        there = {(table, row.number) for table, checked in self._book.items() for row in checked.rows}
        bad = {w for w, found in self._problems.items() if any(p.severity is not Severity.WARNING for p in found)}
        return {where: "×" if where in bad else "√" for where in there}


def _exception(schema: WorkbookSchema, column: Column, raw: Any) -> str:
    """The documented exception that speaks of a cell, empty where none does."""
    if isinstance(raw, bool) or (
        isinstance(raw, float) and column.column_type.base_type in ("day", "moment") and raw < 61
    ):
        return "LibreOffice"
    if not isinstance(raw, str):
        return (
            "很大的数"
            if isinstance(raw, float) and abs(raw) >= 10**9 and column.column_type.base_type == "number"
            else ""
        )
    if not strip_blanks(raw):
        return "只有少见空白字符的格子"
    if any(ord(sign) > 0xFFFF for sign in raw):
        return "字数"
    kind = column.column_type.name
    if kind == "phone" and (raw.startswith("+") or "、" in raw):
        return "国外电话和一格几个号码"
    if kind == "email" and not raw.isascii():
        return "少见的邮箱写法"
    if column.choices and schema.choices_of(column).open_list and not raw.isascii():
        return "可选可填的列"
    return ""
