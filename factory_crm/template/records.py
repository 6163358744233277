"""The cells of an entry sheet: how a column looks, formulas that fill themselves, and rows filled in beforehand."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from ..schema.column import Column
from ..xlsx import theme
from ..xlsx.backend import Format
from ..xlsx.dates import EPOCH_BEFORE_MARCH_1900, MARCH_1900
from ..xlsx.writer import StrictWorksheet
from .formulas import automatic
from .page import FIRST_ROW, EntryPage

_DAY_FORMAT, _MOMENT_FORMAT, _TIME_FORMAT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm:ss"

PrefilledRows = Sequence[Mapping[str, Any]]
"""Rows to be filled in, each its values by column name."""


def look(column: Column) -> dict[str, Any]:
    """Return the properties of a column's cells."""
    indent = {} if column.column_type.align == "center" else {"indent": 1}
    return {"num_format": column.column_type.number_format, "align": column.column_type.align, **indent}


def write_records(sheet: StrictWorksheet, page: EntryPage, formats: theme.Formats, records: PrefilledRows) -> None:
    """Fill rows in, each value as it would look had it been typed."""
    styles = {c.name: formats(locked=False, **look(c)) for c in page.sheet.columns}
    for row, record in enumerate(records, FIRST_ROW - 1):
        for column in page.sheet.columns:
            place = page.place(column.name) - 1
            if (value := record.get(column.name)) is None:
                continue
            if isinstance(value, Result):
                sheet.set_result(row, place, value.value)
                continue
            if (
                column.automatic and row == FIRST_ROW - 1 < page.last_row - 1
            ):  # the others share the first one's formula
                write_automatic(sheet, page, column, formats, row + 1)
            special_format = _special_format(column, value)
            style = formats(locked=False, num_format=special_format) if special_format else styles[column.name]
            write_value(sheet, row, place, value, style)


def _special_format(column: Column, value: Any) -> str:
    """Return how a value is shown that its column does not look for: a day is a day everywhere, a bare number none."""
    dated = column.column_type.base_type in ("day", "moment")
    match value:
        case time():
            return _TIME_FORMAT
        case Serial() if not dated:
            return _DAY_FORMAT
        case datetime() if not dated and value.time() != time():
            return _MOMENT_FORMAT
        case date() if not dated:
            return _DAY_FORMAT
        case int() | float() if dated and not isinstance(value, Serial):
            return "General"
    return ""


def write_automatic(
    sheet: StrictWorksheet, page: EntryPage, column: Column, formats: theme.Formats, first: int
) -> None:
    """Write the formulas of an automatic column, from a row (counted from 0) to the last prepared one."""
    grey = {"bg_color": theme.AUTOMATIC_FILL, "font_color": theme.MUTED, "border": 1, "border_color": theme.GRID}
    style = formats(**grey, locked=False, **look(column))
    sheet.write_shared(first, page.last_row - 1, page.place(column.name) - 1, automatic(page, column), style)


class ErrorValue(str):
    """An error value that a cell shows, such as ``#REF!``."""

    __slots__ = ()


class Result(NamedTuple):
    """What the formula of an automatic cell comes to."""

    value: Any


class Serial(float):
    """A number that is shown as a date, though the calendar may have none for it."""

    __slots__ = ()


def write_value(sheet: StrictWorksheet, row: int, column: int, value: Any, style: Format) -> None:
    """Write a value into a cell; both count from 0."""
    if isinstance(value, ErrorValue):
        sheet.write_formula(row, column, f"={value}", style, str(value))
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, datetime) and value < MARCH_1900:  # XlsxWriter loses a day of moments before
        sheet.write_number(row, column, (value - EPOCH_BEFORE_MARCH_1900) / timedelta(1), style)
    elif isinstance(value, date | time):
        sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)
