"""Select the rows of the next period: open records, the rows that depend on them, and what they reference."""

from collections.abc import Mapping
from functools import cache

from ..schema.record.row import ValidatedRow
from ..schema.rules.expression import Expression
from ..validation.keys import SheetResult, normalize_id

RowNumbers = dict[str, set[int]]
"""The numbers of rows, by table."""


def still_open(sheets: Mapping[str, SheetResult]) -> RowNumbers:
    """Return the rows that go on: all customers, open orders whole, open services, and whatever those name."""
    going: RowNumbers = {
        table: {row.number for row in checked.rows if _is_open(checked, row)} for table, checked in sheets.items()
    }
    for table, checked in sheets.items():  # an order goes on with all its lines
        going[table] |= _named(checked, {_key(checked, row) for row in checked.rows if row.number in going[table]})
    for table, checked in sheets.items():  # and with its steps and shipments
        for reference in checked.sheet.line_reference.values():
            target = checked.sheet.column(reference).references
            numbers = _numbers(sheets.get(target), going.get(target, set()))
            going[table] |= {
                row.number for row in checked.rows if normalize_id(checked.value(row, reference)) in numbers
            }
    while _with_what_they_name(sheets, going):
        pass
    return going


def _is_open(checked: SheetResult, row: ValidatedRow) -> bool:
    """Whether a row goes on for its own sake; a blank or unusable cell does not end it."""
    sheet = checked.sheet
    if sheet.carry_over or not sheet.open_while:
        return sheet.carry_over
    return _condition(sheet.open_while).holds(sheet.record_layout.by_name(row.values))


@cache
def _condition(text: str) -> Expression:
    return Expression(text)


def _with_what_they_name(sheets: Mapping[str, SheetResult], going: RowNumbers) -> bool:
    """Add the rows that rows refer to; return whether there were any."""
    before = sum(map(len, going.values()))
    for table, checked in sheets.items():
        rows = [row for row in checked.rows if row.number in going[table]]
        for column in checked.sheet.columns:
            if target := sheets.get(column.references):
                going[column.references] |= _named(
                    target, {normalize_id(checked.value(row, column.name)) for row in rows}
                )
    return sum(map(len, going.values())) > before


def _named(checked: SheetResult, numbers: set[str]) -> set[int]:
    """Return the rows that bear one of the numbers."""
    return {row.number for row in checked.rows if (key := _key(checked, row)) and key in numbers}


def _numbers(checked: SheetResult | None, rows: set[int]) -> set[str]:
    return {_key(checked, row) for row in checked.rows if row.number in rows} - {""} if checked else set()


def _key(checked: SheetResult, row: ValidatedRow) -> str:
    return normalize_id(checked.value(row, checked.sheet.key()[0].name))
