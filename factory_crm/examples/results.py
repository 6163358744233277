"""What the formulas of the automatic columns come to, so that a previewer shows it too."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..problems.problem import column_letters
from ..schema.column import Column
from ..schema.workbook import WorkbookSchema

FormulaResults = Mapping[str, Decimal | str]
"""The results of a sheet's formulas by cell, such as ``I5``."""
Row = Mapping[str, Any]
"""The cells of a row by column name."""
Rows = Mapping[str, Sequence[Row]]
"""The rows of each table."""


def results(
    schema: WorkbookSchema, table: str, rows: Rows, places: Mapping[str, int], first_row: int
) -> FormulaResults:
    """Return the results of a sheet's automatic columns, as far as what they need is filled and plain."""
    automatic = [column for column in schema.sheet(table).columns if column.automatic and column.name in places]
    found = {
        f"{column_letters(places[column.name])}{number}": _result(schema, table, column, row, rows)
        for column in automatic
        for number, row in enumerate(rows[table], first_row)
    }
    return {cell: result for cell, result in found.items() if result is not None}


def _result(schema: WorkbookSchema, table: str, column: Column, row: Row, rows: Rows) -> Decimal | str | None:
    if column.formula:
        numbers = {name: _number(row.get(name)) for name in column.formula.names}
        result: Decimal | None = column.formula.value(numbers)
        return result
    reference = schema.sheet(table).column(column.lookup)
    target = schema.sheet(reference.references)
    key = target.key()[0].name
    named = (
        other.get(target.display_column)
        for other in rows.get(target.table, ())
        if other[key] == row.get(reference.name)
    )
    return next(named, None)


def _number(value: object) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | float | Decimal) else None
