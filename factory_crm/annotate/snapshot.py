"""What the cells held when they were checked, on a very hidden sheet whose formulas say which have changed since.

One row for each watched cell: where it stands now (a number that follows it when rows are deleted), what it held, whether it
has changed, and whether a mark there is still due. The conditional formats and the list look here.
"""

from collections.abc import Iterable, Mapping, Sequence

from ..problems.problem import column_letters
from ..schema.copy_mark import KEYS, OPEN, SNAPSHOT
from ..xlsx.formula import quote_title
from .sheet_builder import RowBuilder, sheet
from .sheet_xml import CellSpan, CellSpans
from .sheets import EditableWorkbook
from .targets import ListedProblem

TITLE = "_fc_marks"
COLUMNS = 16384
_FIRST = 2

Where = Mapping[tuple[str, CellSpans], int]


def rows_of(items: Sequence[ListedProblem], order: Sequence[str]) -> dict[tuple[str, CellSpans], int]:
    """Return the row of each watched cell, sheet by sheet."""
    rank = {title: i for i, title in enumerate(order)}
    watched = {(item.sheet, spot) for item in items for spot in item.watched}
    return {key: row for row, key in enumerate(sorted(watched, key=lambda key: (rank[key[0]], key[1])), _FIRST)}


def write_snapshot(
    book: EditableWorkbook,
    items: Sequence[ListedProblem],
    where: Where,
    spots: Mapping[str, Mapping[CellSpans, CellSpan]],
) -> None:
    """Add the sheet and the names that lead to its columns."""
    due: dict[tuple[str, CellSpans], list[str]] = {}
    for item in items:
        if item.watched and item.cell:
            due.setdefault((item.sheet, item.cell), []).append(mended(item, where))
    rows = []
    for (title, spot), number in where.items():
        row = RowBuilder(number)
        at = _reference(title, spot)
        row.formula(f"ROW({at})*{COLUMNS}+COLUMN({at})", spot[0] * COLUMNS + spot[1])
        _was(row, spots.get(title, {}).get(spot))
        was = f"B{number}"
        row.formula(
            f'OR(ISERROR(A{number}),NOT(EXACT(IFERROR({at}&"","#"),IFERROR({was}&"","#"))),ISTEXT({at})<>ISTEXT({was}))',
            result=False,
        )
        row.formula(_open(due.get((title, spot), [])), (title, spot) in due)
        rows.append(row)
    book.add_sheet(book.free_title(TITLE), sheet(rows, ()), hidden=True, name=SNAPSHOT)
    own = quote_title(book.tabs[-1].title)
    for title, first, last in _row_ranges(where):
        number = _number(book, title)
        book.define(f"{KEYS}{number}", f"{own}!$A${first}:$A${last}", hidden=True)
        book.define(f"{OPEN}{number}", f"{own}!$D${first}:$D${last}", hidden=True)


def condition(book: EditableWorkbook, title: str, base: str) -> str:
    """Return the formula that is true while a mark is due at a cell; ``base`` is the first cell it stands for."""
    number = _number(book, title)
    return f"INDEX({OPEN}{number},MATCH(ROW({base})*{COLUMNS}+COLUMN({base}),{KEYS}{number},0))"


def _number(book: EditableWorkbook, title: str) -> int:
    return next(i for i, tab in enumerate(book.tabs, 1) if tab.title == title)


def mended(item: ListedProblem, where: Where, snapshot: str = "") -> str:
    """Return the formula that is true once the problem is mended; ``snapshot``: the sheet, where it is not the formula's own."""
    prefix = f"{snapshot}!" if snapshot else ""
    ways = [f"{prefix}C{where[item.sheet, spot]}" for spot in item.watched]
    if item.register:
        ways.append(f'IFERROR(COUNTIF({item.register},"="&{_reference(item.sheet, item.watched[0])})>0,FALSE)')
    return f"OR({','.join(ways)})"


def _reference(title: str, spot: CellSpans) -> str:
    return f"{quote_title(title)}!{column_letters(spot[1])}{spot[0]}"


def _open(due: Iterable[str]) -> str:
    still = list(dict.fromkeys(due))
    return f"NOT(AND({','.join(still)}))" if still else "FALSE"


def _was(row: RowBuilder, spot: CellSpan | None) -> None:
    """Write a cell's content just as the file spells it."""
    if spot is None or spot.text is None:
        row.blank()
    else:
        row.stored(spot.kind, spot.text)


def _row_ranges(where: Where) -> list[tuple[str, int, int]]:
    row_ranges: dict[str, tuple[int, int]] = {}
    for (title, _), row in where.items():
        first, last = row_ranges.get(title, (row, row))
        row_ranges[title] = min(first, row), max(last, row)
    return [(title, *reach) for title, reach in row_ranges.items()]
