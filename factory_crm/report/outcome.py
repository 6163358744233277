"""The outcome of a merge and its summary, for the console."""

from dataclasses import dataclass
from pathlib import Path

from ..merge.result import MergeResult
from ..metrics.results import Results
from ..schema.workbook import WorkbookSchema
from .data import Mismatch


@dataclass(frozen=True, slots=True)
class MergeOutcome:
    """What a merge came to."""

    merged: MergeResult
    reconciled: bool
    """Whether every row and every fen is accounted for; nothing is written where not."""
    written: Path | None
    schema: WorkbookSchema
    """What the files were held to."""
    results: Results | None = None
    """The figures; None where nothing is written."""
    mismatches: tuple[Mismatch, ...] = ()
    """Formulas of the summary that do not come to their figure: defects of the program."""

    @property
    def incomplete(self) -> bool:
        """Whether some file could not be read or some row was left out."""
        return bool(self.merged.rejected) or any(origin.status == "unreadable" for origin in self.merged.origins)
