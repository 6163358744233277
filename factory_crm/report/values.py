"""Values as pages hold them: formulas beside what they come to, blanks, amounts in yuan, texts short enough for a list."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from ..i18n.translate import Language, LazyText, translate
from ..schema.rules.functions import half_up

LONGEST_TEXT = 32_767
"""UTF-16 units that a cell can hold."""
BEYOND_FORMULAS = "\0"
"""Stands in a formula for cells that no formula can name."""
INSUFFICIENT = LazyText("数据不足")
_ABRIDGED = 1_000


class CachedFormula(NamedTuple):
    """A formula of ours (without ``=``) and what it comes to, reckoned from the very cells it names."""

    formula: str
    value: float | str

    @property
    def holds(self) -> bool:
        """Whether the formula can be written; else only its value is."""
        return BEYOND_FORMULAS not in self.formula


class Shown(NamedTuple):
    """A figure in a number format of its own; None is 数据不足."""

    value: float | None
    number_format: str


def writable(text: str) -> str:
    """Return a text that XML can hold: half a character of a strange file name is spelled out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def abridged(text: str, language: Language, longest: int = _ABRIDGED) -> str:
    """Return a text short enough for a list, saying how much was left out."""
    if len(text) <= longest:
        return text
    return translate("{text}……（余 {count} 字见原文件）", language, text=text[:longest], count=len(text) - longest)


def yuan(fen: float) -> float:
    """Return an amount in yuan."""
    return fen / 100


def rounded(number: float, places: int) -> float:
    """Round as Excel does: the fifteen digits it shows, halves away from zero."""
    return float(half_up(Decimal(format(number, ".15g")), places))


class FrameRow(Mapping[str, Any]):
    """One row of a table that is held in columns."""

    __slots__ = ("_at", "_columns")

    def __init__(self, columns: Mapping[str, Sequence[Any]], at: int) -> None:
        self._columns = columns
        self._at = at

    def __getitem__(self, name: str) -> Any:
        return self._columns[name][self._at]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def to_python(value: Any) -> Any:
    """Return a frame's cell as a plain value: every kind of blank is ``None``."""
    import pandas as pd

    if value is None or value is pd.NaT or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value


def columns_of(frame: Any) -> dict[str, list[Any]]:
    """Return the columns of a pandas table as plain values; equal ones of a column are one object."""
    return {str(name): _once(plain_column(frame[name])) for name in frame}


def plain_column(column: Any) -> list[Any]:
    """Return a column of a pandas table as plain values."""
    if column.dtype.kind == "M":
        moments: list[Any] = column.to_numpy("datetime64[us]").tolist()
        return moments
    if column.dtype == object:
        return [to_python(value) for value in column]
    return [None if blank else value for value, blank in zip(column.tolist(), column.isna(), strict=True)]


def _once(values: list[Any]) -> list[Any]:
    plain_by_value: dict[Any, Any] = {}
    return [plain_by_value.setdefault(value, value) for value in values]


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """Return the rows of a pandas table as plain values by column."""
    columns = {str(name): plain_column(frame[name]) for name in frame}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def only_day(value: Any) -> Any:
    """Return the day of a moment at midnight, so that it is shown without a time."""
    return value.date() if isinstance(value, datetime) and value.time() == datetime.min.time() else value
