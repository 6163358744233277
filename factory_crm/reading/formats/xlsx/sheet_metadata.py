"""What the elements of a worksheet beside its rows say: merged ranges, filters, hidden columns."""

from xml.etree.ElementTree import Element

from ....xlsx.limits import LAST_COLUMN
from ...grid import SheetMetadata

TRUE = ("1", "true")
"""How XML spells it."""


class WorksheetMetadata(SheetMetadata):
    """The metadata of a worksheet part."""

    def take_metadata(self, branch: str, element: Element) -> None:
        """Take notice of an element that stands before or after the rows, in that child of the root."""
        if branch == "mergeCells":
            self.merged.append(element.get("ref", ""))
        elif branch == "autoFilter":
            self.filtered = True
        elif branch == "cols" and element.get("hidden") in TRUE:
            first, last = element.get("min", ""), element.get("max", "")
            if first.isdecimal() and last.isdecimal() and len(first) <= len(last) <= len(str(LAST_COLUMN)):
                self.hidden_columns.append((int(first), int(last)))
