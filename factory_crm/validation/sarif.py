"""What a check comes to, as SARIF 2.1.0: what code hosts and editors show beside a file."""

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import quote

from .._version import __version__
from ..i18n.translate import LANGUAGE_TAG, Language, escape_invisible, translate
from ..problems.codes import Code, Severity
from ..problems.problem import Problem
from .report import FileReport

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.FIX: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(reports: Collection[FileReport], language: Language) -> dict[str, Any]:
    """Return the verdicts as a SARIF log of one run; a cell is a logical location, its row and column a region."""
    problems = [(report.file, problem) for report in reports for problem in report.problems]
    codes = {problem.code.name: problem.code for _, problem in problems}
    rules = {name: index for index, name in enumerate(sorted(codes))}
    run = {
        "tool": {
            "driver": {
                "name": "factory-crm",
                "version": __version__,
                "language": LANGUAGE_TAG[language],
                "rules": [_rule(codes[name], language) for name in rules],
            }
        },
        "language": LANGUAGE_TAG[language],
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": quote(report.file)}} for report in reports],
        "results": [_result(file, problem, rules, language) for file, problem in problems],
        "invocations": [{"executionSuccessful": all(report.status != "unreadable" for report in reports)}],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: Code, language: Language) -> dict[str, Any]:
    return {
        "id": code.name,
        "shortDescription": {"text": translate(code.message, language)},
        "help": {"text": translate(code.hint, language) or code.name},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _result(file: str, problem: Problem, rules: Mapping[str, int], language: Language) -> dict[str, Any]:
    place = problem.location
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": quote(file)}}}
    if place.row:
        start = {"startLine": place.row, **({"startColumn": place.column} if place.column else {})}
        location["physicalLocation"]["region"] = start
    if place.sheet:
        location["logicalLocations"] = [
            {"fullyQualifiedName": escape_invisible(place.address), "name": place.cell or place.sheet}
        ]
    texts = (escape_invisible(text) for text in (problem.message(language), problem.hint(language)))
    return {
        "ruleId": problem.code.name,
        "ruleIndex": rules[problem.code.name],
        "level": _LEVELS[problem.severity],
        "message": {"text": "\n".join(text for text in texts if text)},
        "locations": [location],
    }
