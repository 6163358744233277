"""Which rows are records: not the header printed again, not a total, not what stands below a table."""

import re
from collections.abc import Collection, Mapping

from ..contract.spellings import narrow, tidy
from ..reading.grid import Cell

_FOOTER = re.compile(  # what people write below their tables
    r"(本页|本月)?(合计|总计|小计)|(以下|以上)空白|(制表|填表|审核|复核|批准|经办|备注|说明|注)人?(日期)?[:].*|(sub|grand)?total",
    re.IGNORECASE,
)  # zh only


def filled(cells: tuple[Cell, ...]) -> dict[int, Cell]:
    """Return the cells by their column, without those that hold nothing but blanks."""
    return {cell.column: cell for cell in cells if not (isinstance(cell.value, str) and not tidy(cell.value))}


def is_header(cells: Mapping[int, Cell], headers: Mapping[int, str]) -> bool:
    """Whether the header row stands there again, as on printed pages."""
    return all(cell.value == headers.get(at) for at, cell in cells.items())


def footer(cells: Mapping[int, Cell], inputs: Collection[int], required: Collection[int]) -> Cell | None:
    """Return the cell that says that the row is a total or stands below the table; a record lacks nothing required."""
    first = next(cell for at, cell in cells.items() if at in inputs)
    if not isinstance(first.value, str) or (first.value.isascii() and "total" not in first.value.lower()):
        return None
    if not _FOOTER.fullmatch("".join(narrow(first.value).split())):
        return None
    return first if any(at not in cells for at in required) else None
