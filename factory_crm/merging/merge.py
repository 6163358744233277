"""Many workbooks to one account: the public way in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from .. import codes
from ..contract.contract import Contract
from ..engines import Engine
from ..problems import Place, Problem
from ..reading.folder import Found
from ..words import Word
from .changes import changes, duties
from .clashes import clashes, qualify, registered
from .conflicts import Prefer, Preference, settle, shown_cell
from .duplicates import candidates, joined
from .frames import frames
from .intake import Intake, take_in, untaken
from .lines import Amount, Counts, Line, Origin, Rejected
from .merged import Merged
from .previous import Previous
from .versions import sent_once

_FAR = timedelta(days=31)
_MOST_OUTLIERS = 3
"""More gaps than this are no slips of the pen: the data are sparse."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a merge is to go about what is not in the files."""

    as_of: date | None = None
    prefer: Prefer = "latest"
    previous: Previous | None = None
    """The summary before: its decisions are obeyed, and what is different from it is told."""


def merge(
    files: Sequence[Found],
    contract: Callable[[], Contract],
    engine: Engine,
    *,
    as_of: date | None = None,
    wishes: Wishes | None = None,
) -> Merged:
    """Merge the files. The same files in any order give the same result. ``contract`` makes the contract."""
    whole, wishes = contract(), wishes or Wishes(as_of)
    intakes = _taken_in(files, contract, engine)
    lines = [line for intake in intakes if intake.origin.status == "merged" for line in intake.lines]
    rejected = [row for intake in intakes if intake.origin.status == "merged" for row in intake.rejected]
    rejected = registered(whole, rejected)
    numbers, clashing = clashes(whole, lines)
    modified = {i.origin.file: i.origin.modified for i in intakes}
    settled = settle(whole, qualify(whole, lines, numbers), modified, _preference(whole, wishes))
    rejected += [_waiting(whole, line) for line in settled.held]
    previous = wishes.previous
    told = previous.problems if previous else ()
    found = candidates(whole, settled.lines, previous.verdicts if previous else {})
    one = joined(whole, settled.lines, found)
    kept = _spelled_alike(whole, one.lines)
    known = _numbers(whole, kept) | _numbers(whole, rejected)
    latest, far = latest_event(whole, kept)
    origins = _accounts(whole, intakes, [*settled.superseded, *one.superseded], settled.held)
    owed = duties(whole, (intake.origin for intake in intakes), previous)
    out = {(row.table, row.key) for row in rejected}
    return Merged(
        tables=frames(whole, kept, engine),
        origins=origins,
        rejected=tuple(sorted(rejected, key=partial(_as_they_stand, whole))),
        conflicts=(*clashing, *settled.conflicts),
        problems=(*told, *(() if wishes.as_of else far), *_strays(whole, kept, known)),
        as_of=wishes.as_of or latest,
        candidates=found,
        changes=changes(whole, kept, previous, owed, out) if previous else None,
        duties=owed,
        money={s.table: tuple(c.name for c in s.columns if c.kind.name == "money") for s in whole.sheets},
    )


def _taken_in(files: Sequence[Found], contract: Callable[[], Contract], engine: Engine) -> list[Intake]:
    """Take in every file, in the order of their names, those sent again told apart."""
    made = zip(files, engine.each(partial(take_in, contract), files), strict=True)
    return sent_once(sorted((one or untaken(file) for file, one in made), key=lambda intake: intake.origin.file))


def _as_they_stand(contract: Contract, row: Rejected) -> tuple[str, int, Place]:
    """Sorts rows as the collector meets them: file by file, sheets in their order, from top to bottom."""
    return row.place.file, contract.sheets.index(contract.sheet(row.table)), row.place


def _preference(contract: Contract, wishes: Wishes) -> Preference:
    ranks = {office.name: rank for office in contract.offices if (rank := office.priority) is not None}
    return Preference(wishes.prefer, wishes.previous.choices if wishes.previous else {}, ranks)


def _waiting(contract: Contract, line: Line) -> Rejected:
    """A line that nobody has chosen yet, nor its other versions: it is listed, and not in any figure."""
    columns = contract.sheet(line.table).columns
    told = tuple((c.header, shown_cell(v)) for c, v in zip(columns, line.cells, strict=True) if v is not None)
    problem = Problem(codes.HELD, line.place)
    return Rejected(line.table, line.place, line.office, line.key, told, _fen(contract, line), (problem,))


def _accounts(
    contract: Contract, intakes: Iterable[Intake], superseded: Iterable[Line], held: Iterable[Line]
) -> tuple[Origin, ...]:
    """Move what other lines stand for, or what waits for a choice, out of what is accepted."""
    moved = {intake.origin.file: dict(intake.origin.counts) for intake in intakes}
    for where, lines in (("superseded", superseded), ("rejected", held)):
        for line in lines:
            one, counts = Amount(1, _fen(contract, line)), moved[line.place.file][line.table]
            rest = Amount(counts.accepted.rows - one.rows, counts.accepted.fen - one.fen)
            more = {where: getattr(counts, where).plus(one)}
            moved[line.place.file][line.table] = counts._replace(accepted=rest, **more)
    return tuple(replace(intake.origin, counts=moved[intake.origin.file]) for intake in intakes)


def _fen(contract: Contract, line: Line) -> int:
    columns = contract.sheet(line.table).columns
    return sum(
        int(value * 100)
        for column, value in zip(columns, line.cells, strict=True)
        if column.kind.name == "money" and value is not None
    )


def _references(contract: Contract) -> dict[str, list[tuple[int, str]]]:
    """Return where each table's lines name a number of another, and of which."""
    return {
        sheet.table: [(i, column.refers) for i, column in enumerate(sheet.columns) if column.refers]
        for sheet in contract.sheets
    }


def _numbers(contract: Contract, rows: Iterable[Line | Rejected]) -> set[tuple[str, str]]:
    """Return the numbers, by table and folded, that references may name."""
    named = {table for references in _references(contract).values() for _, table in references}
    return {(row.table, row.key[0]) for row in rows if row.table in named}


def _spelled_alike(contract: Contract, lines: Sequence[Line]) -> list[Line]:
    """Give every reference the spelling under which its number is registered (``cus1`` becomes ``CUS1``)."""
    first = {sheet.table: sheet.columns.index(sheet.key()[0]) for sheet in contract.sheets}
    references = _references(contract)
    named = {table for found in references.values() for _, table in found}
    spelled = {
        (line.table, line.key[0]): line.cells[first[line.table]] for line in reversed(lines) if line.table in named
    }
    alike = []
    for line in lines:
        own = first[line.table]
        better = {} if line.cells[own] else {own: line.key[0]}
        for i, table in references[line.table]:
            cell = line.cells[i]
            if cell and (number := spelled.get((table, shown_cell(cell).casefold()), cell)) != cell:
                better[i] = number
        cells = (better.get(i, cell) for i, cell in enumerate(line.cells))
        alike.append(line._replace(cells=tuple(cells)) if better else line)
    return alike


def _strays(contract: Contract, lines: Iterable[Line], known: set[tuple[str, str]]) -> list[Problem]:
    """References that no file answers; those lines are kept and counted."""
    references = _references(contract)
    found = [
        (line, i)
        for line in lines
        for i, table in references[line.table]
        if line.cells[i] and (table, shown_cell(line.cells[i]).casefold()) not in known
    ]
    return [
        Problem(codes.STRAY_EVERYWHERE, line.place, {"header": Word(header), "value": line.cells[i]})
        for line, i in sorted(found, key=lambda one: one[0].place)
        for header in [contract.sheet(line.table).columns[i].header]
    ]


def latest_event(contract: Contract, lines: Iterable[Line]) -> tuple[date | None, list[Problem]]:
    """Return the latest day on which something happened, and the days too far off to be believed."""
    events = {
        table: [i for i, c in enumerate(contract.sheet(table).columns) if c.event]
        for table in (sheet.table for sheet in contract.sheets)
    }
    first: dict[date, Line] = {}
    for line in lines:
        for i in events[line.table]:
            if line.cells[i] is not None:
                known = first.setdefault(_day(line.cells[i]), line)
                if known is not line and line.place < known.place:
                    first[_day(line.cells[i])] = line
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
    held = {table: _held(frame, merged.money.get(table, ())) for table, frame in merged.tables.items()}
    summed = totals(merged.origins)
    return all(counts.adds_up() for origin in merged.origins for counts in origin.counts.values()) and all(
        held[table] == counts.accepted for table, counts in summed.items()
    )


def _held(frame: Any, money: Iterable[str]) -> Amount:
    """Return the rows of a table and the money on them, reckoned where the table is."""
    import narwhals.stable.v2 as nw

    sums = (nw.col(name).sum().cast(nw.Int64).alias(name) for name in money)
    told = frame.select(nw.len().cast(nw.Int64).alias("rows"), *sums).collect(backend="pandas").to_native()
    rows, *fen = told.fillna(0).iloc[0]
    return Amount(int(rows), sum(map(int, fen)))
