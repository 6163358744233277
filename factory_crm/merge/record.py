"""Records and counts of a file, as plain values that travel between processes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from ..problems.problem import Location, Problem

OriginStatus = Literal["merged", "unreadable", "skipped", "repeated", "superseded"]


class Record(NamedTuple):
    """One accepted row. ``cells`` are the understood values of the sheet's columns, in their declared order."""

    table: str
    location: Location
    office: str
    key: tuple[str, ...]
    """Folded, as keys are compared."""
    cells: tuple[Any, ...]
    extra: str
    """Unknown columns, as ``header=text`` joined by ``; ``."""
    digest: str
    """Twelve hex digits of the content: equal for equal cells, wherever they stand."""


class RecordBatch(NamedTuple):
    """Lines of one sheet of one file, as they are kept where they were read: what they share is said once."""

    table: str
    file: str
    sheet: str
    office: str
    rows: tuple[tuple[int, tuple[str, ...], tuple[Any, ...], str, str], ...]
    """Of each line its row, key, cells, extra and digest."""

    @classmethod
    def of(cls, records: Sequence[Record]) -> "RecordBatch":
        """Return lines of one sheet, which are some, together."""
        rows = tuple((record.location.row, record.key, record.cells, record.extra, record.digest) for record in records)
        first = records[0]
        return cls(first.table, first.location.file, first.location.sheet, first.office, rows)

    def records(self) -> Iterator[Record]:
        """Yield the lines one by one."""
        table, file, sheet, office, rows = self
        for row, key, cells, extra, digest in rows:
            yield Record(table, Location(file, sheet, row), office, key, cells, extra, digest)


class RejectedRecord(NamedTuple):
    """One row that stays out of the figures, as the clerk wrote it, with the problems to mend."""

    table: str
    location: Location
    office: str
    key: tuple[str, ...]
    shown: tuple[tuple[str, str], ...]
    """Header and text of each filled cell."""
    amount_fen: int
    problems: tuple[Problem, ...]


class Amount(NamedTuple):
    """So many rows, and the money on them in fen."""

    rows: int = 0
    fen: int = 0

    def plus(self, other: "Amount") -> "Amount":
        """Return both together."""
        return Amount(self.rows + other.rows, self.fen + other.fen)


class Counts(NamedTuple):
    """What became of the rows of one sheet of one file."""

    read: Amount = Amount()
    accepted: Amount = Amount()
    rejected: Amount = Amount()
    superseded: Amount = Amount()

    def adds_up(self) -> bool:
        """Whether every row and every fen that was read is accounted for."""
        return self.read == self.accepted.plus(self.rejected).plus(self.superseded)

    def plus(self, other: "Counts") -> "Counts":
        """Return both together."""
        return Counts(*(mine.plus(theirs) for mine, theirs in zip(self, other, strict=True)))


@dataclass(frozen=True, slots=True)
class Origin:
    """One file handed in, and what became of it."""

    file: str
    status: OriginStatus
    office: str = ""
    period: str = ""
    filled_by: str = ""
    sha256: str = ""
    modified: str = ""
    """The workbook's own time of saving, ISO, UTC; empty where it says none."""
    application: str = ""
    version: str = ""
    """Of the schema its template was made from."""
    counts: Mapping[str, Counts] = field(default_factory=dict)
    """By table."""
    problems: tuple[Problem, ...] = ()
