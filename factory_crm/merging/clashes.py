"""One number for clearly different customers: no rule settles that, all are kept, each under its office's name.

Where every office numbers by itself (``numbering = "office"``), all numbers carry the office's name.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from ..contract.contract import Contract
from ..contract.sheet import Sheet
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
        groups: dict[str, list[Line]] = defaultdict(list)
        for line in sorted((line for line in lines if line.table == sheet.table), key=lambda line: line.place):
            groups[line.key[0]].append(line)
        for _, group in sorted(groups.items()):
            if _differ(sheet, group):
                found.append(conflict_of(sheet, _one_each(group), KEPT_BOTH, clash=True))
                numbers.update(_told_apart(sheet, group, apart=apart))
    return numbers, found


def _told_apart(sheet: type[Sheet], group: Sequence[Line], *, apart: bool) -> Numbers:
    """By office, and an office that contradicts itself by file; ``apart`` where the numbers carry the office already."""
    numbers: dict[tuple[str, str, str], str] = {}
    for office in sorted({owner(line) for line in group}):
        own = [line for line in group if owner(line) == office]
        by_file = _differ(sheet, own)
        for line in own:
            number = _number(sheet, line) if apart else f"{_number(sheet, line)}@{office}"
            number = f"{number}·{line.place.file}" if by_file else number
            numbers[line.table, line.place.file, line.key[0]] = number
            if not by_file:
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


def renamed(numbers: Numbers) -> Iterator[tuple[str, str]]:
    """Yield the numbers, by table and folded, that are called otherwise, and what they are called."""
    for (table, _, folded), number in numbers.items():
        yield table, folded
        yield table, number.casefold()


def qualify(contract: Contract, lines: Iterable[Line], numbers: Numbers) -> list[Line]:
    """Return the lines with numbers replaced by what they are called instead, in keys and in references."""
    if not numbers:
        return list(lines)
    meant = {sheet.table: _meant(sheet, apart=False) for sheet in contract.sheets}

    def instead(line: Line, table: str, text: str) -> str:
        folded = text.casefold()
        return numbers.get((table, line.place.file, folded)) or numbers.get((table, owner(line), folded)) or text

    return [_renumbered(line, meant[line.table], instead) for line in lines]


def owned(contract: Contract, rows: Iterable[Any]) -> Iterator[Any]:
    """Yield lines, or rejected rows, under the office's own numbers where every office numbers by itself."""
    if not numbered_apart(contract):
        yield from rows
        return
    meant = {sheet.table: _meant(sheet, apart=True) for sheet in contract.sheets}
    numbered = {sheet.table for sheet in contract.sheets if sheet.key()[0].kind.name == "number"}
    for row in rows:
        if row.table in numbered:
            key = (_with_office(row, row.table, row.key[0]).casefold(), *row.key[1:])
        else:
            key = (*row.key, owner(row).casefold())
        told = row if isinstance(row, Rejected) else _renumbered(row, meant[row.table], _with_office)
        yield told._replace(key=key)


def _with_office(row: Line | Rejected, _table: str, number: str) -> str:
    return f"{number}@{owner(row)}"


class _Meant(NamedTuple):
    """Where a number stands that may be called otherwise, and of which table; whether it is the line's own."""

    at: int
    table: str
    own: bool


def _meant(sheet: type[Sheet], *, apart: bool) -> list[_Meant]:
    own = sheet.key()[0]
    numbered = sheet.label or (apart and own.kind.name == "number")
    return [
        _Meant(at, table, column == own)
        for at, column in enumerate(sheet.columns)
        if (table := column.refers or (sheet.table if column == own and numbered else ""))
    ]


def _renumbered(line: Line, meant: Iterable[_Meant], instead: Callable[[Line, str, str], str]) -> Line:
    cells, key = list(line.cells), line.key
    for at, table, own in meant:
        text = shown_cell(cells[at]) or (key[0] if own else "")
        if text and (number := instead(line, table, text)) != text:
            cells[at] = None if cells[at] is None else number
            key = (number.casefold(), *key[1:]) if own else key
    return line._replace(cells=tuple(cells), key=key)


def as_written(sheet: type[Sheet], line: Line) -> tuple[Any, ...]:
    """Return the cells of a line with its numbers as the clerk wrote them."""
    cells = list(line.cells)
    for at, _, _ in _meant(sheet, apart=True):
        if isinstance(cells[at], str):
            cells[at] = cells[at].removesuffix(f"·{line.place.file}").removesuffix(f"@{owner(line)}")
    return tuple(cells)
