"""Find errors that the new workbook has and the old one had not, since its rules and lists are others."""

from collections import Counter
from collections.abc import Iterator

from ..problems.codes import BLANK, Severity
from ..problems.problem import Problem
from ..schema.layout import FIRST_ROW
from ..validation.workbook import WorkbookResult
from .log import UNCHANGED, NewCell, Note, NoteProblem
from .source import OldWorkbook
from .transfer import TransferredRows

_Spot = tuple[str, str, int, str]
"""Code, table, row in the old workbook, column."""


def new_problems(
    old: OldWorkbook, filled: TransferredRows, before: WorkbookResult | None, new: WorkbookResult
) -> Iterator[Note]:
    """Yield the errors of the new workbook that are not told of yet.

    ``before``: the old workbook, checked by what it was made from; its errors are no news. ``None`` where nobody knows
    what that was. A column that it lacked is blank in every row; nobody need be told row by row.
    """
    rows = {table: dict(enumerate(numbers, FIRST_ROW)) for table, numbers in filled.came_from.items()}
    same = {table: {row: row for row in numbers} for table, numbers in filled.came_from.items()}
    expected = Counter(spot for spot, _ in _spots(before, same)) if before else Counter[_Spot]()
    listed = {note.spot for note in filled.notes}
    for spot, problem in _spots(new, rows):
        _, table, row, name = spot
        checked = old.book.sheets[table]
        lacked = problem.code is BLANK and name in {column.name for column in checked.layout.missing(checked.sheet)}
        expected[spot] -= 1
        now = NewCell(problem.location.sheet, problem.location.cell)
        if expected[spot] < 0 and now not in listed and not lacked:
            header = new.sheets[table].layout.headers.get(problem.location.column, "")
            yield Note(
                UNCHANGED, f"{checked.location.sheet}!{row}:{row}", header, "", why=NoteProblem(problem), spot=now
            )


def _spots(book: WorkbookResult, rows: dict[str, dict[int, int]]) -> Iterator[tuple[_Spot, Problem]]:
    """Yield the errors of records, and where each stood; ``rows``: which row was which, by table."""
    for problem in book.problems:
        row = rows.get(problem.table, {}).get(problem.location.row)
        if row and problem.severity is Severity.ERROR:
            yield (problem.code.name, problem.table, row, problem.column), problem
