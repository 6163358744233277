"""What a check comes to, as programs read it: the published JSON shape (``docs/validate.schema.json``)."""

import json
import re
from collections.abc import Collection
from typing import Any

from pydantic import ConfigDict, TypeAdapter, with_config
from typing_extensions import TypedDict

from ..i18n.translate import Language, escape_invisible, to_text
from ..problems.codes import Severity
from ..problems.problem import Problem, column_letters
from ..schema.parsers.text import display_text
from .quality import Quality, combined
from .report import FileReport, Status, totals

_CLOSED = ConfigDict(extra="forbid")
_STEERING = re.compile(r"[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff]")


@with_config(_CLOSED)
class ToldProblem(TypedDict):
    """One problem; what is not known of its place is null."""

    code: str
    severity: Severity
    sheet: str | None
    cell: str | None
    row: int | None
    column: str | None
    header: str | None
    value: str | None
    message: str
    remedy: str
    fix: str | None


@with_config(_CLOSED)
class ToldQuality(TypedDict):
    """How well it is filled in; null where nothing is filled in at all."""

    completeness: float | None
    problems_per_100_rows: float | None


@with_config(_CLOSED)
class ToldFile(TypedDict):
    """The verdict on one file."""

    file: str
    status: Status
    rows: dict[str, int]
    quality: ToldQuality
    problems: list[ToldProblem]


@with_config(_CLOSED)
class ToldTotals(TypedDict):
    """What all files come to."""

    files: int
    rows: int
    error: int
    warning: int
    fix: int
    ok: int
    problems: int
    unreadable: int
    skipped: int
    quality: ToldQuality


@with_config(_CLOSED)
class Told(TypedDict):
    """What ``factory-crm validate --format json`` prints."""

    files: list[ToldFile]
    totals: ToldTotals


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the output."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **TypeAdapter(Told).json_schema()}


def as_json(reports: Collection[FileReport], language: Language) -> Told:
    """Return the verdicts as the published JSON shape."""
    files = [_file(report, language) for report in reports]
    quality = _quality(combined(report.quality for report in reports))
    return {"files": files, "totals": {**totals(reports), "quality": quality}}  # type: ignore[typeddict-item]


def dumped(value: Any) -> str:
    """Return JSON text that no console stumbles over: what nobody sees is escaped, everything else stands as it is."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _file(report: FileReport, language: Language) -> ToldFile:
    return {
        "file": report.file,
        "status": report.status,
        "rows": report.rows,
        "quality": _quality(report.quality),
        "problems": [_problem(problem, language) for problem in report.problems],
    }


def _quality(quality: Quality) -> ToldQuality:
    return {"completeness": quality.completeness, "problems_per_100_rows": quality.density}


def _problem(problem: Problem, language: Language) -> ToldProblem:
    location = problem.location
    return {
        "code": problem.code.name,
        "severity": problem.severity,
        "sheet": location.sheet or None,
        "cell": location.cell if location.row and location.column else None,
        "row": location.row or None,
        "column": column_letters(location.column) or None,
        "header": _text(problem.header, language),
        "value": _text(problem.value, language),
        "message": escape_invisible(problem.message(language)),
        "remedy": escape_invisible(problem.hint(language)),
        "fix": _text(problem.fix, language),
    }


def _text(fact: Any, language: Language) -> str | None:
    if fact is None:
        return None
    return to_text(fact, language, display_text)
