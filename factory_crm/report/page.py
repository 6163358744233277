"""Pages as values: what stands on a sheet of the summary, in the language of the report, whoever renders it.

A ``Page`` is declared: title, place, condition, and its content, which is either a value or a pure function of
``ReportData``. Content is one of ``Tables`` (tables one below the other), ``Drawing`` (cards, charts and small tables on
a grid, made by ``grid.Grid``) or ``Calculation`` (tables that only charts and formulas look at).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ..xlsx import theme
from .looks import Dropdown, Paint

if TYPE_CHECKING:
    from .data import ReportData
    from .formulas.block import Block
    from .grid import GridPart

HOME = "经营看板"
HEADER_ROW, FIRST_ROW = 3, 4
"""Of the first table of a page, counted from 0."""


@dataclass(frozen=True)
class PageColumn:
    """One column of a table: what stands above it, its look (one of ``LOOKS``), its width in pixels, what it holds."""

    header: str
    look: str
    width: int
    values: Sequence[Any]
    automatic: bool = False
    """Whether it was added by the report: its header is grey."""
    hidden: bool = False


class Col(NamedTuple):
    """A column declared by the name of a frame's column: ``show`` says what a row has there, else its plain value."""

    header: str
    name: str
    look: str = "text"
    width: int = 90
    show: Callable[[Any], Any] | None = None
    """From the value to what is shown, such as ``yuan``."""


@dataclass(frozen=True)
class Table:
    """One of the tables of a page."""

    columns: Sequence[PageColumn]
    empty: str
    """Said where it has no rows."""
    title: str = ""
    """Stands above it; the first has none."""
    paints: Sequence[Paint] = ()
    good_if_empty: bool = False
    """Whether it is good news that it has no rows."""
    totals: Sequence[tuple[Any, str]] = ()
    """The row of totals below: each value and its look."""
    gap: int = 4
    """Rows from its last to the header of the next table."""
    dropdown: Dropdown | None = None
    large: bool = False
    """Whether it may have very many rows, all of them plain values; nothing may stand below it."""
    widens: bool = True
    """Whether the columns of the sheet get as wide as its contents need."""
    numbers_as_text: bool = True
    """Whether digits may stand as texts on purpose."""
    notes: Sequence[str] = ()
    """Said below it."""

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.columns[0].values)


class FrameTable(NamedTuple):
    """A table that shows a frame of the figures as it is: its columns by their names in the frame."""

    frame: str
    columns: Sequence[Col]
    empty: str
    title: str = ""
    paints: Sequence[Paint] = ()


class SheetLink(NamedTuple):
    """A link to another page, by its title as declared; ``text`` names it in braces as ``{sheet}``."""

    title: str
    text: str
    column: int = 2


@dataclass(frozen=True)
class Tables:
    """Tables one below the other under a sentence."""

    sentence: str
    tables: Sequence[Table]
    frozen: int = 1
    """So many columns stay in sight."""
    links: Sequence[SheetLink] = ()
    alarms: Sequence[str] = ()
    """Stand above the table, so that nobody scrolls past them."""
    exposes: Mapping[str, Any] = field(default_factory=dict)
    """What later pages may ask ``ReportData.exposed`` for: tables that formulas name, blocks that charts stand on."""
    home: str = HOME


@dataclass(frozen=True)
class Drawing:
    """Cards, small tables and charts on a grid of 24 columns; made by ``grid.Grid``."""

    rows: int
    """The last row, counted from 0: a gutter."""
    heights: Mapping[int, int]
    """Of rows that are not as tall as others, in pixels."""
    parts: Sequence["GridPart"]
    fit: tuple[int, int] = (1, 1)
    """On how many sheets of paper it is printed, across and down; 0 is as many as it takes."""
    selection: tuple[int, int] | None = None
    first: bool = False
    """Whether it is what people see when they open the workbook."""
    exposes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def has_charts(self) -> bool:
        """Whether anything on it stands on the calculation sheet."""
        return any(getattr(part, "chart", None) is not None for part in self.parts)


@dataclass(frozen=True)
class Calculation:
    """Tables on the hidden sheet that charts and formulas look at; ``dates`` writes the period too."""

    blocks: Sequence["Block"] = ()
    dates: bool = False
    exposes: Mapping[str, Any] = field(default_factory=dict)


Content = Tables | Drawing | Calculation
PageContent = Content | Iterable[Content] | None
"""The content of a page: one sheet, several that continue each other, or none."""


@dataclass(frozen=True)
class Page:
    """A page of the summary."""

    title: str
    content: "Content | Sequence[FrameTable] | Callable[[ReportData], PageContent]"
    place: int = 50
    """Pages stand in the order of their places, 0 being the first page; those of one place as the registry lists them."""
    sentence: str = ""
    """Said under the title of a page that is declared by its tables."""
    needs: Sequence[str] = ()
    """Sheets (``orders``) and columns (``orders.paid``) of the schema without which there is no page."""
    figures: Sequence[str] = ()
    """Figures without which there is no page."""
    frames: Sequence[str] = ()
    """Frames of the figures without which there is no page."""
    shows: Sequence[str] = ()
    """Sheets of which it shows every accepted row, so that they need no detail page."""
    tab: str = theme.SERIES[2]
    hidden: bool = False
    own_sheet: bool = True
    """Whether it has a sheet; else its tables join those on the calculation sheet."""
    first_number: int = 1
    """2 where the title is one of another page's."""
