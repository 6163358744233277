"""What a workbook says of itself on its first sheet: who filled it, for which office and period."""

from itertools import islice
from typing import NamedTuple

from .. import codes
from ..contract.contract import Contract
from ..contract.sheet import Column
from ..problems import Place, Problem
from ..reading.grid import Cell
from ..reading.headers import folded
from ..reading.opening import Source
from ..words import Word, say
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
    labels = {
        folded(spelling): column
        for column in contract.cover.columns
        for spelling in (column.header, say(column.header, "en"), *column.aliases)
    }
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for row in islice(source.grid(title).rows(), _SEARCHED):
        for i, cell in enumerate(row.cells):
            column = labels.get(folded(cell.value)) if isinstance(cell.value, str) else None
            if column is None or column.name in values:
                continue
            place = Place(file, title, row.number, cell.column + 1)
            values[column.name], noted = _field(column, contract, row.cells[i + 1 :], cell, place)
            problems += noted
    return Cover(**values), problems


def _field(
    column: Column, contract: Contract, right: tuple[Cell, ...], label: Cell, place: Place
) -> tuple[str, list[Problem]]:
    choices = contract.choices_of(column)
    cell = next((c for c in right if c.column <= label.column + _REACH), None)
    judged = Judge(column, choices)(cell.value) if cell else None
    facts = {"header": Word(column.header), **expectation(column, choices)}
    if judged is None or (judged.value is None and not judged.code):
        problem = Problem(codes.BLANK_EXPECTED, place, {**facts, "costs": Word(column.expected)})
        return "", [problem] if column.expected else []
    if judged.code:
        return judged.value or "", [Problem(judged.code, place, {**facts, **judged.facts})]
    return str(judged.value), []
