"""A sheet as typed cells, sparse and row by row."""

from collections.abc import Iterator

from ....i18n.translate import LazyText
from ...grid import GridRow, Raw, SheetInfo, SheetMetadata, State
from .cells import RowReader
from .parts import Package
from .row_order import rows_in_order
from .rows import put
from .sheet_metadata import WorksheetMetadata
from .tree import Tree
from .values import Values


class XlsxGrid:
    """One sheet of an open ``WorkbookSource``."""

    def __init__(self, info: SheetInfo, part: str, package: Package, values: Values, counts: dict[str, int]) -> None:
        """Prepare to read that part, ``''`` for a sheet without cells (a chart); ``counts`` is the cells read so far by part."""
        self.name: str = info.name
        self.state: State = info.state
        self.shape: SheetMetadata = SheetMetadata()
        """What stands beside the cells; known once the rows have been read to the end."""
        self._part, self._package, self._values, self._counts = part, package, values, counts

    def rows(self) -> Iterator[GridRow]:
        """Yield the rows that hold something, ascending; what one row takes is all that is kept in memory.

        Rows that stand out of order in the file are collected and sorted first. The source must still be open. Raises
        ``Refused`` where the sheet is damaged, passes a limit, or the file was altered; rows may have been yielded by then.
        """
        if not self._part:
            return
        guard = self._package.guard
        with guard.reading():
            ordered = rows_in_order(self._package, self._part)
        rows = self._stream(ordered=ordered)
        yield from rows if ordered else _sorted(rows)
        guard.check_unchanged()

    def _stream(self, *, ordered: bool) -> Iterator[GridRow]:
        batches = self._batches(ordered=ordered)
        while True:
            with self._package.guard.reading():
                batch = next(batches, None)
            if batch is None:
                return
            yield from batch

    def _batches(self, *, ordered: bool) -> Iterator[list[GridRow]]:
        guard, tree, shape = (
            self._package.guard,
            Tree(self._package, self._part, "worksheet", "sheetData"),
            WorksheetMetadata(),
        )
        most = guard.limits.cells - sum(count for part, count in self._counts.items() if part != self._part)
        reader = RowReader(guard, self._part, self._values, shape, ordered=ordered)
        for branch, elements in tree.branches():
            if branch == "sheetData":
                yield reader.read(tree.namespace, elements)
            for element in elements if branch != "sheetData" else ():
                shape.take_metadata(branch, element)
            if reader.count > most:
                raise guard.too_large(LazyText("单元格数"), guard.limits.cells)
            if len(shape.merged) > guard.limits.merged:
                raise guard.too_large(LazyText("合并单元格数"), guard.limits.merged)
        self._counts[self._part] = reader.count
        self.shape = shape


def _sorted(rows: Iterator[GridRow]) -> Iterator[GridRow]:
    """Yield rows ascending, the cells of a row that came in pieces as one."""
    merged: dict[int, tuple[dict[int, Raw], set[int]]] = {}
    for row in rows:
        values, formulas = merged.setdefault(row.number, ({}, set()))
        formulas.update(row.formulas)
        for column, value in row.values.items():
            put(values, column, value)
    for number in sorted(merged):
        values, formulas = merged[number]
        yield GridRow(number, dict(sorted(values.items())), formulas)
