"""Where the columns of a sheet stand in a header row."""

from collections.abc import Mapping
from typing import NamedTuple

from ..column import Column
from ..sheet import DeclaredSheet


class HeaderLayout(NamedTuple):
    """Where the columns of a sheet stand."""

    header_row: int
    columns: Mapping[int, Column]
    """By their position, from 1."""
    headers: Mapping[int, str]
    """Every header text of the row, by its position."""
    unknown: tuple[int, ...]
    duplicates: tuple[int, ...]
    """Positions whose column stands further left already."""

    def position(self, name: str) -> int:
        """Return where a column stands, 0 where it does not."""
        return next((at for at, column in self.columns.items() if column.name == name), 0)

    def missing(self, sheet: type[DeclaredSheet]) -> list[Column]:
        """Return the columns of the sheet that the row lacks."""
        there = {column.name for column in self.columns.values()}
        return [column for column in sheet.columns if column.name not in there]
