"""A page drawn on a grid: band, headings, cards and small tables of merged cells, charts on cell borders."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ...metrics.figure import MetricResult
from ...xlsx import theme
from ..format import cell_value, metric_format, metric_title
from .cells import INSUFFICIENT, CellStyle, ReportPage
from .table import HOME, LOOKS, print_across, quiet

GRID, COLUMN_PIXELS, GUTTER = 24, 48, 14
LEFT, RIGHT = 1, GRID
"""First and last column between the gutters."""
BAND, LINKS = 1, 2
ROW = 22
_PIXELS = {0: 8, BAND: 40, LINKS: 22}


class Span(NamedTuple):
    """A column of a small table: what stands above it, how many columns of the grid it takes, its look."""

    header: str
    width: int
    look: str


class Canvas:
    """A page while it is drawn."""

    def __init__(self, page: ReportPage, rows: int, heights: Mapping[int, int] | None = None) -> None:
        self.page = page
        self.report = page.report
        self.last = rows
        self._heights = {**_PIXELS, **(heights or {}), rows: 6}
        self._lay_out()

    def height(self, row: int) -> int:
        """Return how tall a row is, in pixels."""
        return self._heights.get(row, ROW)

    def _lay_out(self) -> None:
        canvas = self.report.formats(bg_color=theme.CANVAS)
        self.page.sheet.set_column_pixels(0, 0, GUTTER, canvas)
        self.page.sheet.set_column_pixels(LEFT, RIGHT, COLUMN_PIXELS, canvas)
        self.page.sheet.set_column_pixels(RIGHT + 1, RIGHT + 1, GUTTER, canvas)
        for row in range(self.last + 1):
            self.page.sheet.set_row_pixels(row, self.height(row), canvas)

    def band(self, told: str, split: int = 10) -> None:
        """Write the title, what the page tells, and the way back."""
        band = {"font_color": theme.WHITE, "bg_color": theme.BRAND}
        title = self.report.style(bold=True, font_size=18, indent=1, **band)
        self.page.merged((BAND, LEFT, BAND, split), self.page.title, title)
        aside = self.report.style(font_size=9, align="right", indent=1, **band)
        self.page.merged((BAND, split + 1, BAND, RIGHT), told, aside)
        style = self.report.style(font_color=theme.BRAND_2, underline=1, font_size=9, bg_color=theme.CANVAS)
        home = self.report.translate(HOME)
        self.link(LINKS, LEFT, 4, home, f"← {home}", style)

    def link(self, row: int, first: int, width: int, target: str, text: str, style: CellStyle | None = None) -> None:
        """Write a link to a sheet of ours across cells."""
        look = style or self.report.style(
            font_color=theme.BRAND_2, underline=1, font_size=9, bg_color=theme.CANVAS, align="right"
        )
        self.page.sheet.merge_range(row, first, row, first + width - 1, "", look.plain)
        self.page.link(row, first, target, text, look)

    def heading(self, row: int, first: int, last: int, text: str) -> None:
        """Write what a part of the page is about."""
        style = self.report.style(bold=True, font_size=11, font_color=theme.BRAND, bg_color=theme.CANVAS)
        self.page.merged((row, first, row, last), text, style)

    def fact(self, row: int, first: int, widths: tuple[int, int], label: str, value: Any, look: str = "text") -> None:
        """Write a label and its value side by side."""
        told = self.report.style(font_size=9, font_color=theme.MUTED, bg_color=theme.AUTOMATIC_FILL, indent=1,
                                 shrink=True, bottom=1, bottom_color=theme.LINE)  # fmt: skip
        shown = self.report.style(**{**LOOKS[look], "align": "left", "indent": 1}, bg_color=theme.WHITE, shrink=True,
                                  bottom=1, bottom_color=theme.LINE)  # fmt: skip
        self.page.merged((row, first, row, first + widths[0] - 1), label, told)
        self.page.merged((row, first + widths[0], row, first + sum(widths) - 1), value, shown)

    def figures(self, row: int, figures: Sequence[MetricResult]) -> None:
        """Write figures as cards, side by side."""
        translate, width = self.report.translate, GRID // len(figures)
        for at, figure in enumerate(figures):
            value, label = cell_value(figure), metric_title(figure, self.report.language)
            shown = translate(INSUFFICIENT) if value is None else value
            self.card(row, LEFT + width * at, width, label, shown, metric_format(figure))

    def group(
        self, spot: tuple[int, int], title: str, spans: Sequence[Span], lines: Sequence[Sequence[Any]], nothing: str
    ) -> None:
        """Write a small table under its heading; without lines, what is said instead."""
        row, first = spot
        self.heading(row, first, first + sum(span.width for span in spans) - 1, title)
        self.table(row + 1, first, spans, lines or [[nothing, *[None] * (len(spans) - 1)]])

    def card(self, row: int, first: int, width: int, label: str, value: Any, look: str) -> None:
        """Write a figure under its label; ``look`` is one of ``LOOKS`` or a number format."""
        inside = {"bg_color": theme.WHITE, "left": 5, "left_color": theme.BRAND_2}
        told = self.report.style(font_size=9, font_color=theme.MUTED, indent=1, shrink=True, **inside)
        known = LOOKS.get(look, {"num_format": look})
        kept = {key: value for key, value in known.items() if key != "align"}
        shown = self.report.style(
            bold=True, font_size=13, shrink=True, **{**kept, "align": "left", "indent": 1}, **inside
        )
        self.page.merged((row, first, row, first + width - 1), label, told)
        self.page.merged((row + 1, first, row + 1, first + width - 1), value, shown)

    def table(self, row: int, first: int, spans: Sequence[Span], lines: Sequence[Sequence[Any]]) -> None:
        """Write a small table whose columns take several of the grid's."""
        style = self.report.formats(bold=True, font_color=theme.WHITE, bg_color=theme.BRAND, align="center", shrink=True, border=1,
                                    border_color=theme.WHITE)  # fmt: skip
        at = first
        for number, span in enumerate(spans):
            self.page.merged((row, at, row, at + span.width - 1), span.header, CellStyle(style, style))
            look = self.report.cell(**LOOKS[span.look], bg_color=theme.WHITE, shrink=span.look == "text")
            for below, line in enumerate(lines, row + 1):
                self.page.merged((below, at, below, at + span.width - 1), line[number], look)
            at += span.width

    def chart(self, box: tuple[int, int, int, int], chart: Any, told: str) -> None:
        """Put a chart exactly on cell borders; without one, say in its place that there is nothing to draw."""
        if chart is None:
            self.page.merged(box, self.report.translate("{title}：还没有数据", title=told), quiet(self.report))
            return
        first_row, first, last_row, last = box
        height = sum(self.height(row) for row in range(first_row, last_row + 1))
        chart.set_size({"width": (last - first + 1) * COLUMN_PIXELS, "height": height})
        self.page.sheet.insert_chart(first_row, first, chart, {"object_position": 1, "description": told})

    def finish(self, *, pages: tuple[int, int] = (1, 1)) -> None:
        """Prepare the page for print."""
        sheet = self.page.sheet
        print_across(self.page, pages)
        sheet.set_margins(left=0.3, right=0.3, top=0.3, bottom=0.45)
        sheet.center_horizontally()
        sheet.print_area(0, 0, self.last, RIGHT + 1)
        sheet.set_zoom(90)
        sheet.hide_row_col_headers()
