"""Writing cells safely: the only way from foreign text to a sheet of a report.

Text is always written as text, never as a formula or a link; formulas and links are ours alone. What XlsxWriter would
refuse or cut raises (``template.strict``).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from ...i18n.translate import Language, LazyText, translate
from ...schema.rules.functions import half_up
from ...xlsx import theme
from ...xlsx.bulk_rows import Settle
from ...xlsx.formula import link_to, quote_title
from ...xlsx.text import escape, units
from ...xlsx.writer import StrictWorkbook

ROWS_A_SHEET = 1_048_000
"""Rows of a table that fit on a sheet, its head left out."""
LONGEST_TEXT = 32_767
"""UTF-16 units that a cell can hold."""
BEYOND_FORMULAS = "\0"
"""Stands in a formula for cells that no formula can name."""
LONGEST_FORMULA = 8_192
INSUFFICIENT = LazyText("数据不足")
_ACTIVE = tuple("=+-@\t\r\n＝＋－＠")
_FIRST_YEAR = 1901
_ABRIDGED = 1_000


class CellStyle(NamedTuple):
    """A cell format, and the same for text that a program might take for a formula when it is edited."""

    plain: Any
    quoted: Any


class CachedFormula(NamedTuple):
    """A formula of ours (without ``=``) and what it comes to, reckoned from the very cells it names."""

    formula: str
    value: float | str

    @property
    def holds(self) -> bool:
        """Whether the formula can be written; else only its value is."""
        return BEYOND_FORMULAS not in self.formula


class SummaryReport:
    """A summary workbook while it is written: language, formats, sheets. ``own`` are choices that bring their English."""

    def __init__(
        self,
        workbook: StrictWorkbook,
        language: Language,
        rows_a_sheet: int = ROWS_A_SHEET,
        own: Iterable[LazyText] = (),
    ) -> None:
        self._own = {str(word): word for word in own}
        self.rows_a_sheet = rows_a_sheet
        self.workbook = workbook
        self.language = language
        self.formats = theme.Formats(workbook)

    def translate(self, text: str, /, **facts: object) -> str:
        """Return a text in the language of the report."""
        return translate(self.word(text), self.language, **facts)

    def word(self, text: str) -> str:
        """Return a text, with its English where it is a choice of the factory's own."""
        return self._own.get(text, text)

    def style(self, **properties: Any) -> CellStyle:
        """Return the body's style but for these properties."""
        return CellStyle(self.formats(**properties), self.formats(quote_prefix=True, **properties))

    def cell(self, **properties: Any) -> CellStyle:
        """Return the style of a table's cell."""
        return self.style(border=1, border_color=theme.LINE, **properties)

    def page(self, title: str, tab: str, number: int = 1) -> "ReportPage":
        """Add a sheet; those after the first of a title bear their number."""
        named = self.translate(title) if number == 1 else f"{self.translate(title)[:25]} ({number})"
        sheet = self.workbook.add_worksheet(named)
        sheet.set_tab_color(tab)
        sheet.hide_gridlines(2)
        return ReportPage(self, sheet, named)


class ReportPage:
    """A sheet of the report. Rows and columns count from 0, as XlsxWriter's do."""

    def __init__(self, report: SummaryReport, sheet: Any, title: str) -> None:
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
        held, look = to_cell(value.value if isinstance(value, CachedFormula) else value, style)
        match held:
            case None:
                self.sheet.write_blank(row, column, None, look)
            case str():
                self.sheet.write_string(row, column, held, look)
            case date():
                self.sheet.write_datetime(row, column, held, look)
            case _:
                self.sheet.write_number(row, column, held, look)

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

    def reference(self, box: str) -> str:
        """Return cells of this sheet as formulas of others write them."""
        return f"{quote_title(self.title)}!{box}"


def writable(text: str) -> str:
    """Return a text that XML can hold: half a character of a strange file name is spelled out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def abridged(text: str, language: Language, longest: int = _ABRIDGED) -> str:
    """Return a text short enough for a list, saying how much was left out."""
    if len(text) <= longest:
        return text
    return translate("{text}……（余 {count} 字见原文件）", language, text=text[:longest], count=len(text) - longest)


def yuan(fen: float) -> float:
    """Return an amount in yuan."""
    return fen / 100


def rounded(number: float, places: int) -> float:
    """Round as Excel does: the fifteen digits it shows, halves away from zero."""
    return float(half_up(Decimal(format(number, ".15g")), places))


def to_cell(value: Any, style: CellStyle) -> tuple[Any, Any]:
    """Return what the cell of a plain value holds, and its format; a day that Excel cannot reckon with is a text.

    Raises ValueError where a text is too long for a cell: nothing is cut in silence.
    """
    match value:
        case str():
            told = writable(value)
            if units(told) > LONGEST_TEXT:
                raise ValueError(f"a cell can't hold {units(told)} characters")
            return told or None, style.quoted if told.startswith(_ACTIVE) else style.plain
        case date() if value.year < _FIRST_YEAR:
            return value.isoformat()[:10], style.plain
    return value, style.plain


class FrameRow(Mapping[str, Any]):
    """One row of a table that is held in columns."""

    __slots__ = ("_at", "_columns")

    def __init__(self, columns: Mapping[str, Sequence[Any]], at: int) -> None:
        self._columns = columns
        self._at = at

    def __getitem__(self, name: str) -> Any:
        return self._columns[name][self._at]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def to_python(value: Any) -> Any:
    """Return a frame's cell as a plain value: every kind of blank is ``None``."""
    import pandas as pd

    if value is None or value is pd.NaT or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value


def columns_of(frame: Any) -> dict[str, list[Any]]:
    """Return the columns of a pandas table as plain values; equal ones of a column are one object."""
    return {str(name): _once(plain_column(frame[name])) for name in frame}


def plain_column(column: Any) -> list[Any]:
    """Return a column of a pandas table as plain values."""
    if column.dtype.kind == "M":
        held: list[Any] = column.to_numpy("datetime64[us]").tolist()
        return held
    if column.dtype == object:
        return [to_python(value) for value in column]
    return [None if blank else value for value, blank in zip(column.tolist(), column.isna(), strict=True)]


def _once(values: list[Any]) -> list[Any]:
    known: dict[Any, Any] = {}
    return [known.setdefault(value, value) for value in values]


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """Return the rows of a pandas table as plain values by column."""
    columns = {str(name): plain_column(frame[name]) for name in frame}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def only_day(value: Any) -> Any:
    """Return the day of a moment at midnight, so that it is shown without a time."""
    return value.date() if isinstance(value, datetime) and value.time() == datetime.min.time() else value
