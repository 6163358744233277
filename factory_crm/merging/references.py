"""Numbers of one table in lines of another: who names whom, under which spelling, and who names nobody."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from .. import codes
from ..contract.contract import Contract
from ..problems import Problem
from ..words import Word
from .conflicts import shown_cell
from .lines import Line, Rejected


class Roles(NamedTuple):
    """What the cells of a table's lines are to other lines: where they stand. It is plain, so that workers may have it."""

    own: int
    """Its own number."""
    named: bool
    """Whether another table's lines name it."""
    references: tuple[tuple[int, str], ...]
    """The numbers of others, and of which table."""
    events: tuple[int, ...]
    """The days on which something happened."""


class Number(NamedTuple):
    """A number as a line has it."""

    table: str
    folded: str
    spelled: str


def roles(contract: Contract) -> dict[str, Roles]:
    """Return the roles of every table's columns."""
    named = {column.refers for sheet in contract.sheets for column in sheet.columns}
    return {
        sheet.table: Roles(
            sheet.columns.index(sheet.key()[0]),
            sheet.table in named,
            tuple((i, column.refers) for i, column in enumerate(sheet.columns) if column.refers),
            tuple(i for i, column in enumerate(sheet.columns) if column.event),
        )
        for sheet in contract.sheets
    }


def registered(line: Line, role: Roles) -> Iterator[Number]:
    """Yield the number that a line registers, where others may name it."""
    if role.named:
        yield Number(line.table, line.key[0], shown_cell(line.cells[role.own]) or line.key[0])


def named(line: Line, role: Roles) -> Iterator[Number]:
    """Yield the numbers of others that a line names."""
    for i, table in role.references:
        if text := shown_cell(line.cells[i]):
            yield Number(table, text.casefold(), text)


def known_numbers(every: Mapping[str, Roles], rows: Iterable[Line | Rejected]) -> set[tuple[str, str]]:
    """Return the numbers, by table and folded, that references may name."""
    return {(row.table, row.key[0]) for row in rows if every[row.table].named}


def spelled_alike(every: Mapping[str, Roles], lines: Sequence[Line]) -> list[Line]:
    """Give every reference the spelling under which its number is registered (``cus1`` becomes ``CUS1``)."""
    spelled = {
        (one.table, one.folded): one.spelled for line in reversed(lines) for one in registered(line, every[line.table])
    }
    alike = []
    for line in lines:
        cells = list(line.cells)
        for i, table in every[line.table].references:
            text = shown_cell(cells[i])
            if text and (number := spelled.get((table, text.casefold()), text)) != text:
                cells[i] = number
        alike.append(line._replace(cells=tuple(cells)))
    return alike


def strays(contract: Contract, lines: Iterable[Line], unknown: Callable[[str, str], bool]) -> list[Problem]:
    """References that no file answers; those lines are kept and counted. ``unknown`` tells of a table and a folded number."""
    every = roles(contract)
    found = [
        (line, i)
        for line in lines
        for i, table in every[line.table].references
        if (text := shown_cell(line.cells[i])) and unknown(table, text.casefold())
    ]
    return [
        Problem(codes.STRAY_EVERYWHERE, line.place, {"header": Word(header), "value": line.cells[i]})
        for line, i in sorted(found, key=lambda one: one[0].place)
        for header in [contract.sheet(line.table).columns[i].header]
    ]
