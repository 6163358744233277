"""Fill templates with anything at all, and see what a program makes of them."""

from pathlib import Path

from factory_crm.i18n.translate import Language, translate
from factory_crm.reading.limits import ReaderLimits
from factory_crm.reading.opening import open_workbook
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.template.page import CHECK_COLUMN, FIRST_ROW
from factory_crm.template.workbook import write_template
from tests.template.hostile import Rows


def write_filled(path: Path, schema: WorkbookSchema, rows: Rows, language: Language = "zh", spare: int = 0) -> None:
    """Write a template with those rows in it, error values and all; automatic cells can be written over."""
    prepared = max(map(len, rows.values())) + spare
    write_template(path, schema, language=language, rows=prepared, filled=rows)


def verdicts(path: Path, schema: WorkbookSchema, language: Language = "zh") -> dict[tuple[str, int], tuple[str, str]]:
    """Return √ or × and the words of every row that has them, by table and row, as the stored values say."""
    found = {}
    with open_workbook(path, ReaderLimits()) as source:
        for sheet in schema.sheets:
            for row in source.grid(translate(sheet.title, language)).rows():
                cells = {cell.column: cell.value for cell in row.cells}
                if row.number >= FIRST_ROW and (sign := cells.get(CHECK_COLUMN)):
                    found[sheet.table, row.number] = (str(sign), str(cells.get(len(sheet.columns) + 2, "")))
    return found
