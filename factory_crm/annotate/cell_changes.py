"""Determine the cell changes of a fix: corrections that are certain, and the values the clerk chose."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..i18n.translate import Language, to_text
from ..problems.codes import Severity
from ..problems.problem import Location, Problem
from ..schema.column import Column
from ..schema.parsers.text import display_text
from ..schema.record.cell import CellValidator
from ..schema.stamp import Stamp
from ..schema.workbook import WorkbookSchema
from ..validation.workbook import WorkbookResult
from .targets import shown

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
    by_location: dict[Location, CellChange] = {}
    for problem in book.problems:
        column = column_of(problem, schema)
        if column is None or not (problem.location.row and problem.location.column):
            continue
        wanted = (chosen or {}).get(group_of(problem, spoken))
        cell_changes = _chosen(problem, column, schema, wanted) if wanted else _certain(problem, column, schema, spoken)
        for change in cell_changes:
            if change.chosen or problem.location not in by_location:
                by_location[problem.location] = change
    return list(by_location.values())


def unusable(book: WorkbookResult, schema: WorkbookSchema, chosen: ChosenValues) -> dict[tuple[str, str, str], str]:
    """Return the choices that can't be made, since what was chosen would be wrong in turn."""
    spoken = language_of(book.stamp)
    refused = {}
    for problem in book.problems:
        key, column = group_of(problem, spoken), column_of(problem, schema)
        if key in chosen and column is not None and not any(_chosen(problem, column, schema, chosen[key])):
            refused[key] = chosen[key]
    return refused


def group_of(problem: Problem, language: Language) -> tuple[str, str, str]:
    """Return what equal problems have in common: sheet, header, content."""
    return (problem.location.sheet, shown(problem.header, language), shown(problem.value, language))


def language_of(stamp: Stamp | None) -> Language:
    """Return the language a workbook is written in."""
    return stamp.language if stamp else "zh"


def column_of(problem: Problem, schema: WorkbookSchema) -> Column | None:
    """Return the column whose content a problem is about; on the cover, the field. ``None`` where it is about none."""
    if not (problem.code.of_record and problem.column):
        return None
    sheet = schema.cover if problem.table == schema.cover.table else schema.sheet(problem.table)
    return sheet.column(problem.column)


def _certain(problem: Problem, column: Column, schema: WorkbookSchema, language: Language) -> Iterator[CellChange]:
    after = problem.after
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
    before = shown(problem.value, "zh")
    typed = text if isinstance(value, str | tuple) else value
    return CellChange(problem.location, shown(problem.header, "zh"), before, text, problem, typed, column)
