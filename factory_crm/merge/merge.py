"""Merge many workbooks into one result: ``merge``, the function that everything else in this package serves."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from ..engine.engines import Engine
from ..engine.store import Store
from ..problems import codes
from ..problems.problem import Location
from ..reading.folder import WorkbookFile
from ..schema.workbook import WorkbookSchema
from ..validation.gc_pause import gc_paused
from .as_of import earliest, event_days, latest_event
from .changes import changes, submissions
from .conflicts import Prefer, Preference, Resolution, resolve_conflicts, shown_cell
from .duplicates import candidates
from .entity_merge import entity_merges, merge_entities
from .id_collisions import NewIds, as_written, id_collisions, qualify, renamed_ids
from .ingest import FileIntake, failed_intake, fen, ingest
from .partition import Partition, Split, partition_of, split
from .previous import Previous
from .record import Amount, Counts, Origin, Record, RejectedRecord
from .references import id_set, roles, spelled_alike, unknown_references
from .resubmissions import without_resubmissions
from .result import Conflict, DuplicateCandidate, MergeResult
from .tables import record_frames


@dataclass(frozen=True, slots=True)
class MergeOptions:
    """How a merge is to go about what is not in the files."""

    as_of: date | None = None
    prefer: Prefer = "latest"
    previous: Previous | None = None
    """The summary before: its decisions are obeyed, and what is different from it is told."""


@gc_paused()
def merge(
    files: Sequence[WorkbookFile],
    schema: WorkbookSchema,
    engine: Engine,
    *,
    as_of: date | None = None,
    options: MergeOptions | None = None,
) -> MergeResult:
    """Merge the files. The same files in any order give the same result."""
    options = options or MergeOptions(as_of)
    previous = options.previous
    files = sorted(files, key=lambda file: file.name)
    store = engine.store(partial(ingest, schema), files)
    intakes = without_resubmissions(
        [one or failed_intake(file) for file, one in zip(files, store.results, strict=True)]
    )
    central = _merge_central(schema, store, intakes, options)
    records, superseded, pending, conflicts = central.resolution
    rejected = [*central.rejected, *(_pending_row(schema, record) for record in pending)]
    latest, far = latest_event(
        earliest([event_days(central.partition.roles, records), *(some.days for some in central.splits)])
    )
    registered = id_set(central.partition.roles, [*records, *rejected])
    stray = unknown_references(
        schema, records, lambda *number: number not in registered and central.partition.doubtful(*number)
    )
    origins = _accounts(schema, intakes, superseded, pending)
    owed = submissions(schema, (intake.origin for intake in intakes), previous)
    out = {(row.table, row.key) for row in rejected}
    return MergeResult(
        tables=record_frames(schema, store, central.splits, records),
        origins=origins,
        rejected=tuple(sorted(rejected, key=partial(_source_order, schema))),
        conflicts=(*central.clashing, *conflicts),
        problems=(*(previous.problems if previous else ()), *(() if options.as_of else far), *stray),
        as_of=options.as_of or latest,
        candidates=central.candidates,
        changes=changes(schema, records, previous, owed, out) if previous else None,
        submissions=owed,
        money={sheet.table: tuple(sheet.columns[i].name for i in sheet.record_layout.money) for sheet in schema.sheets},
    )


class _CentralMerge(NamedTuple):
    """Records that depend on others, brought to the merging process and settled."""

    resolution: Resolution
    rejected: list[RejectedRecord]
    clashing: list[Conflict]
    candidates: tuple[DuplicateCandidate, ...]
    partition: Partition
    splits: list[Split]


def _merge_central(
    schema: WorkbookSchema, store: Store[Any], intakes: Sequence[FileIntake], options: MergeOptions
) -> _CentralMerge:
    """Collect the records that depend on others from the store, and settle them as if all records were here."""
    counted = [intake for intake in intakes if intake.origin.status == "merged"]
    rejected = [row for intake in counted for row in intake.rejected]
    customers = [record for intake in counted for record in intake.customers]  # all of them: they are compared
    numbers, clashing = id_collisions(schema, customers)
    settling = _settling(schema, intakes, numbers, options)
    settled = settling(customers)
    pairs = candidates(schema, settled.records, options.previous.verdicts if options.previous else {})
    joins = entity_merges(schema, pairs)
    among = partition_of(
        roles(schema),
        {intake.origin.file: intake.hashes for intake in counted},
        renamed=[*renamed_ids(numbers), *joins.renamed],
        elsewhere=((row.table, row.key[0]) for row in rejected),
        tables=schema.detail_titles() if options.previous else (),
    )
    sifted = [some for some in store.each(partial(split, among)) if some]
    settled = settled.plus(settling(record for some in sifted for record in some.records))
    one = merge_entities(schema, settled.records, joins)
    records, superseded = spelled_alike(among.roles, one.records), settled.superseded + one.superseded
    settled = settled._replace(records=records, superseded=superseded)
    return _CentralMerge(settled, rejected, clashing, pairs, among, sifted)


def _settling(
    schema: WorkbookSchema, intakes: Iterable[FileIntake], numbers: NewIds, options: MergeOptions
) -> Callable[[Iterable[Record]], Resolution]:
    """Return the function that resolves conflicts among records, given all records of each key."""
    modified = {intake.origin.file: intake.origin.modified for intake in intakes}
    preference = _preference(schema, options)
    return lambda records: resolve_conflicts(schema, qualify(schema, records, numbers), modified, preference)


def _source_order(schema: WorkbookSchema, row: RejectedRecord) -> tuple[str, int, Location]:
    """Return the sort key of a row: by file, by the order of the sheets, by row."""
    return row.location.file, schema.sheets.index(schema.sheet(row.table)), row.location


def _preference(schema: WorkbookSchema, options: MergeOptions) -> Preference:
    ranks = {office.name: rank for office in schema.offices if (rank := office.priority) is not None}
    return Preference(options.prefer, options.previous.choices if options.previous else {}, ranks)


def _pending_row(schema: WorkbookSchema, record: Record) -> RejectedRecord:
    """Return a record of an undecided conflict as a rejected row: it is listed and counts in no figure."""
    sheet = schema.sheet(record.table)
    written = zip(sheet.columns, as_written(sheet, record), strict=True)
    shown = tuple((column.header, shown_cell(cell)) for column, cell in written if cell is not None)
    problem = codes.PENDING(record.location).about(record.table)
    return RejectedRecord(
        record.table, record.location, record.office, record.key, shown, _fen(schema, record), (problem,)
    )


def _accounts(
    schema: WorkbookSchema, intakes: Iterable[FileIntake], superseded: Iterable[Record], pending: Iterable[Record]
) -> tuple[Origin, ...]:
    """Return the origins with superseded and pending records moved out of the accepted counts."""
    moved = {intake.origin.file: dict(intake.origin.counts) for intake in intakes}
    for where, records in (("superseded", superseded), ("rejected", pending)):
        for record in records:
            one, counts = Amount(1, _fen(schema, record)), moved[record.location.file][record.table]
            rest = Amount(counts.accepted.rows - one.rows, counts.accepted.fen - one.fen)
            more = {where: getattr(counts, where).plus(one)}
            moved[record.location.file][record.table] = counts._replace(accepted=rest, **more)
    return tuple(replace(intake.origin, counts=moved[intake.origin.file]) for intake in intakes)


def _fen(schema: WorkbookSchema, record: Record) -> int:
    return fen(record.cells, schema.sheet(record.table).record_layout.money)


def totals(origins: Iterable[Origin]) -> dict[str, Counts]:
    """Return the summed counts of all files, by table."""
    summed: dict[str, Counts] = {}
    for origin in origins:
        for table, counts in origin.counts.items():
            summed[table] = summed.get(table, Counts()).plus(counts)
    return summed


def reconciles(merged: MergeResult) -> bool:
    """Whether every row and every fen that was read is accepted, rejected or superseded, and the tables hold the accepted."""
    amounts = {table: _frame_amount(frame, merged.money.get(table, ())) for table, frame in merged.tables.items()}
    summed = totals(merged.origins)
    return all(counts.adds_up() for origin in merged.origins for counts in origin.counts.values()) and all(
        amounts[table] == counts.accepted for table, counts in summed.items()
    )


def _frame_amount(frame: Any, money: Iterable[str]) -> Amount:
    """Return the row count and the sum of money of a table, computed by the engine that holds it."""
    import narwhals.stable.v2 as nw

    sums = (nw.col(name).sum().cast(nw.Int64).alias(name) for name in money)
    sums_row = frame.select(nw.len().cast(nw.Int64).alias("rows"), *sums).collect(backend="pandas").to_native()
    rows, *fen = sums_row.fillna(0).iloc[0]
    return Amount(int(rows), sum(map(int, fen)))
