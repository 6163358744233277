"""Fill a template as a clerk would: values stand under their headers, results beside the formulas."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from ..schema.layout import FIRST_COLUMN
from ..schema.model import Sheet
from ..schema.workbook import WorkbookSchema
from ..template.records import ErrorValue
from ..template.workbook import write_template
from .results import FormulaResults, Row, Rows, results
from .save import repack

HEADER_ROW, FIRST_ROW = 4, 5
"""Of every sheet of a template: its headers, and the first row to fill."""
_SPARE_ROWS = 50
_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?")


def fill(target: Path, rows: Rows, cover: Mapping[str, str], schema: WorkbookSchema) -> None:
    """Write a template with the rows of each table and the cover's values, by column name, and room for some more.

    Beside the formulas of the automatic columns stand their results, as Excel would have left them.
    """
    found: dict[str, FormulaResults] = {}
    for at, sheet in enumerate(schema.sheets, 2):  # the cover comes first
        places = {name: FIRST_COLUMN + i for name, i in sheet.record_layout.index.items()}
        unknown = {name for row in rows.get(sheet.table, ()) for name in row} - places.keys()
        if unknown:
            raise KeyError(f"{sheet.table} has no column {sorted(unknown)}")
        if rows.get(sheet.table):
            found[f"xl/worksheets/sheet{at}.xml"] = results(schema, sheet.table, rows, places, FIRST_ROW)
    with TemporaryDirectory() as scratch:
        written = Path(scratch, "filled.xlsx")
        filled = {table: [_typed(row) for row in lines] for table, lines in rows.items()}
        room = max((len(lines) for lines in rows.values()), default=0) + _SPARE_ROWS
        write_template(written, schema, rows=room, cover=cover, filled=filled)
        repack(written, target, found)


def _typed(row: Row) -> dict[str, Any]:
    return {name: ErrorValue(value) if value in _ERRORS else value for name, value in row.items()}


def columns(page: Worksheet, sheet: type[Sheet]) -> dict[str, int]:
    """Return where the columns of a sheet stand, by name, told by the headers of the template."""
    headers = {str(cell.value): cell.column for cell in page[HEADER_ROW] if cell.value is not None}
    return {column.name: headers[column.header] for column in sheet.columns if column.header in headers}
