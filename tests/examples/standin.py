"""A template of the layout that the examples count on, small enough to see through."""

from pathlib import Path

from openpyxl import Workbook

from factory_crm.contract.contract import Contract
from factory_crm.examples.fill import HEADER_ROW

OFFICE_AT = "C3"


def write_standin(path: Path, contract: Contract) -> Path:
    """Headers in row 4 from column B, a number in column A and a message in the last one; the cover's labels in column B."""
    workbook = Workbook()
    cover = workbook.worksheets[0]
    cover.title = contract.cover.title
    for row, column in enumerate(contract.cover.columns, 3):
        cover.cell(row, 2, column.header)
    for sheet in contract.sheets:
        page = workbook.create_sheet(sheet.title)
        heads = ["序号", *(column.header for column in sheet.columns), "检查"]
        for place, head in enumerate(heads, 1):
            page.cell(HEADER_ROW, place, head)
    workbook.save(path)
    return path
