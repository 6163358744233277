"""What the formulas of the automatic columns come to, so that a previewer shows it too."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..contract.contract import Contract
from ..contract.sheet import Column
from ..problems import letters

Results = Mapping[str, Decimal | str]
"""The results of a sheet's formulas by cell, such as ``I5``."""
Row = Mapping[str, Any]
"""The cells of a row by column name."""
Rows = Mapping[str, Sequence[Row]]
"""The rows of each table."""


def results(contract: Contract, table: str, rows: Rows, places: Mapping[str, int], first_row: int) -> Results:
    """Return the results of a sheet's automatic columns, as far as what they need is filled and plain."""
    automatic = [column for column in contract.sheet(table).columns if column.automatic and column.name in places]
    found = {
        f"{letters(places[column.name])}{number}": _result(contract, table, column, row, rows)
        for column in automatic
        for number, row in enumerate(rows[table], first_row)
    }
    return {cell: result for cell, result in found.items() if result is not None}


def _result(contract: Contract, table: str, column: Column, row: Row, rows: Rows) -> Decimal | str | None:
    if column.formula:
        numbers = {name: _number(row.get(name)) for name in column.formula.names}
        result: Decimal | None = column.formula.value(numbers)
        return result
    reference = contract.sheet(table).column(column.echoes)
    target = contract.sheet(reference.refers)
    key = target.key()[0].name
    named = (other.get(target.label) for other in rows.get(target.table, ()) if other[key] == row.get(reference.name))
    return next(named, None)


def _number(value: object) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | float | Decimal) else None
