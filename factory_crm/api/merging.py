"""Many workbooks to one account, and its figures."""

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ..engine.engines import EngineName, start_engine
from ..merge.conflicts import Prefer
from ..merge.merge import MergeOptions, reconciles
from ..merge.merge import merge as merge_files
from ..merge.previous import read_previous
from ..merge.record import Origin, RejectedRecord
from ..merge.result import Conflict, DuplicateCandidate, MergeResult, RecordChanges, Submission
from ..merge.tables import collect_tables
from ..problems.problem import Problem
from ..schema.workbook import WorkbookSchema
from .checking import can_travel
from .inputs import Inputs, Workbooks, find
from .report import Backend

if TYPE_CHECKING:
    from ..metrics.figure import Figure
    from ..metrics.results import Results


class Merged:
    """Merged workbooks: tables with provenance, and the account of every row.

    With the engine ``duckdb`` or ``spark`` the tables stay in its hands until ``close``, or the end of a ``with`` block.
    """

    def __init__(self, result: MergeResult, schema: WorkbookSchema, inputs: Workbooks, engine: ExitStack) -> None:
        self.result, self.schema, self.inputs = result, schema, inputs
        self._engine = engine

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Each file with what was read, accepted and rejected of it."""
        return self.result.origins

    @property
    def rejected(self) -> tuple[RejectedRecord, ...]:
        """The rows that were left out, each with the problems it is rejected for."""
        return self.result.rejected

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The records that files contradict each other in, with every version and the one that was used."""
        return self.result.conflicts

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the merge itself, such as references that no file answers."""
        return self.result.problems

    @property
    def duplicates(self) -> tuple[DuplicateCandidate, ...]:
        """Pairs of records that may be the same."""
        return self.result.candidates

    @property
    def changes(self) -> RecordChanges | None:
        """What is different from the summary before; ``None`` where none was given."""
        return self.result.changes

    @property
    def submissions(self) -> tuple[Submission, ...]:
        """Who has handed in and who has not."""
        return self.result.submissions

    @property
    def as_of(self) -> date | None:
        """The day that the figures look back from: the one given, else the latest event date; ``None`` without any."""
        return self.result.as_of

    @property
    def reconciles(self) -> bool:
        """Whether every row and every amount that was read is accounted for."""
        return reconciles(self.result)

    @cached_property
    def tables(self) -> Mapping[str, Any]:
        """The merged rows of each table as narwhals lazy frames of this process; numbers count units of ``10 ** -scale``."""
        return collect_tables(self.schema, self.result.tables)

    def frame(self, table: str, backend: Backend = "pandas") -> Any:
        """Return the merged rows of a table as a data frame; where each stands is in file, sheet, row, office.

        The types are those of ``Report.frame``. Raises KeyError for a table that the schema has not.
        """
        from .frames import frame_of_units

        return frame_of_units(self.schema.sheet(table), self.tables[table].collect().to_native(), backend)

    def compute(self, *, figures: "Sequence[Figure[Any]]" = ()) -> "Results":
        """Return the figures and tables of the schema's trade, where it has one, and the given ``figures`` after them.

        Raises ValueError for a figure whose name is taken.
        """
        from .computing import compute

        return compute(self.schema, self.result, figures)

    def collect(self) -> Self:
        """Bring the merged rows into this process and let go of the engine; return the merge itself."""
        self.result = replace(self.result, tables=self.tables)
        self.close()
        return self

    def close(self) -> None:
        """Let go of the engine; what was collected stays."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the engine."""
        self.close()


def merge(  # noqa: PLR0913 - what may be asked of it, each by its name
    inputs: Inputs,
    schema: WorkbookSchema,
    *,
    prefer: Prefer = "latest",
    previous: str | os.PathLike[str] | None = None,
    as_of: date | None = None,
    passwords: str | Iterable[str] = (),
    jobs: int | None = None,
    engine: EngineName = "here",
    connect: str = "",
) -> Merged:
    """Merge workbooks, which are only read; the same files in any order give the same result.

    ``prefer``: which version of a record counts where files contradict each other: of the file saved ``latest``, ``first``,
    or ``none`` until somebody chooses · ``previous``: the summary before, whose choices are followed and which changes
    are told from · ``as_of``: the day to look back from · ``connect``: the address of a Spark cluster.
    Raises FileNotFoundError where folders hold no workbook, EngineUnavailable where an engine's libraries are lacking,
    Refused where ``previous`` is no summary.
    """
    workbooks = find(inputs, passwords)
    options = MergeOptions(as_of, prefer, read_previous(Path(previous), schema) if previous else None)
    with ExitStack() as stack:
        apart = len(workbooks.files) if can_travel(schema) else 1
        running = stack.enter_context(start_engine(engine, apart, jobs=jobs, connect=connect))
        result = merge_files(workbooks.files, schema, running, options=options)
        return Merged(result, schema, workbooks, ExitStack() if engine == "here" else stack.pop_all())
