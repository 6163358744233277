"""References between tables: registered ids, referenced ids, their spelling, and ids that nobody registers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..i18n.translate import LazyText
from ..problems import codes
from ..problems.problem import Problem
from ..schema.record_layout import RecordLayout
from ..schema.workbook import WorkbookSchema
from .conflicts import shown_cell
from .record import Record, RejectedRecord


class ColumnRoles(NamedTuple):
    """How the records of a table refer to others and are referred to; plain values, for workers."""

    layout: RecordLayout
    named: bool
    """Whether records of another table name its records."""


class ReferencedId(NamedTuple):
    """A number as a line has it."""

    table: str
    normalized: str
    spelled: str


def roles(schema: WorkbookSchema) -> dict[str, ColumnRoles]:
    """Return the roles of every table's columns."""
    named = {column.references for sheet in schema.sheets for column in sheet.columns}
    return {sheet.table: ColumnRoles(sheet.record_layout, sheet.table in named) for sheet in schema.sheets}


def registered_ids(record: Record, role: ColumnRoles) -> Iterator[ReferencedId]:
    """Yield the number that a line registers, where others may name it."""
    if role.named:
        yield ReferencedId(record.table, record.key[0], shown_cell(record.cells[role.layout.id]) or record.key[0])


def referenced_ids(record: Record, role: ColumnRoles) -> Iterator[ReferencedId]:
    """Yield the numbers of others that a line names."""
    for i, table in role.layout.references:
        if text := shown_cell(record.cells[i]):
            yield ReferencedId(table, text.casefold(), text)


def id_set(every: Mapping[str, ColumnRoles], rows: Iterable[Record | RejectedRecord]) -> set[tuple[str, str]]:
    """Return the numbers, by table and folded, that references may name."""
    return {(row.table, row.key[0]) for row in rows if every[row.table].named}


def spelled_alike(every: Mapping[str, ColumnRoles], records: Sequence[Record]) -> list[Record]:
    """Give every reference the spelling under which its number is registered (``cus1`` becomes ``CUS1``)."""
    spelled = {
        (one.table, one.normalized): one.spelled
        for record in reversed(records)
        for one in registered_ids(record, every[record.table])
    }
    alike = []
    for record in records:
        cells = list(record.cells)
        for i, table in every[record.table].layout.references:
            text = shown_cell(cells[i])
            if text and (number := spelled.get((table, text.casefold()), text)) != text:
                cells[i] = number
        alike.append(record._replace(cells=tuple(cells)))
    return alike


def unknown_references(
    schema: WorkbookSchema, records: Iterable[Record], unknown: Callable[[str, str], bool]
) -> list[Problem]:
    """References that no file answers; those lines are kept and counted. ``unknown`` tells of a table and a folded number."""
    every = roles(schema)
    unknown_ids = [
        (record, i)
        for record in records
        for i, table in every[record.table].layout.references
        if (text := shown_cell(record.cells[i])) and unknown(table, text.casefold())
    ]
    return [
        codes.UNKNOWN_IN_ALL_FILES(record.location, header=LazyText(column.header), value=record.cells[i]).about(
            record.table, column.name, tuple(record.cells[at] for at in every[record.table].layout.key)
        )
        for record, i in sorted(unknown_ids, key=lambda one: one[0].location)
        for column in [schema.sheet(record.table).columns[i]]
    ]
