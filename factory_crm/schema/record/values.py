"""The values that a row of a workbook may hold, whatever the format it was read from."""

from collections.abc import Collection
from datetime import datetime, time
from typing import NamedTuple

from ...problems.code import Code
from ...problems.codes import BAD_CELL

_SHOWN = 100


class BrokenCell(NamedTuple):
    """A cell that cannot be taken at its word: why, and what stands there (at most 100 characters of it)."""

    code: Code
    text: str


Raw = str | float | bool | datetime | time | BrokenCell
"""A cell's value. Numbers are always float; a number with a date style is a datetime (midnight: a bare day)."""


def broken_cell(text: str, code: Code = BAD_CELL) -> BrokenCell:
    """Return the value of a cell whose content is no good."""
    return BrokenCell(code, text[:_SHOWN])


class Cell(NamedTuple):
    """One cell that holds something: its column (A is 1), its value, and whether a formula stands behind it."""

    column: int
    value: Raw
    formula: bool


class GridRow(NamedTuple):
    """One row that holds something; its number is Excel's, from 1."""

    number: int
    values: dict[int, Raw]
    """What its cells hold by their column, ascending; not empty."""
    formulas: Collection[int] = ()
    """The columns of the cells behind which a formula stands."""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells by ascending column."""
        return tuple([Cell(column, value, column in self.formulas) for column, value in self.values.items()])
