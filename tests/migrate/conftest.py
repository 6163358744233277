"""Workbooks to be moved, and how two of them are compared."""

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from factory_crm import crm
from factory_crm.crm import schema as standard
from factory_crm.i18n.translate import translate
from factory_crm.migrate.migrate import TemplateJob, TemplateOutcome
from factory_crm.migrate.migrate import make as make_template
from factory_crm.problems.codes import Severity
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.template.page import FIRST_ROW
from factory_crm.template.workbook import write_template
from factory_crm.validation.workbook import WorkbookResult, validate_workbook

Rows = Mapping[str, list[dict[str, Any]]]
CUSTOMERS = [
    {"customer_id": "007", "name": "甲公司", "contact": "张三", "phone": "13800000000"},
    {"customer_id": "CUS002", "name": "乙公司", "contact": "李四", "phone": "13800000001"},
]


@pytest.fixture
def written(tmp_path) -> Callable[..., Path]:
    """Write a filled template, change it as somebody might have, and return where it is."""

    def write(rows: Rows, change: Callable[[Any], object] | None = None, schema: WorkbookSchema | None = None) -> Path:
        path = tmp_path / "old.xlsx"
        cover = {"office": "一分厂", "filled_by": "李四", "period": "2024-06"}
        write_template(path, schema or standard(), rows=20, cover=cover, filled=rows)
        if change:
            book = openpyxl.load_workbook(path)
            change(book)
            book.save(path)
        return path

    return write


def make(job: TemplateJob, edition: str | None = None, config: Path | None = None) -> TemplateOutcome:
    """Write a template of the customer workbook, as the command does."""
    own = crm.load(config, edition) if config else crm.schema(edition) if edition else None
    assert not isinstance(own, list)
    return make_template(job, own, crm.editions(config), tuple(crm.editions().values()))


@pytest.fixture
def moved(tmp_path) -> Callable[..., tuple[TemplateOutcome, Path]]:
    """Move a workbook and return what came of it, and where."""

    def move(old: Path, edition: Any = None, config: Path | None = None, **wishes: Any) -> tuple[TemplateOutcome, Path]:
        target = tmp_path / f"new-{old.stem}.xlsx"
        return make(TemplateJob(target, old=old, **{"rows": 1, **wishes}), edition, config), target

    return move


def records(book: WorkbookResult) -> dict[str, list[dict[str, Any]]]:
    """Return what every record holds, by table and column; an echo shows the names of another sheet."""
    return {
        table: [
            {
                column.name: value
                for column, value in zip(checked.sheet.columns, row.values, strict=True)
                if value is not None and not column.lookup
            }
            for row in checked.rows
        ]
        for table, checked in book.sheets.items()
        if checked.rows
    }


Finding = tuple[str, str, int, str]
"""A code, a table, which of its records, a column."""


def arisen(before: WorkbookResult, after: WorkbookResult) -> list[Finding]:
    """Return the findings that came with a move; a word for nothing (C311) that was taken away leaves a blank (C201)."""
    nothing = {one[1:] for one in findings(before, Severity.FIX) if one[0] == "C311"}
    return [one for one in findings(after) - findings(before) if one[0] != "C201" or one[1:] not in nothing]


def findings(book: WorkbookResult, *severities: Severity) -> Counter[Finding]:
    """Return what was found in records, by default errors and warnings."""
    tables = {checked.location.sheet: table for table, checked in book.sheets.items()}
    found: Counter[Finding] = Counter()
    for problem in book.problems:
        checked = book.sheets.get(tables.get(problem.location.sheet, ""))
        at = (
            [row.number for row in checked.rows].index(problem.location.row)
            if checked and on_record(checked, problem)
            else -1
        )
        if checked and at >= 0 and problem.severity in (severities or (Severity.ERROR, Severity.WARNING)):
            column = checked.layout.columns.get(problem.location.column)
            found[problem.code.name, checked.sheet.table, at, column.name if column else ""] += 1
    return found


def on_record(checked: Any, problem: Any) -> bool:
    return problem.location.row in {row.number for row in checked.rows}


def cells_of(outcome: TemplateOutcome, kind: str) -> list[tuple[str, str]]:
    """Return where what is listed stood, and what it was."""
    return [(note.location, note.before) for note in outcome.notes if note.kind == kind]


def line(path: Path, sheet: str, row: int = FIRST_ROW) -> dict[str, Any]:
    """Return the cells of a row by their headers, in Chinese."""
    page = openpyxl.load_workbook(path)[sheet]
    told = {translate(column.header, "en"): column.header for one in standard("full").sheets for column in one.columns}
    return {told.get(head.value, head.value): page.cell(row, head.column) for head in page[FIRST_ROW - 1]}


def checked(path: Path, edition: Any = "basic") -> WorkbookResult:
    return validate_workbook(path, standard(edition))
