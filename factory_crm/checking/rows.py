"""One row: its cells, its computed cells and its rules, all in one pass; one bad cell hides nothing else."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .. import codes
from ..codes import Code
from ..contract.contract import Contract
from ..contract.sheet import Column, Condition, Rule, Sheet
from ..contract.spellings import shown, tidy
from ..problems import Place, Problem, letters
from ..reading.grid import Broken, Cell, GridRow
from ..reading.headers import Layout, likely_columns
from ..words import Listed, Phrase, Word
from . import records
from .cells import Judge, Judged, expectation, said


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
        self._contract, self._sheet, self._layout, self._place = contract, sheet, layout, place
        self._judges = {column.name: Judge(column, contract.choices_of(column)) for column in sheet.columns}
        self._blanks = {column.name: expectation(column, contract.choices_of(column)) for column in sheet.columns}
        self._at = {column.name: at for at, column in layout.columns.items()}
        self._headers = {name: layout.headers[at] for name, at in self._at.items()}
        self._presumed: dict[str, Any] = {
            column.name: column.blank if column.blank is not None else presumed.get(column.name)
            for column in sheet.columns
        }
        inputs = {at: column for at, column in layout.columns.items() if not column.automatic}
        self._inputs = {at: (column.name, self._judges[column.name].plain) for at, column in inputs.items()}
        self._required = [at for at, column in inputs.items() if column.required]
        self._wanted = [
            (column, column.name)
            for column in inputs.values()
            if (column.required or column.expected) and self._presumed[column.name] is None
        ]
        self._automatic = {at: column for at, column in layout.columns.items() if column.automatic}
        self._unread = {*layout.unknown, *layout.doubled}
        self._own = layout.headers.keys() - layout.columns.keys() - self._unread
        self._computed = [column for column in sheet.columns if column.formula]
        self._rules = [
            (rule, rule.expression.holds)
            for rule in sheet.rules
            if all(name in self._at for name in (rule.at, *rule.expression.names))
        ]
        self._lacking = tuple(self._lacks(layout, presumed))
        self.wanted, self.blanks = len(self._wanted), 0
        """How many cells of a record should be filled (★☆), and how many were blank in the records so far."""

    @property
    def lacking(self) -> tuple[Problem, ...]:
        """The required columns that the sheet has not; every row is rejected for them."""
        return self._lacking

    def check(self, row: GridRow) -> tuple[Row | None, list[Problem]]:
        """Return the typed row, ``None`` where it is no record, and its problems."""
        values, unjudged, beside = self._plain(row)
        blank = [column for column, name in self._wanted if values[name] is None]
        problems: list[Problem] = []
        if unjudged or blank or self._layout.headers.get(row.cells[0].column) == row.cells[0].value:
            cells = records.filled(row.cells)
            if self._inputs.keys().isdisjoint(cells) or records.is_header(cells, self._layout.headers):
                return None, []
            if footer := records.footer(cells, self._inputs, self._required):
                return None, [self._no_record(row.number, footer)]
            for cell in (cell for cell in unjudged if cell.column in cells):
                problems += self._judged(cell, row.number, values)
            blank = [column for column, name in self._wanted if values.get(name, column) is None]
            problems += [problem for column in blank for problem in self._blank(column, row.number)]
            self.blanks += len(blank)
        for column in self._computed:
            problems += self._compute(column, row.number, beside, values)
        broken = [
            problem
            for rule, holds in self._rules
            if not holds(values)
            for problem in self._broken(rule, row.number, values)
        ]
        if broken and problems:
            told = {problem.place for problem in broken}  # a rule says more than "this is blank"
            problems = [p for p in problems if p.code is not codes.BLANK_EXPECTED or p.place not in told]
        problems += broken
        return self._row(row, values, beside, problems), problems

    def _plain(self, row: GridRow) -> tuple[dict[str, Any], list[Cell], dict[int, Cell]]:
        """Read what needs no judging; return it, the input cells that do, and the cells of other columns.

        This loop sees every cell of every workbook.
        """
        values, inputs = self._presumed.copy(), self._inputs
        unjudged: list[Cell] = []
        beside: dict[int, Cell] = {}
        for cell in row.cells:
            at, raw, formula = cell
            if at in inputs:
                name, plain = inputs[at]
                if raw in plain and not formula and raw is not True and raw is not False:  # True == 1.0
                    values[name] = plain[raw]
                else:
                    unjudged.append(cell)
            elif at not in self._own:
                beside[at] = cell
        if unjudged:
            unjudged = [cell for cell in unjudged if not self._turned_out_plain(cell, values)]
        return values, unjudged, beside

    def _turned_out_plain(self, cell: Cell, values: dict[str, Any]) -> bool:
        """Judge a cell not seen before; whether nothing is to be said of it."""
        name, _ = self._inputs[cell.column]
        judged = self._judges[name](cell.value)
        if judged.code is not None or judged.value is None or cell.formula:
            return False
        values[name] = judged.value
        return True

    def _judged(self, cell: Cell, number: int, values: dict[str, Any]) -> Iterator[Problem]:
        """Take what a cell means, and tell what is odd about it; a bad one leaves no value."""
        name, _ = self._inputs[cell.column]
        column, judged = self._layout.columns[cell.column], self._judges[name](cell.value)
        if judged.bad:
            del values[name]
        elif judged.value is not None:
            values[name] = judged.value
        told_as_blank = judged.code is codes.FIX_BLANK and column.required and values[name] is None
        if judged.code is not None and not told_as_blank:
            yield self._problem(judged.code, number, cell.column, header=self._headers[name], **judged.facts)
        elif cell.formula and judged.value is not None:
            value = said(column, judged.value, self._contract.choices_of(column))
            yield self._problem(codes.FORMULA, number, cell.column, header=self._headers[name], value=value)

    def _blank(self, column: Column, number: int) -> Iterator[Problem]:
        facts = {"header": self._headers[column.name], **self._blanks[column.name]}
        if column.required:
            yield self._problem(codes.BLANK, number, self._at[column.name], **facts)
        else:
            costs = Word(column.expected)
            yield self._problem(codes.BLANK_EXPECTED, number, self._at[column.name], costs=costs, **facts)

    def _compute(
        self, column: Column, number: int, beside: Mapping[int, Cell], values: dict[str, Any]
    ) -> Iterator[Problem]:
        """A computed cell comes from its formula; what stands there is only compared with it."""
        values[column.name] = found = column.formula.value(values) if column.formula else None
        cell = beside.get(at := self._at.get(column.name, 0))
        if cell is None or (isinstance(cell.value, Broken) and cell.value.code is codes.NOT_CALCULATED):
            return
        written: Judged = self._judges[column.name](cell.value)
        if found is None and (cell.formula or self._lacks_input(column, values)):
            return
        if written.bad or written.value != found:
            after = shown(found) if found is not None else Word("空白")
            header = self._headers[column.name]
            yield self._problem(codes.OVERWRITTEN, number, at, header=header, value=_text(cell), after=after)

    def _lacks_input(self, column: Column, values: Mapping[str, Any]) -> bool:
        """Whether what a computed cell needs is bad or has to be filled in: that is told there already."""
        names = column.formula.names if column.formula else ()
        return any(name not in values or (values[name] is None and self._sheet.column(name).required) for name in names)

    def _broken(self, rule: Rule, number: int, values: Mapping[str, Any]) -> Iterator[Problem]:
        of = self._contract.choices_of
        there = [self._sheet.column(name) for name in rule.expression.names if values.get(name) is not None]
        told = Listed(
            Phrase("{header} {value}", {"header": self._headers[c.name], "value": said(c, values[c.name], of(c))})
            for c in there
        )
        yield self._problem(
            rule.code,
            number,
            self._at[rule.at],
            header=self._headers[rule.at],
            values=told or Word("都没有填"),
            condition=Condition(rule.expression, self._headers),
        )

    def _row(self, row: GridRow, values: Mapping[str, Any], beside: Mapping[int, Cell], problems: list[Problem]) -> Row:
        whole = len(values) == len(self._presumed)  # nothing bad was taken out
        found = tuple(values.values()) if whole else tuple([values.get(name) for name in self._presumed])
        extra = self._extra(beside) if self._unread or len(beside) > len(self._automatic) else ""
        echoed = self._echoed(beside) if beside else {}
        if not (problems or self._lacking):
            return Row(row.number, found, extra, echoed)
        rejecting = self._lacking + tuple(problem for problem in problems if problem.code.rejects)
        return Row(row.number, found, extra, echoed, rejecting, self._shown(row) if rejecting else ())

    def _lacks(self, layout: Layout, presumed: Mapping[str, str]) -> Iterator[Problem]:
        likely = {column.name: at for at, column in likely_columns(layout, self._sheet).items()}
        for column in layout.missing(self._sheet):
            if column.required and column.name not in presumed:
                at, facts = (
                    likely.get(column.name, 0),
                    {"title": Word(self._sheet.title), "header": Word(column.header)},
                )
                hint = {"hint": maybe(layout.headers[at], column)} if at else {}
                yield self._problem(codes.COLUMN_MISSING, layout.header_row, at, **facts, **hint)

    def _no_record(self, number: int, cell: Cell) -> Problem:
        header = self._layout.headers[cell.column]
        return self._problem(codes.NOT_A_RECORD, number, cell.column, value=_text(cell), header=header)

    def _problem(self, code: Code, row: int, column: int, **facts: Any) -> Problem:
        return Problem(code, Place(self._place.file, self._place.sheet, row, column), facts)

    def _extra(self, beside: Mapping[int, Cell]) -> str:
        unread = {at: _text(cell) for at, cell in beside.items() if at not in self._automatic}
        headers = self._layout.headers
        return "; ".join([f"{headers.get(at) or letters(at)}={text}" for at, text in unread.items() if tidy(text)])

    def _echoed(self, beside: Mapping[int, Cell]) -> dict[str, str]:
        typed = {c.name: beside[at] for at, c in self._automatic.items() if c.echoes and at in beside}
        return {name: tidy(_text(cell)) for name, cell in typed.items() if not cell.formula and tidy(_text(cell))}

    def _shown(self, row: GridRow) -> tuple[tuple[str, str], ...]:
        cells = records.filled(row.cells)
        return tuple((header, _text(cells[at])) for at, header in self._layout.headers.items() if at in cells)


def maybe(header: str, column: Column) -> Phrase:
    """Say which column a header probably means."""
    return Phrase("「{written}」可能就是「{header}」", {"written": header, "header": Word(column.header)})


def _text(cell: Cell) -> str:
    return cell.value.text if isinstance(cell.value, Broken) else shown(cell.value)
