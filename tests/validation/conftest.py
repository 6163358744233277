"""Workbooks drawn as tables: a test's docstring is the workbook it speaks of."""

import re
import textwrap
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from factory_crm.crm import schema as standard
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.validation.workbook import WorkbookResult, validate_workbook

Check = Callable[..., WorkbookResult]
_TITLE = re.compile(r"^(\S.*)[:：]$")


def value_of(drawn: str) -> Any:
    """Return what a drawn cell holds: numbers and days as such, ``'1000`` as a text, ``=A1`` as a formula never calculated."""
    if drawn.startswith("'"):
        return drawn[1:].replace("\\n", "\n").replace("\\u3000", "\u3000")
    if drawn in ("TRUE", "FALSE"):
        return drawn == "TRUE"
    if re.fullmatch(r"-?\d+(\.\d+)?", drawn):
        return float(drawn) if "." in drawn else int(drawn)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", drawn):
        return date.fromisoformat(drawn)
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", drawn):
        return datetime.fromisoformat(drawn)
    return drawn or None


def sheets_of(drawing: str) -> Iterator[tuple[str, list[list[Any]]]]:
    """Yield the name and the rows of each drawn sheet; an empty line is an empty row between filled ones."""
    title, rows = "", []
    for line in textwrap.dedent(drawing).strip("\n").splitlines():
        if named := _TITLE.match(line.strip()):
            if title:
                yield title, rows
            title, rows = named[1], []
        elif title and line.strip():
            rows.append(
                [value_of(cell.strip()) for cell in line.strip().strip("|").split("|")]
                if "|" in line
                else [line.strip()]
            )
        elif title and rows:
            rows.append([])
    if title:
        yield title, rows


def draw(drawing: str, path: Path, change: Callable[[Workbook], None] | None = None) -> Path:
    """Write the drawn workbook."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets_of(drawing):
        sheet = workbook.create_sheet(title)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(number, column, value)
    if change:
        change(workbook)
    workbook.save(path)
    return path


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Check a drawn workbook."""

    def checking(
        drawing: str, schema: WorkbookSchema | None = None, change: Callable[[Workbook], None] | None = None
    ) -> WorkbookResult:
        return validate_workbook(draw(drawing, tmp_path / "book.xlsx", change), schema or standard())

    return checking


@pytest.fixture
def book(request: pytest.FixtureRequest, check: Check) -> WorkbookResult:
    """The workbook drawn in the test's docstring, checked."""
    return check(request.function.__doc__)


def found(book: WorkbookResult) -> list[str]:
    """Return the problems as ``C101 订单记录!E2``, but for sheets that a drawing leaves out."""
    return [f"{p.code.name} {p.location.address}".strip() for p in book.problems if p.code.name != "S102"]
