"""One record by itself, as a program gives it: the very check that a row of a workbook goes through."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from math import isnan
from typing import Any, NamedTuple

from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from ...i18n.translate import escape_invisible
from ...problems import codes
from ...problems.problem import Location, Problem
from ..sheet import DeclaredSheet
from .header_layout import HeaderLayout
from .row import RowValidator
from .values import GridRow, Raw, broken_cell

_CACHED = 64


class RecordResult(NamedTuple):
    """What became of one record: its typed values by column, and all that is to be said of it."""

    values: Mapping[str, Any]
    """``None`` where a cell is blank or unusable; a lookup is blank, since it is another row that fills it."""
    problems: tuple[Problem, ...]
    """Their location names the sheet, and the column by its place in the declaration; there is no file and no row."""
    accepted: bool
    """Whether the row is a record and nothing rejects it."""


def check_record(sheet: type[DeclaredSheet], record: Mapping[str, Any]) -> RecordResult:
    """Check the values of one row, by the names of the columns or by their headers.

    A value is what a cell may hold, as people write it (``"2024年3月1日"``) or typed: a text, a number, a day or moment, a
    sequence of choices. What needs other rows (a repeated key, an unknown reference, a lookup) is not looked at.
    """
    validator = _validator(sheet)
    at = {name: place for place, one in enumerate(sheet.columns, 1) for name in (one.header, one.name)}
    cells = {at[name]: raw for name, value in record.items() if name in at and (raw := raw_of(value)) is not None}
    rows, problems = validator.check([GridRow(0, dict(sorted(cells.items())))] if cells else [])
    if not rows:
        return RecordResult({}, tuple(problems) or tuple(_lacking(sheet)), accepted=False)
    values = dict(zip((one.name for one in sheet.columns), rows[0].values, strict=True))
    return RecordResult(values, tuple(problems), accepted=not rows[0].rejected_for)


def validated_values(sheet: type[DeclaredSheet], record: Any) -> Any:
    """Return what Pydantic is to put into an instance of the sheet: typed values, and what is no column as it was given.

    Raises ``ValidationError``, each of whose errors is a problem that rejects the row: its type is the code's name, its
    location the column, its context holds header, message and hint in Chinese.
    """
    if isinstance(record, DeclaredSheet):
        record = {name: value for name, value in record if value is not None}
    if not isinstance(record, Mapping):
        return record
    result = check_record(sheet, record)
    if not result.accepted:
        rejecting = [problem for problem in result.problems if problem.code.rejects] or result.problems
        details = [_detail(sheet, problem, record) for problem in rejecting]
        raise ValidationError.from_exception_data(sheet.__name__, details)
    column_names = {name for one in sheet.columns for name in (one.name, one.header)}
    filled = {name: value for name, value in result.values.items() if value is not None}
    return {**filled, **{name: value for name, value in record.items() if name not in column_names}}


def raw_of(value: Any) -> Raw | None:
    """Return a value of Python as a cell would hold it, ``None`` for nothing; what no cell can hold is a broken one."""
    if hasattr(value, "dtype") and hasattr(value, "item"):  # a value of numpy
        value = value.item()
    if _is_missing(value):
        return None
    match value:
        case str() | bool() | datetime() | time():
            return value.replace(tzinfo=None) if isinstance(value, datetime | time) else value
        case date():
            return datetime(value.year, value.month, value.day)
        case int() | float() | Decimal():
            return _number(value)
        case tuple() | list() | set() | frozenset() if all(isinstance(part, str) for part in value):
            return "、".join(value) or None  # zh only
    return broken_cell(str(value))


def _is_missing(value: Any) -> bool:
    """Whether it is nothing: ``None``, an empty text, or what pandas and numpy have for a blank (NaN, NaT, NA)."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return (isinstance(value, str) and not value) or (isinstance(value, float) and isnan(value))


def _number(value: float | Decimal) -> Raw:
    """Return a number as the float of a cell; one that a float cannot hold exactly stands there as a text."""
    if not Decimal(value).is_finite():
        return broken_cell(str(value))
    try:
        exact = isinstance(value, float) or Decimal(repr(float(value))) == value
    except OverflowError:
        exact = False
    return float(value) if exact else format(value, "f" if isinstance(value, Decimal) else "d")


@lru_cache(_CACHED)
def _validator(sheet: type[DeclaredSheet]) -> RowValidator:
    """Return the validator of rows whose columns stand as they are declared."""
    columns = dict(enumerate(sheet.columns, 1))
    headers = {at: one.header for at, one in columns.items()}
    return RowValidator(sheet, sheet.choice_lists, HeaderLayout(0, columns, headers, (), ()), Location("", sheet.title))


def _lacking(sheet: type[DeclaredSheet]) -> Iterator[Problem]:
    """Yield what is wrong with a row without anything: all that is required, else that it is no record."""
    from .cell import expectation

    required = [(at, one) for at, one in enumerate(sheet.columns, 1) if one.required]
    for at, one in required:
        yield codes.BLANK.at(Location("", sheet.title, 0, at), one.header, **expectation(one, sheet.choices_of(one)))
    if not required:
        yield codes.NOT_A_RECORD.at(Location("", sheet.title), "", value="")


def _detail(sheet: type[DeclaredSheet], problem: Problem, record: Mapping[str, Any]) -> InitErrorDetails:
    at = problem.location.column
    column = sheet.columns[at - 1] if at else None
    message = escape_invisible(problem.message())
    context = {"message": message, "hint": escape_invisible(problem.hint()), "header": column.header if column else ""}
    return {
        "type": PydanticCustomError(problem.code.name, "{message}", context),
        "loc": (column.name,) if column else (),
        "input": record.get(column.name, record.get(column.header)) if column else record,
    }
