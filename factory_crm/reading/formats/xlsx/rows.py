"""Collect the cells of a row in the order in which they come."""

from ...grid import BrokenCell, Raw, broken_cell


def put(values: dict[int, Raw], column: int, value: Raw) -> None:
    """Add a cell to a row; a column that comes twice is broken: nobody could say which is meant."""
    first = values.get(column)
    values[column] = (
        value if first is None else broken_cell(first.text if isinstance(first, BrokenCell) else str(first))
    )
