"""One key, several contents: the same content counts once, different contents are settled by a stated rule and shown."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ..contract.contract import Contract
from ..contract.sheet import Column, Sheet
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
KEPT_BOTH = Word("编号撞车：各单位的都保留，编号后加单位名")
_COMPANY = re.compile(r"(股份)?有限(责任)?公司|集团|总公司|分公司|公司|工厂|厂$|[（(].*?[)）]|\s")  # zh only
_NEVER: Mapping[Prefer, str] = {"latest": "", "none": "", "first": "9"}
"""Sorts a workbook that says no time behind all that do."""
_SAME_NAME = 60
"""Names at least this alike (rapidfuzz ratio, 0–100) are one company, spelled differently."""


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


def settle(
    contract: Contract, lines: Iterable[Line], modified: Mapping[str, str], preference: Preference | None = None
) -> Settled:
    """Settle every key. ``modified`` is each file's own time of saving; neither file times nor argument order matter."""
    preference = preference or Preference()
    groups: dict[tuple[str, tuple[str, ...]], list[Line]] = defaultdict(list)
    for line in lines:
        groups[line.table, line.key].append(line)
    settled = Settled([], [], [], [])
    for (table, _), group in sorted(groups.items()):
        _settle_key(contract.sheet(table), group, modified, preference, settled)
    return settled


def _settle_key(
    sheet: type[Sheet],
    group: Sequence[Line],
    modified: Mapping[str, str],
    preference: Preference,
    settled: Settled,
) -> None:
    contents: dict[str, Line] = {}
    for line in sorted(group, key=lambda line: (line.digest, line.place)):
        if contents.setdefault(line.digest, line) is not line:
            settled.superseded.append(line)
    ranked, rule = _ranked(list(contents.values()), modified, preference)
    held = len(ranked) > 1 and rule is BY_RULE["none"]
    settled.held.extend(ranked if held else ())
    settled.lines.extend(() if held else ranked[:1])
    settled.superseded.extend(() if held else ranked[1:])
    if len(ranked) > 1:
        settled.conflicts.append(_conflict(sheet, ranked, rule)._replace(held=held))


def _ranked(lines: list[Line], modified: Mapping[str, str], preference: Preference) -> tuple[list[Line], Word]:
    """Return the contents, the one that counts first, and why."""
    by_time = sorted(
        lines,
        key=lambda line: (modified.get(line.place.file) or _NEVER[preference.rule], line.digest),
        reverse=preference.rule != "first",
    )
    choice = preference.chosen.get((lines[0].table, lines[0].key))
    digests = {line.digest for line in lines}
    if choice and choice.digest in digests and digests <= choice.seen:
        return sorted(by_time, key=lambda line: line.digest != choice.digest), DECIDED
    ranks = [preference.offices.get(line.office, len(preference.offices)) for line in lines]
    if preference.offices and ranks.count(min(ranks)) == 1:
        return (
            sorted(by_time, key=lambda line: preference.offices.get(line.office, len(preference.offices))),
            BY_OFFICE,
        )
    return by_time, BY_RULE[preference.rule]


def _conflict(sheet: type[Sheet], ranked: Sequence[Line], rule: Word, *, clash: bool = False) -> Conflict:
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


def clashes(contract: Contract, lines: Sequence[Line]) -> tuple[dict[tuple[str, str, str], str], list[Conflict]]:
    """Find numbers that different offices use for clearly different customers; where every office numbers by itself, all.

    Returns the qualified number for each (table, office, folded number), and the clashes to list.
    """
    apart = numbered_apart(contract)
    qualified: dict[tuple[str, str, str], str] = {}
    found: list[Conflict] = []
    for sheet in (sheet for sheet in contract.sheets if sheet.label or apart):
        label = next((i for i, column in enumerate(sheet.columns) if column.name == sheet.label), 0)
        number = next(i for i, column in enumerate(sheet.columns) if column.key)
        groups: dict[str, list[Line]] = defaultdict(list)
        for line in sorted((line for line in lines if line.table == sheet.table), key=lambda line: line.place):
            groups[line.key[0]].append(line)
        for key, group in sorted(groups.items()):
            if len({owner(line) for line in group}) > 1 if apart else _differ(group, label):
                if not apart:
                    found.append(_conflict(sheet, _one_each(group), KEPT_BOTH, clash=True))
                for line in group:
                    qualified[sheet.table, owner(line), key] = f"{line.cells[number] or key}@{owner(line)}"
    return qualified, found


def numbered_apart(contract: Contract) -> bool:
    """Whether the office is part of every key (``numbering = "office"``)."""
    return bool(getattr(contract, "numbering", "group") == "office")


def owner(line: Line) -> str:
    """Return whose number it is: the office's, else the file's."""
    return line.office or line.place.file


def _differ(group: Sequence[Line], label: int) -> bool:
    from rapidfuzz import fuzz

    names = {owner(line): bare(shown_cell(line.cells[label])) for line in group}
    distinct = sorted(set(names.values()))
    return len(names) > 1 and any(
        fuzz.ratio(a, b) < _SAME_NAME for i, a in enumerate(distinct) for b in distinct[i + 1 :]
    )


def bare(name: str) -> str:
    """Return a company's name without what many companies are called."""
    return _COMPANY.sub("", name) or name


def _one_each(group: Sequence[Line]) -> list[Line]:
    return list({line.digest: line for line in reversed(group)}.values())[::-1]


def qualify(contract: Contract, lines: Iterable[Line], qualified: Mapping[tuple[str, str, str], str]) -> list[Line]:
    """Return the lines with clashing numbers replaced by the qualified ones, in keys and in references."""
    if not qualified:
        return list(lines)
    apart = numbered_apart(contract)
    meant = {
        sheet.table: [(i, t) for i, column in enumerate(sheet.columns) if (t := _target(sheet, column, apart=apart))]
        for sheet in contract.sheets
    }
    return [_qualified(line, meant[line.table], qualified) for line in lines]


def _target(sheet: type[Sheet], column: Column, *, apart: bool) -> str:
    return column.refers or (sheet.table if column == sheet.key()[0] and (sheet.label or apart) else "")


def _qualified(line: Line, meant: Iterable[tuple[int, str]], qualified: Mapping[tuple[str, str, str], str]) -> Line:
    cells, key = list(line.cells), line.key
    for i, table in meant:
        own = table == line.table
        number = qualified.get((table, owner(line), key[0] if own else shown_cell(cells[i]).casefold()))
        if number:
            cells[i] = number
            key = (number.casefold(), *key[1:]) if own else key
    return line._replace(cells=tuple(cells), key=key)
