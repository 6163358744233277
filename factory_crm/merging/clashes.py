"""One number for clearly different customers: no rule settles that, all are kept, each under its office's name.

Where every office numbers by itself (``numbering = "office"``), all numbers carry the office's name.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from ..contract.contract import Contract
from ..contract.sheet import Column, Sheet
from ..words import Word
from .conflicts import conflict_of, shown_cell
from .lines import Line, Rejected
from .merged import Conflict

KEPT_BOTH = Word("编号撞车：各单位的都保留，编号后加单位名")
_COMPANY = re.compile(r"(股份)?有限(责任)?公司|集团|总公司|分公司|公司|工厂|厂$|[（(].*?[)）]|\s")  # zh only
_SAME_NAME = 60
"""Names at least this alike (rapidfuzz ratio, 0–100) are one company, spelled differently."""

Numbers = Mapping[tuple[str, str, str], str]
"""What a number is called instead, by table, by the file or the office that uses it, and folded."""


def clashes(contract: Contract, lines: Iterable[Line]) -> tuple[Numbers, list[Conflict]]:
    """Find the numbers that stand for clearly different customers; return what each is called instead, and all to list."""
    apart = numbered_apart(contract)
    numbers: dict[tuple[str, str, str], str] = {}
    found: list[Conflict] = []
    for sheet in (sheet for sheet in contract.sheets if sheet.label):
        groups: dict[tuple[str, str], list[Line]] = defaultdict(list)
        for line in sorted((line for line in lines if line.table == sheet.table), key=lambda line: line.place):
            groups[line.key[0], owner(line) if apart else ""].append(line)
        for _, group in sorted(groups.items()):
            if _differ(sheet, group):
                found.append(conflict_of(sheet, _one_each(group), KEPT_BOTH, clash=True))
                numbers.update(_told_apart(sheet, group))
    return numbers, found


def _told_apart(sheet: type[Sheet], group: Sequence[Line]) -> Numbers:
    """An office that contradicts itself is told apart by file."""
    numbers: dict[tuple[str, str, str], str] = {}
    for office in sorted({owner(line) for line in group}):
        own = [line for line in group if owner(line) == office]
        for line in own:
            user = f"{office}·{line.place.file}" if _differ(sheet, own) else office
            number = f"{_number(sheet, line)}@{user}"
            numbers[line.table, line.place.file, line.key[0]] = number
            if user == office:
                numbers[line.table, office, line.key[0]] = number
    return numbers


def _number(sheet: type[Sheet], line: Line) -> str:
    return shown_cell(line.cells[sheet.columns.index(sheet.key()[0])]) or line.key[0]


def numbered_apart(contract: Contract) -> bool:
    """Whether the office is part of every key (``numbering = "office"``)."""
    return contract.numbering == "office"


def owner(line: Line | Rejected) -> str:
    """Return whose number it is: the office's, else the file's."""
    return line.office or line.place.file


def _differ(sheet: type[Sheet], group: Iterable[Line]) -> bool:
    """Whether some of the names are clearly of different companies."""
    from rapidfuzz import fuzz

    label = next(i for i, column in enumerate(sheet.columns) if column.name == sheet.label)
    names = sorted({bare(shown_cell(line.cells[label])) for line in group})
    return any(fuzz.ratio(a, b) < _SAME_NAME for a, b in combinations(names, 2))


def bare(name: str) -> str:
    """Return a company's name without what many companies are called."""
    return _COMPANY.sub("", name) or name


def _one_each(group: Sequence[Line]) -> list[Line]:
    return list({line.digest: line for line in reversed(group)}.values())[::-1]


def qualify(contract: Contract, lines: Iterable[Line], numbers: Numbers) -> list[Line]:
    """Return the lines with numbers replaced by what they are called instead, in keys and in references."""
    apart = numbered_apart(contract)
    if not (numbers or apart):
        return list(lines)
    meant = {
        sheet.table: [(i, t) for i, column in enumerate(sheet.columns) if (t := _target(sheet, column, apart=apart))]
        for sheet in contract.sheets
    }
    return [_qualified(line, contract.sheet(line.table), meant[line.table], numbers, apart=apart) for line in lines]


def _target(sheet: type[Sheet], column: Column, *, apart: bool) -> str:
    """Return the table whose numbers stand in the column and may be called otherwise."""
    return column.refers or (sheet.table if column == sheet.key()[0] and (sheet.label or apart) else "")


def _qualified(
    line: Line, sheet: type[Sheet], meant: Iterable[tuple[int, str]], numbers: Numbers, *, apart: bool
) -> Line:
    cells, key, first = list(line.cells), line.key, sheet.key()[0]
    if apart and first.kind.name != "number":
        return line._replace(key=(*key, owner(line).casefold()))
    for i, table in meant:
        own = sheet.columns[i] == first
        text = shown_cell(cells[i]) or (key[0] if own else "")
        folded = line.key[0] if own else text.casefold()
        number = numbers.get((table, line.place.file, folded)) or numbers.get((table, owner(line), folded))
        if text and (number := number or (f"{text}@{owner(line)}" if apart else None)):
            cells[i] = number
            key = (number.casefold(), *key[1:]) if own else key
    return line._replace(cells=tuple(cells), key=key)


def registered(contract: Contract, rows: Iterable[Rejected]) -> list[Rejected]:
    """Return rejected rows under the keys that they would have as lines: they register their numbers too."""
    if not numbered_apart(contract):
        return list(rows)
    return [row._replace(key=(f"{row.key[0]}@{owner(row)}".casefold(), *row.key[1:])) for row in rows]
