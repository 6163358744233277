"""Where the work runs. The one seam between the rules of the trade and the machines that carry them out."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

if TYPE_CHECKING:  # a check needs no tables
    import narwhals.stable.v2 as nw

T = TypeVar("T")
R = TypeVar("R")
Kind = Literal["text", "integer", "moment", "truth"]
_WORTH_A_POOL = 8
"""Fewer files than this are read faster than processes start."""


class Engine(Protocol):
    """A place to work: it applies a function to many things, and it holds tables."""

    def each(self, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R]:
        """Yield what the function makes of each thing, in order."""
        ...

    def frame(self, rows: Sequence[tuple[Any, ...]], kinds: Mapping[str, Kind]) -> "nw.LazyFrame[Any]":
        """Return a lazy frame of the rows; ``kinds`` names and types its columns, blanks are nulls."""
        ...


class Here:
    """The machine it runs on: pandas, and any ``concurrent.futures.Executor`` for the files."""

    def __init__(self, executor: Executor | None = None) -> None:
        """Without an executor, everything runs in this process."""
        self._executor = executor

    def each(self, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R]:
        """Yield what the function makes of each thing, in order."""
        return self._executor.map(work, things) if self._executor else map(work, things)

    def frame(self, rows: Sequence[tuple[Any, ...]], kinds: Mapping[str, Kind]) -> "nw.LazyFrame[Any]":
        """Return a pandas table as a lazy frame."""
        import narwhals.stable.v2 as nw
        import pandas as pd

        types = {"text": "str", "integer": "Int64", "moment": "datetime64[us]", "truth": "boolean"}
        columns = dict(zip(kinds, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(kinds, ())
        series = {name: pd.Series(columns[name], dtype=types[kind]) for name, kind in kinds.items()}
        return nw.from_native(pd.DataFrame(series)).lazy()


@contextmanager
def here(files: int, jobs: int | None = None) -> Iterator[Here]:
    """Give this machine with as many processes as are worth it; ``jobs`` fixes their number."""
    workers = jobs or (min(os.cpu_count() or 1, files // _WORTH_A_POOL) if files >= _WORTH_A_POOL else 1)
    if workers <= 1:
        yield Here()
        return
    with ProcessPoolExecutor(workers) as executor:
        yield Here(executor)
