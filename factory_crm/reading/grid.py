"""What a reader hands out, whatever the format: sheets, rows and cells of plain values."""

from array import array
from typing import Literal, NamedTuple

from ..schema.record.values import BrokenCell, Cell, GridRow, Raw, broken_cell

__all__ = ["BrokenCell", "Cell", "GridRow", "Raw", "SheetInfo", "SheetMetadata", "State", "broken_cell"]

State = Literal["visible", "hidden", "veryHidden"]


class SheetInfo(NamedTuple):
    """A sheet as the workbook lists it; a ``veryHidden`` one cannot be shown from Excel's menus."""

    name: str
    state: State = "visible"


class SheetMetadata:
    """What a sheet says beside its cells; complete once the rows have been read to the end."""

    def __init__(self) -> None:
        self.merged: list[str] = []
        """The merged ranges as Excel writes them (``A1:B2``)."""
        self.hidden_rows = array("L")
        """The numbers of the hidden rows that hold something."""
        self.hidden_columns: list[tuple[int, int]] = []
        """The first and the last of each stretch of hidden columns."""
        self.filtered = False
        """Whether a filter is at work; the rows it takes out are hidden ones."""
        self.blank_rows = 0
        """How many rows are written down without holding anything."""
        self.widest = 0, 0
        """The row and the column of the cell that stands furthest right, the first of several."""
        self.gap = 0, 0
        """The rows before and after the longest stretch without a value between two that hold one."""
        self.last = 0
        """The row that came last."""

    def take(self, row: GridRow, *, hidden: bool = False) -> None:
        """Take notice of a row that holds something; they come in the order of the file."""
        number, last = row.number, next(reversed(row.values))
        if hidden:
            self.hidden_rows.append(number)
        if last > self.widest[1]:
            self.widest = number, last
        if number - self.last > self.gap[1] - self.gap[0] and self.last:
            self.gap = self.last, number
        self.last = number
