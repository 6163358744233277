"""Which sheet is which, and which column is which: found by what people wrote, in any order and either language."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..contract.contract import Contract
from ..contract.layout import CHECK_HEADER, MESSAGE_HEADER, SEARCHED_ROWS
from ..contract.sheet import Column, Sheet
from ..words import say
from .grid import GridRow

_DECORATION = re.compile(r"[\s*★☆ⓐ:：_]+|[(\[【（][^()（）\[\]【】]*[)\]】）]")  # noqa: RUF001 - marks people put into headers  # zh only


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a sheet stand."""

    header_row: int
    columns: Mapping[int, Column]
    """By their position, from 1."""
    headers: Mapping[int, str]
    """Every header text of the row, by its position."""
    unknown: tuple[int, ...]
    doubled: tuple[int, ...]
    """Positions whose column stands further left already."""

    def position(self, name: str) -> int:
        """Return where a column stands, 0 where it does not."""
        return next((at for at, column in self.columns.items() if column.name == name), 0)

    def missing(self, sheet: type[Sheet]) -> list[Column]:
        """Return the columns of the sheet that the row lacks."""
        there = {column.name for column in self.columns.values()}
        return [column for column in sheet.columns if column.name not in there]


def folded(header: str) -> str:
    """Return a header without what people add to it: stars, blanks, units in brackets, width and case."""
    plain = unicodedata.normalize("NFKC", header).casefold()
    return _DECORATION.sub("", plain) or "".join(plain.split())


@cache
def _lexicon(sheet: type[Sheet]) -> dict[str, Column]:
    """Every spelling of every header of the sheet, folded; a header beats an alias."""
    spelled = [(alias, column) for column in sheet.columns for alias in column.aliases]
    spelled += [(say(column.header, "en"), column) for column in sheet.columns]
    spelled += [(column.header, column) for column in sheet.columns]
    return {folded(spelling): column for spelling, column in spelled}


@cache
def _own() -> frozenset[str]:
    return frozenset(folded(say(header, language)) for header in (CHECK_HEADER, MESSAGE_HEADER) for language in ("zh", "en"))


def find_layout(rows: Sequence[GridRow], sheet: type[Sheet]) -> Layout | None:
    """Return where the columns stand, by the row that knows the most of them; ``None`` where no row knows two."""
    layouts = [_layout(row, sheet) for row in rows[:SEARCHED_ROWS]]
    best = max(layouts, key=lambda layout: len(layout.columns), default=None)
    return best if best and len(best.columns) >= min(2, len(sheet.columns)) else None


def _layout(row: GridRow, sheet: type[Sheet]) -> Layout:
    lexicon = _lexicon(sheet)
    headers = {cell.column: cell.value.strip() for cell in row.cells if isinstance(cell.value, str) and cell.value.strip()}
    columns: dict[int, Column] = {}
    doubled: list[int] = []
    for at, header in headers.items():
        if (column := lexicon.get(folded(header))) is not None:
            if column in columns.values():
                doubled.append(at)
            else:
                columns[at] = column
    known = {*columns, *doubled}
    unknown = tuple(at for at, header in headers.items() if at not in known and folded(header) not in _own())
    return Layout(row.number, columns, headers, unknown, tuple(doubled))


def find_sheets(contract: Contract, names: Iterable[str]) -> dict[str, str]:
    """Return which sheet of the workbook holds which table, by title (either language) or alias."""
    by_folded = {folded(name): name for name in reversed(list(names))}
    found: dict[str, str] = {}
    for sheet in (contract.cover, *contract.sheets):
        for title in (sheet.title, say(sheet.title, "en"), *sheet.aliases):
            name = by_folded.get(folded(title))
            if name is not None and name not in found.values():
                found[sheet.table] = name
                break
    return found


def guess_table(contract: Contract, rows: Sequence[GridRow], taken: Iterable[str]) -> str | None:
    """Return the table whose required columns a sheet of another name has, ``None`` where it has none's."""
    for sheet in contract.sheets:
        layout = None if sheet.table in taken else find_layout(rows, sheet)
        required = [column.name for column in sheet.columns if column.required]
        if layout and all(layout.position(name) for name in required):
            return sheet.table
    return None
