"""Lines to tables: what the columns of a frame are.

A frame has the columns of its sheet (echoes left out), under their Python names:

* text, numbers of records, choices: text; several choices joined by 、
* numbers: integers counting units of ``10 ** -places`` (money in fen, quantities in 1/10000, unit prices in 1/1000000 yuan)
* days and moments: ``datetime64[us]``; a moment ``x`` has a truth ``x_timed``, false for a bare day

and beside them ``file``, ``sheet``, ``row`` (where the line stands), ``office``, ``digest`` and ``extra``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from ..contract.contract import Contract
from ..contract.sheet import Column, Sheet
from ..engines import PANDAS, Engine, Kind
from .lines import Line

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


def frames(contract: Contract, lines: Iterable[Line], engine: Engine) -> Mapping[str, Any]:
    """Return one lazy frame a table, its rows in the order of keys and places."""
    found: dict[str, list[Line]] = {sheet.table: [] for sheet in contract.sheets}
    for line in lines:
        found[line.table].append(line)
    return {sheet.table: engine.frame(_rows(sheet, found.pop(sheet.table)), kinds(sheet)) for sheet in contract.sheets}


def brought_home(contract: Contract, tables: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the tables as this process holds them, whatever engine had them: its database or cluster may go."""
    import narwhals.stable.v2 as nw

    home = {}
    for table, frame in tables.items():
        held = frame.collect(backend="pandas").to_native()
        home[table] = nw.from_native(held.astype({name: PANDAS[k] for name, k in kinds(contract.sheet(table)).items()}))
    return {table: frame.lazy() for table, frame in home.items()}


def _rows(sheet: type[Sheet], lines: list[Line]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table one by one: an engine need not hold them all."""
    held = [(i, _writer(column)) for i, column in enumerate(sheet.columns) if not column.echoes]
    lines.sort(key=lambda line: (line.key, line.place))
    for line in lines:
        cells = [cell for i, write in held for cell in write(line.cells[i])]
        place = line.place
        yield (*cells, place.file, place.sheet, place.row, line.office, line.digest, line.extra)


def _held(sheet: type[Sheet]) -> list[Column]:
    return [column for column in sheet.columns if not column.echoes]


def _writer(column: Column) -> Callable[[Any], tuple[Any, ...]]:
    """How a cell goes into its frame column or columns."""
    match column.kind.frame:
        case "integer":
            scale = Decimal(10) ** column.kind.places
            return lambda value: (None if value is None else int(value * scale),)
        case "day":
            return lambda value: (_moment(value),)
        case "moment":
            return lambda value: (_moment(value), None if value is None else isinstance(value, datetime))
    if column.kind.several:
        return lambda value: (None if value is None else "、".join(value),)  # zh only
    return lambda value: (value,)


def _moment(value: date | None) -> datetime | None:
    return value if value is None or isinstance(value, datetime) else datetime.combine(value, time())
