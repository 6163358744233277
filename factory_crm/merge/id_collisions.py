"""One number for clearly different customers: no rule settles that, all are kept, each under its office's name.

Where every office numbers by itself (``numbering = "office"``), all numbers carry the office's name.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from ..schema.model import Sheet
from ..schema.workbook import WorkbookSchema
from .conflicts import conflict_of, shown_cell
from .record import Record, RejectedRecord
from .result import Conflict, ConflictRule

_COMPANY = re.compile(r"(股份)?有限(责任)?公司|集团|总公司|分公司|公司|工厂|厂$|[（(].*?[)）]|\s")  # zh only
_SAME_NAME = 60
"""Names at least this alike (rapidfuzz ratio, 0–100) are one company, spelled differently."""

NewIds = Mapping[tuple[str, str, str], str]
"""What a number is called instead, by table, by the file or the office that uses it, and folded."""


def id_collisions(schema: WorkbookSchema, records: Iterable[Record]) -> tuple[NewIds, list[Conflict]]:
    """Find the numbers that stand for clearly different customers; return what each is called instead, and all to list."""
    apart = has_separate_ids(schema)
    numbers: dict[tuple[str, str, str], str] = {}
    collisions: list[Conflict] = []
    for sheet in (sheet for sheet in schema.sheets if sheet.is_entity):
        groups: dict[str, list[Record]] = defaultdict(list)
        for record in sorted(
            (record for record in records if record.table == sheet.table), key=lambda record: record.location
        ):
            groups[record.key[0]].append(record)
        for _, group in sorted(groups.items()):
            if _differ(sheet, group):
                collisions.append(conflict_of(sheet, _one_each(group), ConflictRule.KEPT_BOTH, clash=True))
                numbers.update(_with_separate_ids(sheet, group, apart=apart))
    return numbers, collisions


def _with_separate_ids(sheet: type[Sheet], group: Sequence[Record], *, apart: bool) -> NewIds:
    """By office, and an office that contradicts itself by file; ``apart`` where the numbers carry the office already."""
    numbers: dict[tuple[str, str, str], str] = {}
    for office in sorted({owner(record) for record in group}):
        own = [record for record in group if owner(record) == office]
        by_file = _differ(sheet, own)
        for record in own:
            number = _number(sheet, record) if apart else f"{_number(sheet, record)}@{office}"
            number = f"{number}·{record.location.file}" if by_file else number
            numbers[record.table, record.location.file, record.key[0]] = number
            if not by_file:
                numbers[record.table, office, record.key[0]] = number
    return numbers


def _number(sheet: type[Sheet], record: Record) -> str:
    return shown_cell(record.cells[sheet.record_layout.id]) or record.key[0]


def has_separate_ids(schema: WorkbookSchema) -> bool:
    """Whether the office is part of every key (``numbering = "office"``)."""
    return schema.numbering == "office"


def owner(record: Record | RejectedRecord) -> str:
    """Return whose number it is: the office's, else the file's."""
    return record.office or record.location.file


def _differ(sheet: type[Sheet], group: Iterable[Record]) -> bool:
    """Whether some of the names are clearly of different companies."""
    from rapidfuzz import fuzz

    names = sorted({bare(shown_cell(sheet.record_layout.display_value(record.cells))) for record in group})
    return any(fuzz.ratio(a, b) < _SAME_NAME for a, b in combinations(names, 2))


def bare(name: str) -> str:
    """Return a company's name without what many companies are called."""
    return _COMPANY.sub("", name) or name


def _one_each(group: Sequence[Record]) -> list[Record]:
    return list({record.digest: record for record in reversed(group)}.values())[::-1]


def renamed_ids(numbers: NewIds) -> Iterator[tuple[str, str]]:
    """Yield the numbers, by table and folded, that are called otherwise, and what they are called."""
    for (table, _, folded), number in numbers.items():
        yield table, folded
        yield table, number.casefold()


def qualify(schema: WorkbookSchema, records: Iterable[Record], numbers: NewIds) -> list[Record]:
    """Return the lines with numbers replaced by what they are called instead, in keys and in references."""
    if not numbers:
        return list(records)
    meant = {sheet.table: _meant(sheet, apart=False) for sheet in schema.sheets}

    def instead(record: Record, table: str, text: str) -> str:
        folded = text.casefold()
        return numbers.get((table, record.location.file, folded)) or numbers.get((table, owner(record), folded)) or text

    return [_renumbered(record, meant[record.table], instead) for record in records]


def with_office_ids(schema: WorkbookSchema, rows: Iterable[Any]) -> Iterator[Any]:
    """Yield lines, or rejected rows, under the office's own numbers where every office numbers by itself."""
    if not has_separate_ids(schema):
        yield from rows
        return
    meant = {sheet.table: _meant(sheet, apart=True) for sheet in schema.sheets}
    numbered = {sheet.table for sheet in schema.sheets if sheet.key()[0].column_type.name == "number"}
    for row in rows:
        if row.table in numbered:
            key = (_with_office(row, row.table, row.key[0]).casefold(), *row.key[1:])
        else:
            key = (*row.key, owner(row).casefold())
        renamed = row if isinstance(row, RejectedRecord) else _renumbered(row, meant[row.table], _with_office)
        yield renamed._replace(key=key)


def _with_office(row: Record | RejectedRecord, _table: str, number: str) -> str:
    return f"{number}@{owner(row)}"


class _Meant(NamedTuple):
    """Where a number stands that may be called otherwise, and of which table; whether it is the line's own."""

    at: int
    table: str
    own: bool


def _meant(sheet: type[Sheet], *, apart: bool) -> list[_Meant]:
    layout = sheet.record_layout
    numbered = sheet.is_entity or (apart and sheet.columns[layout.id].column_type.name == "number")
    tables = {**({layout.id: sheet.table} if numbered else {}), **dict(layout.references)}
    return [_Meant(at, table, at == layout.id) for at, table in sorted(tables.items())]


def _renumbered(record: Record, meant: Iterable[_Meant], instead: Callable[[Record, str, str], str]) -> Record:
    cells, key = list(record.cells), record.key
    for at, table, own in meant:
        text = shown_cell(cells[at]) or (key[0] if own else "")
        if text and (number := instead(record, table, text)) != text:
            cells[at] = None if cells[at] is None else number
            key = (number.casefold(), *key[1:]) if own else key
    return record._replace(cells=tuple(cells), key=key)


def as_written(sheet: type[Sheet], record: Record) -> tuple[Any, ...]:
    """Return the cells of a line with its numbers as the clerk wrote them."""
    cells = list(record.cells)
    for at, _, _ in _meant(sheet, apart=True):
        if isinstance(cells[at], str):
            cells[at] = cells[at].removesuffix(f"·{record.location.file}").removesuffix(f"@{owner(record)}")
    return tuple(cells)
