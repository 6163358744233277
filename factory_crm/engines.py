"""Where the work runs. The one seam between the rules of the trade and the machines that carry them out."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

if TYPE_CHECKING:  # a check of a few files needs neither processes nor tables
    from concurrent.futures import Executor

    import narwhals.stable.v2 as nw

T = TypeVar("T")
R = TypeVar("R")
Kind = Literal["text", "integer", "moment", "truth"]
EngineName = Literal["here", "duckdb", "spark"]
PANDAS: Mapping[Kind, str] = {"text": "str", "integer": "Int64", "moment": "datetime64[us]", "truth": "boolean"}
"""How each kind of column is held by pandas."""
_WORTH_A_POOL = 8
"""Fewer files than this are read faster than processes start."""
_BATCH = 50_000
"""Rows that go into a table at once."""
_FILES_A_TASK = 20


class NoEngine(Exception):
    """The libraries of an engine are not installed; ``name`` is the extra that brings them."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Engine(Protocol):
    """A place to work: it applies a function to many things, and it holds tables."""

    def each(self, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R | None]:
        """Yield what the function makes of each thing, in order; ``None`` for one that kills the process it is in."""
        ...

    def frame(self, rows: Iterable[tuple[Any, ...]], kinds: Mapping[str, Kind]) -> "nw.LazyFrame[Any]":
        """Return a lazy frame of the rows; ``kinds`` names and types its columns, blanks are nulls."""
        ...


class Here:
    """The machine it runs on: pandas, and any ``concurrent.futures.Executor`` for the files."""

    def __init__(self, executor: "Executor | None" = None) -> None:
        """Without an executor, everything runs in this process."""
        self._executor = executor

    def each(self, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R | None]:
        """Yield what the function makes of each thing, in order; ``None`` for one that kills its worker even alone."""
        if self._executor is None:
            return map(work, things)
        from .pools import shared

        return shared(self._executor, work, things)

    def frame(self, rows: Iterable[tuple[Any, ...]], kinds: Mapping[str, Kind]) -> "nw.LazyFrame[Any]":
        """Return a pandas table as a lazy frame."""
        import narwhals.stable.v2 as nw
        import pandas as pd

        types = {name: PANDAS[kind] for name, kind in kinds.items()}
        parts = [
            pd.DataFrame(
                {name: pd.Series(cells, dtype=types[name]) for name, cells in zip(kinds, columns, strict=True)}
            )
            for columns in _columns(rows, len(kinds))
        ]
        return nw.from_native(pd.concat(parts, ignore_index=True)).lazy()


class DuckDB(Here):
    """The machine it runs on, with its tables in a DuckDB database on disk: they may be larger than memory."""

    def __init__(self, folder: str, executor: "Executor | None" = None) -> None:
        """``folder`` is scratch room for the database."""
        import duckdb

        super().__init__(executor)
        self._connection = duckdb.connect(os.path.join(folder, "tables.duckdb"))  # noqa: PTH118 - a name, not a path
        self._connection.execute("SET temp_directory = ?", [os.path.join(folder, "spill")])  # noqa: PTH118 - likewise
        self._tables = 0

    def frame(self, rows: Iterable[tuple[Any, ...]], kinds: Mapping[str, Kind]) -> "nw.LazyFrame[Any]":
        """Return a table of the database as a lazy frame; rows go in by batches."""
        import narwhals.stable.v2 as nw

        self._tables += 1
        name = f"table_{self._tables}"
        made = False
        for batch in _batches(rows, kinds):
            if made:
                self._connection.from_arrow(batch).insert_into(name)
            else:
                self._connection.from_arrow(batch).create(name)
            made = True
        return nw.from_native(self._connection.table(name)).lazy()

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()


class Spark:
    """A Spark session that the caller opened, classic or Connect: files are read on its workers, figures are made there.

    The workers need this package and have to see the files under the same paths. What the checked files hold comes
    back once, to be compared across files; the tables go out again.
    """

    def __init__(self, session: Any) -> None:
        self._session = session

    def each(self, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R | None]:
        """Yield what the function makes of each thing, in order; it runs on the workers."""
        if not things:
            return
        import pickle

        packed = [(at, pickle.dumps(thing)) for at, thing in enumerate(things)]
        asked = self._session.createDataFrame(packed, "at bigint, thing binary")
        done = asked.repartition(len(things) // _FILES_A_TASK + 1).mapInArrow(
            partial(_on_worker, pickle.dumps(work)), "at bigint, made binary"
        )
        for row in sorted(done.collect(), key=lambda row: row["at"]):
            yield pickle.loads(row["made"])  # noqa: S301 - our own workers made it

    def frame(self, rows: Iterable[tuple[Any, ...]], kinds: Mapping[str, Kind]) -> "nw.LazyFrame[Any]":
        """Return a table of the cluster as a lazy frame."""
        import narwhals.stable.v2 as nw
        import pyarrow as pa

        table: nw.LazyFrame[Any] = nw.from_native(
            self._session.createDataFrame(pa.concat_tables(_batches(rows, kinds)))
        )
        return table


def _on_worker(work: bytes, batches: Iterable[Any]) -> Iterator[Any]:
    import pickle

    import pyarrow as pa

    function = pickle.loads(work)  # noqa: S301 - the driver sent it
    for batch in batches:
        made = [pickle.dumps(function(pickle.loads(thing))) for thing in batch["thing"].to_pylist()]  # noqa: S301 - likewise
        yield pa.RecordBatch.from_pydict({"at": batch["at"], "made": pa.array(made, pa.binary())})


def _batches(rows: Iterable[tuple[Any, ...]], kinds: Mapping[str, Kind]) -> Iterator[Any]:
    """Yield Arrow tables of so many rows each; one without rows where there are none."""
    import pyarrow as pa

    types = {"text": pa.string(), "integer": pa.int64(), "moment": pa.timestamp("us"), "truth": pa.bool_()}
    schema = pa.schema([(name, types[kind]) for name, kind in kinds.items()])
    for columns in _columns(rows, len(kinds)):
        arrays = [
            pa.array([_whole(cell) for cell in cells] if kind == "text" else list(cells), types[kind])
            for cells, kind in zip(columns, kinds.values(), strict=True)
        ]
        yield pa.Table.from_arrays(arrays, schema=schema)


def _columns(rows: Iterable[tuple[Any, ...]], width: int) -> Iterator[Sequence[Sequence[Any]]]:
    """Yield the columns of so many rows at a time; blank ones where there are no rows."""
    left = iter(rows)
    batch = list(islice(left, _BATCH))
    while True:
        yield list(zip(*batch, strict=True)) or [()] * width
        if not (batch := list(islice(left, _BATCH))):
            return


def _whole(text: str | None) -> str | None:
    """Return a text that UTF-8 can hold: half a character of a strange file name is spelled out."""
    return text if text is None or text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


@contextmanager
def here(files: int, jobs: int | None = None) -> Iterator[Here]:
    """Give this machine with as many processes as are worth it; ``jobs`` fixes their number."""
    with _pool(files, jobs) as executor:
        yield Here(executor)


@contextmanager
def _pool(files: int, jobs: int | None) -> "Iterator[Executor | None]":
    """Give as many processes as are worth it, ``None`` where this one will do; ``jobs`` fixes their number."""
    workers = jobs or min(os.cpu_count() or 1, files // _WORTH_A_POOL)
    if workers <= 1:
        yield None
        return
    from .pools import pool

    with pool(workers) as executor:
        yield executor


@contextmanager
def started(name: EngineName, files: int, *, jobs: int | None = None, connect: str = "") -> Iterator[Engine]:
    """Give the engine of that name, ready for so many files. Raises ``NoEngine`` where it is not installed."""
    from tempfile import TemporaryDirectory

    match name:
        case "here":
            with here(files, jobs) as engine:
                yield engine
        case "duckdb":
            with TemporaryDirectory(ignore_cleanup_errors=True) as folder, _pool(files, jobs) as executor:
                yield from _duckdb(folder, executor)
        case "spark":
            yield from _spark(connect)


def _duckdb(folder: str, executor: "Executor | None") -> Iterator[Engine]:
    try:
        engine = DuckDB(folder, executor)
    except ImportError as error:
        raise NoEngine("duckdb") from error
    try:
        yield engine
    finally:
        engine.close()


def _spark(connect: str) -> Iterator[Engine]:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise NoEngine("spark" if connect else "spark-local") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # a local cluster's workers run what runs here
    builder = SparkSession.builder.appName("factory_crm").config("spark.sql.session.timeZone", "UTC")
    session = (builder.remote(connect) if connect else builder.master("local[*]")).getOrCreate()
    try:
        yield Spark(session)
    finally:
        session.stop()
