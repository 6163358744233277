"""The work on a Spark cluster: files are read on its workers, and what they hold stays there."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from .frames import RowTuple, StorageType, batches
from .store import Labelled, Store, dumps, loads

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S")
_FILES_A_TASK = 20
_RESULT = ""
"""The label of results, which are collected."""
_PIECES = "at bigint, label string, piece binary"
_TYPES: Mapping[StorageType, str] = {"text": "string", "integer": "bigint", "moment": "timestamp", "truth": "boolean"}


class Spark:
    """A Spark session that the caller opened, classic or Connect.

    The workers need this package and have to see the files under the same paths.
    """

    def __init__(self, session: Any) -> None:
        self._session = session

    def store(self, work: Callable[[T], tuple[R, Labelled]], things: Sequence[T]) -> "_ClusterStore[R]":
        """Apply a function to each thing, on the workers; what it keeps stays on their disks, what it tells comes home."""
        return _ClusterStore(self._session, work, things)


class _ClusterStore(Store[R]):
    """A store on the cluster: a persisted frame of packed pieces."""

    def __init__(self, session: Any, work: Callable[[T], tuple[R, Labelled]], things: Sequence[T]) -> None:
        from pyspark.storagelevel import StorageLevel

        self._session = session
        tasks = session.createDataFrame([(at, dumps(thing)) for at, thing in enumerate(things)] or [(-1, b"")],
                                        "at bigint, thing binary")  # fmt: skip
        tasks = tasks.filter("at >= 0").repartition(len(things) // _FILES_A_TASK + 1)
        self._pieces = tasks.mapInArrow(partial(_work, dumps(work)), _PIECES).persist(StorageLevel.DISK_ONLY)
        results = self._pieces.filter(self._pieces.label == _RESULT).collect()
        self.results: list[R | None] = [loads(row.piece) for row in sorted(results, key=lambda row: row.at)]

    def each(self, look: Callable[[Any], S]) -> Iterator[S]:
        pieces = self._pieces.filter(self._pieces.label != _RESULT)
        for row in pieces.mapInArrow(partial(_look, dumps(look)), "seen binary").collect():
            yield loads(row.seen)

    def frame(
        self,
        label: str,
        rows: Callable[[Any], Iterable[RowTuple]],
        kinds: Mapping[str, StorageType],
        more: Iterable[RowTuple],
    ) -> "nw.LazyFrame[Any]":
        import narwhals.stable.v2 as nw
        import pyarrow as pa

        columns = ", ".join(f"`{name}` {_TYPES[kind]}" for name, kind in kinds.items())
        pieces = self._pieces.filter(self._pieces.label == label)
        there = pieces.mapInArrow(partial(_rows, dumps(rows), dict(kinds)), columns)
        home = self._session.createDataFrame(pa.concat_tables(batches(more, kinds)), columns)
        table: nw.LazyFrame[Any] = nw.from_native(there.union(home).persist())
        return table


def _work(work: bytes, things: Iterable[Any]) -> Iterator[Any]:
    """Yield, on a worker, the packed result and pieces of each thing."""
    import pyarrow as pa

    function = loads(work)
    for batch in things:
        for at, thing in zip(batch["at"].to_pylist(), batch["thing"].to_pylist(), strict=True):
            result, stored = function(loads(thing))
            labelled = [(_RESULT, dumps(result)), *((label, dumps(piece)) for label, piece in stored)]
            labels, pieces = zip(*labelled, strict=True)
            columns = {"at": [at] * len(labelled), "label": labels, "piece": pa.array(pieces, pa.binary())}
            yield pa.RecordBatch.from_pydict(columns)


def _look(look: bytes, pieces: Iterable[Any]) -> Iterator[Any]:
    """Yield, on a worker, what the function returns for each piece."""
    import pyarrow as pa

    function = loads(look)
    for batch in pieces:
        seen = [dumps(function(loads(piece))) for piece in batch["piece"].to_pylist()]
        yield pa.RecordBatch.from_pydict({"seen": pa.array(seen, pa.binary())})


def _rows(rows: bytes, kinds: Mapping[str, StorageType], pieces: Iterable[Any]) -> Iterator[Any]:
    """On a worker: the rows of each piece."""
    function = loads(rows)
    for batch in pieces:
        for piece in batch["piece"].to_pylist():
            for table in batches(function(loads(piece)), kinds):
                yield from table.to_batches()
