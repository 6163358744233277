"""Validate one workbook: read its sheets, check rows, keys and references, and return every problem at its cell."""

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from ..i18n.translate import LazyText, TextList
from ..problems import codes
from ..problems.problem import Location, Problem
from ..reading.access import Access
from ..reading.grid import GridRow
from ..reading.guard import Refused
from ..reading.headers import find_layout, find_sheets, guess_table, likely_columns, might_mean
from ..reading.limits import reader_limits
from ..reading.opening import open_workbook
from ..reading.reader import WorkbookReader
from ..schema.copy_mark import own_sheets
from ..schema.layout import SEARCHED_ROWS
from ..schema.model import Sheet
from ..schema.record.header_layout import HeaderLayout
from ..schema.record.row import RowValidator, ValidatedRow
from ..schema.stamp import Stamp
from ..schema.workbook import WorkbookSchema
from . import keys, structure
from .cover import CoverData, read_cover
from .gc_pause import gc_paused
from .keys import SheetResult
from .own_checks import run_checks
from .quality import Quality
from .stamps import read_stamp

_ANYWHERE = Access()
_BATCH = 100  # rows are read and judged by turns, which costs less than one by one


class WorkbookResult(NamedTuple):
    """A checked workbook. One that can't be read has a file problem and no sheets."""

    path: str
    sheets: Mapping[str, SheetResult] = {}
    """By table."""
    problems: tuple[Problem, ...] = ()
    """In the order of sheets, rows and columns."""
    cover: CoverData = CoverData()
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
    def is_program_output(self) -> bool:
        """Whether it is one of our own outputs, which is never input."""
        return self.stamp is not None and self.stamp.kind != "template"

    @property
    def quality(self) -> Quality:
        """How well it is filled in."""
        sheets = self.sheets.values()
        return Quality(
            sum(c.expected_cells for c in sheets), sum(c.blanks for c in sheets), self.rows, len(self.problems)
        )

    @property
    def skipped(self) -> bool:
        """Whether it is no input at all: an output of ours, or what a program leaves beside an open workbook."""
        return self.is_program_output or any(problem.code.skips_file for problem in self.problems)


@gc_paused(lasting=True)
def validate_workbook(
    path: str | Path, schema: WorkbookSchema, *, name: str = "", access: Access = _ANYWHERE
) -> WorkbookResult:
    """Read and check one workbook; it never raises for what a file holds. ``name`` is what messages call it."""
    name = name or Path(path).name
    if codes.EARLIER in name:
        return WorkbookResult(name, problems=(codes.EARLIER_COPY(Location(name)),))
    try:
        with open_workbook(path, reader_limits(schema.limits), access) as source:
            return _checked(source, name, schema)
    except Refused as refused:
        return WorkbookResult(name, problems=(refused.problem._replace(location=Location(name)),))


def _checked(source: WorkbookReader, name: str, schema: WorkbookSchema) -> WorkbookResult:
    book = WorkbookResult(
        name,
        stamp=read_stamp(source),
        sha256=source.sha256,
        application=source.application,
        modified=source.modified.isoformat() if source.modified else "",
    )
    if book.is_program_output:
        return book
    titles, doubled = _sheets(source, name, schema)
    cover, cover_problems = read_cover(source, titles.pop(schema.cover.table, ""), name, schema)
    if not titles:
        expected_titles = TextList(sheet.title for sheet in schema.sheets)
        return book._replace(problems=(codes.NO_KNOWN_SHEET(Location(name), titles=expected_titles),))
    problems: list[Problem] = [*structure.of_file(source, name), *doubled]
    sheets: dict[str, SheetResult] = {}
    for sheet in schema.sheets:
        checked, noted = _sheet(source, titles.get(sheet.table, ""), sheet, name, schema, sheets)
        problems += noted
        if checked:
            sheets[sheet.table] = checked
    if any(checked.rows for checked in sheets.values()):  # what nobody has begun to fill in lacks nothing yet
        problems += cover_problems
        problems += _missing_sheets(schema, book, titles)
    sheets, across = _across(schema, sheets)
    sheets, own = _own_checks(schema, sheets)
    order = {title: i for i, title in enumerate(titles[s.table] for s in schema.sheets if s.table in titles)}
    problems = sorted(
        [*problems, *across, *own], key=lambda p: (order.get(p.location.sheet, -1), p.location.row, p.location.column)
    )
    return book._replace(sheets=sheets, problems=tuple(problems), cover=cover)


def _sheets(source: WorkbookReader, file: str, schema: WorkbookSchema) -> tuple[dict[str, str], list[Problem]]:
    """Which sheet holds which table, by its name, else by its headers; and those that nobody would read."""
    ours = own_sheets(source.names).values()
    sheets = [info for info in source.sheets if info.name not in ours]
    titles = find_sheets(schema, [info.name for info in sheets])
    doubled: list[Problem] = []
    for info in sheets:
        if info.name in titles.values():
            continue
        head = list(islice(source.grid(info.name).rows(), SEARCHED_ROWS))
        if table := guess_table(schema, head, titles):
            titles[table] = info.name
        elif (table := guess_table(schema, head, ())) and _begun(head, schema.sheet(table)):
            title, location = LazyText(schema.sheet(table).title), Location(file, info.name)
            problem = codes.DUPLICATE_SHEET(location, sheet=info.name, title=title, first=titles[table])
            doubled.append(problem.about(table))
    return titles, doubled


def _begun(head: list[GridRow], sheet: type[Sheet]) -> bool:
    layout = find_layout(head, sheet)
    return layout is not None and any(row.number > layout.header_row for row in head)


def _sheet(
    source: WorkbookReader,
    title: str,
    sheet: type[Sheet],
    file: str,
    schema: WorkbookSchema,
    before: Mapping[str, SheetResult],
) -> tuple[SheetResult | None, list[Problem]]:
    """Check one sheet row by row, streaming."""
    if not title:
        missing = codes.SHEET_MISSING(Location(file), title=LazyText(sheet.title)).about(sheet.table)
        return None, [] if sheet.may_be_absent else [missing]
    location = Location(file, title)
    grid = source.grid(title)
    rows = grid.rows()
    head = list(islice(rows, SEARCHED_ROWS))
    layout = find_layout(head, sheet)
    if layout is None:
        if not head:
            return None, []
        headers = TextList(column.header for column in sheet.columns if column.required)
        problem = codes.HEADER_MISSING(location._replace(row=head[0].number), title=title, headers=headers)
        return None, [problem.about(sheet.table)]
    defaults = _default_references(schema, sheet, before)
    missing_columns = tuple(_missing_columns(sheet, layout, location, defaults))
    checker = RowValidator(sheet, schema.choices, layout, location, defaults, missing_columns)
    below = [row for row in head if row.number > layout.header_row]
    checked, problems = _rows(checker, chain(below, rows))
    if checked or not missing_columns:
        problems = [
            *_header_problems(sheet, layout, location, has_rows=bool(checked)),
            *missing_columns,
            *problems,
        ]
    result = SheetResult(sheet, layout, location, tuple(checked), len(checked) * checker.expected_cells, checker.blanks)
    problems += structure.of_sheet(grid, result)
    return result, [problem if problem.table else _placed(problem, sheet, layout) for problem in problems]


def _placed(problem: Problem, sheet: type[Sheet], layout: HeaderLayout) -> Problem:
    """Return a problem of the sheet's shape, knowing the table and the column it is about."""
    column = layout.columns.get(problem.location.column)
    return problem.about(sheet.table, column.name if column else "")


def _missing_sheets(schema: WorkbookSchema, book: WorkbookResult, titles: Mapping[str, str]) -> list[Problem]:
    """Return one problem for all optional sheets that are missing; a template of another edition never had them."""
    other = book.stamp is not None and book.stamp.fingerprint != schema.fingerprint
    absent_titles = TextList(
        LazyText(sheet.title) for sheet in schema.sheets if sheet.may_be_absent and sheet.table not in titles
    )
    return [codes.SHEETS_MISSING(Location(book.path), titles=absent_titles)] if absent_titles and not other else []


def _rows(checker: RowValidator, rows: Iterator[GridRow]) -> tuple[list[ValidatedRow], list[Problem]]:
    checked: list[ValidatedRow] = []
    problems: list[Problem] = []
    while batch := list(islice(rows, _BATCH)):
        records, row_problems = checker.check(batch)
        checked += records
        problems += row_problems
    return checked, problems


def _default_references(
    schema: WorkbookSchema, sheet: type[Sheet], before: Mapping[str, SheetResult]
) -> dict[str, str]:
    """What a blank reference to the entity sheet means where that has exactly one row: that row."""
    defaults = {}
    for column in sheet.columns:
        target = before.get(column.references)
        if target and schema.refers_to_entity(column) and not column.may_be_blank and len(target.rows) == 1:
            number = target.value(target.rows[0], target.sheet.key()[0].name)
            if number is not None:
                defaults[column.name] = number
    return defaults


def _missing_columns(
    sheet: type[Sheet], layout: HeaderLayout, location: Location, defaults: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield the required columns that the sheet has not, unless what a blank in them means is known."""
    likely = {column.name: at for at, column in likely_columns(layout, sheet).items()}
    for column in layout.missing(sheet):
        if column.required and column.name not in defaults:
            at = likely.get(column.name, 0)
            yield codes.COLUMN_MISSING(
                location._replace(row=layout.header_row, column=at),
                title=LazyText(sheet.title),
                header=LazyText(column.header),
                **({"hint": might_mean(layout.headers[at], column)} if at else {}),
            ).about(sheet.table, column.name)


def _header_problems(
    sheet: type[Sheet], layout: HeaderLayout, location: Location, *, has_rows: bool
) -> Iterator[Problem]:
    def at(position: int) -> Location:
        return location._replace(row=layout.header_row, column=position)

    for position in layout.duplicates:
        yield codes.DUPLICATE_COLUMN(at(position), header=layout.headers[position])
    meant = likely_columns(layout, sheet)
    for position in layout.unknown:
        column = meant.get(position)
        if column is None or not column.required:  # what is probably a required one is told as missing
            hint = {"hint": might_mean(layout.headers[position], column)} if column else {}
            yield codes.COLUMN_UNKNOWN(at(position), header=layout.headers[position], **hint)
    mapped = {column.name for column in meant.values()}
    missing = [column for column in layout.missing(sheet) if column.recommended_for and column.name not in mapped]
    if missing and has_rows:
        yield codes.COLUMNS_MISSING(
            at(0),
            title=location.sheet,
            headers=TextList(column.header for column in missing),
            costs=TextList(column.recommended_for for column in missing),
        )


def _across(schema: WorkbookSchema, sheets: Mapping[str, SheetResult]) -> tuple[dict[str, SheetResult], list[Problem]]:
    """What only shows across rows and sheets; a row with a repeated key is rejected for it."""
    folds = {table: keys.NormalizedColumns(checked) for table, checked in sheets.items()}
    result: dict[str, SheetResult] = {}
    problems: list[Problem] = []
    for table, own in folds.items():
        repeats = list(keys.duplicate_keys(own))
        problems += [problem for _, problem in repeats]
        problems += [*keys.inconsistent_rows(own), *keys.unknown_references(schema, own, folds)]
        problems += [*keys.unknown_lines(schema, own, folds), *keys.overwritten_lookups(own, folds)]
        rejected = {row.number: problem for row, problem in repeats if problem.code.rejects}
        result[table] = _rejecting(sheets[table], rejected)
    return result, problems


def _own_checks(schema: WorkbookSchema, sheets: dict[str, SheetResult]) -> tuple[dict[str, SheetResult], list[Problem]]:
    """What the schema's own checks find; their errors reject the row."""
    problems = list(run_checks(schema, sheets))
    rejecting: dict[str, dict[int, Problem]] = {}
    for table, row, problem in problems:
        if problem.code.rejects:
            rejecting.setdefault(table, {}).setdefault(row, problem)
    checked = {table: _rejecting(one, rejecting.get(table, {})) for table, one in sheets.items()}
    return checked, [problem for _, _, problem in problems]


def _rejecting(checked: SheetResult, problems: Mapping[int, Problem]) -> SheetResult:
    """Return the sheet with the rows of those numbers rejected for these problems."""
    if not problems:
        return checked
    rows = tuple(
        row._replace(rejected_for=(*row.rejected_for, problems[row.number])) if row.number in problems else row
        for row in checked.rows
    )
    return checked._replace(rows=rows)
