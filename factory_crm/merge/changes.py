"""Compare a merge with the previous summary: new, changed and vanished records, alarms, missing submissions."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

from ..i18n.translate import LazyText
from ..problems import codes
from ..problems.problem import Location, Problem
from ..schema.column import Column
from ..schema.model import Sheet
from ..schema.workbook import WorkbookSchema
from .conflicts import key_text, shown_cell
from .previous import Previous, RecordKey
from .record import Origin, Record
from .result import RecordChange, RecordChanges, Submission

_UNUSUAL, _ENOUGH = 0.3, 10
"""Share of the lines, filled both times, whose cell in one column changed at once; and how many such lines tell anything."""
_SAME_CONTENT = 0.8
_MARK = 4
"""Hex digits of a mark: enough to see a change, too few to find a phone number by trying."""


def column_mark(number: str, column: str, text: str) -> str:
    """Return the mark of a customer's cell: it changes with the text and does not tell it."""
    return hashlib.sha256(f"{number}\x1f{column}\x1f{text}".encode()).hexdigest()[:_MARK] if text else ""


def marked_columns(sheet: type[Sheet]) -> list[Column]:
    """Return the columns of a customer that are marked."""
    return [column for column in sheet.columns if not (column.key or column.automatic)]


def changes(
    schema: WorkbookSchema,
    records: Sequence[Record],
    previous: Previous,
    submissions: Iterable[Submission],
    left_out: Collection[tuple[str, RecordKey]] = (),
) -> RecordChanges:
    """Compare the lines that count with those of the summary before; ``left_out`` are there and do not count."""
    record_changes: list[RecordChange] = []
    compared: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for sheet in schema.sheets:
        of_table = [record for record in records if record.table == sheet.table]
        if sheet.is_entity:
            before: dict[RecordKey, Mapping[str, str]] = {
                (number.casefold(),): texts for number, texts in previous.marks.items()
            }
            record_changes += _compared(sheet, of_table, before, compared, marks=True)
        elif sheet.detail_title:
            record_changes += _compared(sheet, of_table, previous.records.get(sheet.table, {}), compared, marks=False)
    alarms = [alarm for key, cells in sorted(compared.items()) if (alarm := _alarm(schema, key, cells))]
    missing = [
        codes.OFFICE_MISSING(Location(previous.name), office=submission.office, rows=rows)
        for submission in submissions
        if not submission.sent and (rows := previous.offices.get(submission.office, 0))
    ]
    shown_changes = (
        c._replace(kind="out") if c.kind == "vanished" and (c.table, c.parts) in left_out else c for c in record_changes
    )
    return RecordChanges(previous.name, tuple(shown_changes), (*missing, *alarms))


def _compared(
    sheet: type[Sheet],
    records: Iterable[Record],
    before: Mapping[RecordKey, Mapping[str, str]],
    compared: dict[tuple[str, str], list[tuple[str, str]]],
    *,
    marks: bool,
) -> Iterator[RecordChange]:
    seen: set[RecordKey] = set()
    columns = [(i, c) for c in sheet.columns if not (c.key or c.automatic) for i in [sheet.record_layout.index[c.name]]]
    for record in sorted(records, key=lambda record: (record.key, record.location)):
        seen.add(record.key)
        key = key_text(sheet, record)
        old = before.get(record.key)
        if old is None:
            yield RecordChange(sheet.table, "new", key, record.location)
            continue
        changed: list[tuple[Column, str, str]] = []
        for i, column in columns:
            text = shown_cell(record.cells[i])
            now = column_mark(record.key[0], column.name, text) if marks else text
            was = old.get(column.name, "")
            if was and now:
                compared[sheet.table, column.name].append((_plain(was), _plain(now)))
            if _plain(was) != _plain(now):
                changed.append((column, was, text))
        if changed:
            headers, befores, afters = zip(*((column.header, was, now) for column, was, now in changed), strict=True)
            shown_befores = tuple(None if was else "" for was in befores) if marks else befores
            yield RecordChange(sheet.table, "changed", key, record.location, headers, shown_befores, afters)
    for gone, old in sorted(before.items()):
        if gone not in seen:
            named = [old.get(column.name) or part for column, part in zip(sheet.key(), gone, strict=False)]
            yield RecordChange(sheet.table, "vanished", " + ".join(named), None, parts=gone)


def _plain(text: str) -> str:
    """Return a text as it is compared: ``2.50`` is ``2.5``, and blanks don't count."""
    compact = "".join(text.split())
    if "." in compact and compact.replace(".", "", 1).lstrip("-").isdigit():
        return compact.rstrip("0").rstrip(".")
    return compact


def _alarm(schema: WorkbookSchema, key: tuple[str, str], cells: Sequence[tuple[str, str]]) -> Problem | None:
    """An unusual share of a column changed at once. Steps and states change all the time; days and names do not."""
    sheet = schema.sheet(key[0])
    column = sheet.column(key[1])
    changed = [(was, now) for was, now in cells if was != now]
    if len(cells) < _ENOUGH or len(changed) < _UNUSUAL * len(cells):
        return None
    were, are = Counter(was for was, _ in changed), Counter(now for _, now in changed)
    shuffled = not sheet.is_entity and (were & are).total() >= _SAME_CONTENT * len(changed)
    if column.choices and not shuffled:
        return None
    location, title, header = Location(sheet.title), LazyText(sheet.title), LazyText(column.header)
    if shuffled:
        return codes.ONLY_SORTED(location, title=title, header=header, changed=len(changed))
    return codes.ALL_CHANGED(location, title=title, header=header, changed=len(changed), compared=len(cells))


def submissions(schema: WorkbookSchema, origins: Iterable[Origin], previous: Previous | None) -> tuple[Submission, ...]:
    """Return who was expected or has handed in: those of the summary before, of factory.toml, and of the files."""
    by_office = {office: Submission(office) for office in (*_named(schema), *(previous.offices if previous else ()))}
    for origin in origins:
        if origin.status == "skipped":
            continue
        office = origin.office or _guessed(origin.file, by_office)
        submission = by_office.get(office, Submission(office))
        counts = origin.counts.values()
        merged = origin.status == "merged"
        by_office[office] = submission._replace(
            files=(*submission.files, origin.file),
            period=origin.period if merged else submission.period,
            read=submission.read + (sum(c.read.rows for c in counts) if merged else 0),
            rejected=submission.rejected + (sum(c.rejected.rows for c in counts) if merged else 0),
            unreadable=(submission.unreadable or not submission.files) and origin.status == "unreadable",
        )
    return tuple(sorted(by_office.values(), key=lambda submission: (submission.sent, submission.office)))


def _named(schema: WorkbookSchema) -> list[str]:
    return [office.name for office in schema.offices]


def _guessed(file: str, offices: Iterable[str]) -> str:
    """Return whose file it is where it does not say so: the office whose name stands in its name, else the file's name."""
    stem = PurePath(file).stem
    return max((office for office in offices if office and office in file), key=len, default=stem)
