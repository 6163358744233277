"""One key, several contents: the same content counts once, different contents are settled by a stated rule and shown."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..contract.contract import Contract
from ..contract.sheet import Column, Sheet
from ..contract.spellings import shown
from ..words import Word
from .lines import Line
from .merged import Conflict, Version

LATEST = Word("采用保存时间最新的工作簿；时间相同时按内容排序")
KEPT_BOTH = Word("编号撞车：各单位的都保留，编号后加单位名")
_COMPANY = re.compile(r"(股份)?有限(责任)?公司|集团|总公司|分公司|公司|工厂|厂$|[（(].*?[)）]|\s")  # zh only
_SAME_NAME = 60
"""Names at least this alike (rapidfuzz ratio, 0–100) are one company, spelled differently."""


class Settled(NamedTuple):
    """The lines that count, those that another line stands for, and what was in conflict."""

    lines: list[Line]
    superseded: list[Line]
    conflicts: list[Conflict]


def settle(contract: Contract, lines: Iterable[Line], modified: Mapping[str, str]) -> Settled:
    """Settle every key. ``modified`` is each file's own time of saving; neither file times nor argument order matter."""
    groups: dict[tuple[str, tuple[str, ...]], list[Line]] = defaultdict(list)
    for line in lines:
        groups[line.table, line.key].append(line)
    settled = Settled([], [], [])
    for (table, _), group in sorted(groups.items()):
        _settle_key(contract.sheet(table), group, modified, settled)
    return settled


def _settle_key(sheet: type[Sheet], group: Sequence[Line], modified: Mapping[str, str], settled: Settled) -> None:
    contents: dict[str, Line] = {}
    for line in sorted(group, key=lambda line: (line.digest, line.place)):
        if contents.setdefault(line.digest, line) is not line:
            settled.superseded.append(line)
    ranked = sorted(contents.values(), key=lambda line: (modified.get(line.place.file, ""), line.digest), reverse=True)
    settled.lines.append(ranked[0])
    settled.superseded.extend(ranked[1:])
    if len(ranked) > 1:
        settled.conflicts.append(_conflict(sheet, ranked, LATEST))


def _conflict(sheet: type[Sheet], ranked: Sequence[Line], rule: Word, *, clash: bool = False) -> Conflict:
    differing = [
        i
        for i, column in enumerate(sheet.columns)
        if not column.echoes and len({shown_cell(line.cells[i]) for line in ranked}) > 1
    ]
    versions = tuple(
        Version(line.place, line.office, tuple(shown_cell(line.cells[i]) for i in differing)) for line in ranked
    )
    key = (
        " + ".join(
            shown_cell(cell)
            for column, cell in zip(sheet.columns, ranked[0].cells, strict=True)
            if column.key and cell is not None
        )
        or ranked[0].key[0]
    )
    return Conflict(sheet.table, key, tuple(sheet.columns[i].header for i in differing), versions, rule, clash)


def shown_cell(value: object) -> str:
    """Return a cell as text, empty for a blank."""
    return "" if value is None else shown(value)  # type: ignore[arg-type]


def clashes(contract: Contract, lines: Sequence[Line]) -> tuple[dict[tuple[str, str, str], str], list[Conflict]]:
    """Find numbers that different offices use for clearly different customers.

    Returns the qualified number for each (table, office, folded number), and the clashes to list.
    """
    qualified: dict[tuple[str, str, str], str] = {}
    found: list[Conflict] = []
    for sheet in (sheet for sheet in contract.sheets if sheet.label):
        label = next(i for i, column in enumerate(sheet.columns) if column.name == sheet.label)
        number = next(i for i, column in enumerate(sheet.columns) if column.key)
        groups: dict[str, list[Line]] = defaultdict(list)
        for line in sorted((line for line in lines if line.table == sheet.table), key=lambda line: line.place):
            groups[line.key[0]].append(line)
        for key, group in sorted(groups.items()):
            if _differ(group, label):
                found.append(_conflict(sheet, _one_each(group), KEPT_BOTH, clash=True))
                for line in group:
                    qualified[sheet.table, owner(line), key] = f"{line.cells[number]}@{owner(line)}"
    return qualified, found


def owner(line: Line) -> str:
    """Return whose number it is: the office's, else the file's."""
    return line.office or line.place.file


def _differ(group: Sequence[Line], label: int) -> bool:
    from rapidfuzz import fuzz

    names = {owner(line): _bare(shown_cell(line.cells[label])) for line in group}
    distinct = sorted(set(names.values()))
    return len(names) > 1 and any(
        fuzz.ratio(a, b) < _SAME_NAME for i, a in enumerate(distinct) for b in distinct[i + 1 :]
    )


def _bare(name: str) -> str:
    return _COMPANY.sub("", name) or name


def _one_each(group: Sequence[Line]) -> list[Line]:
    return list({line.digest: line for line in reversed(group)}.values())[::-1]


def qualify(contract: Contract, lines: Iterable[Line], qualified: Mapping[tuple[str, str, str], str]) -> list[Line]:
    """Return the lines with clashing numbers replaced by the qualified ones, in keys and in references."""
    if not qualified:
        return list(lines)
    meant = {
        sheet.table: [(i, _target(sheet, column)) for i, column in enumerate(sheet.columns) if _target(sheet, column)]
        for sheet in contract.sheets
    }
    return [_qualified(line, meant[line.table], qualified) for line in lines]


def _target(sheet: type[Sheet], column: Column) -> str:
    return column.refers or (sheet.table if column.key and sheet.label else "")


def _qualified(line: Line, meant: Iterable[tuple[int, str]], qualified: Mapping[tuple[str, str, str], str]) -> Line:
    cells, key = list(line.cells), line.key
    for i, table in meant:
        number = qualified.get((table, owner(line), shown_cell(cells[i]).casefold()))
        if number:
            cells[i] = number
            key = (number.casefold(), *key[1:]) if table == line.table else key
    return line._replace(cells=tuple(cells), key=key)
