"""A table on a sheet: title, link back, headers, rows, filter, frozen header, print set-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from ...problems.problem import column_letters
from ...template.entry import page_footer
from ...xlsx import theme
from .cells import INSUFFICIENT, CellStyle, ReportPage, SummaryReport, to_cell

HEADER_ROW, FIRST_ROW = 3, 4
"""Of the tables, counted from 0."""
HOME = "经营看板"
LOOKS: dict[str, dict[str, Any]] = {
    "text": {"indent": 1},
    "wrapped": {"text_wrap": True, "indent": 1},
    "centre": {"align": "center"},
    "number": {"align": "center", "num_format": "@"},
    "count": {"align": "center", "num_format": "#,##0"},
    "whole": {"align": "right", "num_format": "#,##0"},
    "quantity": {"align": "right"},  # Excel shows 500 as "500." wherever decimals are optional
    "price": {"align": "right", "num_format": "#,##0.00####"},
    "money": {"align": "right", "num_format": "#,##0.00"},
    "score": {"align": "center", "num_format": "0.00"},
    "rate": {"align": "right", "num_format": "0.0%"},
    "share": {"align": "right", "num_format": "0%"},
    "days": {"align": "center", "num_format": "0.0"},
    "day": {"align": "center", "num_format": "yyyy-mm-dd"},
    "moment": {"align": "center", "num_format": "yyyy-mm-dd hh:mm"},
}
_LINE_PIXELS, _HEADER_PIXELS = 20, 40
_WORTH_TWO_LINES = 4
_FITTED = {"text": 1.4, "centre": 2, "number": 1.6, "score": 2}
"""Looks whose columns fit their texts, and up to how many times the width they were given."""
_LOOKED_AT, _INDENT, _LEAST = 60, 8, 56


@dataclass(frozen=True)
class PageColumn:
    """One column of a table: what stands above it, how wide and of what look it is, what it holds."""

    header: str
    look: str
    width: int
    values: Sequence[Any]
    automatic: bool = False
    """Whether it was added by the report: its header is grey."""
    hidden: bool = False


def head(page: ReportPage, title: str, told: str, last_column: int, *, home: str = HOME) -> None:
    """Write title, sentence and the link back above a table."""
    report = page.report
    page.sheet.set_row_pixels(0, 36)
    page.text(0, 0, title, CellStyle(report.formats.title(), report.formats.title()))
    page.text(1, 0, told, report.style(font_size=9, font_color=theme.MUTED))
    home = report.translate(home)
    page.link(2, 0, home, f"← {home}", report.style(font_color=theme.BRAND_2, underline=1, font_size=9))


def write_table(page: ReportPage, columns: Sequence[PageColumn], *, top: int = HEADER_ROW) -> None:
    """Write headers and rows; the header row stands at ``top``."""
    write_headers(page, columns, top=top)
    for at, column in enumerate(columns):
        styles = _looks(page.report, column)
        lacking = page.report.cell(align="center", font_color=theme.FAINT, font_size=9)
        for row, value in enumerate(column.values, top + 1):
            if value is INSUFFICIENT:
                page.text(row, at, page.report.translate(INSUFFICIENT), lacking)
            else:
                page.put(row, at, value, _chosen(styles, value))


def write_large_table(page: ReportPage, columns: Sequence[PageColumn], *, top: int = HEADER_ROW) -> None:
    """Write headers and rows likewise, of plain values and however many; nothing may stand below them."""
    write_headers(page, columns, top=top)
    if columns[0].values:
        page.body(top + 1, [(column.values, partial(_settled, _looks(page.report, column))) for column in columns])


def write_headers(page: ReportPage, columns: Sequence[PageColumn], *, top: int = HEADER_ROW) -> None:
    """Write the header row."""
    for at, column in enumerate(columns):
        style = page.report.formats.head(theme.AUTOMATIC if column.automatic else theme.BRAND)
        page.text(top, at, column.header, CellStyle(style, style))
    page.sheet.set_row_pixels(top, _HEADER_PIXELS)


def _looks(report: SummaryReport, column: PageColumn) -> tuple[CellStyle, CellStyle]:
    """Return the styles of a column: of all values, and of days without a time."""
    return report.cell(**LOOKS[column.look]), report.cell(**LOOKS["day"])


def _chosen(styles: tuple[CellStyle, CellStyle], value: Any) -> CellStyle:
    return styles[isinstance(value, date) and not isinstance(value, datetime)]


def _settled(styles: tuple[CellStyle, CellStyle], value: Any) -> tuple[Any, Any]:
    return to_cell(value, _chosen(styles, value))


def set_columns(page: ReportPage, columns: Sequence[PageColumn]) -> None:
    """Set the widths; hidden columns are folded away behind a + that opens them."""
    for at, column in enumerate(columns):
        options = {"hidden": True, "level": 1} if column.hidden else {}
        page.sheet.set_column_pixels(at, at, fitting(column, page.report), None, options)
    hidden = [at for at, column in enumerate(columns) if column.hidden]
    if hidden:
        after = columns[hidden[-1] + 1]
        page.sheet.set_column_pixels(
            hidden[-1] + 1, hidden[-1] + 1, fitting(after, page.report), None, {"collapsed": True}
        )


def fitting(column: PageColumn, report: SummaryReport) -> int:
    """Return how wide a column should be: as its contents and its header need, within bounds; others as they say."""
    header = header_pixels(column.header)
    if column.look not in _FITTED:
        return max(column.width, header)
    texts = {
        report.translate(value) if value is INSUFFICIENT else value for value in column.values if isinstance(value, str)
    }
    longest = max((theme.pixels(text) for text in sorted(texts, key=len)[-_LOOKED_AT:]), default=0) + _INDENT
    return max(header, min(longest, round(column.width * _FITTED[column.look])), _LEAST)


def header_pixels(header: str) -> int:
    """Return how wide a column's header is beside its filter arrow; a longer one takes two lines, Chinese anywhere."""
    whole = theme.header_pixels(header)
    if len(header) < _WORTH_TWO_LINES or header.isascii():
        return whole
    half = -(-len(header) // 2)
    return max(theme.header_pixels(part) for part in (header[:half], header[half:]))


def set_up(
    page: ReportPage, *, rows: int, columns: int, frozen: int = 0, top: int = HEADER_ROW, repeat: bool = True
) -> None:
    """Freeze the header, add the filter, prepare for print: A4 across, one page wide, header on every page (``repeat``)."""
    sheet = page.sheet
    sheet.freeze_panes(top + 1, frozen)
    if rows:
        sheet.autofilter(top, 0, top + rows, columns - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A{top + 2}:{column_letters(columns)}{top + 1 + rows}"})
    sheet.set_selection(top + 1, 0, top + 1, 0)
    if repeat:
        sheet.repeat_rows(top)
    print_across(page, (1, 0))


def print_across(page: ReportPage, fit: tuple[int, int] | None) -> None:
    """Prepare a sheet for print on A4 paper, across."""
    sheet = page.sheet
    sheet.set_landscape()
    sheet.set_paper(9)
    if fit:
        sheet.fit_to_pages(*fit)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(page_footer(page.title, page.report.translate("客户管理汇总"), page.report.language))


def wrapped_pixels(*cells: tuple[str, int]) -> int:
    """Return how tall a row of wrapped texts is, given each text and its column's width."""
    lines = (sum(max(1, -(-theme.pixels(part) // (width - 16))) for part in text.split("\n")) for text, width in cells)
    return min(_LINE_PIXELS * max((1, *lines)) + 4, 540)


def set_heights(page: ReportPage, columns: Sequence[PageColumn], *, top: int = HEADER_ROW) -> None:
    """Make every row of a table as tall as its wrapped texts need."""
    tall = [column for column in columns if column.look == "wrapped"]
    for row, texts in enumerate(zip(*(column.values for column in tall), strict=True), top + 1):
        told = ((text or "", column.width) for text, column in zip(texts, tall, strict=True))
        page.sheet.set_row_pixels(row, wrapped_pixels(*told))


def quiet(report: SummaryReport) -> CellStyle:
    """Return the style of what is said where there is nothing to show."""
    return report.style(
        font_color=theme.MUTED, align="center", bg_color=theme.WHITE, text_wrap=True, border=1, border_color=theme.LINE
    )
