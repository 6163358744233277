"""Read the cells of the old workbook: its records as they stand, and everything that no column or record holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ..i18n.translate import LANGUAGES, LazyText, Translatable, in_every_language, translate
from ..problems.problem import column_letters
from ..reading.access import Access
from ..reading.grid import Cell, GridRow
from ..reading.headers import normalize_header
from ..reading.limits import reader_limits
from ..reading.opening import open_workbook
from ..reading.reader import WorkbookReader
from ..schema.column import Column
from ..schema.copy_mark import own_sheets
from ..schema.layout import CHECK_HEADER, HEADER_ROW, MESSAGE_HEADER
from ..schema.parsers.text import strip_blanks
from ..schema.record.not_records import filled_cells, is_header
from ..schema.stamp import META_SHEET
from ..schema.workbook import WorkbookSchema
from ..template.lists import TITLE as LISTS
from ..template.live.plan import CHECK_SHEET
from ..template.self_check import TITLE as SELF_CHECK
from ..validation.cover import cover_cells
from ..validation.keys import SheetResult
from ..validation.workbook import WorkbookResult, validate_workbook
from .log import LEFT, Note
from .log import TITLE as NOTES
from .values import as_text

_OWN = {
    normalize_header(translate(header, language)) for header in (CHECK_HEADER, MESSAGE_HEADER) for language in LANGUAGES
}
_NO_COLUMN = LazyText("新模板没有这一列")
_DOUBLED = LazyText("同名的列有两列，只带入了左边的一列")
_NO_RECORD = LazyText("这一行不是一条记录")
_ABOVE = LazyText("写在表头上方")
_NO_SHEET = LazyText("新模板没有这张表")


class OldRecord(NamedTuple):
    """A record: its row, and its cells by the columns they stand under."""

    row: int
    cells: tuple[tuple[Column, Cell], ...]


@dataclass(frozen=True)
class OldWorkbook:
    """A workbook that was read for migration."""

    book: WorkbookResult
    cover: tuple[tuple[Column, str, Cell], ...] = ()
    """Its fields: column, place and cell."""
    records: Mapping[str, tuple[OldRecord, ...]] = field(default_factory=dict)
    """By table."""
    unmapped: tuple[tuple[str, Note], ...] = ()
    """By table, what stands under no column that is known, or in no record; under ``""`` what stands on other sheets."""
    encrypted: bool = False


def read_old(path: Path, schema: WorkbookSchema, access: Access) -> OldWorkbook:
    """Read a workbook; one that is no input of ours comes back without anything to move. Raises Refused where it changes."""
    book = validate_workbook(path, schema, access=access)
    if book.skipped or not book.readable:
        return OldWorkbook(book)
    with open_workbook(path, reader_limits(schema.limits), access) as source:
        records, unmapped = {}, []
        for table, checked in book.sheets.items():
            sheet = _RecordReader(checked, stamped=book.stamp is not None)
            records[table] = tuple(sheet.records(source))
            unmapped += [(table, note) for note in sheet.unmapped]
        titles = {checked.location.sheet for checked in book.sheets.values()}
        home = next((info.name for info in source.sheets if _is(info.name, schema.cover.title)), "")
        unmapped += [
            ("", note) for note in _other_sheet_notes(source, {*titles, home, *own_sheets(source.names).values()})
        ]
        cover = tuple(_cover(source, home, schema)) if home else ()
        encrypted = source.encrypted
    return OldWorkbook(book, cover, records, tuple(unmapped), encrypted)


def _is(name: str, title: str) -> bool:
    return normalize_header(name) in set(map(normalize_header, in_every_language(title)))


def _cover(source: WorkbookReader, title: str, schema: WorkbookSchema) -> Iterator[tuple[Column, str, Cell]]:
    for column, row, at, cell in cover_cells(source, title, schema):
        if cell:
            yield column, f"{title}!{column_letters(at)}{row}", cell


class _RecordReader:
    """One sheet; ``unmapped`` fills while its records are read."""

    def __init__(self, checked: SheetResult, *, stamped: bool) -> None:
        self._checked, self._stamped = checked, stamped
        self.unmapped: list[Note] = []
        self._own = {at for at, header in checked.layout.headers.items() if normalize_header(header) in _OWN}

    def records(self, source: WorkbookReader) -> Iterator[OldRecord]:
        layout, numbers = self._checked.layout, {row.number for row in self._checked.rows}
        for row in source.grid(self._checked.location.sheet).rows():
            if row.number in numbers:
                cells = tuple(
                    (layout.columns[cell.column], cell) for cell in row.cells if cell.column in layout.columns
                )
                yield OldRecord(row.number, cells)
                self._note(row, _NO_COLUMN, layout.columns)
            elif row.number > layout.header_row:
                if not is_header(filled_cells(row.values), layout.headers):
                    self._note(row, _NO_RECORD, ())
            elif row.number < layout.header_row and not self._stamped:
                self._note(row, _ABOVE, ())

    def _note(self, row: GridRow, why: Translatable, mapped: Mapping[int, Column] | tuple[()]) -> None:
        layout = self._checked.layout
        for cell in row.cells:
            automatic = cell.formula and (cell.column in layout.columns and layout.columns[cell.column].automatic)
            if cell.column in mapped or cell.column in self._own or automatic or not strip_blanks(as_text(cell)):
                continue
            header = layout.headers.get(cell.column, "")
            place = f"{self._checked.location.sheet}!{column_letters(cell.column)}{row.number}"
            reason = _DOUBLED if cell.column in layout.duplicates and mapped else why
            self.unmapped.append(Note(LEFT, place, header, as_text(cell), why=reason, row=row.number))


def _other_sheet_notes(source: WorkbookReader, titles: set[str]) -> Iterator[Note]:
    """Yield what stands on sheets that are none of ours, and what an earlier move left on its list."""
    for name in (info.name for info in source.sheets if info.name not in titles):
        if _is(name, NOTES):
            yield from (note for row in source.grid(name).rows() for note in _earlier_notes(row))
        elif not (any(_is(name, title) for title in (SELF_CHECK, LISTS)) or name in (META_SHEET, CHECK_SHEET)):
            yield from _sheet_notes(source, name)


def _sheet_notes(source: WorkbookReader, name: str) -> list[Note]:
    """Return what stands on a sheet; of one that a template of other contents made, its records."""
    notes: list[Note] = []
    headers: dict[int, str] = {}
    for row in source.grid(name).rows():
        texts = {cell.column: text for cell in row.cells if (text := strip_blanks(as_text(cell)))}
        if row.number == HEADER_ROW and normalize_header(texts.get(1, "")) in _OWN:
            headers = texts
            notes.clear()
            continue
        for at, text in texts.items():
            header = headers.get(at, "")
            if normalize_header(header) not in _OWN:
                notes.append(Note(LEFT, f"{name}!{column_letters(at)}{row.number}", header, text, why=_NO_SHEET))
    return notes


def _earlier_notes(row: GridRow) -> Iterator[Note]:
    """Yield what a line of an earlier list says was left."""
    texts = {cell.column: as_text(cell) for cell in row.cells}
    if texts.get(1) in in_every_language(LEFT):
        yield Note(LEFT, texts.get(2, ""), texts.get(3, ""), texts.get(4, ""), why=texts.get(7, ""))
