"""What is to be written into which cell: the fixes that are certain, and the choices the clerk made."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..i18n.translate import Language, to_text
from ..problems.codes import Severity
from ..problems.problem import Location, Problem
from ..schema.model import Column
from ..schema.parsers.text import display_text
from ..schema.record.cell import CellValidator
from ..schema.stamp import Stamp
from ..schema.workbook import WorkbookSchema
from ..validation.keys import SheetResult
from ..validation.workbook import WorkbookResult
from .targets import param

ChosenValues = Mapping[tuple[str, str, str], str]
"""What the clerk chose, by sheet, header and present content."""


class CellChange(NamedTuple):
    """A cell and what is written into it."""

    location: Location
    header: str
    before: str
    after: str
    problem: Problem
    value: Any
    """Typed: a text, a number, a day or moment; ``None`` empties the cell."""
    column: Column
    chosen: bool = False


def changes(book: WorkbookResult, schema: WorkbookSchema, chosen: ChosenValues | None = None) -> list[CellChange]:
    """Return what can be written without asking, and what was chosen; one change a cell."""
    spoken = language_of(book.stamp)
    found: dict[Location, CellChange] = {}
    for problem in book.problems:
        column = column_of(problem, book, schema)
        if column is None or not (problem.location.row and problem.location.column):
            continue
        wanted = (chosen or {}).get(group_of(problem, spoken))
        made = _chosen(problem, column, schema, wanted) if wanted else _certain(problem, column, schema, spoken)
        for change in made:
            if change.chosen or problem.location not in found:
                found[problem.location] = change
    return list(found.values())


def unusable(book: WorkbookResult, schema: WorkbookSchema, chosen: ChosenValues) -> dict[tuple[str, str, str], str]:
    """Return the choices that can't be made, since what was chosen would be wrong in turn."""
    spoken = language_of(book.stamp)
    found = {}
    for problem in book.problems:
        key, column = group_of(problem, spoken), column_of(problem, book, schema)
        if key in chosen and column is not None and not any(_chosen(problem, column, schema, chosen[key])):
            found[key] = chosen[key]
    return found


def group_of(problem: Problem, language: Language) -> tuple[str, str, str]:
    """Return what equal problems have in common: sheet, header, content."""
    return (
        problem.location.sheet,
        param(problem, "header", language),
        param(problem, "value", language) or param(problem, "before", language),
    )


def language_of(stamp: Stamp | None) -> Language:
    """Return the language a workbook is written in."""
    return stamp.language if stamp else "zh"


def checked_at(problem: Problem, book: WorkbookResult) -> SheetResult | None:
    """Return the checked sheet a problem is on."""
    return next((one for one in book.sheets.values() if one.location.sheet == problem.location.sheet), None)


def column_of(problem: Problem, book: WorkbookResult, schema: WorkbookSchema) -> Column | None:
    """Return the column a problem's cell stands in; on the cover, the field."""
    checked = checked_at(problem, book)
    if checked:
        below = problem.location.row > checked.layout.header_row
        return checked.layout.columns.get(problem.location.column) if below else None
    header = problem.params.get("header")
    return next((column for column in schema.cover.columns if column.header == header), None)


def _certain(problem: Problem, column: Column, schema: WorkbookSchema, language: Language) -> Iterator[CellChange]:
    after = problem.params.get("after")
    if problem.severity is not Severity.FIX or after is None:
        return
    text = to_text(after, language, display_text)
    judged = CellValidator(column, schema.choices_of(column))(text) if text else None
    if judged is not None and judged.invalid:
        return
    yield _change(problem, column, text, judged.value if judged else None)


def _chosen(problem: Problem, column: Column, schema: WorkbookSchema, wanted: str) -> Iterator[CellChange]:
    judged = CellValidator(column, schema.choices_of(column))(wanted)
    if not judged.invalid and judged.value is not None:
        text = wanted if isinstance(judged.value, str) and column.choices else display_text(judged.value)
        yield _change(problem, column, text, judged.value)._replace(chosen=True)


def _change(problem: Problem, column: Column, text: str, value: Any) -> CellChange:
    before = param(problem, "before", "zh") or param(problem, "value", "zh")
    typed = text if isinstance(value, str | tuple) else value
    return CellChange(problem.location, param(problem, "header", "zh"), before, text, problem, typed, column)
