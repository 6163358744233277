"""Tables as merging hands them over, drawn in text: one line a row, ``|`` between, columns left out are blank."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import pandas as pd
import pyarrow as pa
import pytest

from factory_crm import crm
from factory_crm.crm.metrics.facts import TIMES, Snapshot
from factory_crm.crm.metrics.registry import REGISTRY
from factory_crm.crm.metrics.registry import SHEETS as ASKED
from factory_crm.crm.settings import Settings
from factory_crm.metrics.snapshot import Inputs
from factory_crm.metrics.window import Window, window_to

FULL = {sheet.table: sheet for sheet in crm.schema("full").sheets}
SHEETS = {sheet.table: sheet for sheet in crm.schema().sheets}
ENGINES = ("pandas", "duckdb")
EACH = ("pandas", pytest.param("duckdb", marks=pytest.mark.slow))
"""The engines of a test that asks each; DuckDB plans every small question anew, so it has time in the slow suite only."""
_TYPES = {"text": "str", "integer": "Int64", "day": "datetime64[us]", "moment": "datetime64[us]"}
_PROVENANCE = dict.fromkeys(("file", "sheet", "office", "digest", "extra"), "str") | {"row": "Int64"}


def schema(table: str, *, full: bool = False) -> dict[str, str]:
    sheet = FULL[table] if full or table not in SHEETS else SHEETS[table]
    columns = [column for column in sheet.columns if not column.lookup]
    moments = {f"{column.name}_timed": "boolean" for column in columns if column.column_type.storage == "moment"}
    return {column.name: _TYPES[column.column_type.storage] for column in columns} | moments | _PROVENANCE


def framed(table: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """A table of rows; days and moments are ISO text, a moment with a time says so by its length.

    It has the columns of the full edition where a row names one of them.
    """
    rows, kinds = [dict(row) for row in rows], schema(table)
    if any(row.keys() - kinds.keys() for row in rows):
        kinds = schema(table, full=True)
    for number, row in enumerate(rows, start=5):
        unknown = row.keys() - kinds.keys()
        assert not unknown, unknown
        row.update({"file": "a.xlsx", "sheet": FULL[table].title, "office": "一分厂", "row": number} | row)
        for name in [name for name in row if f"{name}_timed" in kinds and row[name]]:
            row[f"{name}_timed"] = len(row[name]) > len("2023-01-01")
    return pd.DataFrame({name: column(kind, [row.get(name) for row in rows]) for name, kind in kinds.items()})


def column(kind: str, values: list[Any]) -> pd.Series:
    if kind == "datetime64[us]":
        values = [datetime.fromisoformat(value) if isinstance(value, str) else value for value in values]
    if kind == "Int64":
        values = [pd.NA if value is None else int(value) for value in values]
    return pd.Series(values, dtype=kind)


def drawn(text: str) -> dict[str, pd.DataFrame]:
    """Every table of the text; each begins with its name, then its columns."""
    tables: dict[str, list[dict[str, str]]] = {table: [] for table in SHEETS}
    for block in filter(None, text.strip().split("\n\n")):
        title, head, *lines = [line.strip() for line in block.strip().splitlines()]
        names = [name.strip() for name in head.split("|")]
        for line in lines:
            cells = [cell.strip() or None for cell in line.split("|")]
            assert len(cells) == len(names), line
            tables.setdefault(title, []).append({name: cell for name, cell in zip(names, cells, strict=True) if cell})
    return {table: framed(table, rows) for table, rows in tables.items()}


def on(engine: str, tables: Mapping[str, pd.DataFrame]) -> dict[str, nw.LazyFrame[Any]]:
    """The tables as lazy frames of that engine."""
    if engine == "pandas":
        return {name: nw.from_native(table).lazy() for name, table in tables.items()}
    connection = duckdb.connect()
    lazy = {}
    for name, table in tables.items():
        kinds = [(column, _ARROW[str(kind)]) for column, kind in table.dtypes.items()]
        connection.register(name, pa.Table.from_pandas(table, schema=pa.schema(kinds), preserve_index=False))
        lazy[name] = nw.from_native(connection.table(name))
    return lazy


YEAR = window_to(date(2023, 12, 31), 12)
"""The period of nearly every test."""


def as_known(tables: Mapping[str, Any], settings: Settings | None = None, window: Window = YEAR) -> Snapshot:
    """What was known at the end of the period."""
    return Snapshot(Inputs(tables, ASKED, settings or Settings(), REGISTRY, TIMES), window)


_ARROW = {"str": pa.string(), "Int64": pa.int64(), "datetime64[us]": pa.timestamp("us"), "boolean": pa.bool_()}
