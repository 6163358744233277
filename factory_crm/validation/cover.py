"""What a workbook says of itself on its first sheet: who filled it, for which office and period."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from ..i18n.translate import LANGUAGES, LazyText, in_every_language, translate
from ..problems import codes
from ..problems.problem import Location, Problem
from ..reading.grid import Cell
from ..reading.headers import normalize_header
from ..reading.reader import WorkbookReader
from ..schema.column import Column
from ..schema.export import sign
from ..schema.record.cell import CellValidator, expectation
from ..schema.workbook import WorkbookSchema

_SEARCHED = 60
_REACH = 3
"""How many columns right of its label a value may stand."""


class CoverData(NamedTuple):
    """The label-and-value fields of the first sheet; empty where not filled."""

    office: str = ""
    filled_by: str = ""
    period: str = ""


def read_cover(
    source: WorkbookReader, title: str, file: str, schema: WorkbookSchema
) -> tuple[CoverData, list[Problem]]:
    """Return what the cover says, and what is wrong with it; a workbook without one says nothing."""
    if not title:
        return CoverData(), []
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for column, row, at, cell in cover_cells(source, title, schema):
        values[column.name], noted = _field(column, schema, cell, Location(file, title, row, at))
        problems += [problem.about(schema.cover.table, column.name) for problem in noted]
    return CoverData(**values), problems


def cover_cells(
    source: WorkbookReader, title: str, schema: WorkbookSchema
) -> Iterator[tuple[Column, int, int, Cell | None]]:
    """Yield each field that is there: its column, the row and column of its cell, and the cell, ``None`` for a blank one."""
    labels = {
        normalize_header(spelling): column
        for column in schema.cover.columns
        for spelling in (*in_every_language(column.header), *column.aliases)
    }
    seen = set()
    for row in islice(source.grid(title).rows(), _SEARCHED):
        for i, label in enumerate(row.cells):
            column = labels.get(normalize_header(label.value)) if isinstance(label.value, str) else None
            if column is None or column.name in seen:
                continue
            seen.add(column.name)
            right = (c for c in row.cells[i + 1 :] if c.column <= label.column + _REACH)
            cell = next((c for c in right if not _is_hint(c, column)), None)
            yield column, row.number, cell.column if cell else label.column + 1, cell


def _is_hint(cell: Cell, column: Column) -> bool:
    """Whether it is what the template says beside a field, right of the cell to fill."""
    signs = tuple(translate(sign(column), language) + "\u3000" for language in LANGUAGES)
    return isinstance(cell.value, str) and cell.value.startswith(signs)


def _field(column: Column, schema: WorkbookSchema, cell: Cell | None, location: Location) -> tuple[str, list[Problem]]:
    choices = schema.choices_of(column)
    result = CellValidator(column, choices)(cell.value) if cell else None
    facts = {"header": LazyText(column.header), **expectation(column, choices)}
    if result is None or (result.value is None and not result.code):
        problem = codes.BLANK_RECOMMENDED(location, **facts, costs=LazyText(column.recommended_for))
        return "", [problem] if column.recommended_for else []
    if result.code:
        return result.value or "", [Problem.of(result.code, location, **{**facts, **result.params})]
    return str(result.value), []
