"""Tell records from rows that are none: a repeated header, a total, notes below the table."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ..parsers.text import display_text, strip_blanks, to_halfwidth
from ..sheet import DeclaredSheet
from .values import BrokenCell, Raw

_FOOTER = re.compile(  # what people write below their tables
    r"(本页|本月)?(合计|总计|小计)|(以下|以上)空白|(制表|填表|审核|复核|批准|经办|备注|说明|注)人?(日期)?[:].*|(sub|grand)?total",
    re.IGNORECASE,
)  # zh only


def text_of(raw: Raw) -> str:
    """Return what the clerk sees in a cell."""
    return raw.text if isinstance(raw, BrokenCell) else display_text(raw)


def key_texts(sheet: type[DeclaredSheet], values: Sequence[Any]) -> tuple[str, ...]:
    """Return what the key columns of a record hold, as texts; ``""`` for a blank or unusable one."""
    return tuple("" if values[at] is None else display_text(values[at]) for at in sheet.record_layout.key)


def filled_cells(values: Mapping[int, Raw]) -> dict[int, Raw]:
    """Return the cells by their column, without those that hold nothing but blanks."""
    return {at: value for at, value in values.items() if not (isinstance(value, str) and not strip_blanks(value))}


def is_header(cells: Mapping[int, Raw], headers: Mapping[int, str]) -> bool:
    """Whether the header row stands there again, as on printed pages."""
    return all(value == headers.get(at) for at, value in cells.items())


def footer(cells: Mapping[int, Raw], inputs: Collection[int], required: Collection[int]) -> int:
    """Return the column of the cell that says that the row is a total or stands below the table, else 0.

    A record lacks nothing required.
    """
    at = next(at for at in cells if at in inputs)
    first = cells[at]
    if not isinstance(first, str) or (first.isascii() and "total" not in first.lower()):
        return 0
    if not _FOOTER.fullmatch("".join(to_halfwidth(first).split())):
        return 0
    return at if any(at not in cells for at in required) else 0
