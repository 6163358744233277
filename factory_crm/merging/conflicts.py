"""One key, several contents: the same content counts once, different contents are settled by a stated rule and shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import inf
from typing import Literal, NamedTuple

from ..contract.contract import Contract
from ..contract.sheet import Sheet
from ..contract.spellings import shown
from ..words import Word
from .lines import Line
from .merged import Conflict, Version

Prefer = Literal["latest", "first", "none"]
"""Which of several contents of a key counts: the one saved last, the one saved first, or none until somebody chooses."""
BY_RULE: Mapping[Prefer, Word] = {
    "latest": Word("采用保存时间最新的工作簿；时间相同时按内容排序"),
    "first": Word("采用保存时间最早的工作簿；时间相同时按内容排序"),
    "none": Word("还没有选定，都不计入；请在「选定」里选一个"),
}
EXTRA = "其他列"
DECIDED = Word("按上次汇总里的选定")
BY_OFFICE = Word("按单位的优先次序")
_NEVER: Mapping[Prefer, str] = {"latest": "", "none": "", "first": "9"}
"""Sorts a workbook that says no time behind all that do."""


class Choice(NamedTuple):
    """What somebody chose on a sheet 冲突, and what there was to choose from."""

    digest: str
    seen: frozenset[str]


@dataclass(frozen=True, slots=True)
class Preference:
    """By what contradictions are settled, the first that applies: a choice, an order among offices, the time of saving."""

    rule: Prefer = "latest"
    chosen: Mapping[tuple[str, tuple[str, ...]], Choice] = field(default_factory=dict)
    """By table and key."""
    offices: Mapping[str, int] = field(default_factory=dict)
    """The rank of each office that has one, the lowest first."""


class Settled(NamedTuple):
    """The lines that count, those that another line stands for, those that wait, and what was in conflict."""

    lines: list[Line]
    superseded: list[Line]
    held: list[Line]
    conflicts: list[Conflict]

    def plus(self, other: "Settled") -> "Settled":
        """Return both together, the conflicts by table and key."""
        return Settled(
            self.lines + other.lines,
            self.superseded + other.superseded,
            self.held + other.held,
            sorted(self.conflicts + other.conflicts, key=lambda one: (one.table, one.parts)),
        )


def settle(
    contract: Contract, lines: Iterable[Line], modified: Mapping[str, str], preference: Preference | None = None
) -> Settled:
    """Settle every key. ``modified`` is each file's own time of saving; neither file times nor argument order matter."""
    preference = preference or Preference()
    settled = Settled([], [], [], [])
    for (table, _), group in groupby(sorted(lines, key=_key), _key):
        _settle_key(contract.sheet(table), list(group), modified, preference, settled)
    return settled


def _key(line: Line) -> tuple[str, tuple[str, ...]]:
    return line.table, line.key


def _settle_key(
    sheet: type[Sheet],
    group: Sequence[Line],
    modified: Mapping[str, str],
    preference: Preference,
    settled: Settled,
) -> None:
    if len(group) == 1:
        settled.lines.append(group[0])
        return
    in_order, rule = _ranked(sorted(group, key=lambda line: line.place), modified, preference)
    contents: dict[str, Line] = {}
    for line in in_order:  # of several that say the same, the first in rank speaks for all
        if contents.setdefault(line.digest, line) is not line:
            settled.superseded.append(line)
    ranked = list(contents.values())
    held = len(ranked) > 1 and rule is BY_RULE["none"]
    settled.held.extend(ranked if held else ())
    settled.lines.extend(() if held else ranked[:1])
    settled.superseded.extend(() if held else ranked[1:])
    if len(ranked) > 1:
        settled.conflicts.append(conflict_of(sheet, ranked, rule)._replace(held=held))


def _ranked(lines: list[Line], modified: Mapping[str, str], preference: Preference) -> tuple[list[Line], Word]:
    """Return the lines of a key, the one that counts first, and why."""
    by_time = sorted(
        lines,
        key=lambda line: (modified.get(line.place.file) or _NEVER[preference.rule], line.digest),
        reverse=preference.rule != "first",
    )
    choice = preference.chosen.get((lines[0].table, lines[0].key))
    digests = {line.digest for line in lines}
    if choice and choice.digest in digests and digests <= choice.seen:
        return sorted(by_time, key=lambda line: line.digest != choice.digest), DECIDED
    ranks = {line.place: preference.offices.get(line.office, inf) for line in lines}
    best = {line.digest for line in lines if ranks[line.place] == min(ranks.values())}
    rule = BY_OFFICE if len(best) == 1 < len(digests) else BY_RULE[preference.rule]
    return sorted(by_time, key=lambda line: ranks[line.place]), rule


def conflict_of(sheet: type[Sheet], ranked: Sequence[Line], rule: Word, *, clash: bool = False) -> Conflict:
    """Return the contents of a key side by side, only in the columns that differ."""
    differing = [
        i
        for i, column in enumerate(sheet.columns)
        if not column.echoes and len({shown_cell(line.cells[i]) for line in ranked}) > 1
    ]
    versions = tuple(
        Version(line.place, line.office, tuple(shown_cell(line.cells[i]) for i in differing), line.digest)
        for line in ranked
    )
    headers = tuple(sheet.columns[i].header for i in differing)
    if len({line.extra for line in ranked}) > 1:
        headers = (*headers, EXTRA)
        versions = tuple(v._replace(cells=(*v.cells, line.extra)) for v, line in zip(versions, ranked, strict=True))
    return Conflict(sheet.table, key_text(sheet, ranked[0]), headers, versions, rule, clash, parts=ranked[0].key)


def key_text(sheet: type[Sheet], line: Line) -> str:
    """Return the key of a line as people write it."""
    told = [
        shown_cell(cell)
        for column, cell in zip(sheet.columns, line.cells, strict=True)
        if column.key and cell is not None
    ]
    return " + ".join(told) or line.key[0]


def shown_cell(value: object) -> str:
    """Return a cell as text, empty for a blank."""
    return "" if value is None else shown(value)  # type: ignore[arg-type]
