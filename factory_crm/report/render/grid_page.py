"""Draws a page's grid on a sheet: bands, headings, cards and small tables of merged cells, charts on cell borders."""

from collections.abc import Callable, Mapping
from functools import singledispatchmethod
from typing import TYPE_CHECKING

from ...xlsx import theme
from ..formulas.block import Block
from ..grid import (
    BAND,
    COLUMN_PIXELS,
    GUTTER,
    LEFT,
    LINKS,
    RIGHT,
    Band,
    Box,
    Card,
    ChartBox,
    Fact,
    GridPart,
    GridText,
    Heading,
    HiddenColumns,
    Link,
    Painted,
    Picker,
    SmallTable,
    TrendLine,
)
from ..looks import LOOKS, QUIET
from ..page import Drawing
from .cells import CellStyle, ReportPage
from .charts import draw
from .paint import painted
from .table_page import print_across

if TYPE_CHECKING:
    from ...xlsx.backend import Chart as NativeChart

ROW = 22
_PIXELS = {0: 8, BAND: 40, LINKS: 22}
BlockLocator = Callable[[Block], Mapping[str, str]]
"""Where the columns of a block stand; it is written on the calculation sheet when it is first asked for."""


def draw_page(page: ReportPage, drawing: Drawing, cells: BlockLocator) -> None:
    """Draw all parts of a page and prepare it for print."""
    canvas = _Canvas(page, drawing, cells)
    for part in drawing.parts:
        canvas.draw(part)
    if drawing.selection:
        row, column = drawing.selection
        page.sheet.set_selection(row, column, row, column)
    canvas.finish()


class _Canvas:
    """A sheet while it is drawn on."""

    def __init__(self, page: ReportPage, drawing: Drawing, cells: BlockLocator) -> None:
        self.page, self.report, self.drawing, self._cells = page, page.report, drawing, cells
        self._heights = {**_PIXELS, **drawing.heights, drawing.rows: 6}
        self._lay_out()

    def _height(self, row: int) -> int:
        return self._heights.get(row, ROW)

    def _lay_out(self) -> None:
        canvas = self.report.formats(bg_color=theme.CANVAS)
        self.page.sheet.set_column_pixels(0, 0, GUTTER, canvas)
        self.page.sheet.set_column_pixels(LEFT, RIGHT, COLUMN_PIXELS, canvas)
        self.page.sheet.set_column_pixels(RIGHT + 1, RIGHT + 1, GUTTER, canvas)
        for row in range(self.drawing.rows + 1):
            self.page.sheet.set_row_pixels(row, self._height(row), canvas)

    @singledispatchmethod
    def draw(self, part: GridPart) -> None:
        """Draw a part."""
        raise TypeError(f"{type(part).__name__} is no part of a page")

    @draw.register
    def _(self, part: Band) -> None:
        band = {"font_color": theme.WHITE, "bg_color": theme.BRAND}
        title = self.report.style(bold=True, font_size=part.size, indent=1, **band)
        self.page.merged((BAND, LEFT, BAND, part.split), part.title, title)
        aside = self.report.style(font_size=9, align="right", indent=1, **band)
        self.page.merged((BAND, part.split + 1, BAND, RIGHT), part.sentence, aside)

    @draw.register
    def _(self, part: GridText) -> None:
        if part.style == "head":
            head = self.report.formats.head(theme.BRAND)
            style = CellStyle(head, head)
        else:
            style = self.report.style(**part.style)
        self.page.merged(part.box, part.value, style)

    @draw.register
    def _(self, part: Heading) -> None:
        style = self.report.style(bold=True, font_size=11, font_color=theme.BRAND, bg_color=theme.CANVAS)
        self.page.merged(part.box, part.text, style)

    @draw.register
    def _(self, part: Link) -> None:
        look = self.report.style(**part.style)
        row, first, _, last = part.box
        if last > first:
            self.page.sheet.merge_range(*part.box, "", look.plain)
        self.page.link(row, first, part.target, part.text, look)

    @draw.register
    def _(self, part: Fact) -> None:
        label_style = self.report.style(font_size=9, font_color=theme.MUTED, bg_color=theme.AUTOMATIC_FILL, indent=1,
                                 shrink=True, bottom=1, bottom_color=theme.LINE)  # fmt: skip
        shown = self.report.style(**{**LOOKS[part.look], "align": "left", "indent": 1}, bg_color=theme.WHITE, shrink=True,
                                  bottom=1, bottom_color=theme.LINE)  # fmt: skip
        row, middle = part.row, part.first + part.widths[0]
        self.page.merged((row, part.first, row, middle - 1), part.label, label_style)
        self.page.merged((row, middle, row, part.first + sum(part.widths) - 1), part.value, shown)

    @draw.register
    def _(self, part: Card) -> None:
        inside = {"bg_color": theme.WHITE, "left": 5, "left_color": theme.BRAND_2}
        label_style = self.report.style(font_size=9, font_color=theme.MUTED, indent=1, shrink=True, **inside)
        look = LOOKS.get(part.look, {"num_format": part.look})
        unaligned = {key: value for key, value in look.items() if key != "align"}
        shown = self.report.style(
            bold=True, font_size=13, shrink=True, **{**unaligned, "align": "left", "indent": 1}, **inside
        )
        last = part.first + part.width - 1
        self.page.merged((part.row, part.first, part.row, last), part.label, label_style)
        self.page.merged((part.row + 1, part.first, part.row + 1, last), part.value, shown)

    @draw.register
    def _(self, part: SmallTable) -> None:
        style = self.report.formats(bold=True, font_color=theme.WHITE, bg_color=theme.BRAND, align="center", shrink=True, border=1,
                                    border_color=theme.WHITE)  # fmt: skip
        row, at = part.row, part.first
        for number, span in enumerate(part.spans):
            self.page.merged((row, at, row, at + span.width - 1), span.header, CellStyle(style, style))
            look = self.report.cell(**LOOKS[span.look], bg_color=theme.WHITE, shrink=span.look == "text")
            for below, line in enumerate(part.lines, row + 1):
                self.page.merged((below, at, below, at + span.width - 1), line[number], look)
            at += span.width

    @draw.register
    def _(self, part: ChartBox) -> None:
        cells = self._cells(part.chart.block)
        if not part.drawn:
            text = self.report.translate("{title}：还没有数据", title=part.description)
            self.page.merged(part.box, text, self.report.style(**QUIET))
            return
        first_row, first, last_row, last = part.box
        chart = draw(self.report, part.chart, cells)
        height = sum(self._height(row) for row in range(first_row, last_row + 1))
        chart.set_size({"width": (last - first + 1) * COLUMN_PIXELS, "height": height})
        self._insert(first_row, first, chart, part.description, {})

    @draw.register
    def _(self, part: TrendLine) -> None:
        chart = draw(self.report, part.chart, self._cells(part.chart.block))
        chart.set_size(dict(zip(("width", "height"), part.size, strict=True)))
        self._insert(part.row, part.column, chart, part.description, {"x_offset": 10})

    def _insert(self, row: int, column: int, chart: "NativeChart", description: str, more: Mapping[str, int]) -> None:
        self.page.sheet.insert_chart(row, column, chart, {**more, "object_position": 1, "description": description})

    @draw.register
    def _(self, part: Painted) -> None:
        self.page.sheet.conditional_format(*part.box, painted(self.report, part.rule))

    @draw.register
    def _(self, part: Picker) -> None:
        row, first = part.box[:2]
        self.page.merged(part.box, part.value, self.report.style(**part.style))
        self.report.workbook.define_name(part.name, "=" + part.cells)
        title, message = part.refusal
        self.page.sheet.data_validation(row, first, row, first, {
            "validate": "list", "source": "=" + part.name, "ignore_blank": False,
            "error_title": title, "error_message": message,
        })  # fmt: skip

    @draw.register
    def _(self, part: HiddenColumns) -> None:
        style = self.report.formats(**part.style)
        self.page.sheet.set_column_pixels(part.first, part.last, 60, style, {"hidden": True})

    def finish(self) -> None:
        """Prepare the page for print."""
        sheet = self.page.sheet
        print_across(self.page, self.drawing.fit)
        sheet.set_margins(left=0.3, right=0.3, top=0.3, bottom=0.45)
        sheet.center_horizontally()
        sheet.print_area(0, 0, self.drawing.rows, RIGHT + 1)
        sheet.set_zoom(90)
        sheet.hide_row_col_headers()
        if self.drawing.first:
            sheet.set_first_sheet()
            sheet.activate()


__all__ = ["BlockLocator", "Box", "draw_page"]
