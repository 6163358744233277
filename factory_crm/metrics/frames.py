"""Lazy frames: conditions safe for blanks, aggregates, and the way out of an engine into pandas.

Engines differ over blanks: on pandas ``blank != x`` is true, on DuckDB it is blank. So a condition here asks for
blanks by name, and arithmetic on days comes after they are gone.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd

from ..engine.frames import PANDAS, StorageType, in_memory
from .window import Window, midnight

Frame = nw.LazyFrame[Any]
SECONDS_A_DAY = 86_400
BLANK = "未填"
"""What stands for a blank choice in tables."""


def is_filled(*names: str) -> nw.Expr:
    """Whether none of the columns is blank."""
    return ~nw.any_horizontal(*(nw.col(name).is_null() for name in names), ignore_nulls=False)


def within(name: str, window: Window) -> nw.Expr:
    """Whether a date is filled and falls in the period."""
    column = nw.col(name)
    return is_filled(name) & (column >= midnight(window.start)) & (column < midnight(window.end))


def flag(condition: nw.Expr) -> nw.Expr:
    """1 where the condition holds, else 0: its sum counts the rows, its largest says whether there is one."""
    return nw.when(condition).then(nw.lit(1, nw.Int64)).otherwise(nw.lit(0, nw.Int64))


def month_of(name: str) -> nw.Expr:
    """Return the number of the month, as ``window.period``. The column must be filled in every row."""
    return nw.col(name).dt.year().cast(nw.Int64) * 12 + nw.col(name).dt.month().cast(nw.Int64) - 1


def as_integers(frame: Frame, *names: str) -> Frame:
    """Return the frame with these sums as integers, blanks as 0: engines widen sums, and may return null for nothing."""
    return frame.with_columns(nw.col(name).fill_null(0).cast(nw.Int64) for name in names)


def one_row_each(frame: Frame, key: str) -> Frame:
    """Return one row for each value of the key, which is filled; of repeated ones the smallest value of each column.

    Only the rows of repeated keys are grouped: the smallest text of a group is found in Python, one group at a time.
    """
    others = [name for name in frame.collect_schema().names() if name != key]
    if not others:
        return frame.unique(key)
    counted = aggregates(frame, rows=nw.len(), keys=nw.col(key).n_unique())
    if counted["rows"] == counted["keys"]:
        return frame
    marked = frame.with_columns(_single=nw.col(key).is_unique())
    repeated = marked.filter(~nw.col("_single")).group_by(key).agg(*(nw.col(name).min() for name in others))
    return nw.concat([marked.filter(nw.col("_single")).select(key, *others), repeated.select(key, *others)])


def only(frame: Frame, names: Sequence[str]) -> Frame:
    """Return these columns of a frame."""
    local = _local(frame)
    if local is None:
        return frame.select(*names)
    return frame if list(local.columns) == list(names) else nw.from_native(local[list(names)]).lazy()


def schema_of(frame: Frame) -> Mapping[str, Any]:
    """Return the columns of a frame and how its engine holds each."""
    local = _local(frame)
    return frame.collect_schema() if local is None else {str(name): kind for name, kind in local.dtypes.items()}


def with_blanks(frame: Frame, kinds: Mapping[str, StorageType], schema: Mapping[str, Any]) -> Frame:
    """Return the frame with more columns, blank in every row. ``schema``: its columns, which some engines take long to tell."""
    local = _local(frame)
    if local is None:
        return frame.with_columns(_blank(kind, schema).alias(name) for name, kind in kinds.items())
    blank = {name: pd.Series(None, local.index, dtype=PANDAS[kind]) for name, kind in kinds.items()}
    return nw.from_native(local.assign(**blank)).lazy()


def no_rows(kinds: Mapping[str, StorageType], like: Frame | None) -> Frame:
    """Return these columns without rows, of the engine that has the other frame, where there is one; it has them all."""
    if like is None or _local(like) is not None:
        return in_memory([], kinds)
    return like.select(*kinds).filter(nw.col("row") < 0)


def _local(frame: Frame) -> pd.DataFrame | None:
    """The table of a frame of this process, where every step runs at once: a plan would only cost; None of other engines."""
    native = frame.to_native()
    return native if isinstance(native, pd.DataFrame) else None


def _blank(kind: StorageType, schema: Mapping[str, Any]) -> nw.Expr:
    """A blank of that kind, made from a column there is: engines differ over the type of a bare blank."""
    moment = next((name for name, held_as in schema.items() if held_as == nw.Datetime), None)
    like = {
        "text": nw.col("file"),
        "integer": nw.col("row"),
        "truth": nw.col("row") == nw.col("row"),
        "moment": nw.col(moment) if moment else nw.lit(None).cast(nw.Datetime("us")),
    }[kind]
    never = nw.col("row").is_null() & ~nw.col("row").is_null()
    return nw.when(never).then(like)


def aggregates(frame: Frame, **expressions: nw.Expr) -> dict[str, int]:
    """Return whole numbers of a whole frame, each an aggregate; nothing counts as 0."""
    table = frame.select(**expressions).collect(backend="pandas").to_native()
    found = {name: table[name].iloc[0] for name in expressions}
    return {name: 0 if pd.isna(value) else int(value) for name, value in found.items()}


def value_counts(frame: Frame, *names: str) -> list[tuple[Any, ...]]:
    """Return each combination of values, filled in every row, and how many rows have it; in order."""
    table = frame.group_by(*names).agg(rows=nw.len()).collect(backend="pandas").to_native()
    return sorted(table[[*names, "rows"]].itertuples(index=False, name=None))


def to_pandas(frame: Frame, kinds: Mapping[str, str]) -> pd.DataFrame:
    """Return the columns named, as these pandas types, whatever the engine made of them."""
    table: pd.DataFrame = only(frame, list(kinds)).collect(backend="pandas").to_native()
    others = {name: kind for name, kind in kinds.items() if table[name].dtype != kind}
    return table.astype(others).reset_index(drop=True)


def joined_texts(table: pd.DataFrame, keys: Sequence[str], name: str, *, most: int | None = None) -> pd.DataFrame:
    """Return each combination of the keys, all filled, and its distinct texts in order as ``name``, joined by 、.

    ``most``: so many texts at most, then …. Rows with a blank text count for nothing.
    """
    columns = [*keys, name]
    rows = table[columns].dropna().drop_duplicates().sort_values(columns, ignore_index=True)
    several = rows.duplicated(list(keys), keep=False)
    found: dict[tuple[Any, ...], list[str]] = {}
    for *key, text in rows[several].itertuples(index=False, name=None):
        found.setdefault(tuple(key), []).append(text)
    more = "…" if most is not None else ""
    joined = [
        (*key, "、".join(texts[:most]) + (more if len(texts) > (most or len(texts)) else ""))  # zh only
        for key, texts in found.items()
    ]
    kinds = {one: str(rows[one].dtype) for one in columns}
    return pd.concat([rows[~several], pd.DataFrame(joined, columns=columns).astype(kinds)], ignore_index=True)
