"""Copies of checked workbooks: with their problems marked, or mended where that is certain."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..annotate.cell_changes import CellChange
from ..annotate.fix import fix as write_fixed
from ..annotate.mark import mark as write_marked
from ..annotate.outputs import target_of
from ..i18n.translate import Language
from ..problems.code import Severity
from ..problems.problem import Problem
from ..storage.atomic import NotSaved
from .report import CheckedWorkbook, Report


class Output(NamedTuple):
    """The copy of one workbook, or why there is none."""

    file: str
    """What problems call the workbook."""
    path: Path | None = None
    """Where the copy stands; ``None`` where there was nothing to write, or it could not be written."""
    changes: Sequence[CellChange] = ()
    """What was mended: location, header, before, after."""
    problem: Problem | None = None
    """Why no copy could be written."""


def annotate(report: Report, folder: str | os.PathLike[str], *, language: Language = "zh") -> list[Output]:
    """Write a copy of each workbook in which its problems are marked; one without problems is not copied.

    The copies keep the names they were read by. The originals are never written to, an existing copy is replaced whole.
    """
    made = []
    for one in _readable(report):
        target = target_of(Path(folder), one.name)
        try:
            result = write_marked(
                one.found.path, target, one.result, report.schema, language, inputs=report.inputs.paths
            )
        except NotSaved as refusal:
            made.append(Output(one.name, problem=refusal.problem))
            continue
        made.append(Output(one.name, target if result.written else None, problem=result.refusal))
    return made


def fix(
    report: Report, folder: str | os.PathLike[str], *, apply_choices: bool = False, language: Language = "zh"
) -> list[Output]:
    """Write a copy of each workbook that is mended where that is certain, and marked where it is not.

    ``apply_choices``: also make the changes that somebody chose on the sheet 一次改多处 of a marked copy.
    One without anything to mend is not copied.
    """
    made = []
    for one in _readable(report):
        target = target_of(Path(folder), one.name)
        try:
            result = write_fixed(
                one.found.path, target, one.result, report.schema, language, apply=apply_choices,
                inputs=report.inputs.paths,
            )  # fmt: skip
        except NotSaved as refusal:
            made.append(Output(one.name, problem=refusal.problem))
            continue
        made.append(Output(one.name, target if result.changes else None, result.changes, result.refusal))
    return made


def _readable(report: Report) -> list[CheckedWorkbook]:
    """Return the workbooks that a copy can be written of."""
    return [
        one
        for one in report.workbooks
        if not one.result.skipped
        and not any(p.code.name.startswith("F") and p.severity is Severity.ERROR for p in one.problems)
    ]
