"""Fill a template as a clerk would: values go under their headers, nothing else is touched."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ..contract.contract import Contract
from ..contract.sheet import Sheet
from ..saving import saved

HEADER_ROW, FIRST_ROW = 4, 5
"""Of every sheet of a template: its headers, and the first row to fill."""
SAVED_AT = datetime(2024, 7, 1, 9, 0)
_OLDEST = (1980, 1, 1, 0, 0, 0)  # that a zip can say
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def fill(
    template: Path,
    target: Path,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    cover: Mapping[str, str],
    contract: Contract,
) -> None:
    """Write the template to the target with the rows of each table and the cover's values, by column name."""
    workbook = load_workbook(template)
    for table, lines in rows.items():
        _fill_sheet(workbook, contract.sheet(table), lines)
    _fill_cover(workbook[contract.cover.title], contract.cover, cover)
    save(workbook, target)


def save(workbook: Workbook, target: Path) -> None:
    """Save a workbook so that the same content always makes the same bytes."""
    workbook.properties.created = SAVED_AT
    written = io.BytesIO()
    workbook.save(written)
    with saved(target) as temporary, zipfile.ZipFile(written) as parts, zipfile.ZipFile(temporary, "w") as packed:
        for name, content in _parts(parts):
            packed.writestr(zipfile.ZipInfo(name, _OLDEST), content, zipfile.ZIP_DEFLATED)


def columns(worksheet: Worksheet, sheet: type[Sheet]) -> dict[str, int]:
    """Return where the columns of a sheet stand, by name, told by the headers of the template."""
    headers = {str(cell.value): cell.column for cell in worksheet[HEADER_ROW] if cell.value is not None}
    return {column.name: headers[column.header] for column in sheet.columns if column.header in headers}


def _fill_sheet(workbook: Workbook, sheet: type[Sheet], lines: Sequence[Mapping[str, Any]]) -> None:
    worksheet = workbook[sheet.title]
    places = columns(worksheet, sheet)
    for number, line in enumerate(lines, FIRST_ROW):
        for name, value in line.items():
            if value is not None:
                worksheet.cell(number, places[name]).value = value


def _fill_cover(worksheet: Worksheet, sheet: type[Sheet], cover: Mapping[str, str]) -> None:
    labels = {cell.value: cell for line in worksheet.iter_rows() for cell in line if isinstance(cell.value, str)}
    for name, value in cover.items():
        label = labels[sheet.column(name).header]
        worksheet.cell(label.row, label.column + 1).value = value


def _parts(parts: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Every part and its content, without the moment of saving that openpyxl writes down."""
    stamp = SAVED_AT.isoformat().encode() + b"Z"
    for name in parts.namelist():
        content = parts.read(name)
        yield name, _MODIFIED.sub(rb"\g<1>" + stamp, content) if name == "docProps/core.xml" else content
