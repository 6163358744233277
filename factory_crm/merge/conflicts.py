"""Resolve conflicts: one key with several contents.

Equal content counts once. Of different contents the first of these decides that tells them apart: what somebody chose on
the sheet 冲突, the rank of the office, when the workbook was saved (``Preference``), and the digest of the content.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import inf
from typing import Literal, NamedTuple

from ..schema.model import Sheet
from ..schema.parsers.text import display_text
from ..schema.workbook import WorkbookSchema
from .record import Record
from .result import Conflict, ConflictRule, RecordVersion

Prefer = Literal["latest", "first", "none"]
"""Which of several contents of a key counts: the one saved last, the one saved first, or none until somebody chooses."""
_RULES: Mapping[Prefer, ConflictRule] = {
    "latest": ConflictRule.LATEST, "first": ConflictRule.FIRST, "none": ConflictRule.UNDECIDED,
}  # fmt: skip
EXTRA = "其他列"
_NEVER: Mapping[Prefer, str] = {"latest": "", "none": "", "first": "9"}
"""Sorts a workbook that says no time behind all that do."""


class Decision(NamedTuple):
    """What somebody chose on a sheet 冲突, and what there was to choose from."""

    digest: str
    seen: frozenset[str]


@dataclass(frozen=True, slots=True)
class Preference:
    """By what contradictions are settled, the first that applies: a choice, an order among offices, the time of saving."""

    rule: Prefer = "latest"
    chosen: Mapping[tuple[str, tuple[str, ...]], Decision] = field(default_factory=dict)
    """By table and key."""
    offices: Mapping[str, int] = field(default_factory=dict)
    """The rank of each office that has one, the lowest first."""


class Resolution(NamedTuple):
    """The lines that count, those that another line stands for, those that wait, and what was in conflict."""

    records: list[Record]
    superseded: list[Record]
    pending: list[Record]
    conflicts: list[Conflict]

    def plus(self, other: "Resolution") -> "Resolution":
        """Return both together, the conflicts by table and key."""
        return Resolution(
            self.records + other.records,
            self.superseded + other.superseded,
            self.pending + other.pending,
            sorted(self.conflicts + other.conflicts, key=lambda one: (one.table, one.parts)),
        )


def resolve_conflicts(
    schema: WorkbookSchema, records: Iterable[Record], modified: Mapping[str, str], preference: Preference | None = None
) -> Resolution:
    """Settle every key. ``modified`` is each file's own time of saving; the times of the file system and the order of arguments do not matter."""
    preference = preference or Preference()
    settled = Resolution([], [], [], [])
    for (table, _), group in groupby(sorted(records, key=_key), _key):
        _settle_key(schema.sheet(table), list(group), modified, preference, settled)
    return settled


def _key(record: Record) -> tuple[str, tuple[str, ...]]:
    return record.table, record.key


def _settle_key(
    sheet: type[Sheet],
    group: Sequence[Record],
    modified: Mapping[str, str],
    preference: Preference,
    settled: Resolution,
) -> None:
    if len(group) == 1:
        settled.records.append(group[0])
        return
    in_order, rule = _ranked(sorted(group, key=lambda record: record.location), modified, preference)
    contents: dict[str, Record] = {}
    for record in in_order:  # of several that say the same, the first in rank speaks for all
        if contents.setdefault(record.digest, record) is not record:
            settled.superseded.append(record)
    ranked = list(contents.values())
    pending = len(ranked) > 1 and rule is ConflictRule.UNDECIDED
    settled.pending.extend(ranked if pending else ())
    settled.records.extend(() if pending else ranked[:1])
    settled.superseded.extend(() if pending else ranked[1:])
    if len(ranked) > 1:
        settled.conflicts.append(conflict_of(sheet, ranked, rule)._replace(pending=pending))


def _ranked(
    records: list[Record], modified: Mapping[str, str], preference: Preference
) -> tuple[list[Record], ConflictRule]:
    """Return the lines of a key, the one that counts first, and why."""
    by_time = sorted(
        records,
        key=lambda record: (modified.get(record.location.file) or _NEVER[preference.rule], record.digest),
        reverse=preference.rule != "first",
    )
    choice = preference.chosen.get((records[0].table, records[0].key))
    digests = {record.digest for record in records}
    if choice and choice.digest in digests and digests <= choice.seen:
        return sorted(by_time, key=lambda record: record.digest != choice.digest), ConflictRule.DECIDED
    ranks = {record.location: preference.offices.get(record.office, inf) for record in records}
    best = {record.digest for record in records if ranks[record.location] == min(ranks.values())}
    rule = ConflictRule.BY_OFFICE if len(best) == 1 < len(digests) else _RULES[preference.rule]
    return sorted(by_time, key=lambda record: ranks[record.location]), rule


def conflict_of(sheet: type[Sheet], ranked: Sequence[Record], rule: ConflictRule, *, clash: bool = False) -> Conflict:
    """Return the contents of a key side by side, only in the columns that differ."""
    differing = [i for i in sheet.record_layout.stored if len({shown_cell(record.cells[i]) for record in ranked}) > 1]
    versions = tuple(
        RecordVersion(
            record.location, record.office, tuple(shown_cell(record.cells[i]) for i in differing), record.digest
        )
        for record in ranked
    )
    headers = tuple(sheet.columns[i].header for i in differing)
    if len({record.extra for record in ranked}) > 1:
        headers = (*headers, EXTRA)
        versions = tuple(v._replace(cells=(*v.cells, record.extra)) for v, record in zip(versions, ranked, strict=True))
    return Conflict(sheet.table, key_text(sheet, ranked[0]), headers, versions, rule, clash, parts=ranked[0].key)


def key_text(sheet: type[Sheet], record: Record) -> str:
    """Return the key of a line as people write it."""
    parts = [shown_cell(record.cells[i]) for i in sheet.record_layout.key if record.cells[i] is not None]
    return " + ".join(parts) or record.key[0]


def shown_cell(value: object) -> str:
    """Return a cell as text, empty for a blank."""
    return "" if value is None else display_text(value)  # type: ignore[arg-type]
