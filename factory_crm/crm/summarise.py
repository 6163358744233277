"""From files to a summary workbook on disk, and what came of it."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..engine.engines import EngineName, start_engine
from ..i18n.translate import Language
from ..merge.conflicts import Prefer
from ..merge.merge import MergeOptions, merge, reconciles
from ..merge.previous import read_previous
from ..merge.tables import collect_tables
from ..reading.folder import FoundWorkbook
from ..report.outcome import MergeOutcome
from ..schema.workbook import WorkbookSchema
from ..storage.atomic import atomic_save, locked
from .metrics.registry import compute
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
    engine: EngineName = "here"
    connect: str = ""
    """The address of a Spark cluster."""


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
            mismatches = write_summary(temporary, merged, results, schema, language=task.language)
    return MergeOutcome(merged, reconciled, task.output, schema, results, mismatches)
