"""What a worksheet says beside its cells: merged ranges, what is hidden, what is empty but formatted."""

from array import array
from xml.etree.ElementTree import Element

from .rows import LAST_COLUMN, GridRow

TRUE = ("1", "true")
"""How XML spells it."""


class SheetMetadata:
    """Complete once the rows have been read to the end."""

    def __init__(self) -> None:
        self.merged: list[str] = []
        """The merged ranges as the file writes them (``A1:B2``)."""
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

    def take(self, row: GridRow, *, hidden: bool) -> None:
        """Take notice of a row that holds something; they come in the order of the file."""
        number, last = row.number, next(reversed(row.values))
        if hidden:
            self.hidden_rows.append(number)
        if last > self.widest[1]:
            self.widest = number, last
        if number - self.last > self.gap[1] - self.gap[0] and self.last:
            self.gap = self.last, number
        self.last = number

    def take_beside(self, branch: str, element: Element) -> None:
        """Take notice of an element that stands before or after the rows, in that child of the root."""
        if branch == "mergeCells":
            self.merged.append(element.get("ref", ""))
        elif branch == "autoFilter":
            self.filtered = True
        elif branch == "cols" and element.get("hidden") in TRUE:
            first, last = element.get("min", ""), element.get("max", "")
            if first.isdecimal() and last.isdecimal() and len(first) <= len(last) <= len(str(LAST_COLUMN)):
                self.hidden_columns.append((int(first), int(last)))
