"""Rows of cells, and the letters of their columns."""

from operator import itemgetter
from typing import NamedTuple

from .values import Broken, Raw, broken

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_by_column = itemgetter(0)


class Cell(NamedTuple):
    """One cell that holds something: its column (A is 1), its value, and whether a formula stands behind it."""

    column: int
    value: Raw
    formula: bool


class GridRow(NamedTuple):
    """The cells of one row, by ascending column; its number is Excel's, from 1."""

    number: int
    cells: tuple[Cell, ...]


class Columns(dict[str, int]):
    """The number of a column by its letters, worked out once; 0 for what is no column."""

    def __missing__(self, name: str) -> int:
        number = 0
        if name.isascii() and name.isalpha() and name.isupper() and len(name) <= len("XFD"):
            for letter in name:
                number = number * 26 + ord(letter) - 64
        if not 0 < number <= LAST_COLUMN:
            return 0
        self[name] = number
        return number


COLUMNS = Columns()


def tidied(cells: list[Cell]) -> tuple[Cell, ...]:
    """Return the cells by ascending column; a column that came twice once, as broken: nobody could say which is meant."""
    found: dict[int, Cell] = {}
    for cell in sorted(cells, key=_by_column):
        first = found.setdefault(cell.column, cell)
        if first is not cell:
            text = first.value.text if isinstance(first.value, Broken) else str(first.value)
            found[cell.column] = Cell(cell.column, broken(text), first.formula or cell.formula)
    return tuple(found.values())
