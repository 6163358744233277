"""Start the engine that runs the work: a process, a pool of processes, DuckDB or Spark."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

if TYPE_CHECKING:  # a check of a few files needs neither processes nor tables
    from concurrent.futures import Executor

    import narwhals.stable.v2 as nw

    from .frames import RowTuple, StorageType
    from .store import Labelled, PackedStore, Store

T = TypeVar("T")
R = TypeVar("R")
EngineName = Literal["here", "duckdb", "spark"]
_WORTH_A_POOL = 8
"""Fewer files than this are read faster than processes start."""


class EngineUnavailable(Exception):
    """The libraries of an engine are not installed; ``name`` is the extra that brings them."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Engine(Protocol):
    """A place to work: it applies a function to many things, keeps what comes of it, and holds tables."""

    def store(self, work: "Callable[[T], tuple[R, Labelled]]", things: Sequence[T]) -> "Store[R]":
        """Apply a function to each thing, once: it returns what to tell and what to keep."""
        ...


class LocalEngine:
    """The machine it runs on: pandas, and any ``concurrent.futures.Executor`` for the files."""

    def __init__(self, executor: "Executor | None" = None) -> None:
        """Without an executor, everything runs in this process."""
        self._executor = executor

    def each(self, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R | None]:
        """Yield what the function makes of each thing, in order; ``None`` for one that kills its worker even alone."""
        if self._executor is None:
            return map(work, things)
        from .pool import map_in_pool

        return map_in_pool(self._executor, work, things)

    def store(self, work: "Callable[[T], tuple[R, Labelled]]", things: Sequence[T]) -> "PackedStore[R]":
        """Apply a function to each thing, once; what is kept is held packed."""
        from .store import PackedStore, split_and_dumps

        return PackedStore(self.frame, self.each(partial(split_and_dumps, work), things))

    def frame(self, rows: "Iterable[RowTuple]", kinds: "Mapping[str, StorageType]") -> "nw.LazyFrame[Any]":
        """Return a pandas table as a lazy frame."""
        from .frames import in_memory

        return in_memory(rows, kinds)


class DuckDB(LocalEngine):
    """The machine it runs on, with its tables in a DuckDB database on disk: they may be larger than memory."""

    def __init__(self, folder: str, executor: "Executor | None" = None) -> None:
        """``folder`` is scratch room for the database."""
        import duckdb

        super().__init__(executor)
        self._connection = duckdb.connect(os.path.join(folder, "tables.duckdb"))  # noqa: PTH118 - a name, not a path
        self._connection.execute("SET temp_directory = ?", [os.path.join(folder, "spill")])  # noqa: PTH118 - likewise
        self._tables = 0

    def frame(self, rows: "Iterable[RowTuple]", kinds: "Mapping[str, StorageType]") -> "nw.LazyFrame[Any]":
        """Return a table of the database as a lazy frame; rows go in by batches."""
        import narwhals.stable.v2 as nw

        from .frames import batches

        self._tables += 1
        name = f"table_{self._tables}"
        created = False
        for batch in batches(rows, kinds):
            if created:
                self._connection.from_arrow(batch).insert_into(name)
            else:
                self._connection.from_arrow(batch).create(name)
            created = True
        return nw.from_native(self._connection.table(name)).lazy()

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()


@contextmanager
def local_engine(files: int, jobs: int | None = None) -> Iterator[LocalEngine]:
    """Give this machine with as many processes as are worth it; ``jobs`` fixes their number."""
    workers = _workers(files, jobs)
    with _pool(workers if workers > 1 else 0) as executor:
        yield LocalEngine(executor)


def _workers(files: int, jobs: int | None) -> int:
    return jobs or min(os.cpu_count() or 1, files // _WORTH_A_POOL)


@contextmanager
def _pool(workers: int) -> "Iterator[Executor | None]":
    """Give so many processes; ``None`` where there are none."""
    if not workers:
        yield None
        return
    from .pool import pool

    with pool(workers) as executor:
        yield executor


@contextmanager
def start_engine(name: EngineName, files: int, *, jobs: int | None = None, connect: str = "") -> Iterator[Engine]:
    """Give the engine of that name, ready for so many files. Raises ``EngineUnavailable`` where it is not installed.

    Of several files each is read in another process: one that makes the system kill its reader costs the others nothing.
    """
    from tempfile import TemporaryDirectory

    workers = max(1, _workers(files, jobs)) if files > 1 else 0
    match name:
        case "here":
            with _pool(workers) as executor:
                yield LocalEngine(executor)
        case "duckdb":
            with TemporaryDirectory(ignore_cleanup_errors=True) as folder, _pool(workers) as executor:
                yield from _duckdb(folder, executor)
        case "spark":
            yield from _spark(connect)


def _duckdb(folder: str, executor: "Executor | None") -> Iterator[Engine]:
    try:
        engine = DuckDB(folder, executor)
    except ImportError as error:
        raise EngineUnavailable("duckdb") from error
    try:
        yield engine
    finally:
        engine.close()


def _spark(connect: str) -> Iterator[Engine]:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EngineUnavailable("spark" if connect else "spark-local") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # a local cluster's workers run what runs here
    builder = SparkSession.builder.appName("factory_crm").config("spark.sql.session.timeZone", "UTC")
    session = (builder.remote(connect) if connect else builder.master("local[*]")).getOrCreate()
    from .spark import Spark

    try:
        yield Spark(session)
    finally:
        session.stop()
