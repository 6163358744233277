"""A sheet of tables, one below the other; nearly always it is only one."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from ...xlsx import theme
from .cells import ReportPage
from .table import FIRST_ROW, HEADER_ROW, PageColumn, fitting, head, set_heights, set_up, write_table


class StackedTable(NamedTuple):
    """One of the tables."""

    title: str
    """Stands above it; the first has none."""
    columns: Sequence[PageColumn]
    nothing: str
    """Said where it has no rows."""

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.columns[0].values)


class ColumnMaker:
    """Makes the columns of one table: headers in the report's language."""

    def __init__(self, page: ReportPage) -> None:
        self.translate = page.report.translate

    def __call__(self, header: str, look: str, width: int, values: Sequence[Any], **facts: object) -> PageColumn:
        """Return a column."""
        return PageColumn(self.translate(header, **facts), look, width, values)


def write_stack(page: ReportPage, told: str, parts: Sequence[StackedTable], *, frozen: int = 1) -> list[int]:
    """Write title, sentence and tables; return the first row of each table's values, counted from 0."""
    first = parts[0]
    head(page, page.title, told, len(first.columns) - 1)
    for at in range(max(len(part.columns) for part in parts)):
        wide = (fitting(part.columns[at], page.report) for part in parts if at < len(part.columns))
        page.sheet.set_column_pixels(at, at, max(wide))
    top, starts = HEADER_ROW, []
    for part in parts:
        if part.title:
            style = page.report.style(bold=True, font_size=12, font_color=theme.BRAND)
            page.text(top - 1, 0, part.title, style)
        write_table(page, part.columns, top=top)
        set_heights(page, part.columns, top=top)
        if not part.rows:
            page.text(top + 1, 0, part.nothing, page.report.style(font_color=theme.MUTED))
        starts.append(top + 1)
        top += max(part.rows, 1) + 4
    set_up(page, rows=first.rows, columns=len(first.columns), frozen=frozen, repeat=len(parts) == 1)
    return starts


def paint(page: ReportPage, part: StackedTable, column: int, options: dict[str, Any], first: int = FIRST_ROW) -> None:
    """Give a column of a table a conditional format, where it has rows."""
    if part.rows:
        page.sheet.conditional_format(first, column, first + part.rows - 1, column, options)
