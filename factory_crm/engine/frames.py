"""Rows to tables: how columns are typed, and how rows become tables batch by batch."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

StorageType = Literal["text", "integer", "moment", "truth"]
RowTuple = tuple[Any, ...]
PANDAS: Mapping[StorageType, str] = {"text": "str", "integer": "Int64", "moment": "datetime64[us]", "truth": "boolean"}
"""How each kind of column is held by pandas."""
_BATCH = 50_000
"""Rows that go into a table at once."""


def in_memory(rows: Iterable[RowTuple], kinds: Mapping[str, StorageType]) -> "nw.LazyFrame[Any]":
    """Return a pandas table as a lazy frame."""
    import narwhals.stable.v2 as nw
    import pandas as pd

    types = {name: PANDAS[kind] for name, kind in kinds.items()}
    parts = [
        pd.DataFrame({name: pd.Series(cells, dtype=types[name]) for name, cells in zip(kinds, columns, strict=True)})
        for columns in _columns(rows, len(kinds))
    ]
    return nw.from_native(pd.concat(parts, ignore_index=True)).lazy()


def schema(kinds: Mapping[str, StorageType]) -> Any:
    """Return the Arrow schema of such columns."""
    import pyarrow as pa

    types = {"text": pa.string(), "integer": pa.int64(), "moment": pa.timestamp("us"), "truth": pa.bool_()}
    return pa.schema([(name, types[kind]) for name, kind in kinds.items()])


def batches(rows: Iterable[RowTuple], kinds: Mapping[str, StorageType]) -> Iterator[Any]:
    """Yield Arrow tables of so many rows each; one without rows where there are none."""
    import pyarrow as pa

    fields = schema(kinds)
    for columns in _columns(rows, len(kinds)):
        arrays = [
            pa.array([_encodable(cell) for cell in cells] if kind == "text" else list(cells), field.type)
            for cells, kind, field in zip(columns, kinds.values(), fields, strict=True)
        ]
        yield pa.Table.from_arrays(arrays, schema=fields)


def _columns(rows: Iterable[tuple[Any, ...]], width: int) -> Iterator[Sequence[Sequence[Any]]]:
    """Yield the columns of so many rows at a time; blank ones where there are no rows."""
    left = iter(rows)
    batch = list(islice(left, _BATCH))
    while True:
        yield list(zip(*batch, strict=True)) or [()] * width
        if not (batch := list(islice(left, _BATCH))):
            return


def _encodable(text: str | None) -> str | None:
    """Return a text that UTF-8 can hold: half a character of a strange file name is spelled out."""
    return text if text is None or text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")
