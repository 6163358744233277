"""One workbook, checked whole: the public way in."""

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from .. import codes
from ..codes import Code
from ..contract.contract import Contract
from ..contract.layout import CARD_TABLE, SEARCHED_ROWS
from ..contract.marks import own_sheets
from ..contract.sheet import Sheet
from ..contract.stamp import Stamp
from ..problems import Place, Problem
from ..reading.access import Access
from ..reading.grid import GridRow
from ..reading.headers import Layout, find_layout, find_sheets, guess_table, likely_columns, maybe
from ..reading.limits import limits_of
from ..reading.opening import Refused, Source, open_source
from ..words import Listed, Word
from . import findings, keys
from .cover import Cover, read_cover
from .keys import Checked
from .quality import Quality
from .rows import Row, RowChecker
from .stamps import read_stamp
from .sweeping import unswept

_PASSED_OVER = (codes.LOCK_FILE, codes.EARLIER_COPY, codes.MARKED_COPY, codes.REPLACED, codes.LINK_OUTSIDE)
_ANYWHERE = Access()
_BATCH = 100  # rows are read and judged by turns, which costs less than one by one


class Book(NamedTuple):
    """A checked workbook. One that can't be read has a file problem and no sheets."""

    path: str
    sheets: Mapping[str, Checked] = {}
    """By table."""
    problems: tuple[Problem, ...] = ()
    """In the order of sheets, rows and columns."""
    cover: Cover = Cover()
    stamp: Stamp | None = None
    sha256: str = ""
    modified: str = ""
    """The workbook's own time of saving, ISO, UTC; empty where it says none."""
    application: str = ""

    @property
    def readable(self) -> bool:
        """Whether it could be read as a workbook of ours."""
        return bool(self.sheets)

    @property
    def rows(self) -> int:
        """How many records were read."""
        return sum(len(checked.rows) for checked in self.sheets.values())

    @property
    def ours(self) -> bool:
        """Whether it is one of our own outputs, which is never input."""
        return self.stamp is not None and self.stamp.kind != "template"

    @property
    def quality(self) -> Quality:
        """How well it is filled in."""
        sheets = self.sheets.values()
        return Quality(sum(c.wanted for c in sheets), sum(c.blanks for c in sheets), self.rows, len(self.problems))

    @property
    def skipped(self) -> bool:
        """Whether it is no input at all: an output of ours, or what a program leaves beside an open workbook."""
        return self.ours or any(problem.code in _PASSED_OVER for problem in self.problems)


@unswept(lasting=True)
def check_book(path: str | Path, contract: Contract, *, name: str = "", access: Access = _ANYWHERE) -> Book:
    """Read and check one workbook; it never raises for what a file holds. ``name`` is what messages call it."""
    name = name or Path(path).name
    if codes.EARLIER in name:
        return Book(name, problems=(Problem(codes.EARLIER_COPY, Place(name)),))
    try:
        with open_source(path, limits_of(contract.caps), access) as source:
            return _checked(source, name, contract)
    except Refused as refused:
        return Book(name, problems=(refused.problem._replace(place=Place(name)),))


def _checked(source: Source, name: str, contract: Contract) -> Book:
    book = Book(
        name,
        stamp=read_stamp(source),
        sha256=source.sha256,
        application=source.application,
        modified=source.modified.isoformat() if source.modified else "",
    )
    if book.ours:
        return book
    found, doubled = _sheets(source, name, contract)
    cover, cover_problems = read_cover(source, found.pop(contract.cover.table, ""), name, contract)
    if not found:
        titles = Listed(sheet.title for sheet in contract.sheets)
        return book._replace(problems=(Problem(codes.NO_KNOWN_SHEET, Place(name), {"titles": titles}),))
    problems: list[Problem] = [*findings.of_file(source, name), *doubled]
    sheets: dict[str, Checked] = {}
    for sheet in contract.sheets:
        checked, noted = _sheet(source, found.get(sheet.table, ""), sheet, name, contract, sheets)
        problems += noted
        if checked:
            sheets[sheet.table] = checked
    if any(checked.rows for checked in sheets.values()):  # what nobody has begun to fill in lacks nothing yet
        problems += cover_problems
        problems += _lacking(contract, book, found)
    sheets, across = _across(contract, sheets)
    order = {title: i for i, title in enumerate(found[s.table] for s in contract.sheets if s.table in found)}
    problems = sorted([*problems, *across], key=lambda p: (order.get(p.place.sheet, -1), p.place.row, p.place.column))
    return book._replace(sheets=sheets, problems=tuple(problems), cover=cover)


def _sheets(source: Source, file: str, contract: Contract) -> tuple[dict[str, str], list[Problem]]:
    """Which sheet holds which table, by its name, else by its headers; and those that nobody would read."""
    ours = own_sheets(source.names).values()
    sheets = [info for info in source.sheets if info.name not in ours]
    found = find_sheets(contract, [info.name for info in sheets])
    doubled: list[Problem] = []
    for info in sheets:
        if info.name in found.values():
            continue
        head = list(islice(source.grid(info.name).rows(), SEARCHED_ROWS))
        if table := guess_table(contract, head, found):
            found[table] = info.name
        elif (table := guess_table(contract, head, ())) and _begun(head, contract.sheet(table)):
            facts = {"sheet": info.name, "title": Word(contract.sheet(table).title), "first": found[table]}
            doubled.append(Problem(codes.SHEET_DOUBLED, Place(file, info.name), facts))
    return found, doubled


def _begun(head: list[GridRow], sheet: type[Sheet]) -> bool:
    layout = find_layout(head, sheet)
    return layout is not None and any(row.number > layout.header_row for row in head)


def _sheet(
    source: Source, title: str, sheet: type[Sheet], file: str, contract: Contract, before: Mapping[str, Checked]
) -> tuple[Checked | None, list[Problem]]:
    """Check one sheet row by row, streaming."""
    if not title:
        missing = Problem(codes.SHEET_MISSING, Place(file), {"title": Word(sheet.title)})
        return None, [] if sheet.optional else [missing]
    place = Place(file, title)
    grid = source.grid(title)
    rows = grid.rows()
    head = list(islice(rows, SEARCHED_ROWS))
    layout = find_layout(head, sheet)
    if layout is None:
        if not head:
            return None, []
        facts = {"title": title, "headers": Listed(column.header for column in sheet.columns if column.required)}
        return None, [Problem(codes.HEADER_MISSING, place._replace(row=head[0].number), facts)]
    checker = RowChecker(contract, sheet, layout, place, _presumed(sheet, before))
    below = [row for row in head if row.number > layout.header_row]
    checked, problems = _rows(checker, chain(below, rows))
    if checked or not checker.lacking:
        problems = [*_header_problems(sheet, layout, place, has_rows=bool(checked)), *checker.lacking, *problems]
    whole = Checked(sheet, layout, place, tuple(checked), len(checked) * checker.wanted, checker.blanks)
    return whole, [*problems, *findings.of_sheet(grid, whole)]


def _lacking(contract: Contract, book: Book, found: Mapping[str, str]) -> list[Problem]:
    """One word about all the sheets that may be lacking, and are; a template of another edition never had them."""
    other = book.stamp is not None and book.stamp.fingerprint != contract.fingerprint
    titles = Listed(Word(sheet.title) for sheet in contract.sheets if sheet.optional and sheet.table not in found)
    return [Problem(codes.SHEETS_MISSING, Place(book.path), {"titles": titles})] if titles and not other else []


def _rows(checker: RowChecker, rows: Iterator[GridRow]) -> tuple[list[Row], list[Problem]]:
    checked: list[Row] = []
    problems: list[Problem] = []
    while batch := list(islice(rows, _BATCH)):
        records, told = checker.check(batch)
        checked += records
        problems += told
    return checked, problems


def _presumed(sheet: type[Sheet], before: Mapping[str, Checked]) -> dict[str, str]:
    """What a blank reference means: in a workbook with exactly one customer, that customer."""
    presumed = {}
    for column in sheet.columns:
        target = before.get(column.refers)
        if target and column.refers == CARD_TABLE and not column.may_be_blank and len(target.rows) == 1:
            number = target.value(target.rows[0], target.sheet.key()[0].name)
            if number is not None:
                presumed[column.name] = number
    return presumed


def _header_problems(sheet: type[Sheet], layout: Layout, place: Place, *, has_rows: bool) -> Iterator[Problem]:
    def at(position: int, code: Code, **facts: Any) -> Problem:
        return Problem(code, place._replace(row=layout.header_row, column=position), facts)

    for position in layout.doubled:
        yield at(position, codes.COLUMN_DOUBLED, header=layout.headers[position])
    meant = likely_columns(layout, sheet)
    for position in layout.unknown:
        column = meant.get(position)
        if column is None or not column.required:  # what is probably a required one is told as missing
            hint = {"hint": maybe(layout.headers[position], column)} if column else {}
            yield at(position, codes.COLUMN_UNKNOWN, header=layout.headers[position], **hint)
    told = {column.name for column in meant.values()}
    lacking = [column for column in layout.missing(sheet) if column.expected and column.name not in told]
    if lacking and has_rows:
        yield at(
            0,
            codes.COLUMNS_MISSING,
            title=place.sheet,
            headers=Listed(column.header for column in lacking),
            costs=Listed(column.expected for column in lacking),
        )


def _across(contract: Contract, sheets: Mapping[str, Checked]) -> tuple[dict[str, Checked], list[Problem]]:
    """What only shows across rows and sheets; a row with a repeated key is rejected for it."""
    folds = {table: keys.Folds(checked) for table, checked in sheets.items()}
    judged: dict[str, Checked] = {}
    problems: list[Problem] = []
    for table, own in folds.items():
        repeats = list(keys.repeated(own))
        problems += [problem for _, problem in repeats]
        problems += [*keys.disagreeing(own), *keys.strays(contract, own, folds)]
        problems += [*keys.stray_lines(contract, own, folds), *keys.overwritten_echoes(own, folds)]
        rejected = {row.number: problem for row, problem in repeats if problem.code.rejects}
        judged[table] = _rejecting(sheets[table], rejected)
    return judged, problems


def _rejecting(checked: Checked, repeats: Mapping[int, Problem]) -> Checked:
    if not repeats:
        return checked
    rows = tuple(
        row._replace(rejected_for=(*row.rejected_for, repeats[row.number])) if row.number in repeats else row
        for row in checked.rows
    )
    return checked._replace(rows=rows)
