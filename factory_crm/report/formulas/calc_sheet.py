"""计算: the hidden sheet that charts and cards stand on, and the tables on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ...metrics.results import Results
from ...problems.problem import column_letters
from ...xlsx import theme
from ..render.cells import CachedFormula, SummaryReport
from ..render.table import LOOKS, print_across
from .cached import Criterion, SheetTable, between

TITLE = "计算"
START_CELL, END_CELL = "$B$2", "$B$3"
LIVE_ROWS = 100_000
"""Beyond so many rows of a detail sheet a workbook full of formulas would open too slowly."""
HEADER_ROW, FIRST_ROW = 4, 5
"""Of the tables, counted from 0."""


@dataclass(frozen=True)
class Block:
    """A table on the sheet: the cells of its columns, the first of which names the rows."""

    cells: Mapping[str, str]
    values: Mapping[str, Sequence[Any]]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(next(iter(self.values.values()), ()))

    def any(self, name: str) -> bool:
        """Whether a column holds anything but zeros and blanks."""
        return any(_number(value) for value in self.values[name])

    def points(self, name: str) -> int:
        """How many cells of a column are filled."""
        return sum(_number(value) is not None for value in self.values[name])


def _number(value: Any) -> Any:
    return value.value if isinstance(value, CachedFormula) else value


class CalculationSheet:
    """The sheet while it is written."""

    def __init__(self, report: SummaryReport, results: Results, details: Mapping[str, SheetTable]) -> None:
        self.report = report
        self.page = report.page(TITLE, theme.SERIES[5])
        self.details = details
        self.start = results.start
        self.satisfied = results.settings.csat_from
        self.end = results.as_of + timedelta(days=1) if results.as_of else None
        self.live = all(detail.rows <= LIVE_ROWS for detail in details.values())
        """Whether cards and months are formulas."""
        self.months: Block | None = None
        """The table of months, once it stands."""
        self._column = 0
        self._write_dates()

    def _write_dates(self) -> None:
        page, report = self.page, self.report
        page.text(0, 0, report.translate("图表所用的数（隐藏表）"), report.style(bold=True, font_color=theme.BRAND))
        style = report.style(**LOOKS["day"])
        for row, (label, day) in enumerate((("统计起日", self.start), ("截止次日", self.end)), 1):
            page.text(row, 0, report.translate(label), report.style())
            page.put(row, 1, day, style)

    def within(self, column: str) -> tuple[Criterion, ...]:
        """Return the conditions that a day falls in the period of the report."""
        if self.start is None or self.end is None:
            return ()
        return between(column, self.start, self.end, (self.page.reference(START_CELL), self.page.reference(END_CELL)))

    def block(self, heads: Sequence[tuple[str, str, str]], rows: Mapping[str, Sequence[Any]]) -> Block:
        """Write a table beside the others: name, header and look of each column, and its values."""
        cells = {}
        for name, header, look in heads:
            self.page.text(HEADER_ROW, self._column, header, self.report.style(bold=True, bg_color=theme.BRAND_SOFT))
            style = self.report.style(**LOOKS[look])
            for row, value in enumerate(rows[name], FIRST_ROW):
                self.page.put(row, self._column, value, style)
            letter = column_letters(self._column + 1)
            last = FIRST_ROW + max(len(rows[name]), 1)
            cells[name] = self.page.reference(f"${letter}${FIRST_ROW + 1}:${letter}${last}")
            self._column += 1
        self._column += 1
        return Block(cells, rows)

    def next_letter(self, further: int = 0) -> str:
        """Return the letters of the column that the next table begins in, or of a further one of it."""
        return column_letters(self._column + 1 + further)

    def finish(self) -> None:
        """Set widths, hide the sheet."""
        self.page.sheet.set_column_pixels(0, 60, 96)
        print_across(self.page, (1, 0))
        self.page.sheet.hide()
