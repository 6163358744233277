"""What is to be written into which cell: the fixes that are certain, and the choices the clerk made."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..checking.book import Book
from ..checking.cells import Judge
from ..checking.keys import Checked
from ..codes import Severity
from ..contract.contract import Contract
from ..contract.sheet import Column
from ..contract.spellings import shown
from ..contract.stamp import Stamp
from ..problems import Place, Problem
from ..words import Language, spoken
from .watch import fact

Chosen = Mapping[tuple[str, str, str], str]
"""What the clerk chose, by sheet, header and present content."""


class Change(NamedTuple):
    """A cell and what is written into it."""

    place: Place
    header: str
    before: str
    after: str
    problem: Problem
    value: Any
    """Typed: a text, a number, a day or moment; ``None`` empties the cell."""
    column: Column
    chosen: bool = False


def changes(book: Book, contract: Contract, chosen: Chosen | None = None) -> list[Change]:
    """Return what can be written without asking, and what was chosen; one change a cell."""
    spoken = language_of(book.stamp)
    found: dict[Place, Change] = {}
    for problem in book.problems:
        column = column_of(problem, book, contract)
        if column is None or not (problem.place.row and problem.place.column):
            continue
        wanted = (chosen or {}).get(group_of(problem, spoken))
        made = _chosen(problem, column, contract, wanted) if wanted else _certain(problem, column, contract, spoken)
        for change in made:
            if change.chosen or problem.place not in found:
                found[problem.place] = change
    return list(found.values())


def unusable(book: Book, contract: Contract, chosen: Chosen) -> dict[tuple[str, str, str], str]:
    """Return the choices that can't be made, since what was chosen would be wrong in turn."""
    spoken = language_of(book.stamp)
    found = {}
    for problem in book.problems:
        key, column = group_of(problem, spoken), column_of(problem, book, contract)
        if key in chosen and column is not None and not any(_chosen(problem, column, contract, chosen[key])):
            found[key] = chosen[key]
    return found


def group_of(problem: Problem, language: Language) -> tuple[str, str, str]:
    """Return what equal problems have in common: sheet, header, content."""
    return (
        problem.place.sheet,
        fact(problem, "header", language),
        fact(problem, "value", language) or fact(problem, "before", language),
    )


def language_of(stamp: Stamp | None) -> Language:
    """Return the language a workbook is written in."""
    return stamp.language if stamp else "zh"


def checked_at(problem: Problem, book: Book) -> Checked | None:
    """Return the checked sheet a problem is on."""
    return next((one for one in book.sheets.values() if one.place.sheet == problem.place.sheet), None)


def column_of(problem: Problem, book: Book, contract: Contract) -> Column | None:
    """Return the column a problem's cell stands in; on the cover, the field."""
    checked = checked_at(problem, book)
    if checked:
        below = problem.place.row > checked.layout.header_row
        return checked.layout.columns.get(problem.place.column) if below else None
    header = problem.facts.get("header")
    return next((column for column in contract.cover.columns if column.header == header), None)


def _certain(problem: Problem, column: Column, contract: Contract, language: Language) -> Iterator[Change]:
    after = problem.facts.get("after")
    if problem.severity is not Severity.FIX or after is None:
        return
    text = spoken(after, language, shown)
    judged = Judge(column, contract.choices_of(column))(text) if text else None
    if judged is not None and judged.bad:
        return
    yield _change(problem, column, text, judged.value if judged else None)


def _chosen(problem: Problem, column: Column, contract: Contract, wanted: str) -> Iterator[Change]:
    judged = Judge(column, contract.choices_of(column))(wanted)
    if not judged.bad and judged.value is not None:
        text = wanted if isinstance(judged.value, str) and column.choices else shown(judged.value)
        yield _change(problem, column, text, judged.value)._replace(chosen=True)


def _change(problem: Problem, column: Column, text: str, value: Any) -> Change:
    before = fact(problem, "before", "zh") or fact(problem, "value", "zh")
    typed = text if isinstance(value, str | tuple) else value
    return Change(problem.place, fact(problem, "header", "zh"), before, text, problem, typed, column)
