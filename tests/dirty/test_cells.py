"""Every dirty cell: the mistake at its very cell and nothing else; harmless spellings understood; nothing changed in silence."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from factory_crm.crm import schema as standard
from factory_crm.problems.codes import Severity
from factory_crm.validation.workbook import WorkbookResult, validate_workbook

from ..office import recalculated
from .cases import ROW, Case, ErrorValue, Formula, cases
from .writing import EXTRA, FIRST, Patched, cell_of, filled, with_openpyxl

CASES = list(cases())
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("dirty"))


@pytest.fixture(scope="module")
def patched(right: Path) -> Patched:
    return Patched(right)


def told(book: WorkbookResult, row: int = 0) -> set[str]:
    return {f"{p.code.name} {p.location.address}" for p in book.problems if row in (0, p.location.row)}


def wanted(case: Case, row: int) -> set[str]:
    title, cell = cell_of(case, case.at)
    return {f"{code} {title}!{cell[:-1]}{row}" for code in case.codes.split()}


def judge(case: Case, book: WorkbookResult, row: int = FIRST + ROW, *, alone: bool = True) -> Iterator[str]:
    """Yield what is wrong with how a case was judged; ``alone``: nothing else is wrong with the workbook."""
    there = told(book, 0 if alone else row)
    if there != wanted(case, row):
        yield f"told {sorted(there)}, not {sorted(wanted(case, row))}"
    checked = book.sheets[case.table]
    record = next(record for record in checked.rows if record.number == row)
    value = checked.value(record, case.column)
    if case.harmless and case.value not in ("", value):
        yield f"understood as {value!r}, not {case.value!r}"
    if case.harmless and record.rejected_for:
        yield f"refused: {record.rejected_for[0].code.name}"
    if not there and not checked.sheet.column(case.column).automatic and changed(case, value):
        yield f"changed to {value!r} in silence"
    for problem in book.problems:
        if problem.severity is Severity.FIX and not {"before", "after"} <= problem.params.keys():
            yield "a fix without before and after"


def by_itself(case: Case) -> bool:
    """Whether a case speaks of the numbers of other rows, so that it needs a workbook of its own."""
    key = standard().sheet(case.table).key()[0].name
    return "K" in case.codes or case.column == "line" or (case.column == key and case.harmless)


def changed(case: Case, value: Any) -> bool:
    """Whether a value is another than what was written; a choice may be written in English."""
    written = case.written
    column = standard().sheet(case.table).column(case.column)
    if column.choices and isinstance(written, str) and not CHINESE.search(written):
        return False
    if isinstance(written, Formula):
        return False
    if isinstance(written, int | float) and isinstance(value, int | float | Decimal):
        return Decimal(str(written)) != Decimal(str(value))
    if isinstance(written, date) and isinstance(value, date) and not isinstance(written, datetime):
        return written != value
    return value is not None and str(value) != str(written) and not isinstance(written, date)


def test_the_corpus_is_large_and_covers_every_column() -> None:
    assert len(CASES) >= 250
    assert {(c.table, c.column) for c in CASES} >= {
        (sheet.table, column.name)
        for sheet in standard().sheets
        for column in sheet.columns
        if column.name != "customer_name"
    }


def test_the_workbook_is_right_before_it_is_spoilt(right: Path) -> None:
    assert told(validate_workbook(right, standard())) == set()


@pytest.mark.parametrize("table", [sheet.table for sheet in standard().sheets])
def test_each_dirty_cell_in_a_row_of_its_own(patched: Patched, tmp_path: Path, table: str) -> None:
    here = [case for case in CASES if case.table == table and not by_itself(case)]
    path = tmp_path / "a.xlsx"
    path.write_bytes(patched.with_rows(table, here))
    book = validate_workbook(path, standard())
    wrong = {}
    for row, case in enumerate(here, EXTRA):
        if found := list(judge(case, book, row, alone=False)):
            wrong[f"{case.column} {case.written!r:.40} {case.codes}"] = found
    assert wrong == {}
    assert told(book) == {place for row, case in enumerate(here, EXTRA) for place in wanted(case, row)}


@pytest.mark.parametrize("table", [sheet.table for sheet in standard().sheets])
def test_each_dirty_number_in_a_workbook_of_its_own(patched: Patched, tmp_path: Path, table: str) -> None:
    wrong = {}
    path = tmp_path / "a.xlsx"
    for case in (case for case in CASES if case.table == table and by_itself(case)):
        path.write_bytes(patched.with_cell(*cell_of(case), case.written))
        if found := list(judge(case, validate_workbook(path, standard()))):
            wrong[f"{case.column} {case.written!r:.40} {case.codes}"] = found
    assert wrong == {}


def for_openpyxl(case: Case) -> bool:
    """Whether openpyxl can write it so that it says the same."""
    hidden = isinstance(case.written, str) and any(ord(c) < 32 and c != "\n" for c in case.written)
    return not (by_itself(case) or hidden or isinstance(case.written, Formula | time))


def test_dirty_cells_written_by_openpyxl(right: Path, tmp_path: Path) -> None:
    placed = with_openpyxl(right, [case for case in CASES if for_openpyxl(case)], tmp_path / "a.xlsx")
    assert judged(tmp_path / "a.xlsx", placed) == {}


@pytest.mark.libreoffice
def test_dirty_cells_saved_by_libreoffice(right: Path, tmp_path: Path) -> None:
    written = (case for case in CASES if for_openpyxl(case) and not isinstance(case.written, ErrorValue))
    sample = [case for case in written if isinstance(case.written, str | date)][
        ::3
    ]  # numbers take their column's format
    placed = with_openpyxl(right, sample, tmp_path / "a.xlsx")
    assert judged(recalculated(tmp_path / "a.xlsx", tmp_path / "out"), placed) == {}


def judged(path: Path, placed: dict[int, Case]) -> dict[str, list[str]]:
    """Return what is wrong with how the rows of a workbook were judged."""
    book = validate_workbook(path, standard())
    wrong = {}
    for row, case in placed.items():
        title = standard().sheet(case.table).title
        alone = book._replace(problems=tuple(p for p in book.problems if p.location.sheet == title))
        if found := list(judge(case, alone, row, alone=False)):
            wrong[f"{case.column} {case.written!r:.40} {case.codes}"] = found
    return wrong
