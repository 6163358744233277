"""Rows of a table as a data frame of the library that is asked for."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ..schema.column import Column
from ..schema.model import Sheet

PROVENANCE = ("file", "sheet", "row", "office")
_PRECISION = 38


def frame_of(sheet: type[Sheet], rows: Iterable[tuple[Sequence[Any], Sequence[Any]]], backend: str) -> Any:
    """Return a data frame of the columns that a table stores and of ``PROVENANCE``; ``rows`` are pairs of such values.

    Raises ValueError for an unknown backend, ImportError where its library is not installed.
    """
    columns = [sheet.columns[index] for index in sheet.record_layout.stored]
    pairs = list(rows)
    data: dict[str, list[Any]] = {
        column.name: [_plain(values[index]) for values, _ in pairs]
        for column, index in zip(columns, sheet.record_layout.stored, strict=True)
    }
    data |= {name: [place[at] for _, place in pairs] for at, name in enumerate(PROVENANCE)}
    return _built(columns, data, backend)


def frame_of_units(sheet: type[Sheet], table: Any, backend: str) -> Any:
    """Return the same of a merged table, a pandas frame whose numbers count units of ``10 ** -scale``."""
    columns = [sheet.columns[index] for index in sheet.record_layout.stored]
    data: dict[str, list[Any]] = {column.name: _typed(column, table) for column in columns}
    return _built(columns, data | {name: list(table[name]) for name in PROVENANCE}, backend)


def _typed(column: Column, table: Any) -> list[Any]:
    import pandas as pd

    kind = column.column_type
    values = [None if pd.isna(value) else value for value in table[column.name]]
    if kind.storage == "integer":
        units = [value if value is None else int(value) for value in values]
        return (
            [value if value is None else Decimal(value).scaleb(-kind.scale) for value in units] if kind.scale else units
        )
    if kind.storage == "text":
        return values
    days = [value if value is None else value.to_pydatetime() for value in values]
    return [value if value is None else value.date() for value in days] if kind.storage == "day" else days


def _built(columns: Sequence[Column], data: dict[str, list[Any]], backend: str) -> Any:
    match backend:
        case "pandas":
            return _pandas(columns, data)
        case "arrow":
            return _arrow(columns, data)
        case "polars":
            import polars as pl

            return pl.from_arrow(_arrow(columns, data))
    raise ValueError(f"no backend {backend!r}; there are pandas, polars, arrow")


def _plain(value: Any) -> Any:
    return "、".join(value) if isinstance(value, tuple) else value  # zh only


def _pandas(columns: Sequence[Column], data: dict[str, list[Any]]) -> Any:
    import pandas as pd

    types = {column.name: _pandas_type(column) for column in columns} | dict.fromkeys(PROVENANCE, "object")
    frame = pd.DataFrame({name: pd.Series(_numbers(values), dtype="object") for name, values in data.items()})
    return frame.astype({**types, "row": "int64"})


def _pandas_type(column: Column) -> str:
    if column.column_type.storage == "integer":
        return "float64" if column.column_type.scale else "Int64"
    return "object" if column.column_type.storage == "text" else "datetime64[us]"


def _numbers(values: Iterable[Any]) -> list[Any]:
    return [float(value) if isinstance(value, Decimal) else value for value in values]


def _arrow(columns: Sequence[Column], data: dict[str, list[Any]]) -> Any:
    import pyarrow as pa

    held: dict[str, Any] = {"text": pa.string(), "day": pa.date32(), "moment": pa.timestamp("us")}
    fields = []
    for column in columns:
        kind = column.column_type
        exact = pa.decimal128(_PRECISION, kind.scale) if kind.scale else pa.int64()
        fields.append((column.name, held.get(kind.storage, exact)))
        if kind.storage == "moment":
            data[column.name] = [_moment(value) for value in data[column.name]]
    fields += [(name, pa.int64() if name == "row" else pa.string()) for name in PROVENANCE]
    return pa.table(data, schema=pa.schema(fields))


def _moment(value: Any) -> Any:
    bare = isinstance(value, date) and not isinstance(value, datetime)
    return datetime(value.year, value.month, value.day) if bare else value
