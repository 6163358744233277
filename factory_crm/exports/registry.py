"""What may be written beside a summary: a workbook for each person, a calendar, a PDF."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from ..i18n.translate import Language
from ..report.outcome import MergeOutcome
from .by_owner import export_people
from .ics import export_calendar
from .pdf import export_pdf

Export = Callable[[MergeOutcome, Language, Sequence[Path], Path], Iterator[tuple[bool, str]]]
"""Writes to a path, and yields whether it could and a sentence about it."""
EXPORTS: Mapping[str, Export] = {"by": export_people, "ics": export_calendar, "pdf": export_pdf}
"""By the option of ``merge`` that asks for it, in the order in which they are written."""


def write_exports(
    outcome: MergeOutcome, language: Language, inputs: Sequence[Path], **wanted: Path | None
) -> Iterator[tuple[bool, str]]:
    """Write what is asked for and yield whether it was, and a sentence about it; nothing where there is no summary.

    Each of ``EXPORTS`` that is ``wanted`` is given its path.
    """
    if outcome.written is None or outcome.results is None:
        return
    for name, export in EXPORTS.items():
        if (target := wanted.get(name)) is not None:
            yield from export(outcome, language, inputs, target)
