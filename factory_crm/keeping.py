"""What engines keep of the work done: where it is and how it is asked for."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from .tables import Kind, Row

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

R = TypeVar("R")
S = TypeVar("S")
Labelled = Iterable[tuple[str, Any]]
"""Things to keep, each with the label it is asked for by."""


class Kept(Protocol[R]):
    """What a function made of many things: what it told is at hand, what it kept stays where it was made."""

    told: Sequence[R | None]
    """In the order of the things; ``None`` for one that killed whatever process it was in."""

    def each(self, look: Callable[[Any], S]) -> Iterator[S]:
        """Yield what a function makes of each thing that was kept; it runs where the thing is."""
        ...

    def frame(
        self, label: str, rows: Callable[[Any], Iterable[Row]], kinds: Mapping[str, Kind], more: Iterable[Row]
    ) -> "nw.LazyFrame[Any]":
        """Return a table of the rows of all that was kept under a label, and of ``more``, in no order one may rely on.

        ``kinds`` names and types its columns, blanks are nulls.
        """
        ...


def packed(value: Any) -> bytes:
    """Return a value as bytes, compressed to a tenth or so."""
    import pickle

    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def unpacked(held: bytes) -> Any:
    """Return the value that was packed, by this program."""
    import pickle

    return pickle.loads(zlib.decompress(held))  # noqa: S301 - our own processes made it
