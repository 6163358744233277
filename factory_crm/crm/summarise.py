"""From files to a summary workbook on disk, and what came of it."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..engine.engines import EngineName, start_engine
from ..exports.by_owner import write_people
from ..i18n.translate import Language
from ..merge.conflicts import Prefer
from ..merge.merge import MergeOptions, merge, reconciles
from ..merge.previous import read_previous
from ..merge.result import Merged
from ..merge.tables import collect_tables
from ..reading.folder import FoundWorkbook
from ..schema.workbook import WorkbookSchema
from ..storage.atomic import atomic_save, locked
from .metrics.results import Results, compute
from .settings import SalesTargets, Settings
from .summary import write_summary


@dataclass(frozen=True, slots=True)
class MergeJob:
    """What is asked of a merge."""

    files: Sequence[FoundWorkbook]
    inputs: Sequence[Path]
    """The files and folders as they were given: nothing is ever written there."""
    output: Path
    language: Language = "zh"
    as_of: date | None = None
    jobs: int | None = None
    dry_run: bool = False
    prefer: Prefer = "latest"
    previous: Path | None = None
    """The summary before."""
    by_owner: bool = False
    """Whether each person gets a small workbook too."""
    engine: EngineName = "here"
    connect: str = ""
    """The address of a Spark cluster."""


@dataclass(frozen=True, slots=True)
class MergeOutcome:
    """What a merge came to."""

    merged: Merged
    reconciled: bool
    """Whether every row and every fen is accounted for; nothing is written where not."""
    written: Path | None
    schema: WorkbookSchema
    """What the files were held to."""
    people: tuple[Path, ...] = ()
    """The small workbooks written beside it."""
    results: Results | None = None
    """The figures; None where nothing is written."""

    @property
    def incomplete(self) -> bool:
        """Whether some file could not be read or some row was left out."""
        return bool(self.merged.rejected) or any(origin.status == "unreadable" for origin in self.merged.origins)


def summarise(task: MergeJob, schema: WorkbookSchema) -> MergeOutcome:
    """Merge the files and write the summary. The output is held from the first reading to the last writing.

    Raises NotSaved where it can't be written (the old one stays then), Refused where the summary before can't be read.
    """
    with nullcontext() if task.dry_run else locked(task.output):
        previous = read_previous(task.previous, schema) if task.previous else None
        wishes = MergeOptions(task.as_of, task.prefer, previous)
        with start_engine(task.engine, len(task.files), jobs=task.jobs, connect=task.connect) as engine:
            merged = merge(task.files, schema, engine, options=wishes)
            reconciled = reconciles(merged)
            if task.dry_run or not reconciled:
                return MergeOutcome(merged, reconciled, None, schema)
            results = compute(
                merged.tables, merged.as_of, schema.extension(Settings),
                calendar=schema.calendar, plan=schema.extension(SalesTargets).months, origins=merged.origins,
            )  # fmt: skip
            merged = replace(merged, tables=collect_tables(schema, merged.tables))
        with atomic_save(task.output, inputs=task.inputs) as temporary:
            write_summary(temporary, merged, results, schema, language=task.language)
        people = write_people(task.output, task.inputs, merged, results, schema, task.language) if task.by_owner else ()
    return MergeOutcome(merged, reconciled, task.output, schema, people, results)
