"""Fill a template as a clerk would: values go under their headers, nothing else is touched."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ..contract.contract import Contract
from ..contract.sheet import Sheet
from .results import Results, Row, Rows, results
from .save import save

HEADER_ROW, FIRST_ROW = 4, 5
"""Of every sheet of a template: its headers, and the first row to fill."""


def fill(template: Path, target: Path, rows: Rows, cover: Mapping[str, str], contract: Contract) -> None:
    """Write the template to the target with the rows of each table and the cover's values, by column name.

    Beside the formulas of the automatic columns stand their results, as Excel would have left them.
    """
    workbook = load_workbook(template)
    found: dict[str, Results] = {}
    for table, lines in rows.items():
        sheet = contract.sheet(table)
        page = workbook[sheet.title]
        places = columns(page, sheet)
        _fill_sheet(page, places, lines)
        found[sheet.title] = results(contract, table, rows, places, FIRST_ROW)
    _fill_cover(workbook[contract.cover.title], contract.cover, cover)
    save(workbook, target, found)


def columns(page: Worksheet, sheet: type[Sheet]) -> dict[str, int]:
    """Return where the columns of a sheet stand, by name, told by the headers of the template."""
    headers = {str(cell.value): cell.column for cell in page[HEADER_ROW] if cell.value is not None}
    return {column.name: headers[column.header] for column in sheet.columns if column.header in headers}


def _fill_sheet(page: Worksheet, places: Mapping[str, int], lines: Sequence[Row]) -> None:
    for number, line in enumerate(lines, FIRST_ROW):
        for name, value in line.items():
            if value is not None:
                page.cell(number, places[name]).value = value


def _fill_cover(page: Worksheet, sheet: type[Sheet], cover: Mapping[str, str]) -> None:
    labels = {cell.value: cell for line in page.iter_rows() for cell in line if isinstance(cell.value, str)}
    for name, value in cover.items():
        label = labels[sheet.column(name).header]
        page.cell(label.row, label.column + 1).value = value
