"""Transfer the cells of a workbook to the columns of another template, and note what changes on the way."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..i18n.translate import Language, LazyText, Translatable, in_every_language, translate
from ..problems.codes import OVERWRITTEN
from ..problems.problem import column_letters
from ..reading.grid import Cell
from ..reading.headers import normalize_header
from ..schema.column import Column
from ..schema.layout import FIRST_COLUMN, FIRST_ROW
from ..schema.model import Sheet
from ..schema.parsers.text import strip_blanks
from ..schema.record.row import ValidatedRow
from ..schema.workbook import WorkbookSchema
from ..template.records import PrefilledRows, Result
from ..validation import keys
from ..validation.keys import SheetResult
from .log import LEFT, RENAMED, REWRITTEN, UNCHANGED, NewCell, Note, NoteProblem
from .open_only import RowNumbers
from .source import OldRecord, OldWorkbook
from .values import ValueMover, as_text

_AUTOMATIC = LazyText("这一列在新模板里自动计算")
_ONLY_FULL = LazyText("新模板没有这一项；完整版有，加上 --edition full 就会带入")
_LOST = LazyText("公式没有算出结果，请重新填")


class TransferredRows(NamedTuple):
    """What is put into the new template."""

    rows: Mapping[str, PrefilledRows] = {}
    """By table, in their old order."""
    cover: Mapping[str, str] = {}
    notes: tuple[Note, ...] = ()
    came_from: Mapping[str, tuple[int, ...]] = {}
    """The old row of each, by table."""
    stayed: Mapping[str, int] = {}
    """How many rows of a table stay in the old workbook, because they are finished."""


def transfer(
    old: OldWorkbook, schema: WorkbookSchema, language: Language, going: RowNumbers | None = None
) -> TransferredRows:
    """Return everything moved; ``going``: the rows that go, all of them by default."""
    sheets = {sheet.table: sheet for sheet in schema.sheets}
    rows: dict[str, PrefilledRows] = {}
    came_from: dict[str, tuple[int, ...]] = {}
    notes: list[Note] = []
    cover = {}
    for column, _, cell in old.cover:
        moved = ValueMover(schema.cover.column(column.name), schema, language)(cell)
        cover[column.name] = str(moved.value or "")
    for table, old_records in old.records.items():
        chosen = [record for record in old_records if going is None or record.row in going[table]]
        checked, numbers = old.book.sheets[table], {record.row for record in chosen}
        notes += _unmapped_notes(old, table, numbers if going is not None else None)
        if sheet := sheets.get(table):
            moving = _TableTransfer(old, checked, sheet, schema, language)
            notes += moving.renamed()
            rows[table] = [moving.record(record, at) for at, record in enumerate(chosen, FIRST_ROW)]
            came_from[table] = tuple(record.row for record in chosen)
            notes += moving.notes
        else:
            notes += [
                _left_note(checked, record.row, cell, _ONLY_FULL) for record in chosen for _, cell in record.cells
            ]
    notes += [note for table, note in old.unmapped if not table]
    stayed = (
        {table: len(old_records) - len(rows.get(table, ())) for table, old_records in old.records.items()}
        if going
        else {}
    )
    return TransferredRows(rows, cover, tuple(notes), came_from, stayed)


def _unmapped_notes(old: OldWorkbook, table: str, rows: set[int] | None) -> Iterator[Note]:
    """Yield the notes on unmapped cells of a table; with ``rows``, only those of these rows."""
    for its, note in old.unmapped:
        if its == table and (rows is None or note.row in rows):
            yield note


def _left_note(checked: SheetResult, row: int, cell: Cell, why: Translatable) -> Note:
    place, header = f"{checked.location.sheet}!{column_letters(cell.column)}{row}", checked.layout.headers[cell.column]
    return Note(LEFT, place, header, as_text(cell), why=why, row=row)


class _TableTransfer:
    """Transfers the records of one table; ``notes`` collects what changes on the way."""

    def __init__(
        self, old: OldWorkbook, checked: SheetResult, sheet: type[Sheet], schema: WorkbookSchema, language: Language
    ) -> None:
        self._old, self._checked, self._sheet, self._language = old, checked, sheet, language
        self._columns = {name: FIRST_COLUMN + i for name, i in sheet.record_layout.index.items()}
        self._movers = {column.name: ValueMover(column, schema, language) for column in sheet.columns}
        self._rows = {row.number: row for row in checked.rows}
        self._title = translate(sheet.title, language)
        self._automatic = [column for column in sheet.columns if column.automatic]
        self._registered = {
            column.references: keys.rows_by_id(old.book.sheets[column.references])
            if column.references in old.book.sheets
            else {}
            for column in checked.sheet.columns
            if column.references
        }
        self._overwritten = {
            (p.location.row, p.location.column)
            for p in old.book.problems
            if p.code is OVERWRITTEN and p.location.sheet == checked.location.sheet
        }
        self.notes: list[Note] = []

    def renamed(self) -> Iterator[Note]:
        """Yield the sheet and the columns that are called otherwise now, in whatever language."""
        title = self._checked.location.sheet
        if _is_renamed(title, self._sheet.title):
            yield Note(RENAMED, title, "", title, LazyText(self._sheet.title))
        for at, column in self._checked.layout.columns.items():
            header = self._checked.layout.headers[at]
            if column.name in self._columns and _is_renamed(header, column.header):
                place = f"{title}!{column_letters(at)}{self._checked.layout.header_row}"
                yield Note(RENAMED, place, header, header, LazyText(column.header))

    def record(self, record: OldRecord, row: int) -> dict[str, Any]:
        """Return a record's values by column name; ``row`` is where it will stand."""
        values: dict[str, Any] = {}
        for column, cell in record.cells:
            if column.name not in self._columns:
                if strip_blanks(as_text(cell)):
                    self.notes.append(_left_note(self._checked, record.row, cell, _ONLY_FULL))
            elif column.automatic:
                if self._says_more(column, cell, record.row):
                    self.notes.append(_left_note(self._checked, record.row, cell, _AUTOMATIC))
            else:
                values[column.name] = self._moved_value(column, cell, record.row, row)
        values |= {column.name: Result(self._result(column, self._rows[record.row])) for column in self._automatic}
        return {name: value for name, value in values.items() if value not in (None, Result(None))}

    def _result(self, column: Column, row: ValidatedRow) -> Any:
        """Return what an automatic cell will show, ``None`` while nobody knows."""
        if column.formula:
            return self._checked.value(row, column.name)
        target = self._old.book.sheets.get(self._checked.sheet.column(column.lookup).references)
        owner = self._named(column, row)
        return (
            target.value(owner, target.sheet.display_column)
            if owner and target and target.sheet.display_column
            else None
        )

    def _named(self, column: Column, row: ValidatedRow) -> ValidatedRow | None:
        """Return the row that an echo speaks of."""
        reference = self._checked.sheet.column(column.lookup)
        return self._registered[reference.references].get(keys.normalize_id(self._checked.value(row, reference.name)))

    def _moved_value(self, column: Column, cell: Cell, was: int, row: int) -> Any:
        moved = self._movers[column.name](cell)
        if moved.problem:
            note = _left_note(self._checked, was, cell, NoteProblem(moved.problem))
            if moved.unchanged and moved.value is None:
                self.notes.append(note._replace(why=_LOST))
            else:
                spot = NewCell(self._title, f"{column_letters(self._columns[column.name])}{row}")
                after = as_text(Cell(0, moved.value, formula=False)) if moved.value is not None else ""
                kind = UNCHANGED if moved.unchanged else REWRITTEN
                self.notes.append(note._replace(kind=kind, after=after, spot=spot))
        return moved.value

    def _says_more(self, column: Column, cell: Cell, row: int) -> bool:
        """Whether an automatic cell holds what the new formula will not show."""
        if (row, cell.column) in self._overwritten:
            return True
        if cell.formula or not strip_blanks(as_text(cell)):
            return False
        return self._result(column, self._rows[row]) is None


def _is_renamed(written: str, name: str) -> bool:
    return normalize_header(written) not in set(map(normalize_header, in_every_language(name)))
