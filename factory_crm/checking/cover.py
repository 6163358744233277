"""What a workbook says of itself on its first sheet: who filled it, for which office and period."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from .. import codes
from ..contract.contract import Contract
from ..contract.schema import sign
from ..contract.sheet import Column
from ..problems import Place, Problem
from ..reading.grid import Cell
from ..reading.headers import folded
from ..reading.opening import Source
from ..words import LANGUAGES, Word, say
from .cells import Judge, expectation

_SEARCHED = 60
_REACH = 3
"""How many columns right of its label a value may stand."""


class Cover(NamedTuple):
    """The label-and-value fields of the first sheet; empty where not filled."""

    office: str = ""
    filled_by: str = ""
    period: str = ""


def read_cover(source: Source, title: str, file: str, contract: Contract) -> tuple[Cover, list[Problem]]:
    """Return what the cover says, and what is wrong with it; a workbook without one says nothing."""
    if not title:
        return Cover(), []
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for column, row, at, cell in cover_cells(source, title, contract):
        values[column.name], noted = _field(column, contract, cell, Place(file, title, row, at))
        problems += noted
    return Cover(**values), problems


def cover_cells(source: Source, title: str, contract: Contract) -> Iterator[tuple[Column, int, int, Cell | None]]:
    """Yield each field that is there: its column, the row and column of its cell, and the cell, ``None`` for a blank one."""
    labels = {
        folded(spelling): column
        for column in contract.cover.columns
        for spelling in (column.header, say(column.header, "en"), *column.aliases)
    }
    seen = set()
    for row in islice(source.grid(title).rows(), _SEARCHED):
        for i, label in enumerate(row.cells):
            column = labels.get(folded(label.value)) if isinstance(label.value, str) else None
            if column is None or column.name in seen:
                continue
            seen.add(column.name)
            right = (c for c in row.cells[i + 1 :] if c.column <= label.column + _REACH)
            cell = next((c for c in right if not _is_hint(c, column)), None)
            yield column, row.number, cell.column if cell else label.column + 1, cell


def _is_hint(cell: Cell, column: Column) -> bool:
    """Whether it is what the template says beside a field, right of the cell to fill."""
    signs = tuple(say(sign(column), language) + "\u3000" for language in LANGUAGES)
    return isinstance(cell.value, str) and cell.value.startswith(signs)


def _field(column: Column, contract: Contract, cell: Cell | None, place: Place) -> tuple[str, list[Problem]]:
    choices = contract.choices_of(column)
    judged = Judge(column, choices)(cell.value) if cell else None
    facts = {"header": Word(column.header), **expectation(column, choices)}
    if judged is None or (judged.value is None and not judged.code):
        problem = Problem(codes.BLANK_EXPECTED, place, {**facts, "costs": Word(column.expected)})
        return "", [problem] if column.expected else []
    if judged.code:
        return judged.value or "", [Problem(judged.code, place, {**facts, **judged.facts})]
    return str(judged.value), []
