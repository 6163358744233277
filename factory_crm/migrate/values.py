"""Convert the value of one cell to what the new workbook holds for it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from ..i18n.translate import LIST_SEPARATOR, Language, LazyText, translate
from ..problems import codes
from ..problems.codes import Code, Severity
from ..problems.problem import Location, Problem
from ..reading.grid import BrokenCell, Cell, Raw
from ..schema.column import Column
from ..schema.parsers.text import display_text
from ..schema.record.cell import CellValidator
from ..schema.workbook import WorkbookSchema
from ..template.records import ErrorValue, Serial

_FIRST_YEAR = 1900  # of Excel's calendar


class MovedValue(NamedTuple):
    """What is put into a cell, ``None`` for nothing, and what is to be said of it."""

    value: Any
    problem: Problem | None = None
    unchanged: bool = False
    """Whether it stands there as it was written, since it can't be used."""


class ValueMover:
    """Moves the cells of one column of the new workbook."""

    def __init__(self, column: Column, schema: WorkbookSchema, language: Language) -> None:
        """Take the column, the schema of the new workbook and its language."""
        choices = schema.choices_of(column)
        self._column, self._language, self._judge = column, language, CellValidator(column, choices)
        self._offered = {str(value): value for value in choices.values}

    def __call__(self, cell: Cell) -> MovedValue:
        """Return what becomes of a cell: what is understood arrives as what it means, anything else as it is."""
        judged = self._judge(cell.value)
        if judged.invalid and judged.code:
            return MovedValue(as_written(cell.value), self._problem(judged.code, judged.params), unchanged=True)
        value = self._spoken(judged.value)
        if judged.code and (judged.code.severity is Severity.FIX or display_text(judged.value) != as_text(cell)):
            return MovedValue(value, self._problem(judged.code, judged.params))
        if cell.formula and judged.value is not None:
            return MovedValue(value, self._problem(codes.FORMULA, {"value": display_text(judged.value)}))
        return MovedValue(value)

    def _problem(self, code: Code, facts: Mapping[str, Any]) -> Problem:
        return Problem.of(code, Location(""), header=LazyText(self._column.header), **facts)

    def _spoken(self, value: Any) -> Any:
        """Return a value as the new workbook's language has it; a day before Excel's calendar is a text."""
        if isinstance(value, tuple):
            return LIST_SEPARATOR[self._language].join(map(self._spoken, value))
        if isinstance(value, str):
            return translate(self._offered[value], self._language) if value in self._offered else value
        return display_text(value) if isinstance(value, date) and value.year < _FIRST_YEAR else value


def as_written(raw: Raw) -> Any:
    """Return what a cell held so that it can be written again; ``None`` where there is nothing to write."""
    if not isinstance(raw, BrokenCell):
        return display_text(raw) if isinstance(raw, date) and raw.year < _FIRST_YEAR else raw
    if raw.code is codes.ERROR_VALUE:
        return ErrorValue(raw.text)
    try:
        return Serial(raw.text) if raw.code is codes.NO_SUCH_DATE else raw.text or None
    except ValueError:
        return raw.text


def as_text(cell: Cell) -> str:
    """Return what a cell shows."""
    return cell.value.text if isinstance(cell.value, BrokenCell) else display_text(cell.value)
