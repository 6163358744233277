"""How much of a file is read before it is refused: absolute caps and a deadline, never ratios.

Ratios (unpacked to packed) refuse honest workbooks with much repetition; these caps lie well above any real workbook seen.
"""

from typing import NamedTuple

from ..schema.limits import Caps


class ReaderLimits(NamedTuple):
    """The caps for one file; a value may reach its cap but not pass it."""

    file_bytes: int = 100 << 20
    """Bytes of the file itself."""
    unpacked_bytes: int = 512 << 20
    """Bytes of all the parts read, unpacked; a part read twice counts once."""
    part_bytes: int = 256 << 20
    """Bytes of one part, unpacked."""
    entries: int = 2000
    """Entries in the zip directory, used or not."""
    cells: int = 2_000_000
    """Cells that hold something in all the sheets read."""
    merged: int = 200_000
    """Merged ranges in one sheet."""
    elements: int = 8_000_000
    """XML elements in one sheet or table of strings, blank cells among them; counted from the raw tags, comments with them."""
    small_elements: int = 1_000_000
    """XML elements in any other part."""
    depth: int = 64
    """XML elements nested in one another."""
    text: int = 1 << 20
    """Characters of one text; bytes of one XML tag or comment."""
    shared_strings: int = 2_000_000
    """Entries in the table of shared strings."""
    shared_characters: int = 24 << 20
    """Characters of all the shared strings together."""
    sheets: int = 255
    """Sheets in the workbook."""
    names: int = 100_000
    """Names the workbook defines."""
    styles: int = 100_000
    """Cell formats; Excel itself keeps 65,490."""
    seconds: float = 60
    """Processor seconds of reading, whatever else is done meanwhile."""


def reader_limits(caps: Caps) -> ReaderLimits:
    """Return the caps with those a factory asks for; what grows with a cap grows along."""
    defaults = ReaderLimits()
    if caps.file_megabytes:
        defaults = defaults._replace(file_bytes=caps.file_megabytes << 20)
    if caps.unpacked_megabytes:
        defaults = defaults._replace(
            unpacked_bytes=caps.unpacked_megabytes << 20, part_bytes=caps.unpacked_megabytes << 19
        )
    if caps.cells:
        defaults = defaults._replace(cells=caps.cells, elements=4 * caps.cells, shared_strings=caps.cells)
    return defaults._replace(seconds=caps.seconds) if caps.seconds else defaults
