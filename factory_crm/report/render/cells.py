"""Writing cells safely: the only way from foreign text to a sheet of a report.

Text is always written as text, never as a formula or a link; formulas and links are ours alone. What XlsxWriter would
refuse or cut raises (``xlsx.writer``).
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ...xlsx import theme
from ...xlsx.bulk_rows import Settle
from ...xlsx.formula import link_to
from ...xlsx.text import escape, units
from ...xlsx.writer import StrictWorkbook, StrictWorksheet
from ..data import ReportTexts
from ..values import LONGEST_TEXT, CachedFormula, writable

if TYPE_CHECKING:
    from ...xlsx.backend import Format

LONGEST_FORMULA = 8_192
_ACTIVE = tuple("=+-@\t\r\n＝＋－＠")
_FIRST_YEAR = 1901


class CellStyle(NamedTuple):
    """A cell format, and the same for text that a program might take for a formula when it is edited."""

    plain: "Format"
    quoted: "Format"


class SummaryReport(ReportTexts):
    """A workbook of ours while it is written: its texts in one language, its formats, its sheets."""

    def __init__(self, workbook: StrictWorkbook, texts: ReportTexts, name: str) -> None:
        super().__init__(texts.language, texts.own)
        self.name = texts.translate(name)
        """What the workbook is called at the foot of every page."""
        self.workbook = workbook
        self.formats = theme.Formats(workbook)

    def style(self, **properties: Any) -> CellStyle:
        """Return the body's style but for these properties."""
        return CellStyle(self.formats(**properties), self.formats(quote_prefix=True, **properties))

    def cell(self, **properties: Any) -> CellStyle:
        """Return the style of a table's cell."""
        return self.style(border=1, border_color=theme.LINE, **properties)

    def page(self, title: str, tab: str) -> "ReportPage":
        """Add a sheet, by its title in the language of the report."""
        sheet = self.workbook.add_worksheet(title)
        sheet.set_tab_color(tab)
        sheet.hide_gridlines(2)
        return ReportPage(self, sheet, title)


class ReportPage:
    """A sheet of the report. Rows and columns count from 0, as XlsxWriter's do."""

    def __init__(self, report: SummaryReport, sheet: StrictWorksheet, title: str) -> None:
        self.report = report
        self.sheet = sheet
        self.title = title

    def text(self, row: int, column: int, text: str, style: CellStyle) -> None:
        """Write a text as it is."""
        self.put(row, column, text, style)

    def put(self, row: int, column: int, value: Any, style: CellStyle) -> None:
        """Write a value of any kind: ``None`` is a blank, ``CachedFormula`` a formula, a str always a text."""
        if isinstance(value, CachedFormula) and value.holds:
            self.live(row, column, value, style)
            return
        content, look = to_cell(value.value if isinstance(value, CachedFormula) else value, style)
        match content:
            case None:
                self.sheet.write_blank(row, column, None, look)
            case str():
                self.sheet.write_string(row, column, content, look)
            case date():
                self.sheet.write_datetime(row, column, content, look)
            case _:
                self.sheet.write_number(row, column, content, look)

    def body(self, top: int, columns: Sequence[tuple[Sequence[Any], Settle]]) -> None:
        """Write rows of plain values, however many: none of their cells is held. Nothing stands below them."""
        self.sheet.write_body(top, columns)

    def live(self, row: int, column: int, live: CachedFormula, style: CellStyle) -> None:
        """Write a formula with its value beside it."""
        if len(live.formula) >= LONGEST_FORMULA:
            raise ValueError(f"a formula of {len(live.formula)} characters is too long")
        value = escape(live.value) if isinstance(live.value, str) else live.value
        self.sheet.write_formula(row, column, "=" + live.formula, style.plain, value)

    def link(self, row: int, column: int, target: str, text: str, style: CellStyle, cell: str = "A1") -> None:
        """Write a link to another sheet of ours, by its title in the report's language."""
        self.sheet.write_url(row, column, link_to(target, cell), style.plain, text)

    def merged(self, box: tuple[int, int, int, int], value: Any, style: CellStyle) -> None:
        """Write a value across cells: first row, first column, last row, last column."""
        if box[:2] != box[2:]:
            self.sheet.merge_range(*box, "", style.plain)
        self.put(box[0], box[1], value, style)


def to_cell(value: Any, style: CellStyle) -> tuple[Any, "Format"]:
    """Return what the cell of a plain value holds, and its format; a day that Excel cannot reckon with is a text.

    Raises ValueError where a text is too long for a cell: nothing is cut in silence.
    """
    match value:
        case str():
            text = writable(value)
            if units(text) > LONGEST_TEXT:
                raise ValueError(f"a cell can't hold {units(text)} characters")
            return text or None, style.quoted if text.startswith(_ACTIVE) else style.plain
        case date() if value.year < _FIRST_YEAR:
            return value.isoformat()[:10], style.plain
    return value, style.plain
