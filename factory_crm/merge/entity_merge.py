"""Merge entities that people confirmed as one: an id is replaced by the other wherever it is referenced."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..schema.workbook import WorkbookSchema
from .conflicts import shown_cell
from .record import Record
from .result import DuplicateCandidate


class EntityMerges(NamedTuple):
    """Which number of a customer becomes which, both folded."""

    table: str = ""
    becomes: Mapping[str, str] = {}
    spelled: Mapping[str, str] = {}
    """How the kept ones are spelled."""

    @property
    def renamed(self) -> list[tuple[str, str]]:
        """Return the numbers, by table, that go or take others in."""
        return [(self.table, number) for number in {*self.becomes, *self.becomes.values()}]

    def end(self, number: str) -> str:
        """Return what a number becomes in the end."""
        while number in self.becomes:
            number = self.becomes[number]
        return number


def entity_merges(schema: WorkbookSchema, candidates: Iterable[DuplicateCandidate]) -> EntityMerges:
    """Return what people's verdicts come to; where they go round in circles, the earlier ones hold."""
    becomes: dict[str, str] = {}
    joins = EntityMerges(schema.entity.table if schema.entity else "", becomes, spelled := {})
    for one in sorted(candidates, key=lambda one: (one.first.number, one.second.number)):
        survivor, gone = (one.first, one.second) if one.verdict == "first" else (one.second, one.first)
        if one.verdict in ("first", "second"):
            target = joins.end(survivor.number.casefold())
            if target != gone.number.casefold() and gone.number.casefold() not in becomes:
                becomes[gone.number.casefold()] = target
                spelled[survivor.number.casefold()] = survivor.number
    return joins


class MergedRecords(NamedTuple):
    """The lines after what people said of duplicates, and the customers' lines that another one now stands for."""

    records: list[Record]
    superseded: list[Record]


def merge_entities(schema: WorkbookSchema, records: Sequence[Record], joins: EntityMerges) -> MergedRecords:
    """Make one of what people said is one company: the other number's line goes, references to it take the kept one."""
    if not joins.becomes:
        return MergedRecords(list(records), [])
    own = schema.sheet(joins.table).record_layout.id
    spelled = {
        **joins.spelled,
        **{record.key[0]: shown_cell(record.cells[own]) for record in records if record.table == joins.table},
    }
    stays: list[Record] = []
    gone: list[Record] = []
    for record in records:
        (gone if record.table == joins.table and record.key[0] in joins.becomes else stays).append(record)
    at = {sheet.table: sheet.record_layout.references_to(joins.table) for sheet in schema.sheets}
    return MergedRecords([_moved(record, at[record.table], joins, spelled) for record in stays], gone)


def _moved(record: Record, at: Iterable[int], joins: EntityMerges, spelled: Mapping[str, str]) -> Record:
    cells = list(record.cells)
    for i in at:
        number = shown_cell(cells[i]).casefold()
        if number in joins.becomes:
            end = joins.end(number)
            cells[i] = spelled.get(end, end)
    return record._replace(cells=tuple(cells))
