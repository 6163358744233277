"""One file taken in, wherever the work runs: its accepted lines, its rejected rows, its account."""

from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from ..checking.book import Book
from ..checking.found import check_found, killer
from ..checking.keys import Checked, keys_of
from ..checking.rows import Row
from ..contract.contract import Contract
from ..contract.spellings import shown
from ..problems import Place
from ..reading.folder import Found
from .lines import Amount, Counts, Line, Origin, Rejected


class Intake(NamedTuple):
    """What one file brings."""

    origin: Origin
    lines: tuple[Line, ...] = ()
    rejected: tuple[Rejected, ...] = ()


def take_in(contract: Callable[[], Contract], file: Found) -> Intake:
    """Read, check and account for one file. ``contract`` makes the contract, so that a worker can make its own."""
    book = check_found(file, contract())
    if book.skipped:
        return Intake(_origin(book, "skipped"))
    if not book.readable:
        return Intake(_origin(book, "unreadable"))
    if not book.rows:
        return Intake(_origin(book, "skipped"))
    lines = tuple(line for checked in book.sheets.values() for line in _lines(book, checked))
    rejected = tuple(row for checked in book.sheets.values() for row in _rejected(book, checked))
    return Intake(_origin(book, "merged"), lines, rejected)


def untaken(file: Found) -> Intake:
    """Account for a file that killed whatever process read it."""
    return Intake(_origin(killer(file), "unreadable"))


def _origin(book: Book, status: Any) -> Origin:
    return Origin(
        file=book.path,
        status=status,
        office=book.cover.office,
        period=book.cover.period,
        filled_by=book.cover.filled_by,
        sha256=book.sha256,
        modified=book.modified,
        application=book.application,
        version=book.stamp.version if book.stamp else "",
        problems=book.problems,
        counts={table: _counts(checked) for table, checked in book.sheets.items()},
    )


def _counts(checked: Checked) -> Counts:
    """All that is not rejected counts as accepted until lines are found to say the same."""
    kept = [Amount(1, fen(checked, row)) for row in checked.rows if not row.rejected_for]
    out = [Amount(1, fen(checked, row)) for row in checked.rows if row.rejected_for]
    accepted, rejected = (Amount(len(some), sum(a.fen for a in some)) for some in (kept, out))
    return Counts(accepted.plus(rejected), accepted, rejected)


def fen(checked: Checked, row: Row) -> int:
    """Return the money on a row in fen, 0 where it has none that can be used."""
    values = (
        value for column, value in zip(checked.sheet.columns, row.values, strict=True) if column.kind.name == "money"
    )
    return sum(int(value * 100) for value in values if value is not None)


def _lines(book: Book, checked: Checked) -> Iterator[Line]:
    """A number made from content gets an ordinal where one file says the same twice: both are kept."""
    times: Counter[tuple[str, ...]] = Counter()
    for row, key in zip(checked.rows, keys_of(checked), strict=True):
        if row.rejected_for:
            continue
        times[key] += 1
        if times[key] > 1:
            key = (f"{key[0]}-{times[key]}", *key[1:])  # noqa: PLW2901 - the same key, told apart
        yield Line(
            checked.sheet.table,
            Place(book.path, checked.place.sheet, row.number),
            book.cover.office,
            key,
            row.values,
            row.extra,
            _digest(checked, row),
        )


def _digest(checked: Checked, row: Row) -> str:
    cells = [
        shown(value) if value is not None else ""
        for column, value in zip(checked.sheet.columns, row.values, strict=True)
        if not column.echoes
    ]
    return sha256("\x1f".join([*cells, row.extra]).encode()).hexdigest()[:12]


def _rejected(book: Book, checked: Checked) -> Iterator[Rejected]:
    for row, key in zip(checked.rows, keys_of(checked), strict=True):
        if row.rejected_for:
            told = row.shown or tuple(
                (column.header, shown(value))
                for column, value in zip(checked.sheet.columns, row.values, strict=True)
                if value is not None
            )
            yield Rejected(
                checked.sheet.table,
                Place(book.path, checked.place.sheet, row.number),
                book.cover.office,
                key,
                told,
                fen(checked, row),
                row.rejected_for,
            )
