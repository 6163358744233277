"""From files to a summary workbook on disk, and what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..contract.contract import Contract
from ..engines import here
from ..merging.merge import merge, reconciles
from ..merging.merged import Merged
from ..metrics.results import compute
from ..reading.folder import Found
from ..saving import locked, saved
from ..words import Language
from .workbook import write_summary


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked of a merge."""

    files: Sequence[Found]
    inputs: Sequence[Path]
    """The files and folders as they were given: nothing is ever written there."""
    output: Path
    language: Language = "zh"
    as_of: date | None = None
    jobs: int | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a merge came to."""

    merged: Merged
    reconciled: bool
    """Whether every row and every fen is accounted for; nothing is written where not."""
    written: Path | None

    @property
    def incomplete(self) -> bool:
        """Whether some file could not be read or some row was left out."""
        return bool(self.merged.rejected) or any(origin.status == "unreadable" for origin in self.merged.origins)


def summarise(task: Task, contract: Callable[[], Contract]) -> Outcome:
    """Merge the files and write the summary. Raises NotSaved where the output can't be written; the old one stays then."""
    with here(len(task.files), task.jobs) as engine:
        merged = merge(task.files, contract, engine, as_of=task.as_of)
    reconciled = reconciles(merged)
    if task.dry_run or not reconciled:
        return Outcome(merged, reconciled, None)
    results = compute(merged.tables, merged.as_of)
    with locked(task.output), saved(task.output, inputs=task.inputs) as temporary:
        write_summary(temporary, merged, results, contract(), language=task.language)
    return Outcome(merged, reconciled, task.output)
