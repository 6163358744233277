"""A sheet as typed cells, sparse and row by row."""

from collections.abc import Iterator

from .cells import SheetReader
from .markup import feed
from .order import rows_in_order
from .parts import Package
from .rows import Cell, GridRow, tidied
from .values import Broken, Raw, Values
from .workbook import SheetInfo, State

__all__ = ["Broken", "Cell", "Grid", "GridRow", "Raw"]


class Grid:
    """One sheet of an open ``Source``."""

    def __init__(self, info: SheetInfo, part: str, package: Package, values: Values, counts: dict[str, int]) -> None:
        """Prepare to read that part, ``''`` for a sheet without cells (a chart); ``counts`` is the cells read so far by part."""
        self.name: str = info.name
        self.state: State = info.state
        self.merged: tuple[str, ...] = ()
        """The merged ranges as the file writes them (``A1:B2``); known once the rows have been read to the end."""
        self._part, self._package, self._values, self._counts = part, package, values, counts

    def rows(self) -> Iterator[GridRow]:
        """Yield the rows that hold something, ascending; what one row takes is all that is kept in memory.

        Rows that stand out of order in the file are collected and sorted first. The source must still be open. Raises
        ``Refused`` where the sheet is damaged, passes a limit, or the file was altered; rows may have been yielded by then.
        """
        if not self._part:
            return
        if rows_in_order(self._package, self._part):
            yield from self._stream(ordered=True)
        else:
            yield from _sorted(self._stream(ordered=False))
        self._package.guard.check_unchanged()

    def _stream(self, *, ordered: bool) -> Iterator[GridRow]:
        others = sum(count for part, count in self._counts.items() if part != self._part)
        reader = SheetReader(
            self._package, self._part, self._values, self._package.guard.limits.cells - others, ordered=ordered
        )
        for _ in feed(self._package, self._part, reader.parser):
            reader.check()
            yield from reader.done
            reader.done.clear()
        self._counts[self._part] = reader.count + len(reader.merged)
        self.merged = tuple(reader.merged)


def _sorted(rows: Iterator[GridRow]) -> Iterator[GridRow]:
    """Yield rows ascending, the cells of a row that came in pieces as one."""
    cells: dict[int, list[Cell]] = {}
    for row in rows:
        cells.setdefault(row.number, []).extend(row.cells)
    for number in sorted(cells):
        yield GridRow(number, tidied(cells[number]))
