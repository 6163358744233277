"""Check the structure of a workbook apart from its values: macros, links, hidden, merged, blank or far cells."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from ..problems import codes
from ..problems.problem import Location, Problem, column_letters
from ..reading.reader import SheetGrid, WorkbookReader
from ..xlsx.columns import COLUMNS
from .keys import SheetResult

MANY_BLANK_ROWS = 1000
MOST_MERGED = 1000
"""Merged ranges that are reported at most."""
FAR_RIGHT, FAR_BELOW = 50, 1000
"""Columns right of the last header, or rows below the record before, from which on a cell stands far away."""

_range = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})").fullmatch


def of_file(source: WorkbookReader, file: str) -> Iterator[Problem]:
    """Yield the problems of the workbook as a whole: macros and external links."""
    if source.macros:
        yield codes.MACROS(Location(file))
    if source.external_links:
        yield codes.EXTERNAL_LINKS(Location(file), count=source.external_links)


def of_sheet(grid: SheetGrid, checked: SheetResult) -> Iterator[Problem]:
    """Yield the structure problems of one sheet of records; its rows must have been read to the end."""
    location, layout, shape = checked.location, checked.layout, grid.shape

    def at(row: int = 0, column: int = 0) -> Location:
        return location._replace(row=row, column=column)

    if shape.blank_rows > MANY_BLANK_ROWS:
        yield codes.BLANK_ROWS(at(), count=shape.blank_rows)
    if not checked.rows:
        return
    if grid.state != "visible":
        yield codes.SHEET_HIDDEN(at(), sheet=location.sheet, count=len(checked.rows))
    numbers = {row.number for row in checked.rows} if shape.hidden_rows else ()
    if hidden := [number for number in shape.hidden_rows if number in numbers]:
        yield codes.ROWS_HIDDEN(at(hidden[0]), count=len(hidden))
    for column in layout.columns:
        if any(first <= column <= last for first, last in shape.hidden_columns):
            yield codes.COLUMN_HIDDEN(at(layout.header_row, column), header=layout.headers[column])
    row, column = shape.widest
    if column > max(layout.headers) + FAR_RIGHT:
        yield codes.FAR_CELL(at(row, column), cell=f"{column_letters(column)}{row}")
    before, row = shape.gap
    if row - before > FAR_BELOW and before >= layout.header_row:
        yield codes.FAR_CELL(at(row), cell=f"{row}:{row}")
    for text, row, column in islice(_merged(grid, checked), MOST_MERGED):
        yield codes.MERGED(at(row, column), range=text)


def _merged(grid: SheetGrid, checked: SheetResult) -> Iterator[tuple[str, int, int]]:
    """Yield the merged ranges that touch a record, and their first cells."""
    numbers = [row.number for row in checked.rows] if grid.shape.merged else []
    for text in grid.shape.merged:
        if not (corners := _range(text)):
            continue
        left, right, top, bottom = COLUMNS[corners[1]], COLUMNS[corners[3]], int(corners[2]), int(corners[4])
        following = bisect_left(numbers, top)
        touches = following < len(numbers) and numbers[following] <= bottom
        if touches and any(left <= column <= right for column in checked.layout.columns):
            yield text, top, left
