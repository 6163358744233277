"""The result of a merge: tables, conflicts, duplicates, changes, submissions; reports are written from it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from ..i18n.translate import TextList
from ..problems.problem import Location, Problem
from .record import Origin, RejectedRecord


class RecordVersion(NamedTuple):
    """One of several contents of a key: where it stands and, for each column that differs, its text."""

    location: Location
    office: str
    cells: tuple[str, ...]
    digest: str = ""


class ConflictRule(StrEnum):
    """By what a conflict is settled; the value is what people read."""

    LATEST = "采用保存时间最新的工作簿；时间相同时按内容排序"
    FIRST = "采用保存时间最早的工作簿；时间相同时按内容排序"
    UNDECIDED = "还没有选定，都不计入；请在「选定」里选一个"
    DECIDED = "按上次汇总里的选定"
    BY_OFFICE = "按单位的优先次序"
    KEPT_BOTH = "编号撞车：各单位的都保留，编号后加单位名"


class Conflict(NamedTuple):
    """A key with several contents. A clash (one number, different customers) has no winner: all are kept, qualified."""

    table: str
    key: str
    headers: tuple[str, ...]
    """Of the columns that differ."""
    versions: tuple[RecordVersion, ...]
    """The winner first."""
    rule: ConflictRule
    is_id_collision: bool = False
    pending: bool = False
    """Whether nobody has chosen yet and none of the versions counts."""
    parts: tuple[str, ...] = ()
    """The key, folded."""

    @property
    def identity(self) -> str:
        """What it is known by in the next merge: table, key and the contents that were there to choose from."""
        return json.dumps([self.table, self.parts, [v.digest for v in self.versions]], ensure_ascii=False)


class CustomerEntry(NamedTuple):
    """A customer that may be another one too."""

    number: str
    name: str
    location: Location
    office: str


Verdict = Literal["", "first", "second", "different"]
"""What people said of a likely duplicate: nothing yet, one company under the first or the second number, or two."""


class DuplicateCandidate(NamedTuple):
    """Two numbers that are probably one company. They are never made one unless somebody says so."""

    first: CustomerEntry
    second: CustomerEntry
    score: int
    """0–100."""
    reasons: TextList
    verdict: Verdict = ""

    @property
    def identity(self) -> str:
        """What it is known by in the next merge: both numbers and both names."""
        return json.dumps([[p.number, p.name] for p in (self.first, self.second)], ensure_ascii=False)


class RecordChange(NamedTuple):
    """A line that differs from the summary before; one that is ``out`` is there, but rejected or waiting for a choice."""

    table: str
    kind: Literal["new", "changed", "vanished", "out"]
    key: str
    location: Location | None
    headers: tuple[str, ...] = ()
    before: tuple[str | None, ...] = ()
    """``None`` where the summary before does not tell."""
    after: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """The key of one that is no longer there, folded."""


class RecordChanges(NamedTuple):
    """What is different from the summary before."""

    name: str
    """Of that summary."""
    records: tuple[RecordChange, ...]
    alarms: tuple[Problem, ...]

    def count(self, kind: str) -> int:
        """Return how many lines there are of a kind."""
        return sum(change.kind == kind for change in self.records)

    def of(self, header: str) -> tuple[RecordChange, ...]:
        """Return the lines that changed in a column."""
        return tuple(change for change in self.records if header in change.headers)


class Submission(NamedTuple):
    """An office, and whether it has handed in."""

    office: str
    files: tuple[str, ...] = ()
    period: str = ""
    read: int = 0
    rejected: int = 0
    unreadable: bool = False

    @property
    def sent(self) -> bool:
        """Whether something of it could be merged."""
        return bool(self.files) and not self.unreadable


@dataclass(frozen=True)
class MergeResult:
    """Tables with provenance, and the account of every row.

    ``tables`` are narwhals lazy frames, one a table of the schema; ``merging.frames`` documents their columns.
    """

    tables: Mapping[str, Any]
    origins: tuple[Origin, ...]
    rejected: tuple[RejectedRecord, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]
    """Of the merge itself: strays that no file answers, dates far off, decisions that could not be followed."""
    as_of: date | None
    """The latest event date in the data, unless it was given; None where there is no event."""
    candidates: tuple[DuplicateCandidate, ...] = ()
    changes: RecordChanges | None = None
    """None where no summary before was given."""
    submissions: tuple[Submission, ...] = ()
    """Who has handed in and who has not."""
    money: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By table, its columns that hold fen."""
