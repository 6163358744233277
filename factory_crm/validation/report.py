"""The verdict on a file, and on all of them: what text, JSON and SARIF are made of."""

from collections.abc import Collection
from typing import Literal, NamedTuple

from ..problems.codes import Severity
from ..problems.problem import Problem
from ..reading.folder import WorkbookFile
from ..schema.workbook import WorkbookSchema
from .files import validate_file
from .quality import Quality
from .workbook import WorkbookResult

Status = Literal["ok", "problems", "unreadable", "skipped"]
STATUSES: tuple[Status, ...] = ("ok", "problems", "unreadable", "skipped")


class FileReport(NamedTuple):
    """The verdict on one file."""

    file: str
    status: Status
    rows: dict[str, int]
    """Records read, by the sheet's name in the file."""
    problems: tuple[Problem, ...]
    quality: Quality = Quality()

    def count(self, severity: Severity) -> int:
        """Return how many problems of that severity there are."""
        return sum(problem.severity is severity for problem in self.problems)

    def fails(self, *, strict: bool) -> bool:
        """Whether it ends a check in 1: unreadable, or with errors; ``strict`` counts warnings too."""
        bad = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
        return self.status == "unreadable" or any(map(self.count, bad))


def file_report(schema: WorkbookSchema, file: WorkbookFile) -> FileReport:
    """Check one file and return the verdict."""
    return verdict(validate_file(file, schema))


def verdict(book: WorkbookResult) -> FileReport:
    """Return the verdict on a checked workbook."""
    rows = {checked.location.sheet: len(checked.rows) for checked in book.sheets.values()}
    return FileReport(book.path, status(book), rows, book.problems, book.quality)


def status(book: WorkbookResult) -> Status:
    """Return the verdict in one word."""
    if book.skipped:
        return "skipped"
    if not book.readable:
        return "unreadable"
    return "problems" if any(p.severity is Severity.ERROR for p in book.problems) else "ok"


def totals(reports: Collection[FileReport]) -> dict[str, int]:
    """Return what all files come to: files, rows, problems by severity, files by status."""
    return {
        "files": len(reports),
        "rows": sum(sum(report.rows.values()) for report in reports),
        **{severity.value: sum(report.count(severity) for report in reports) for severity in Severity},
        **{name: sum(report.status == name for report in reports) for name in STATUSES},
    }
