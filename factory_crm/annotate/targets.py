"""Find the cells of a problem: the one to mark, and those whose change may resolve it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..i18n.translate import Language, to_text
from ..problems import codes
from ..problems.problem import Problem, column_letters
from ..schema.parsers.text import display_text
from ..validation.keys import SheetResult
from ..validation.workbook import WorkbookResult
from ..xlsx.columns import COLUMNS
from ..xlsx.formula import quote_title
from .sheet_xml import CellSpans

NOT_CLEARED = (codes.DATE_AS_NUMBER, codes.COLUMN_HIDDEN)
"""Mended by a format alone, which no formula sees."""
_CORNER = re.compile(r"([A-Z]+)(\d+)$")
_WILD = frozenset("*?~")


@dataclass(frozen=True, slots=True)
class ListedProblem:
    """A problem as it is noted in the workbook: its cell, ``None`` where it is about a whole sheet or file."""

    problem: Problem
    cell: CellSpans | None = None
    watched: tuple[CellSpans, ...] = ()
    """The cells to look at to see whether it is mended; none where only another check can tell."""
    message: str = ""
    hint: str = ""
    """What is wrong and how to mend it, in words; said once, since they stand on the list and at the cell."""
    register: str = ""
    """The column, as a formula names it, in which its content is to stand: another way to mend a stray."""
    cell_text: str = ""
    """What the cell held, as far as the check understood it; the problem's own words come first."""

    @property
    def sheet(self) -> str:
        """The sheet it is about, ``''`` for the file."""
        return self.problem.location.sheet


def listed_problems(book: WorkbookResult, sheets: Iterable[str], language: Language) -> list[ListedProblem]:
    """Return the problems of a book with their cells; those at sheets that aren't there (any more) stand for the file."""
    there = set(sheets)
    items = [
        _listed_problem(problem, book, book.sheets.get(problem.table), has_sheet=problem.location.sheet in there)
        for problem in book.problems
    ]
    return [replace(item, message=item.problem.message(language), hint=item.problem.hint(language)) for item in items]


def _listed_problem(
    problem: Problem, book: WorkbookResult, checked: SheetResult | None, *, has_sheet: bool
) -> ListedProblem:
    place = problem.location
    if not has_sheet or not place.row:
        return ListedProblem(problem)
    if not place.column:
        return ListedProblem(problem, (place.row, min(checked.layout.headers, default=1) if checked else 1))
    cell = (place.row, place.column)
    if problem.code in NOT_CLEARED:
        return ListedProblem(problem, cell)
    others = [spot for spot in (_related(problem, checked) if checked else ()) if spot[1] and spot != cell]
    register = _register(problem, book, checked) if checked else ""
    return ListedProblem(
        problem, cell, (cell, *dict.fromkeys(others)), register=register, cell_text=_cell_text(problem, checked)
    )


def _register(problem: Problem, book: WorkbookResult, checked: SheetResult) -> str:
    """Return the column of the numbers a stray is not among; ``""`` where its content would stand for others too."""
    if problem.code is not codes.UNKNOWN_REFERENCE:
        return ""
    target = book.sheets.get(checked.sheet.column(problem.column).references)
    if target is None or _WILD & {*shown(problem.value, "zh")}:
        return ""
    at = column_letters(target.layout.position(target.sheet.key()[0].name))
    return f"{quote_title(target.location.sheet)}!${at}:${at}"


def _cell_text(problem: Problem, checked: SheetResult | None) -> str:
    """A rule or a key speaks of several cells: what this one holds, its row says."""
    if checked is None or not problem.column or problem.code.name.startswith(("C", "S", "F")):
        return ""
    row = next((row for row in checked.rows if row.number == problem.location.row), None)
    value = checked.value(row, problem.column) if row else None
    return "" if value is None else display_text(value)


def _related(problem: Problem, checked: SheetResult) -> Iterator[CellSpans]:
    place, sheet = problem.location, checked.sheet
    names: Mapping[str, object] = {}
    rule = next((rule for rule in sheet.rules if rule.code.name == problem.code.name), None)
    formula = sheet.column(problem.column).formula if problem.code is codes.OVERWRITTEN else None
    if rule:
        names = dict.fromkeys(rule.expression.names)
    elif formula:
        names = dict.fromkeys(formula.names)
    yield from ((place.row, checked.layout.position(name)) for name in names)
    if problem.code is codes.MERGED:
        yield _last_of(str(problem.params["range"]))
    if problem.first_row is not None:
        yield problem.first_row, place.column


def _last_of(reference: str) -> CellSpans:
    """Return the last cell of a range: taken apart and filled in, it holds something."""
    corner = _CORNER.search(reference)
    return (int(corner[2]), COLUMNS[corner[1]]) if corner else (0, 0)


def shown(value: Any, language: Language) -> str:
    """Return what a problem says of its cell as text, ``''`` for ``None``."""
    return "" if value is None else to_text(value, language, display_text)


def content(item: ListedProblem, language: Language) -> str:
    """Return what stood in the cell."""
    return item.cell_text or shown(item.problem.value, language)
