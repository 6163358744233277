"""Templates to look into and to fill."""

from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from factory_crm.crm import schema as standard
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.template.page import FIRST_ROW, HEADER_ROW
from factory_crm.template.workbook import write_template
from tests import office

Lines = dict[str, list[dict[str, Any]]]
"""For each sheet its lines, each a mapping of header to value."""


@pytest.fixture
def schema() -> WorkbookSchema:
    return standard()


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    write_template(path, standard(), rows=40)
    return path


@pytest.fixture
def book(template) -> Workbook:
    """The template as openpyxl sees it."""
    return openpyxl.load_workbook(template)


@pytest.fixture
def recalculated(tmp_path) -> Callable[..., Workbook]:
    """Fill a small template, let LibreOffice calculate it, and return what its cells show."""

    def fill_and_calculate(lines: Lines, change: Callable[[Workbook], None] = lambda _: None) -> Workbook:
        path = tmp_path / "filled.xlsx"
        write_template(path, standard(), rows=20)
        book = openpyxl.load_workbook(path)
        for title, wanted in lines.items():
            columns = headers(book[title])
            for row, line in enumerate(wanted, FIRST_ROW):
                for header, value in line.items():
                    put(book[title], row, columns[header], value)
        change(book)
        book.save(path)
        return openpyxl.load_workbook(office.recalculated(path, tmp_path / "calculated"), data_only=True)

    return fill_and_calculate


def put(sheet: Any, row: int, column: int, value: Any) -> None:
    """Type a value into a cell as Excel would: an empty cell looks as its column does."""
    cell = sheet.cell(row, column)
    if not cell.has_style:
        cell._style = copy(sheet.column_dimensions[cell.column_letter]._style)
    cell.value = value


def headers(sheet: Any) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[HEADER_ROW]}


def shown(sheet: Any, header: str, count: int) -> list[Any]:
    """What the first cells of a column show."""
    column = headers(sheet)[header]
    return [sheet.cell(row, column).value for row in range(FIRST_ROW, FIRST_ROW + count)]
