"""What people said is one company is made one: one number goes, and all that named it names the other."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..contract.contract import Contract
from .conflicts import shown_cell
from .lines import Line
from .merged import Candidate


class Joins(NamedTuple):
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


def joins_of(contract: Contract, found: Iterable[Candidate]) -> Joins:
    """Return what people's verdicts come to; where they go round in circles, the earlier ones hold."""
    becomes: dict[str, str] = {}
    joins = Joins(next((sheet.table for sheet in contract.sheets if sheet.label), ""), becomes, spelled := {})
    for one in sorted(found, key=lambda one: (one.first.number, one.second.number)):
        kept, gone = (one.first, one.second) if one.verdict == "first" else (one.second, one.first)
        if one.verdict in ("first", "second"):
            target = joins.end(kept.number.casefold())
            if target != gone.number.casefold() and gone.number.casefold() not in becomes:
                becomes[gone.number.casefold()] = target
                spelled[kept.number.casefold()] = kept.number
    return joins


class Joined(NamedTuple):
    """The lines after what people said of duplicates, and the customers' lines that another one now stands for."""

    lines: list[Line]
    superseded: list[Line]


def joined(contract: Contract, lines: Sequence[Line], joins: Joins) -> Joined:
    """Make one of what people said is one company: the other number's line goes, references to it take the kept one."""
    if not joins.becomes:
        return Joined(list(lines), [])
    spelled = {
        **joins.spelled,
        **{line.key[0]: shown_cell(line.cells[0]) for line in lines if line.table == joins.table},
    }
    stays: list[Line] = []
    gone: list[Line] = []
    for line in lines:
        (gone if line.table == joins.table and line.key[0] in joins.becomes else stays).append(line)
    at = {
        sheet.table: [i for i, column in enumerate(sheet.columns) if column.refers == joins.table]
        for sheet in contract.sheets
    }
    return Joined([_moved(line, at[line.table], joins, spelled) for line in stays], gone)


def _moved(line: Line, at: Iterable[int], joins: Joins, spelled: Mapping[str, str]) -> Line:
    cells = list(line.cells)
    for i in at:
        number = shown_cell(cells[i]).casefold()
        if number in joins.becomes:
            end = joins.end(number)
            cells[i] = spelled.get(end, end)
    return line._replace(cells=tuple(cells))
