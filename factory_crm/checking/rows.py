"""One row: its cells, its computed cells and its rules, all in one pass; one bad cell hides nothing else."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .. import codes
from ..codes import Code
from ..contract.contract import Contract
from ..contract.sheet import Column, Condition, Rule, Sheet
from ..contract.spellings import narrow, shown, tidy
from ..problems import Place, Problem, letters
from ..reading.grid import Broken, Cell, GridRow
from ..reading.headers import Layout
from ..words import Listed, Word
from .cells import Judge, Judged, expectation

BAD = object()
"""Stands for a cell that is filled but can't be used."""
_FOOTER = re.compile(  # what people write below their tables
    r"(本页|本月)?(合计|总计|小计)|(以下|以上)空白|(制表|填表|审核|复核|批准|经办|备注|说明|注)人?(日期)?[:].*|(sub|grand)?total",
    re.IGNORECASE,
)  # zh only


class Row(NamedTuple):
    """A checked row. ``values`` follow the sheet's columns; ``None`` is blank or unusable."""

    number: int
    values: tuple[Any, ...]
    extra: str = ""
    """Unknown columns, as ``header=text``."""
    echoed: Mapping[str, str] = {}
    """What was typed over an echo (ⓐ), by column."""
    rejected_for: tuple[Problem, ...] = ()
    shown: tuple[tuple[str, str], ...] = ()
    """Header and text of each filled cell, kept for rejected rows."""


class RowChecker:
    """Checks the rows of one sheet of one workbook."""

    def __init__(
        self, contract: Contract, sheet: type[Sheet], layout: Layout, place: Place, presumed: Mapping[str, str]
    ) -> None:
        """``place``: the file and sheet · ``presumed``: what a blank reference means (a one-customer card)."""
        self._sheet, self._layout, self._place, self._presumed = sheet, layout, place, presumed
        self._judges = {column.name: Judge(column, contract.choices_of(column)) for column in sheet.columns}
        self._blanks = {column.name: expectation(column, contract.choices_of(column)) for column in sheet.columns}
        self._known = layout.headers.keys() - {*layout.unknown, *layout.doubled}
        self._inputs = {at for at, column in layout.columns.items() if not column.automatic}
        self._at = {column.name: at for at, column in layout.columns.items()}
        self._names = [column.name for column in sheet.columns]
        self._read = [
            (
                column,
                column.name,
                self._at.get(column.name, 0),
                self._judges[column.name],
                column.blank if column.blank is not None else presumed.get(column.name),
            )
            for column in sheet.columns
            if not column.automatic
        ]
        self._echoes = [
            (column.name, at) for column in sheet.columns if column.echoes and (at := self._at.get(column.name))
        ]
        self._computed = [column for column in sheet.columns if column.formula]
        self._rules = [
            rule for rule in sheet.rules if all(name in self._at for name in (rule.at, *rule.expression.names))
        ]
        self._headers = {name: layout.headers[at] for name, at in self._at.items()}
        self._lacking = tuple(
            self._problem(codes.COLUMN_MISSING, layout.header_row, 0, title=Word(sheet.title), header=Word(c.header))
            for c in layout.missing(sheet)
            if c.required and c.name not in presumed
        )

    @property
    def lacking(self) -> tuple[Problem, ...]:
        """The required columns that the sheet has not; every row is rejected for them."""
        return self._lacking

    def check(self, row: GridRow) -> tuple[Row | None, list[Problem]]:
        """Return the typed row, ``None`` where it is no record, and its problems."""
        cells = {cell.column: cell for cell in row.cells if not (isinstance(cell.value, str) and not tidy(cell.value))}
        if self._inputs.isdisjoint(cells) or self._is_header(cells):
            return None, []
        if footer := self._footer(cells):
            return None, [
                self._problem(
                    codes.NOT_A_RECORD,
                    row.number,
                    footer.column,
                    value=_text(footer),
                    header=self._layout.headers[footer.column],
                )
            ]
        values, problems = self._understood(row.number, cells)
        for column in self._computed:
            problems += self._compute(column, row.number, cells, values)
        usable = {name: value for name, value in values.items() if value is not BAD}
        broken = [
            problem
            for rule in self._rules
            if not rule.expression.holds(usable)
            for problem in self._broken(rule, row.number, usable)
        ]
        if broken and problems:
            told = {problem.place for problem in broken}  # a rule says more than "this is blank"
            problems = [p for p in problems if p.code is not codes.BLANK_EXPECTED or p.place not in told]
        problems += broken
        rejecting = self._lacking + tuple(problem for problem in problems if problem.code.rejects)
        return Row(
            row.number,
            tuple([usable.get(name) for name in self._names]),
            self._extra(cells),
            self._echoed(cells),
            rejecting,
            self._shown(cells) if rejecting else (),
        ), problems

    def _is_header(self, cells: Mapping[int, Cell]) -> bool:
        """Whether the header row stands there again, as on printed pages."""
        headers = self._layout.headers
        return all(cell.value == headers.get(at) for at, cell in cells.items())

    def _footer(self, cells: Mapping[int, Cell]) -> Cell | None:
        """Return the cell that says that the row is a total or stands below the table."""
        first = next(cell for at, cell in cells.items() if at in self._inputs)
        if not isinstance(first.value, str) or (first.value.isascii() and "total" not in first.value.lower()):
            return None  # nearly every row
        if not _FOOTER.fullmatch("".join(narrow(first.value).split())):
            return None
        lacks = any(column.required and at not in cells for column, _, at, _, _ in self._read)
        return first if lacks else None

    def _understood(self, number: int, cells: Mapping[int, Cell]) -> tuple[dict[str, Any], list[Problem]]:
        """Read every input cell; this loop sees every cell of every workbook."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for column, name, at, judge, blank in self._read:
            cell = cells.get(at)
            if cell is not None:
                judged = judge(cell.value)
                if (judged.code is not None or cell.formula) and not (
                    judged.code is codes.FIX_BLANK and column.required and blank is None
                ):  # told as a blank below
                    problems += self._noted(cell, name, number, judged)
                if judged.value is not None or judged.bad:
                    values[name] = BAD if judged.bad else judged.value
                    continue
            values[name] = blank
            if blank is None and at:
                problems += self._blank(column, number, at)
        return values, problems

    def _noted(self, cell: Cell, name: str, number: int, judged: Judged) -> Iterator[Problem]:
        header = self._headers[name]
        if judged.code is not None:
            yield self._problem(judged.code, number, cell.column, header=header, **judged.facts)
        elif cell.formula:
            yield self._problem(codes.FORMULA, number, cell.column, header=header, value=shown(judged.value))

    def _blank(self, column: Column, number: int, at: int) -> Iterator[Problem]:
        if column.required:
            yield self._problem(codes.BLANK, number, at, header=self._headers[column.name], **self._blanks[column.name])
        elif column.expected:
            yield self._problem(
                codes.BLANK_EXPECTED,
                number,
                at,
                header=self._headers[column.name],
                costs=Word(column.expected),
                **self._blanks[column.name],
            )

    def _compute(
        self, column: Column, number: int, cells: Mapping[int, Cell], values: dict[str, Any]
    ) -> Iterator[Problem]:
        """A computed cell comes from its formula; what stands there is only compared with it."""
        usable = {name: None if value is BAD else value for name, value in values.items()}
        values[column.name] = found = column.formula.value(usable) if column.formula else None
        cell = cells.get(at := self._at.get(column.name, 0))
        if cell is None or (isinstance(cell.value, Broken) and cell.value.code is codes.NOT_CALCULATED):
            return
        written = self._judges[column.name](cell.value)
        if found is None and (cell.formula or self._lacks_input(column, values)):
            return
        if written.bad or written.value != found:
            yield self._problem(
                codes.OVERWRITTEN,
                number,
                at,
                header=self._headers[column.name],
                value=_text(cell),
                after=shown(found) if found is not None else Word("空白"),
            )

    def _lacks_input(self, column: Column, values: Mapping[str, Any]) -> bool:
        """Whether what a computed cell needs is bad or has to be filled in: that is told there already."""
        names = column.formula.names if column.formula else ()
        return any(
            values[name] is BAD or (values[name] is None and self._sheet.column(name).required) for name in names
        )

    def _broken(self, rule: Rule, number: int, usable: Mapping[str, Any]) -> Iterator[Problem]:
        told = Listed(
            f"{self._headers[name]} {shown(usable[name])}"
            for name in rule.expression.names
            if usable.get(name) is not None
        )
        yield self._problem(
            rule.code,
            number,
            self._at[rule.at],
            header=self._headers[rule.at],
            values=told or Word("都没有填"),
            condition=Condition(rule.expression, self._headers),
        )

    def _problem(self, code: Code, row: int, column: int, **facts: Any) -> Problem:
        return Problem(code, Place(self._place.file, self._place.sheet, row, column), facts)

    def _extra(self, cells: Mapping[int, Cell]) -> str:
        return "; ".join(
            [
                f"{self._layout.headers.get(at) or letters(at)}={_text(cell)}"
                for at, cell in cells.items()
                if at not in self._known
            ]
        )

    def _echoed(self, cells: Mapping[int, Cell]) -> dict[str, str]:
        return {
            name: tidy(_text(cell))
            for name, at in self._echoes
            if (cell := cells.get(at)) is not None and not cell.formula
        }

    def _shown(self, cells: Mapping[int, Cell]) -> tuple[tuple[str, str], ...]:
        return tuple((header, _text(cells[at])) for at, header in self._layout.headers.items() if at in cells)


def _text(cell: Cell) -> str:
    return cell.value.text if isinstance(cell.value, Broken) else shown(cell.value)
