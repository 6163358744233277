"""The store of an engine: results at hand, records where they were read, both by label."""

import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from .frames import RowTuple, StorageType

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

R = TypeVar("R")
S = TypeVar("S")
T = TypeVar("T")
Frame = Callable[[Iterable[RowTuple], Mapping[str, StorageType]], "nw.LazyFrame[Any]"]
Labelled = Iterable[tuple[str, Any]]
"""Things to keep, each with the label it is asked for by."""


class Store(Protocol[R]):
    """What a function made of many things: what it told is at hand, what it kept stays where it was made."""

    results: Sequence[R | None]
    """In the order of the things; ``None`` for one that killed whatever process it was in."""

    def each(self, look: Callable[[Any], S]) -> Iterator[S]:
        """Yield what a function makes of each thing that was kept; it runs where the thing is."""
        ...

    def frame(
        self,
        label: str,
        rows: Callable[[Any], Iterable[RowTuple]],
        kinds: Mapping[str, StorageType],
        more: Iterable[RowTuple],
    ) -> "nw.LazyFrame[Any]":
        """Return a table of the rows of all that was kept under a label, and of ``more``, in no order one may rely on.

        ``kinds`` names and types its columns, blanks are nulls.
        """
        ...


def dumps(value: Any) -> bytes:
    """Return a value as bytes, compressed to a tenth or so."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def loads(packed: bytes) -> Any:
    """Return the value that was packed, by this program."""
    return pickle.loads(zlib.decompress(packed))  # noqa: S301 - our own processes made it


def split_and_dumps(work: Callable[[T], tuple[R, Labelled]], thing: T) -> tuple[R, list[tuple[str, bytes]]]:
    """Do the work, wherever it runs; return its result, and the pieces it stores, packed."""
    result, stored = work(thing)
    return result, [(label, dumps(piece)) for label, piece in stored]


class PackedStore(Store[R]):
    """A store in this process's memory: pieces are packed, to a tenth of their size."""

    def __init__(self, frame: Frame, outcomes: Iterable[tuple[R, list[tuple[str, bytes]]] | None]) -> None:
        """``frame`` makes a table of rows · ``made``: what came of each thing, as ``split_and_dumps`` returns it."""
        results: list[R | None] = []
        self._frame = frame
        self._pieces: list[tuple[str, bytes]] = []
        for one in outcomes:
            results.append(one[0] if one else None)
            self._pieces += one[1] if one else []
        self.results = results

    def each(self, look: Callable[[Any], S]) -> Iterator[S]:
        """Yield what a function makes of each thing that was kept, here and one at a time."""
        return (look(loads(piece)) for _, piece in self._pieces)

    def frame(
        self,
        label: str,
        rows: Callable[[Any], Iterable[RowTuple]],
        kinds: Mapping[str, StorageType],
        more: Iterable[RowTuple],
    ) -> "nw.LazyFrame[Any]":
        """Return a table of the rows of what was kept, in the order it came in, and of ``more`` behind them."""
        there = (row for name, piece in self._pieces if name == label for row in rows(loads(piece)))
        return self._frame(chain(there, more), kinds)
