"""Many workbooks to one account: the public way in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from .. import codes
from ..checking.sweeping import unswept
from ..contract.contract import Contract
from ..engines import Engine
from ..keeping import Kept
from ..problems import Place, Problem
from ..reading.folder import Found
from .changes import changes, duties
from .clashes import Numbers, as_written, clashes, qualify, renamed
from .conflicts import Prefer, Preference, Settled, settle, shown_cell
from .duplicates import candidates
from .events import earliest, event_days, latest_event
from .frames import frames
from .intake import Intake, fen, money_of, take_in, untaken
from .joins import joined, joins_of
from .lines import Amount, Counts, Line, Origin, Rejected
from .merged import Candidate, Conflict, Merged
from .previous import DETAILS, Previous
from .references import known_numbers, roles, spelled_alike, strays
from .sharing import Shared, Sifted, shared, sift
from .versions import sent_once


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a merge is to go about what is not in the files."""

    as_of: date | None = None
    prefer: Prefer = "latest"
    previous: Previous | None = None
    """The summary before: its decisions are obeyed, and what is different from it is told."""


@unswept()
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
    previous = wishes.previous
    files = sorted(files, key=lambda file: file.name)
    kept = engine.keep(partial(take_in, contract), files)
    intakes = sent_once([one or untaken(file) for file, one in zip(files, kept.told, strict=True)])
    come = _together(whole, kept, intakes, wishes)
    lines, superseded, held, conflicts = come.settled
    rejected = [*come.rejected, *(_waiting(whole, line) for line in held)]
    latest, far = latest_event(earliest([event_days(come.shared.roles, lines), *(some.days for some in come.sifted)]))
    known = known_numbers(come.shared.roles, [*lines, *rejected])
    stray = strays(whole, lines, lambda *number: number not in known and come.shared.doubtful(*number))
    origins = _accounts(whole, intakes, superseded, held)
    owed = duties(whole, (intake.origin for intake in intakes), previous)
    out = {(row.table, row.key) for row in rejected}
    return Merged(
        tables=frames(whole, kept, come.sifted, lines),
        origins=origins,
        rejected=tuple(sorted(rejected, key=partial(_as_they_stand, whole))),
        conflicts=(*come.clashing, *conflicts),
        problems=(*(previous.problems if previous else ()), *(() if wishes.as_of else far), *stray),
        as_of=wishes.as_of or latest,
        candidates=come.candidates,
        changes=changes(whole, lines, previous, owed, out) if previous else None,
        duties=owed,
        money={sheet.table: tuple(sheet.columns[i].name for i in money_of(sheet)) for sheet in whole.sheets},
    )


class _Together(NamedTuple):
    """What came to the merging process, settled."""

    settled: Settled
    rejected: list[Rejected]
    clashing: list[Conflict]
    candidates: tuple[Candidate, ...]
    shared: Shared
    sifted: list[Sifted]


def _together(contract: Contract, kept: Kept[Any], intakes: Sequence[Intake], wishes: Wishes) -> _Together:
    """Have come what something else bears upon, and settle it as if everything had."""
    counted = [intake for intake in intakes if intake.origin.status == "merged"]
    rejected = [row for intake in counted for row in intake.rejected]
    customers = [line for intake in counted for line in intake.customers]  # all of them: they are compared
    numbers, clashing = clashes(contract, customers)
    settling = _settling(contract, intakes, numbers, wishes)
    settled = settling(customers)
    found = candidates(contract, settled.lines, wishes.previous.verdicts if wishes.previous else {})
    joins = joins_of(contract, found)
    among = shared(
        roles(contract),
        {intake.origin.file: intake.hashes for intake in counted},
        renamed=[*renamed(numbers), *joins.renamed],
        elsewhere=((row.table, row.key[0]) for row in rejected),
        tables=DETAILS if wishes.previous else (),
    )
    sifted = [some for some in kept.each(partial(sift, among)) if some]
    settled = settled.plus(settling(line for some in sifted for line in some.lines))
    one = joined(contract, settled.lines, joins)
    lines, superseded = spelled_alike(among.roles, one.lines), settled.superseded + one.superseded
    settled = settled._replace(lines=lines, superseded=superseded)
    return _Together(settled, rejected, clashing, found, among, sifted)


def _settling(
    contract: Contract, intakes: Iterable[Intake], numbers: Numbers, wishes: Wishes
) -> Callable[[Iterable[Line]], Settled]:
    """Return what settles lines among which every key has all of its lines."""
    modified = {intake.origin.file: intake.origin.modified for intake in intakes}
    preference = _preference(contract, wishes)
    return lambda lines: settle(contract, qualify(contract, lines, numbers), modified, preference)


def _as_they_stand(contract: Contract, row: Rejected) -> tuple[str, int, Place]:
    """Sorts rows as the collector meets them: file by file, sheets in their order, from top to bottom."""
    return row.place.file, contract.sheets.index(contract.sheet(row.table)), row.place


def _preference(contract: Contract, wishes: Wishes) -> Preference:
    ranks = {office.name: rank for office in contract.offices if (rank := office.priority) is not None}
    return Preference(wishes.prefer, wishes.previous.choices if wishes.previous else {}, ranks)


def _waiting(contract: Contract, line: Line) -> Rejected:
    """A line that nobody has chosen yet, nor its other versions: it is listed, and not in any figure."""
    sheet = contract.sheet(line.table)
    written = zip(sheet.columns, as_written(sheet, line), strict=True)
    told = tuple((column.header, shown_cell(cell)) for column, cell in written if cell is not None)
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
    return fen(line.cells, money_of(contract.sheet(line.table)))


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
