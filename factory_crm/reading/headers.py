"""Recognise sheets by their titles and columns by their headers, in any order and any language."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from ..i18n.translate import LANGUAGES, LazyFormat, LazyText, in_every_language, translate
from ..schema.column import Column
from ..schema.layout import CHECK_HEADER, MESSAGE_HEADER, SEARCHED_ROWS
from ..schema.model import Sheet
from ..schema.parsers.suggest import suggestions
from ..schema.parsers.text import display_text, strip_invisible
from ..schema.record.header_layout import HeaderLayout
from ..schema.workbook import WorkbookSchema
from .grid import BrokenCell, GridRow, Raw

_DECORATION = re.compile(r"[\s*★☆◎ⓐ:：_]+|(?<!\d)\.|\.(?!\d)")  # marks people put into headers
_IN_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_OTHER_MEASURE = re.compile(  # a price in dollars or in ten thousands is another column than one in yuan
    r"[十百千万亿美欧英港澳日韩$€£%‰]|(?<!\d)100?(?!\d)|us|usd|hkd|eur|gbp|jpy|krw"
)  # zh only


def normalize_header(header: str) -> str:
    """Return a header without what people add to it: stars, blanks, remarks in brackets, width and case."""
    return _unremarked(_bare(header))


def _unremarked(bare: str) -> str:
    return _IN_BRACKETS.sub("", bare) or bare


def _bare(header: str) -> str:
    plain = unicodedata.normalize("NFKC", strip_invisible(header)).casefold()
    return _DECORATION.sub("", plain) or "".join(plain.split())


def _column(header: str, sheet: type[Sheet]) -> Column | None:
    """Return the column a header means; one of numbers isn't meant where the brackets name another measure."""
    bare = _bare(header)
    column = _lexicon(sheet).get(_unremarked(bare))
    other = (
        column is not None
        and column.column_type.base_type == "number"
        and bare not in _spelled(sheet)
        and any(_OTHER_MEASURE.search(remark) for remark in _IN_BRACKETS.findall(bare))
    )
    return None if other else column


@cache
def _lexicon(sheet: type[Sheet]) -> dict[str, Column]:
    """Every spelling of every header of the sheet, folded; a header beats an alias."""
    return {normalize_header(spelling): column for spelling, column in _spellings(sheet)}


@cache
def _spelled(sheet: type[Sheet]) -> frozenset[str]:
    return frozenset(_bare(spelling) for spelling, _ in _spellings(sheet))


def _spellings(sheet: type[Sheet]) -> list[tuple[str, Column]]:
    spelled = [(alias, column) for column in sheet.columns for alias in column.aliases]
    others = reversed(LANGUAGES)
    return [*spelled, *((translate(column.header, other), column) for other in others for column in sheet.columns)]


@cache
def _own() -> frozenset[str]:
    return frozenset(
        normalize_header(translate(header, language))
        for header in (CHECK_HEADER, MESSAGE_HEADER)
        for language in LANGUAGES
    )


def find_layout(rows: Sequence[GridRow], sheet: type[Sheet]) -> HeaderLayout | None:
    """Return where the columns stand, by the row that knows the most of them; ``None`` where no row knows two."""
    mapped = [_mapped_columns(_headers(row), sheet) for row in rows[:SEARCHED_ROWS]]
    best = max(range(len(mapped)), key=lambda i: len(mapped[i][0]), default=None)
    if best is None or len(mapped[best][0]) < min(2, len(sheet.columns)):
        return None
    headers, (columns, doubled) = _headers(rows[best]), mapped[best]
    others = {at: header for at, header in headers.items() if at not in columns and at not in doubled}
    unknown = tuple(at for at, header in others.items() if normalize_header(header) not in _own())
    return HeaderLayout(rows[best].number, columns, headers, unknown, doubled)


def likely_columns(layout: HeaderLayout, sheet: type[Sheet]) -> dict[int, Column]:
    """Return which missing column an unknown header probably means, by its position."""
    missing = layout.missing(sheet)
    spellings = {spelling: column.name for spelling, column in _lexicon(sheet).items() if column in missing}
    likely: dict[int, Column] = {}
    for at in layout.unknown if spellings else ():
        header = normalize_header(layout.headers[at])
        name = None if header in _lexicon(sheet) else suggestions(header, spellings)  # known, but of another measure
        if name and name not in {column.name for column in likely.values()}:
            likely[at] = sheet.column(name)
    return likely


def _header(value: Raw) -> str:
    """Return the text of a header; a month or a year may stand there as a number."""
    return "" if isinstance(value, BrokenCell) else " ".join(display_text(value).split())


def _headers(row: GridRow) -> dict[int, str]:
    return {at: text for at, value in row.values.items() if (text := _header(value))}


def _mapped_columns(headers: Mapping[int, str], sheet: type[Sheet]) -> tuple[dict[int, Column], tuple[int, ...]]:
    """Return the columns that are known by their headers, and where one of them stands again."""
    columns: dict[int, Column] = {}
    doubled: list[int] = []
    for at, header in headers.items():
        if (column := _column(header, sheet)) is not None:
            if column in columns.values():
                doubled.append(at)
            else:
                columns[at] = column
    return columns, tuple(doubled)


def find_sheets(schema: WorkbookSchema, names: Iterable[str]) -> dict[str, str]:
    """Return which sheet of the workbook holds which table, by title (in any language) or alias."""
    by_folded = {normalize_header(name): name for name in reversed(list(names))}
    titles: dict[str, str] = {}
    for sheet in (schema.cover, *schema.sheets):
        for title in (*in_every_language(sheet.title), *sheet.aliases):
            name = by_folded.get(normalize_header(title))
            if name is not None and name not in titles.values():
                titles[sheet.table] = name
                break
    return titles


def guess_table(schema: WorkbookSchema, rows: Sequence[GridRow], taken: Iterable[str]) -> str | None:
    """Return the table whose required columns a sheet of another name has, ``None`` where it has none's."""
    for sheet in schema.sheets:
        layout = None if sheet.table in taken else find_layout(rows, sheet)
        required = [column.name for column in sheet.columns if column.required]
        if layout and all(layout.position(name) for name in required):
            return sheet.table
    return None


def might_mean(header: str, column: Column) -> LazyFormat:
    """Say which column a header probably means."""
    return LazyFormat("「{written}」可能就是「{header}」", {"written": header, "header": LazyText(column.header)})
