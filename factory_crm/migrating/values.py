"""One cell: what it held, and what is put into the new workbook for it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from .. import codes
from ..checking.cells import Judge
from ..codes import Code, Severity
from ..contract.contract import Contract
from ..contract.sheet import Column
from ..contract.spellings import shown
from ..problems import Place, Problem
from ..reading.grid import Broken, Cell, Raw
from ..template.records import ErrorValue, Serial
from ..words import JOINTS, Language, Word, say

_FIRST_YEAR = 1900  # of Excel's calendar


class Moved(NamedTuple):
    """What is put into a cell, ``None`` for nothing, and what is to be said of it."""

    value: Any
    problem: Problem | None = None
    kept: bool = False
    """Whether it stands there as it was written, since it can't be used."""


class Mover:
    """Moves the cells of one column of the new workbook."""

    def __init__(self, column: Column, contract: Contract, language: Language) -> None:
        """Take the column, the contract of the new workbook and its language."""
        choices = contract.choices_of(column)
        self._column, self._language, self._judge = column, language, Judge(column, choices)
        self._offered = {str(value): value for value in choices.values}

    def __call__(self, cell: Cell) -> Moved:
        """Return what becomes of a cell: what is understood arrives as what it means, anything else as it is."""
        judged = self._judge(cell.value)
        if judged.bad and judged.code:
            return Moved(as_written(cell.value), self._problem(judged.code, judged.facts), kept=True)
        value = self._spoken(judged.value)
        if judged.code and (judged.code.severity is Severity.FIX or shown(judged.value) != as_text(cell)):
            return Moved(value, self._problem(judged.code, judged.facts))
        if cell.formula and judged.value is not None:
            return Moved(value, self._problem(codes.FORMULA, {"value": shown(judged.value)}))
        return Moved(value)

    def _problem(self, code: Code, facts: Mapping[str, Any]) -> Problem:
        return Problem(code, Place(""), {"header": Word(self._column.header), **facts})

    def _spoken(self, value: Any) -> Any:
        """Return a value as the new workbook's language has it; a day before Excel's calendar is a text."""
        if isinstance(value, tuple):
            return JOINTS[self._language].join(map(self._spoken, value))
        if isinstance(value, str):
            return say(self._offered[value], self._language) if value in self._offered else value
        return shown(value) if isinstance(value, date) and value.year < _FIRST_YEAR else value


def as_written(raw: Raw) -> Any:
    """Return what a cell held so that it can be written again; ``None`` where there is nothing to write."""
    if not isinstance(raw, Broken):
        return shown(raw) if isinstance(raw, date) and raw.year < _FIRST_YEAR else raw
    if raw.code is codes.ERROR_VALUE:
        return ErrorValue(raw.text)
    try:
        return Serial(raw.text) if raw.code is codes.NO_SUCH_DATE else raw.text or None
    except ValueError:
        return raw.text


def as_text(cell: Cell) -> str:
    """Return what a cell shows."""
    return cell.value.text if isinstance(cell.value, Broken) else shown(cell.value)
