"""Which cells a problem is about: the marked one, and those that mend it too when they are changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from .. import codes
from ..checking.book import Book
from ..checking.keys import Checked
from ..contract.spellings import shown
from ..problems import Problem
from ..words import Language, Speakable
from .sheetxml import Spots

NOT_CLEARED = (codes.DATE_AS_NUMBER,)
"""Mended by a format alone, which no formula sees."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A problem as it is noted in the workbook: its cell, ``None`` where it is about a whole sheet or file."""

    problem: Problem
    cell: Spots | None = None
    watched: tuple[Spots, ...] = ()
    """The cells to look at to see whether it is mended; none where only another check can tell."""
    said: str = ""
    remedy: str = ""
    """What is wrong and how to mend it, in words; said once, since they stand on the list and at the cell."""
    held: str = ""
    """What the cell held, as far as the check understood it; the problem's own words come first."""

    @property
    def sheet(self) -> str:
        """The sheet it is about, ``''`` for the file."""
        return self.problem.place.sheet


def noted(book: Book, sheets: Iterable[str], language: Language) -> list[Noted]:
    """Return the problems of a book with their cells; those at sheets that aren't there (any more) stand for the file."""
    there = set(sheets)
    checked = {one.place.sheet: one for one in book.sheets.values()}
    items = [
        _noted(problem, checked.get(problem.place.sheet), known=problem.place.sheet in there)
        for problem in book.problems
    ]
    return [replace(item, said=item.problem.say(language), remedy=item.problem.remedy(language)) for item in items]


def _noted(problem: Problem, checked: Checked | None, *, known: bool) -> Noted:
    place = problem.place
    if not known or not place.row:
        return Noted(problem)
    if not place.column:
        return Noted(problem, (place.row, min(checked.layout.headers, default=1) if checked else 1))
    cell = (place.row, place.column)
    if problem.code in NOT_CLEARED:
        return Noted(problem, cell)
    others = [spot for spot in (_related(problem, checked) if checked else ()) if spot[1] and spot != cell]
    return Noted(problem, cell, (cell, *dict.fromkeys(others)), held=_held(problem, checked))


def _held(problem: Problem, checked: Checked | None) -> str:
    """A rule or a key speaks of several cells: what this one holds, its row says."""
    column = checked.layout.columns.get(problem.place.column) if checked else None
    if checked is None or column is None or problem.code.name.startswith(("C", "S", "F")):
        return ""
    row = next((row for row in checked.rows if row.number == problem.place.row), None)
    value = checked.value(row, column.name) if row else None
    return "" if value is None else shown(value)


def _related(problem: Problem, checked: Checked) -> Iterator[Spots]:
    place, sheet = problem.place, checked.sheet
    names: Mapping[str, object] = {}
    rule = next((rule for rule in sheet.rules if rule.code.name == problem.code.name), None)
    column = checked.layout.columns.get(place.column)
    if rule:
        names = dict.fromkeys(rule.expression.names)
    elif column and column.formula and problem.code is codes.OVERWRITTEN:
        names = dict.fromkeys(column.formula.names)
    yield from ((place.row, checked.layout.position(name)) for name in names)
    first = problem.facts.get("first")
    if isinstance(first, int):
        yield first, place.column


def fact(problem: Problem, name: str, language: Language) -> str:
    """Return a fact of a problem as text, ``''`` where it has none."""
    value = problem.facts.get(name)
    if value is None:
        return ""
    return value.say(language) if isinstance(value, Speakable) else shown(value)


def content(item: Noted, language: Language) -> str:
    """Return what stood in the cell."""
    return item.held or fact(item.problem, "value", language) or fact(item.problem, "before", language)
