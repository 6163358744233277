"""Lines to tables: what the columns of a frame are.

A frame has the columns of its sheet (echoes left out), under their Python names:

* text, numbers of records, choices: text; several choices joined by 、
* numbers: integers counting units of ``10 ** -places`` (money in fen, quantities in 1/10000, unit prices in 1/1000000 yuan)
* days and moments: ``datetime64[us]``; a moment ``x`` has a truth ``x_timed``, false for a bare day

and beside them ``file``, ``sheet``, ``row`` (where the line stands), ``office``, ``digest`` and ``extra``.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from ..engine.frames import PANDAS, StorageType
from ..engine.store import Store
from ..schema.model import Sheet
from ..schema.workbook import WorkbookSchema
from .partition import Split
from .record import Record, RecordBatch

PROVENANCE: dict[str, StorageType] = {
    "file": "text",
    "sheet": "text",
    "row": "integer",
    "office": "text",
    "digest": "text",
    "extra": "text",
}


def storage_types(sheet: type[Sheet]) -> dict[str, StorageType]:
    """Return the storage type of each column of a sheet's frame, by name."""
    types: dict[str, StorageType] = {}
    for column in (sheet.columns[i] for i in sheet.record_layout.stored):
        types[column.name] = "moment" if column.column_type.storage == "day" else column.column_type.storage
        if column.column_type.storage == "moment":
            types[f"{column.name}_timed"] = "truth"
    return types | PROVENANCE


def record_frames(
    schema: WorkbookSchema, store: Store[Any], sifted: Iterable[Split], records: Iterable[Record]
) -> Mapping[str, Any]:
    """Return one lazy frame a table, its rows in any order: stored records that stayed, and those of this process."""
    central: dict[str, list[Record]] = {sheet.table: [] for sheet in schema.sheets}
    for record in records:
        central[record.table].append(record)
    moved: dict[tuple[str, str], set[int]] = {}
    for some in sifted:
        moved.setdefault((some.file, some.sheet), set()).update(record.location.row for record in some.records)
    frames = {}
    for sheet in schema.sheets:
        row = ColumnWriter.of(sheet)
        here = (row(record) for record in central.pop(sheet.table))
        frames[sheet.table] = store.frame(sheet.table, partial(_stored_rows, moved, row), storage_types(sheet), here)
    return frames


def _stored_rows(
    moved: Mapping[tuple[str, str], Collection[int]], row: "ColumnWriter", batch: RecordBatch
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a piece's lines, but for those that came together with others and for files that do not count."""
    gone = moved.get((batch.file, batch.sheet))
    return iter(()) if gone is None else (row(record) for record in batch.records() if record.location.row not in gone)


def collect_tables(schema: WorkbookSchema, tables: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the tables as this process holds them, whatever engine had them: its database or cluster may go.

    Their rows are in the order of keys and places.
    """
    import narwhals.stable.v2 as nw

    home = {}
    for table, frame in tables.items():
        collected = frame.collect(backend="pandas").to_native()
        sheet = schema.sheet(table)
        typed = collected.astype({name: PANDAS[kind] for name, kind in storage_types(sheet).items()})
        order = [column.name for column in sheet.key()] + ["file", "sheet", "row"]
        home[table] = nw.from_native(typed.sort_values(order, key=_folded, kind="stable", ignore_index=True))
    return {table: frame.lazy() for table, frame in home.items()}


def _folded(cells: Any) -> Any:
    return cells.str.casefold() if cells.dtype.kind == "O" else cells  # text, whatever pandas calls it


class ColumnWriter(NamedTuple):
    """How a line of a table becomes a row of its frame. It is plain, so that workers may have it."""

    own: int
    """Where its number stands, which is made from its content where it is blank."""
    cells: tuple[tuple[int, Callable[[Any], tuple[Any, ...]]], ...]

    @classmethod
    def of(cls, sheet: type[Sheet]) -> "ColumnWriter":
        """Return the writer of a sheet's records."""
        layout = sheet.record_layout
        return cls(layout.id, tuple((i, _writer(sheet.columns[i].column_type)) for i in layout.stored))

    def __call__(self, record: Record) -> tuple[Any, ...]:
        """Return the frame row of a record."""
        own, location = self.own, record.location
        values = (
            record.cells
            if record.cells[own] is not None
            else (*record.cells[:own], record.key[0], *record.cells[own + 1 :])
        )
        cells = [cell for i, write in self.cells for cell in write(values[i])]
        return (*cells, location.file, location.sheet, location.row, record.office, record.digest, record.extra)


def _writer(column_type: Any) -> Callable[[Any], tuple[Any, ...]]:
    """How a cell goes into its frame column or columns."""
    match column_type.storage:
        case "integer":
            return partial(_scaled, Decimal(10) ** column_type.scale)
        case "day":
            return _day
        case "moment":
            return _timed
    return _joined if column_type.multiple else _as_it_is


def _as_it_is(value: Any) -> tuple[Any, ...]:
    return (value,)


def _scaled(scale: Decimal, value: Any) -> tuple[int | None, ...]:
    return (None if value is None else int(value * scale),)


def _day(value: date | None) -> tuple[datetime | None, ...]:
    return (_moment(value),)


def _timed(value: date | None) -> tuple[datetime | bool | None, ...]:
    return _moment(value), None if value is None else isinstance(value, datetime)


def _joined(value: tuple[str, ...] | None) -> tuple[str | None, ...]:
    return (None if value is None else "、".join(value),)  # zh only


def _moment(value: date | None) -> datetime | None:
    return value if value is None or isinstance(value, datetime) else datetime.combine(value, time())
