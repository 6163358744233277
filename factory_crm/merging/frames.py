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

from ..contract.contract import Contract
from ..contract.sheet import Column, Sheet
from ..keeping import Kept
from ..tables import PANDAS, Kind
from .lines import Line, Piece
from .sharing import Sifted

PROVENANCE: dict[str, Kind] = {
    "file": "text",
    "sheet": "text",
    "row": "integer",
    "office": "text",
    "digest": "text",
    "extra": "text",
}


def kinds(sheet: type[Sheet]) -> dict[str, Kind]:
    """Return the columns of a sheet's frame and how they are held."""
    found: dict[str, Kind] = {}
    for column in _held(sheet):
        found[column.name] = "moment" if column.kind.frame == "day" else column.kind.frame
        if column.kind.frame == "moment":
            found[f"{column.name}_timed"] = "truth"
    return found | PROVENANCE


def frames(contract: Contract, kept: Kept[Any], sifted: Iterable[Sifted], lines: Iterable[Line]) -> Mapping[str, Any]:
    """Return one lazy frame a table, its rows in any order: of the lines that stayed where they were, and of those here."""
    found: dict[str, list[Line]] = {sheet.table: [] for sheet in contract.sheets}
    for line in lines:
        found[line.table].append(line)
    came: dict[tuple[str, str], set[int]] = {}
    for some in sifted:
        came.setdefault((some.file, some.sheet), set()).update(line.place.row for line in some.lines)
    made = {}
    for sheet in contract.sheets:
        row = Writing.of(sheet)
        here = (row(line) for line in found.pop(sheet.table))
        made[sheet.table] = kept.frame(sheet.table, partial(_stayed, came, row), kinds(sheet), here)
    return made


def _stayed(came: Mapping[tuple[str, str], Collection[int]], row: "Writing", piece: Piece) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a piece's lines, but for those that came together with others and for files that do not count."""
    gone = came.get((piece.file, piece.sheet))
    return iter(()) if gone is None else (row(line) for line in piece.lines() if line.place.row not in gone)


def brought_home(contract: Contract, tables: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the tables as this process holds them, whatever engine had them: its database or cluster may go.

    Their rows are in the order of keys and places.
    """
    import narwhals.stable.v2 as nw

    home = {}
    for table, frame in tables.items():
        held = frame.collect(backend="pandas").to_native()
        sheet = contract.sheet(table)
        typed = held.astype({name: PANDAS[kind] for name, kind in kinds(sheet).items()})
        order = [column.name for column in sheet.key()] + ["file", "sheet", "row"]
        home[table] = nw.from_native(typed.sort_values(order, key=_folded, kind="stable", ignore_index=True))
    return {table: frame.lazy() for table, frame in home.items()}


def _folded(cells: Any) -> Any:
    return cells.str.casefold() if cells.dtype.kind == "O" else cells  # text, whatever pandas calls it


def _held(sheet: type[Sheet]) -> list[Column]:
    return [column for column in sheet.columns if not column.echoes]


class Writing(NamedTuple):
    """How a line of a table becomes a row of its frame. It is plain, so that workers may have it."""

    own: int
    """Where its number stands, which is made from its content where it is blank."""
    cells: tuple[tuple[int, Callable[[Any], tuple[Any, ...]]], ...]

    @classmethod
    def of(cls, sheet: type[Sheet]) -> "Writing":
        """Return how a sheet's lines become rows."""
        held = ((i, _writer(column.kind)) for i, column in enumerate(sheet.columns) if not column.echoes)
        return cls(sheet.columns.index(sheet.key()[0]), tuple(held))

    def __call__(self, line: Line) -> tuple[Any, ...]:
        """Return a line's row."""
        own, place = self.own, line.place
        held = line.cells if line.cells[own] is not None else (*line.cells[:own], line.key[0], *line.cells[own + 1 :])
        cells = [cell for i, write in self.cells for cell in write(held[i])]
        return (*cells, place.file, place.sheet, place.row, line.office, line.digest, line.extra)


def _writer(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    """How a cell goes into its frame column or columns."""
    match kind.frame:
        case "integer":
            return partial(_scaled, Decimal(10) ** kind.places)
        case "day":
            return _day
        case "moment":
            return _timed
    return _joined if kind.several else _as_it_is


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
