"""Writes tables on a sheet: title, link back, headers, rows, filter, frozen header, print set-up."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from ...problems.problem import column_letters
from ...template.entry import page_footer
from ...xlsx import theme
from ..looks import LINK, LOOKS, DataBar, Dropdown
from ..page import FIRST_ROW, HEADER_ROW, PageColumn, Table, Tables
from ..values import INSUFFICIENT, Shown
from .cells import CellStyle, ReportPage, SummaryReport, to_cell
from .paint import painted

_LINE_PIXELS, _HEADER_PIXELS = 20, 40
_WORTH_TWO_LINES = 4
_FITTED = {"text": 1.4, "centre": 2, "number": 1.6, "score": 2}
"""Looks whose columns fit their texts, and up to how many times the width they were given."""
_LOOKED_AT, _INDENT, _LEAST = 60, 8, 56
_LONGEST_LIST = 255
"""Characters that Excel lets a list in a dropdown have."""
_ALARM_COLUMNS = 7


def write_tables(page: ReportPage, content: Tables) -> None:
    """Write title, sentence and tables."""
    first = content.tables[0]
    _head(page, content)
    for link in content.links:
        target = page.report.translate(link.title)
        page.link(2, link.column, target, page.report.translate(link.text, sheet=target), page.report.style(**LINK))
    _set_columns(page, content.tables)
    top, tops = HEADER_ROW, []
    for table in content.tables:
        tops.append(top + 1)
        _write_one(page, table, top)
        top += max(table.rows + bool(table.totals), 1) + table.gap
    _set_up(page, first, content.frozen, repeat=len(content.tables) == 1)
    _paint(page, list(zip(content.tables, tops, strict=True)))
    _write_alarms(page, content.alarms)


def _head(page: ReportPage, content: Tables) -> None:
    """Write title, sentence and the link back above a table."""
    report = page.report
    page.sheet.set_row_pixels(0, 36)
    page.text(0, 0, page.title, CellStyle(report.formats.title(), report.formats.title()))
    page.text(1, 0, content.sentence, report.style(font_size=9, font_color=theme.MUTED))
    home = report.translate(content.home)
    page.link(2, 0, home, f"← {home}", report.style(**LINK))


def _write_one(page: ReportPage, table: Table, top: int) -> None:
    report = page.report
    if table.title:
        page.text(top - 1, 0, table.title, report.style(bold=True, font_size=12, font_color=theme.BRAND))
    _write_headers(page, table.columns, top)
    if table.large:
        _write_body(page, table.columns, top)
    else:
        _write_rows(page, table.columns, top)
        _set_heights(page, table.columns, top)
    if table.totals:
        _write_totals(page, table, top + 1 + table.rows)
    if table.dropdown:
        _write_dropdown(page, table.dropdown, top + 1)
    if not table.rows and table.empty:
        ink = theme.GOOD if table.good_if_empty else theme.MUTED
        page.text(top + 1, 0, table.empty, report.style(font_color=ink))
    for row, note in enumerate(table.notes, top + 1 + max(table.rows, 1) + 1):
        page.text(row, 1, note, report.style(font_color=theme.MUTED))


def _write_headers(page: ReportPage, columns: Sequence[PageColumn], top: int) -> None:
    for at, column in enumerate(columns):
        style = page.report.formats.head(theme.AUTOMATIC if column.automatic else theme.BRAND)
        page.text(top, at, column.header, CellStyle(style, style))
    page.sheet.set_row_pixels(top, _HEADER_PIXELS)


def _write_rows(page: ReportPage, columns: Sequence[PageColumn], top: int) -> None:
    report = page.report
    shown: list[tuple[int, int, Shown]] = []
    for at, column in enumerate(columns):
        styles = _looks(report, column)
        lacking = report.cell(align="center", font_color=theme.FAINT, font_size=9)
        for row, value in enumerate(column.values, top + 1):
            if isinstance(value, Shown):
                shown.append((row, at, value))
            elif value is INSUFFICIENT:
                page.text(row, at, report.translate(INSUFFICIENT), lacking)
            else:
                page.put(row, at, value, _chosen(styles, value))
    for row, at, figure in sorted(shown, key=lambda one: one[:2]):
        _write_shown(page, row, at, figure)


def _write_shown(page: ReportPage, row: int, at: int, shown: Shown) -> None:
    report = page.report
    if shown.value is None:
        style = report.cell(align="right", font_color=theme.FAINT, font_size=9)
        page.text(row, at, report.translate(INSUFFICIENT), style)
    else:
        page.put(row, at, shown.value, report.cell(align="right", num_format=shown.number_format, bold=True))


def _write_body(page: ReportPage, columns: Sequence[PageColumn], top: int) -> None:
    """Write rows of plain values, however many; nothing may stand below them."""
    if columns[0].values:
        page.body(top + 1, [(column.values, partial(_settled, _looks(page.report, column))) for column in columns])


def _looks(report: SummaryReport, column: PageColumn) -> tuple[CellStyle, CellStyle]:
    """Return the styles of a column: of all values, and of days without a time."""
    return report.cell(**LOOKS[column.look]), report.cell(**LOOKS["day"])


def _chosen(styles: tuple[CellStyle, CellStyle], value: Any) -> CellStyle:
    return styles[isinstance(value, date) and not isinstance(value, datetime)]


def _settled(styles: tuple[CellStyle, CellStyle], value: Any) -> tuple[Any, Any]:
    return to_cell(value, _chosen(styles, value))


def _write_totals(page: ReportPage, table: Table, row: int) -> None:
    look = {"bold": True, "bg_color": theme.BRAND_SOFT}
    for at, (value, name) in enumerate(table.totals):
        page.put(row, at, value, page.report.cell(**LOOKS[name], **look))


def _write_dropdown(page: ReportPage, dropdown: Dropdown, top: int) -> None:
    """Let cells be chosen from a list, on the ground that asks to be filled in; a list too long is told in words."""
    report = page.report
    for row, choices in enumerate(dropdown.choices, top):
        if choices is None:
            continue
        short = len(",".join(choices)) <= _LONGEST_LIST
        options: dict[str, Any] = {"validate": "list", "source": list(choices)} if short else {"validate": "any"}
        page.sheet.data_validation(row, dropdown.column, row, dropdown.column, {
            **options, "input_title": dropdown.title, "error_title": dropdown.title,
            "input_message": dropdown.hint, "error_message": dropdown.refusal,
        })  # fmt: skip
        blank = {"type": "blanks", "format": report.formats.mark(bg_color=theme.WARN_SOFT)}
        page.sheet.conditional_format(row, dropdown.column, row, dropdown.column, blank)


def _paint(page: ReportPage, tables: Sequence[tuple[Table, int]]) -> None:
    """Add the rules of all tables, each with its first row; bars first, so that marks lie over them."""
    paints = [(paint, table, first) for table, first in tables for paint in table.paints]
    for paint, table, first in sorted(paints, key=lambda one: not isinstance(one[0].rule, DataBar)):
        rows = table.rows if paint.rows is None else paint.rows
        if rows:
            box = (first, paint.column, first + rows - 1, paint.column)
            page.sheet.conditional_format(*box, painted(page.report, paint.rule))


def _write_alarms(page: ReportPage, alarms: Sequence[str]) -> None:
    """Alarms stand beside the link back."""
    if alarms:
        style = page.report.style(font_color=theme.BAD, bg_color=theme.BAD_SOFT, bold=True, text_wrap=True)
        page.merged((HEADER_ROW - 1, 1, HEADER_ROW - 1, _ALARM_COLUMNS), "\n".join(alarms), style)
        page.sheet.set_row_pixels(HEADER_ROW - 1, min(400, 6 + 20 * len(alarms)))


def _set_columns(page: ReportPage, tables: Sequence[Table]) -> None:
    """Set the widths; hidden columns are folded away behind a + that opens them."""
    counted = [table.columns for table in tables if table.widens]
    for at in range(max(len(columns) for columns in counted)):
        width = max(_fitting(columns[at], page.report) for columns in counted if at < len(columns))
        hidden, after = _is_hidden(counted[0], at), _is_hidden(counted[0], at - 1)
        options = {"hidden": True, "level": 1} if hidden else {"collapsed": True} if after else {}
        page.sheet.set_column_pixels(at, at, width, None, options)


def _is_hidden(columns: Sequence[PageColumn], at: int) -> bool:
    return 0 <= at < len(columns) and columns[at].hidden


def _fitting(column: PageColumn, report: SummaryReport) -> int:
    """Return how wide a column should be: as its contents and its header need, within bounds; others as they say."""
    header = _header_pixels(column.header)
    if column.look not in _FITTED:
        return max(column.width, header)
    texts = {
        report.translate(value) if value is INSUFFICIENT else value for value in column.values if isinstance(value, str)
    }
    longest = max((theme.pixels(text) for text in sorted(texts, key=len)[-_LOOKED_AT:]), default=0) + _INDENT
    return max(header, min(longest, round(column.width * _FITTED[column.look])), _LEAST)


def _header_pixels(header: str) -> int:
    """Return how wide a column's header is beside its filter arrow; a longer one takes two lines, Chinese anywhere."""
    pixels = theme.header_pixels(header)
    if len(header) < _WORTH_TWO_LINES or header.isascii():
        return pixels
    half = -(-len(header) // 2)
    return max(theme.header_pixels(part) for part in (header[:half], header[half:]))


def _set_up(page: ReportPage, table: Table, frozen: int, *, repeat: bool) -> None:
    """Freeze the header, add the filter, prepare for print: A4 across, one page wide, header on every page (``repeat``)."""
    sheet, rows, columns = page.sheet, table.rows, len(table.columns)
    sheet.freeze_panes(FIRST_ROW, frozen)
    if rows:
        sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + rows, columns - 1)
        if table.numbers_as_text:
            sheet.ignore_errors(
                {"number_stored_as_text": f"A{FIRST_ROW + 1}:{column_letters(columns)}{FIRST_ROW + rows}"}
            )
    sheet.set_selection(FIRST_ROW, 0, FIRST_ROW, 0)
    if repeat:
        sheet.repeat_rows(HEADER_ROW)
    print_across(page, (1, 0))


def print_across(page: ReportPage, fit: tuple[int, int] | None) -> None:
    """Prepare a sheet for print on A4 paper, across."""
    sheet = page.sheet
    sheet.set_landscape()
    sheet.set_paper(9)
    if fit:
        sheet.fit_to_pages(*fit)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(page_footer(page.title, page.report.name, page.report.language))


def _wrapped_pixels(*cells: tuple[str, int]) -> int:
    """Return how tall a row of wrapped texts is, given each text and its column's width."""
    lines = (sum(max(1, -(-theme.pixels(part) // (width - 16))) for part in text.split("\n")) for text, width in cells)
    return min(_LINE_PIXELS * max((1, *lines)) + 4, 540)


def _set_heights(page: ReportPage, columns: Sequence[PageColumn], top: int) -> None:
    """Make every row of a table as tall as its wrapped texts need."""
    tall = [column for column in columns if column.look == "wrapped"]
    for row, texts in enumerate(zip(*(column.values for column in tall), strict=True), top + 1):
        cells = ((text or "", column.width) for text, column in zip(texts, tall, strict=True))
        page.sheet.set_row_pixels(row, _wrapped_pixels(*cells))
