"""An entry sheet: title and links, purpose, hints, headers, and rows ready to be filled."""

from math import ceil
from typing import NamedTuple

from ..i18n.translate import Language, translate
from ..schema.column import Column
from ..xlsx import theme
from ..xlsx.formula import link_to
from ..xlsx.writer import StrictWorksheet
from .conditional_formats import write_marks
from .data_validation import automatic_guard, guard
from .formulas import check, count, first_problem, message, sentence
from .live.checks import BAD, PageCheck
from .page import CHECK_COLUMN, FIRST_ROW, HEADER_ROW, HINT_ROW, PURPOSE_ROW, TITLE_ROW, EntryPage
from .records import PrefilledRows, look, write_automatic, write_records
from .requirement import hint, requirement

TALLY = "已填 {n} 行，待修改 {m} 行"
_ROW_PIXELS = {TITLE_ROW: 38, PURPOSE_ROW: 24, HINT_ROW: 22, HEADER_ROW: 36}
_DATA_ROW_POINTS = 18
_CHECK_PIXELS, _MESSAGE_PIXELS = 58, 300
_NAME_CHARACTERS = 24
_HINT_POINTS = 9
_LEAST_SHRUNK = 0.75
_PAPER_PIXELS, _LEAST_PRINTED = 1046, 0.6
"""How much a page of A4 holds across; smaller than that part of its size nothing is printed."""
_SPILL, _SPILL_PIXELS = 4, 64
"""Empty columns printed right of the problems, into which long ones run on, as they do on the screen."""
_ALLOWED = (
    "sort",
    "autofilter",
    "insert_rows",
    "delete_rows",
    "format_cells",
    "format_columns",
    "format_rows",
    "insert_hyperlinks",
)


class PageNavigation(NamedTuple):
    """What an entry sheet has of the workbook around it."""

    tab: str
    """The colour of its tab."""
    footer: str
    back: str
    """The title of the cover."""
    following: str
    """The title of the sheet that comes next."""


def write_entry(
    sheet: StrictWorksheet, live: PageCheck, formats: theme.Formats, frame: PageNavigation, records: PrefilledRows = ()
) -> None:
    """Write an entry sheet, the records filled in."""
    page = live.plan.page
    sheet.set_tab_color(frame.tab)
    sheet.hide_gridlines(2)
    sheet.set_default_row(_DATA_ROW_POINTS)
    for row, height in _ROW_PIXELS.items():
        sheet.set_row_pixels(row - 1, height, formats())
    _write_columns(sheet, page, formats)
    _write_top(sheet, page, formats, frame)
    _write_headers(sheet, page, formats)
    _write_rows(sheet, page, formats)
    write_records(sheet, page, formats, records)
    _write_guards(sheet, page)
    write_marks(sheet, page, formats, live)
    _set_view(sheet, page)
    _set_print(sheet, page, frame.footer)
    _protect(sheet, page, formats)


def _write_columns(sheet: StrictWorksheet, page: EntryPage, formats: theme.Formats) -> None:
    """Set widths and formats; empty cells are not written, so the file stays small."""
    sheet.set_column_pixels(CHECK_COLUMN - 1, CHECK_COLUMN - 1, _CHECK_PIXELS, formats(locked=False, align="center"))
    for column in page.sheet.columns:
        place = page.place(column.name) - 1
        sheet.set_column_pixels(place, place, _width(page, column), formats(locked=False, **look(column)))
    at = page.message_column - 1
    sheet.set_column_pixels(at, at, _MESSAGE_PIXELS, formats(locked=False))


def _width(page: EntryPage, column: Column) -> int:
    named = column.lookup or column.name == page.sheet.display_column
    wanted = max(column.column_type.width, _NAME_CHARACTERS) if named else column.column_type.width
    return max(theme.letters_pixels(wanted), theme.header_pixels(translate(column.header, page.language)))


def _write_top(sheet: StrictWorksheet, page: EntryPage, formats: theme.Formats, frame: PageNavigation) -> None:
    """Write title, links and tally; the latter right of the frozen columns, where the first screen shows them."""
    sheet.write_string(TITLE_ROW - 1, 1, page.title, formats.title())
    sheet.write_string(
        PURPOSE_ROW - 1, 1, translate(page.sheet.purpose, page.language), formats(font_color=theme.MUTED)
    )
    at = page.display_place
    sheet.write_url(TITLE_ROW - 1, at, link_to(frame.back), formats.link(), f"← {frame.back}")
    if frame.following:
        link = link_to(frame.following, f"B{FIRST_ROW}")
        sheet.write_url(TITLE_ROW - 1, at + 1, link, formats.link(), f"{frame.following} →")
    counts = {"n": count(page), "m": count(page, BAD)}
    sheet.write_formula(
        TITLE_ROW - 1,
        at + 2,
        "=" + sentence(TALLY, page.language, **counts),
        formats(bold=True),
        translate(TALLY, page.language, n=0, m=0),
    )
    message_look = formats(font_size=_HINT_POINTS, font_color=theme.BAD)
    sheet.write_formula(PURPOSE_ROW - 1, at + 2, first_problem(page), message_look, "")


def _write_headers(sheet: StrictWorksheet, page: EntryPage, formats: theme.Formats) -> None:
    own = formats.head(theme.AUTOMATIC)
    sheet.write_string(HEADER_ROW - 1, CHECK_COLUMN - 1, translate("检查", page.language), own)
    for column in page.sheet.columns:
        place, requirement_of = page.place(column.name) - 1, requirement(column)
        hints = formats(font_size=_HINT_POINTS, font_color=requirement_of.hint_colour, align="center", shrink=True)
        sheet.write_string(HINT_ROW - 1, place, _fitting_hint(page, column), hints)
        sheet.write_string(
            HEADER_ROW - 1, place, translate(column.header, page.language), formats.head(requirement_of.colour)
        )
    sheet.write_string(HEADER_ROW - 1, page.message_column - 1, translate("问题说明（自动）", page.language), own)


def _fitting_hint(page: EntryPage, column: Column) -> str:
    """Return the hint, or its sign alone where the column is so narrow that shrinking would make it unreadable."""
    full_hint = hint(page, column)
    readable = theme.pixels(full_hint, _HINT_POINTS) * _LEAST_SHRUNK <= _width(page, column)
    return full_hint if readable else translate(requirement(column).sign, page.language)


def _write_rows(sheet: StrictWorksheet, page: EntryPage, formats: theme.Formats) -> None:
    first, last = FIRST_ROW - 1, page.last_row - 1
    for column in page.sheet.columns:
        if column.automatic:
            write_automatic(sheet, page, column, formats, first)
    sheet.write_shared(first, last, CHECK_COLUMN - 1, check(page), formats(bold=True, align="center", locked=False))
    message_look = formats(font_color=theme.BAD, font_size=9, indent=1, locked=False)
    sheet.write_shared(first, last, page.message_column - 1, message(page), message_look)


def _write_guards(sheet: StrictWorksheet, page: EntryPage) -> None:
    first, last = FIRST_ROW - 1, page.last_row - 1
    checked = automatic_guard(page, translate("此列自动检查：√ 齐全，× 待修改。", page.language))
    for place, options in (
        (CHECK_COLUMN, checked),
        (page.message_column, checked),
        *((page.place(column.name), guard(page, column)) for column in page.sheet.columns),
    ):
        sheet.data_validation(first, place - 1, last, place - 1, options)


def _set_view(sheet: StrictWorksheet, page: EntryPage) -> None:
    sheet.freeze_panes(FIRST_ROW - 1, page.display_place)
    sheet.autofilter(HEADER_ROW - 1, 0, page.last_row - 1, page.message_column - 1)
    sheet.set_selection(FIRST_ROW - 1, 1, FIRST_ROW - 1, 1)
    cells = f"A{FIRST_ROW}:{page.range(page.message_column).rpartition(':')[2].replace('$', '')}"
    sheet.ignore_errors(dict.fromkeys(("number_stored_as_text", "formula_unlocked", "formula_differs"), cells))


def _set_print(sheet: StrictWorksheet, page: EntryPage, footer: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(_pages_wide(page), 0)
    sheet.print_across()
    sheet.repeat_rows(HEADER_ROW - 1)
    sheet.repeat_columns(0, page.display_place - 1)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(page_footer(page.title, footer, page.language))
    sheet.print_area(0, 0, page.last_row - 1, page.message_column + _SPILL - 1)


def _pages_wide(page: EntryPage) -> int:
    """Return how many pages to print side by side, the frozen columns on each, so that they can be read."""
    widths = [_CHECK_PIXELS, *(_width(page, column) for column in page.sheet.columns), _MESSAGE_PIXELS]
    repeated = sum(widths[: page.display_place])
    room = max(_PAPER_PIXELS / _LEAST_PRINTED - repeated, 1)
    return ceil((sum(widths) + _SPILL * _SPILL_PIXELS - repeated) / room)


def page_footer(title: str, footer: str, language: Language) -> str:
    """Return what stands at the foot of a printed page: the sheet, the template and the page's number."""
    left, right = (part.replace("&", "&&") for part in (title, footer))
    middle = translate("第 &P / &N 页", language)
    return f"&L&8{left}&C&8{middle}&R&8{right}"


def _protect(sheet: StrictWorksheet, page: EntryPage, formats: theme.Formats) -> None:
    """Protect the headers from slips, without a password. Pasted cells bring locks along, so the rows are a free range."""
    sheet.set_rest(page.message_column, formats(locked=False))
    last = page.range(page.message_column).rpartition(":")[2]
    sheet.unprotect_range(f"A{FIRST_ROW}:{last}", "FC_ROWS")
    sheet.protect("", dict.fromkeys(_ALLOWED, True))
