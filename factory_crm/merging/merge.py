"""Many workbooks to one account: the public way in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from .. import codes
from ..contract.contract import Contract
from ..engines import Engine
from ..problems import Place, Problem
from ..reading.folder import Found
from ..words import Word
from .conflicts import clashes, qualify, settle, shown_cell
from .frames import frames
from .intake import Intake, take_in
from .lines import Amount, Counts, Line, Origin
from .merged import Merged

_FAR = timedelta(days=31)
_MOST_OUTLIERS = 3
"""More gaps than this are no slips of the pen: the data are sparse."""


def merge(
    files: Sequence[Found], contract: Callable[[], Contract], engine: Engine, *, as_of: date | None = None
) -> Merged:
    """Merge the files. The same files in any order give the same result. ``contract`` makes the contract."""
    whole = contract()
    intakes = sorted(engine.each(partial(take_in, contract), files), key=lambda intake: intake.origin.file)
    intakes = _told_once(intakes)
    lines = [line for intake in intakes if intake.origin.status == "merged" for line in intake.lines]
    rejected = [row for intake in intakes if intake.origin.status == "merged" for row in intake.rejected]
    numbers, clashing = clashes(whole, lines)
    settled = settle(whole, qualify(whole, lines, numbers), {i.origin.file: i.origin.modified for i in intakes})
    kept = _spelled_alike(whole, settled.lines)
    known = {(line.table, line.key[0]) for line in kept} | {(row.table, row.key[0]) for row in rejected}
    latest, far = latest_event(whole, kept)
    return Merged(
        tables=frames(whole, kept, engine),
        origins=tuple(_account(whole, intake.origin, settled.superseded) for intake in intakes),
        rejected=tuple(sorted(rejected, key=lambda row: row.place)),
        conflicts=(*clashing, *settled.conflicts),
        problems=(*(() if as_of else far), *_strays(whole, kept, known)),
        as_of=as_of or latest,
    )


def _told_once(intakes: Sequence[Intake]) -> list[Intake]:
    """A file sent twice counts once, whatever it is called."""
    seen: dict[str, str] = {}
    told = []
    for intake in intakes:
        origin = intake.origin
        first = seen.setdefault(origin.sha256, origin.file) if origin.status == "merged" else origin.file
        if first != origin.file:
            problem = Problem(codes.SENT_TWICE, Place(origin.file), {"other": first})
            origin = replace(
                origin,
                status="repeated",
                problems=(problem,),
                counts={table: Counts(c.read, superseded=c.read) for table, c in origin.counts.items()},
            )
        told.append(intake._replace(origin=origin))
    return told


def _account(contract: Contract, origin: Origin, superseded: Iterable[Line]) -> Origin:
    """Move what other lines stand for from accepted to superseded."""
    moved = dict(origin.counts)
    for line in superseded:
        if line.place.file == origin.file:
            one, counts = Amount(1, _fen(contract, line)), moved[line.table]
            rest = Amount(counts.accepted.rows - one.rows, counts.accepted.fen - one.fen)
            moved[line.table] = counts._replace(accepted=rest, superseded=counts.superseded.plus(one))
    return replace(origin, counts=moved)


def _fen(contract: Contract, line: Line) -> int:
    columns = contract.sheet(line.table).columns
    return sum(
        int(value * 100)
        for column, value in zip(columns, line.cells, strict=True)
        if column.kind.name == "money" and value is not None
    )


def _spelled_alike(contract: Contract, lines: Sequence[Line]) -> list[Line]:
    """Give every reference the spelling under which its number is registered (``cus1`` becomes ``CUS1``)."""
    spelled = {(line.table, line.key[0]): line.cells[_first(contract, line.table)] for line in reversed(lines)}
    alike = []
    for line in lines:
        columns = contract.sheet(line.table).columns
        cells = [
            spelled.get((column.refers, shown_cell(cell).casefold()), cell) if column.refers and cell else cell
            for column, cell in zip(columns, line.cells, strict=True)
        ]
        first = _first(contract, line.table)
        cells[first] = cells[first] or line.key[0]
        alike.append(line._replace(cells=tuple(cells)))
    return alike


def _first(contract: Contract, table: str) -> int:
    return next(i for i, column in enumerate(contract.sheet(table).columns) if column.key)


def _strays(contract: Contract, lines: Iterable[Line], known: set[tuple[str, str]]) -> Iterable[Problem]:
    """References that no file answers; those lines are kept and counted."""
    for line in sorted(lines, key=lambda line: line.place):
        for column, cell in zip(contract.sheet(line.table).columns, line.cells, strict=True):
            if column.refers and cell and (column.refers, shown_cell(cell).casefold()) not in known:
                yield Problem(codes.STRAY_EVERYWHERE, line.place, {"header": Word(column.header), "value": cell})


def latest_event(contract: Contract, lines: Iterable[Line]) -> tuple[date | None, list[Problem]]:
    """Return the latest day on which something happened, and the days too far off to be believed."""
    events = {
        table: [i for i, c in enumerate(contract.sheet(table).columns) if c.event]
        for table in (sheet.table for sheet in contract.sheets)
    }
    first: dict[date, Line] = {}
    for line in sorted(lines, key=lambda line: line.place):
        for i in events[line.table]:
            if line.cells[i] is not None:
                first.setdefault(_day(line.cells[i]), line)
    days = sorted(first, reverse=True)
    outliers = 0
    while outliers + 1 < len(days) and days[outliers] - days[outliers + 1] > _FAR:
        outliers += 1
    if not days or outliers > _MOST_OUTLIERS:
        return (days[0] if days else None), []
    return days[outliers], [
        Problem(codes.FAR_DATE, first[day].place, {"value": day.isoformat()}) for day in days[:outliers]
    ]


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def totals(origins: Iterable[Origin]) -> dict[str, Counts]:
    """Return what became of all rows, by table."""
    summed: dict[str, Counts] = {}
    for origin in origins:
        for table, counts in origin.counts.items():
            summed[table] = summed.get(table, Counts()).plus(counts)
    return summed


def reconciles(merged: Merged) -> bool:
    """Whether every row and every fen that was read is accepted, rejected or superseded, and the tables hold the accepted."""
    held = {table: len(frame.select("row").collect()) for table, frame in merged.tables.items()}
    summed = totals(merged.origins)
    return all(counts.adds_up() for origin in merged.origins for counts in origin.counts.values()) and all(
        held[table] == counts.accepted.rows for table, counts in summed.items()
    )
