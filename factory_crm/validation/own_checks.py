"""Run the checks that a schema brings along, once the workbook is read."""

from collections.abc import Iterator, Mapping

from ..problems.problem import Location, Problem
from ..schema.check import Check, Finding, SheetRecords
from ..schema.parsers.text import display_text
from ..schema.workbook import WorkbookSchema
from .keys import SheetResult


def run_checks(schema: WorkbookSchema, sheets: Mapping[str, SheetResult]) -> Iterator[tuple[str, int, Problem]]:
    """Yield what the schema's own checks find, with its table and row; they see the rows that nothing rejects."""
    if not schema.checks:
        return
    records = {
        table: SheetRecords.of(one.sheet, ((row.number, row.values) for row in one.rows if not row.rejected_for))
        for table, one in sheets.items()
    }
    records = {sheet.table: records.get(sheet.table, SheetRecords()) for sheet in schema.sheets}
    for check in schema.checks:
        for finding in check.findings(records):
            yield finding.table, finding.row, _problem(check, finding, sheets[finding.table])


def _problem(check: Check, finding: Finding, sheet: SheetResult) -> Problem:
    column = sheet.sheet.column(finding.column)
    at = sheet.layout.position(column.name)
    row = next(row for row in sheet.rows if row.number == finding.row)
    params = {
        "header": sheet.layout.headers.get(at, column.header),
        "value": display_text(sheet.value(row, column.name)),
    }
    location = Location(sheet.location.file, sheet.location.sheet, finding.row, at)
    return Problem(check.code, location, {**params, **finding.params})
