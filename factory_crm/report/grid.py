"""What is drawn on a page's grid of 24 columns, as values, and ``GridBuilder``, which collects them.

Rows and columns count from 0; a box is first row, first column, last row, last column. Nothing here is drawn twice and
nothing overlaps; the renderer draws the parts in their order.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..metrics.figure import FigureResult
from ..xlsx import theme
from .format import cell_value, figure_format, figure_title
from .formulas.block import Block
from .looks import LINK, QUIET, FormatRule, Style
from .page import HOME, Drawing
from .values import INSUFFICIENT

if TYPE_CHECKING:
    from .data import ReportData

GRID, COLUMN_PIXELS, GUTTER = 24, 48, 14
LEFT, RIGHT = 1, GRID
"""First and last column between the gutters."""
BAND, LINKS = 1, 2
Box = tuple[int, int, int, int]
ChartKind = Literal["bars", "columns", "labelled", "line", "combined", "funnel", "trend"]


class Span(NamedTuple):
    """A column of a small table: what stands above it, how many columns of the grid it takes, its look."""

    header: str
    width: int
    look: str


class GridChart(NamedTuple):
    """A chart over a block: its categories are the block's names, ``values`` the column that is drawn."""

    kind: ChartKind
    block: Block
    title: str
    values: str = "count"
    number_format: str = "#,##0"
    colours: Sequence[str] = ()
    """One for each row, over and over; the first series colour where there is none."""
    line: tuple[str, str] = ("", "")
    """Of ``combined``: name and column of the line beside the columns."""
    name: str = ""
    """Of the series, where it is not the title."""


class Band(NamedTuple):
    """The band on top: the title, and at its right what the page tells; ``split`` is the last column of the title."""

    title: str
    sentence: str
    split: int = 10
    size: int = 18


class GridText(NamedTuple):
    """A value across cells."""

    box: Box
    value: Any
    style: Style | Literal["head"]


class Heading(NamedTuple):
    """What a part of the page is about."""

    box: Box
    text: str


class Link(NamedTuple):
    """A link across cells to a sheet, by its title in the report's language."""

    box: Box
    target: str
    text: str
    style: Style


class Fact(NamedTuple):
    """A label and its value side by side, each so many columns wide."""

    row: int
    first: int
    widths: tuple[int, int]
    label: str
    value: Any
    look: str


class Card(NamedTuple):
    """A figure under its label; ``look`` is one of ``LOOKS`` or a number format."""

    row: int
    first: int
    width: int
    label: str
    value: Any
    look: str


class SmallTable(NamedTuple):
    """A small table whose columns take several of the grid's."""

    row: int
    first: int
    spans: Sequence[Span]
    lines: Sequence[Sequence[Any]]


class ChartBox(NamedTuple):
    """A chart exactly on cell borders; where it is not ``drawn`` it is said in its place that there is nothing to draw."""

    box: Box
    chart: GridChart
    description: str
    """What it shows, for those who cannot see it."""
    drawn: bool


class TrendLine(NamedTuple):
    """A tiny chart at a cell, of so many pixels."""

    row: int
    column: int
    size: tuple[int, int]
    chart: GridChart
    description: str


class Painted(NamedTuple):
    """A rule for the values in a box."""

    box: Box
    rule: FormatRule


class Picker(NamedTuple):
    """A cell in which a value is chosen from cells of another sheet, which get a defined name."""

    box: Box
    value: Any
    style: Style
    name: str
    cells: str
    refusal: tuple[str, str]
    """Title and text of what is said to any other value."""


class HiddenColumns(NamedTuple):
    """Columns beside the page for cells that only formulas look at."""

    first: int
    last: int
    style: Style


GridPart = (
    Band
    | GridText
    | Heading
    | Link
    | Fact
    | Card
    | SmallTable
    | ChartBox
    | TrendLine
    | Painted
    | Picker
    | HiddenColumns
)


class GridBuilder:
    """Collects what a page draws, in the language of the report."""

    def __init__(self, data: "ReportData", rows: int, heights: Mapping[int, int] | None = None) -> None:
        self.data = data
        self._rows = rows
        self._heights = heights or {}
        self._parts: list[GridPart] = []

    def add(self, part: GridPart) -> None:
        """Add a part that is made already."""
        self._parts.append(part)

    def band(self, title: str, sentence: str) -> None:
        """Add the title, what the page tells, and the way back."""
        self.add(Band(title, sentence))
        home = self.data.translate(HOME)
        self.link(LINKS, LEFT, 4, home, f"← {home}", {**LINK, "bg_color": theme.CANVAS})

    def link(self, row: int, first: int, width: int, target: str, text: str, style: Style | None = None) -> None:
        """Add a link to a sheet across cells."""
        look = style or {**LINK, "bg_color": theme.CANVAS, "align": "right"}
        self.add(Link((row, first, row, first + width - 1), target, text, look))

    def text(self, box: Box, value: Any, style: Style | Literal["head"]) -> None:
        """Add a value across cells."""
        self.add(GridText(box, value, style))

    def nothing(self, box: Box, text: str) -> None:
        """Say that there is nothing to show."""
        self.add(GridText(box, text, QUIET))

    def heading(self, row: int, first: int, last: int, text: str) -> None:
        """Say what a part of the page is about."""
        self.add(Heading((row, first, row, last), text))

    def figures(self, row: int, results: Sequence[FigureResult]) -> None:
        """Add figures as cards, side by side."""
        width = GRID // len(results)
        for at, result in enumerate(results):
            value, label = cell_value(result), figure_title(result, self.data.language)
            shown = self.data.translate(INSUFFICIENT) if value is None else value
            self.add(Card(row, LEFT + width * at, width, label, shown, figure_format(result)))

    def table(self, row: int, first: int, spans: Sequence[Span], lines: Sequence[Sequence[Any]]) -> None:
        """Add a small table."""
        self.add(SmallTable(row, first, spans, lines))

    def group(
        self, spot: tuple[int, int], title: str, spans: Sequence[Span], lines: Sequence[Sequence[Any]], nothing: str
    ) -> None:
        """Add a small table under its heading; without lines, what is said instead."""
        row, first = spot
        self.heading(row, first, first + sum(span.width for span in spans) - 1, title)
        self.table(row + 1, first, spans, lines or [[nothing, *[None] * (len(spans) - 1)]])

    def chart(self, box: Box, chart: GridChart, description: str, *, drawn: bool) -> None:
        """Add a chart; where it is not ``drawn`` it is said that there is nothing to draw."""
        self.add(ChartBox(box, chart, description, drawn))

    def drawing(self, *, fit: tuple[int, int] = (1, 1), **more: Any) -> Drawing:
        """Return the content of the page."""
        return Drawing(self._rows, self._heights, tuple(self._parts), fit, **more)
