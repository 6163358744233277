"""The stamp of a workbook, by whichever of its three ways survived the programs it went through."""

from itertools import islice

from ..reading.reader import WorkbookReader
from ..schema.stamp import DEFINED_NAME, META_SHEET, Stamp

_META_ROWS = 40


def read_stamp(source: WorkbookReader) -> Stamp | None:
    """Return the stamp, ``None`` for a workbook that is none of ours."""
    return (
        Stamp.from_facts(source.properties)
        or Stamp.parse(source.names.get(DEFINED_NAME, ""))
        or _from_meta_sheet(source)
    )


def _from_meta_sheet(source: WorkbookReader) -> Stamp | None:
    if META_SHEET not in {info.name for info in source.sheets}:
        return None
    facts = {}
    for row in islice(source.grid(META_SHEET).rows(), _META_ROWS):
        texts = [cell.value for cell in row.cells if isinstance(cell.value, str)]
        if len(texts) > 1:
            facts[texts[0]] = texts[1]
    return Stamp.from_facts(facts)
