"""Ingest one file, in whatever process: its accepted records, its rejected rows, its counts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import chain
from typing import Any, NamedTuple

from ..problems.problem import Location
from ..reading.folder import WorkbookFile
from ..schema.parsers.text import display_text
from ..schema.record.row import ValidatedRow
from ..schema.workbook import WorkbookSchema
from ..validation.files import killed_reader_result, validate_file
from ..validation.gc_pause import gc_paused
from ..validation.keys import SheetResult, keys_of
from ..validation.workbook import WorkbookResult
from .conflicts import shown_cell
from .id_collisions import with_office_ids
from .partition import IdHashes, id_hashes
from .record import Amount, Counts, Origin, Record, RecordBatch, RejectedRecord
from .references import roles

_PIECE = 10_000
"""Lines that are unpacked at a time."""


class FileIntake(NamedTuple):
    """What one file tells of itself. Its lines stay where it was read, but for those of whom every other file may speak."""

    origin: Origin
    customers: tuple[Record, ...] = ()
    """The lines of sheets whose rows have names: they are compared with all others."""
    rejected: tuple[RejectedRecord, ...] = ()
    hashes: IdHashes = IdHashes()
    """Of all lines, those of customers among them."""


@gc_paused()
def ingest(schema: WorkbookSchema, file: WorkbookFile) -> tuple[FileIntake, list[tuple[str, RecordBatch]]]:
    """Read, check and account for one file; return what it tells, and its lines in pieces, each with its table."""
    book = validate_file(file, schema)
    if book.skipped or not book.readable or not book.rows:
        return FileIntake(_origin(book, "skipped" if book.skipped or book.readable else "unreadable")), []
    sheets = book.sheets.values()
    records = {checked.sheet.table: list(with_office_ids(schema, _lines(book, checked))) for checked in sheets}
    rejected = tuple(with_office_ids(schema, (row for checked in sheets for row in _rejected(book, checked))))
    customers = tuple(
        record for checked in sheets if checked.sheet.is_entity for record in records[checked.sheet.table]
    )
    hashes = id_hashes(roles(schema), chain.from_iterable(records.values()))
    return FileIntake(_origin(book, "merged"), customers, rejected, hashes), [
        (checked.sheet.table, RecordBatch.of(some[at : at + _PIECE]))
        for checked in sheets
        if not checked.sheet.is_entity
        for some in [records[checked.sheet.table]]
        for at in range(0, len(some), _PIECE)
    ]


def failed_intake(file: WorkbookFile) -> FileIntake:
    """Account for a file that killed whatever process read it."""
    return FileIntake(_origin(killed_reader_result(file), "unreadable"))


def _origin(book: WorkbookResult, status: Any) -> Origin:
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


def _counts(checked: SheetResult) -> Counts:
    """All that is not rejected counts as accepted until lines are found to say the same."""
    at = checked.sheet.record_layout.money
    accepted_fen = [fen(row.values, at) for row in checked.rows if not row.rejected_for]
    out = [fen(row.values, at) for row in checked.rows if row.rejected_for]
    accepted, rejected = (Amount(len(some), sum(some)) for some in (accepted_fen, out))
    return Counts(accepted.plus(rejected), accepted, rejected)


def fen(cells: Sequence[Any], at: Iterable[int]) -> int:
    """Return the money in some cells in fen, 0 where there is none that can be used."""
    return sum(int(value * 100) for i in at if (value := cells[i]) is not None)


def _lines(book: WorkbookResult, checked: SheetResult) -> Iterator[Record]:
    """A number made from content gets an ordinal where one file says the same twice: both are kept."""
    times: Counter[tuple[str, ...]] = Counter()
    for row, key in zip(checked.rows, keys_of(checked), strict=True):
        if row.rejected_for:
            continue
        times[key] += 1
        if times[key] > 1:
            key = (f"{key[0]}-{times[key]}", *key[1:])  # noqa: PLW2901 - the same key, told apart
        yield Record(
            checked.sheet.table,
            Location(book.path, checked.location.sheet, row.number),
            book.cover.office,
            key,
            row.values,
            row.extra,
            _digest(row, checked.sheet.record_layout.stored),
        )


def _digest(row: ValidatedRow, at: Sequence[int]) -> str:
    """Return the digest of the cells that stand there and of what stands in unknown columns."""
    cells = [value if (value := row.values[i]).__class__ is str else shown_cell(value) for i in at]
    return sha256("\x1f".join([*cells, row.extra]).encode()).hexdigest()[:12]


def _rejected(book: WorkbookResult, checked: SheetResult) -> Iterator[RejectedRecord]:
    for row, key in zip(checked.rows, keys_of(checked), strict=True):
        if row.rejected_for:
            shown = row.shown or tuple(
                (column.header, display_text(value))
                for column, value in zip(checked.sheet.columns, row.values, strict=True)
                if value is not None
            )
            yield RejectedRecord(
                checked.sheet.table,
                Location(book.path, checked.location.sheet, row.number),
                book.cover.office,
                key,
                shown,
                fen(row.values, checked.sheet.record_layout.money),
                row.rejected_for,
            )
