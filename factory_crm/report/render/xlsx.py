"""Renders pages as sheets of an .xlsx workbook: adds all in the order in which people see them, then writes each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from ...problems.problem import column_letters
from ...xlsx import theme
from ...xlsx.formula import quote_title
from ..data import ReportData
from ..formulas.block import Block, placed
from ..looks import LOOKS
from ..page import Calculation, Content, Drawing
from .cells import ReportPage, SummaryReport
from .grid_page import draw_page
from .table_page import print_across, write_tables

HEADER_ROW, FIRST_ROW = 4, 5
"""Of the tables on the calculation sheet, counted from 0."""


@dataclass(frozen=True, eq=False)
class Rendered:
    """One sheet: its title in the report's language, its place among the others, what stands on it."""

    title: str
    place: int
    tab: str
    content: Content
    hidden: bool = False
    own_sheet: bool = True


def render(report: SummaryReport, data: ReportData, sheets: Sequence[Rendered]) -> None:
    """Add a sheet for each and write them in the order in which they are given."""
    own = sorted((sheet for sheet in sheets if sheet.own_sheet), key=lambda sheet: sheet.place)
    pages = {sheet: report.page(sheet.title, sheet.tab) for sheet in own}
    calculation = next((pages[sheet] for sheet in own if isinstance(sheet.content, Calculation)), None)
    blocks = _Blocks(calculation)
    for sheet in sheets:
        match sheet.content:
            case Calculation():
                if sheet.content.dates:
                    blocks.write_dates(data)
                for block in sheet.content.blocks:
                    blocks.cells(block)
            case Drawing():
                draw_page(pages[sheet], sheet.content, blocks.cells)
            case _:
                write_tables(pages[sheet], sheet.content)
        if sheet.hidden and not isinstance(sheet.content, Calculation):
            pages[sheet].sheet.hide()
    blocks.finish()


class _Blocks:
    """The calculation sheet while blocks are written on it, side by side."""

    def __init__(self, page: ReportPage | None) -> None:
        self._page = page
        self._column = 0
        self._written: dict[Block, Mapping[str, str]] = {}

    def write_dates(self, data: ReportData) -> None:
        """Write the period that formulas ask for."""
        page = self._sheet()
        page.text(
            0, 0, page.report.translate("图表所用的数（隐藏表）"), page.report.style(bold=True, font_color=theme.BRAND)
        )
        style = page.report.style(**LOOKS["day"])
        after = data.results.as_of + timedelta(days=1) if data.results.as_of else None
        for row, (label, day) in enumerate((("统计起日", data.results.start), ("截止次日", after)), 1):
            page.text(row, 0, page.report.translate(label), page.report.style())
            page.put(row, 1, day, style)

    def cells(self, block: Block) -> Mapping[str, str]:
        """Return where the columns of a block stand, and write it when it is first asked for."""
        if block not in self._written:
            self._written[block] = self._write(block)
        return self._written[block]

    def _write(self, block: Block) -> Mapping[str, str]:
        page, cells = self._sheet(), {}
        letters = {name: column_letters(self._column + 1 + at) for at, (name, *_) in enumerate(block.heads)}
        for name, header, look in block.heads:
            page.text(HEADER_ROW, self._column, header, page.report.style(bold=True, bg_color=theme.BRAND_SOFT))
            style = page.report.style(**LOOKS[look])
            for row, value in enumerate(block.values[name], FIRST_ROW):
                page.put(row, self._column, placed(value, letters, row + 1), style)
            last = FIRST_ROW + max(len(block.values[name]), 1)
            cells[name] = f"{quote_title(page.title)}!${letters[name]}${FIRST_ROW + 1}:${letters[name]}${last}"
            self._column += 1
        self._column += 1
        return cells

    def _sheet(self) -> ReportPage:
        if self._page is None:
            raise ValueError("a chart needs the calculation sheet, which is no page of this summary")
        return self._page

    def finish(self) -> None:
        """Set widths, hide the sheet."""
        if self._page is not None:
            self._page.sheet.set_column_pixels(0, 60, 96)
            print_across(self._page, (1, 0))
            self._page.sheet.hide()
