"""Write a corrected copy of a workbook: certain fixes and chosen values are applied, the rest is marked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from ..i18n.translate import Language, translate
from ..problems.problem import Problem, column_letters
from ..reading.guard import Refused
from ..reading.limits import reader_limits
from ..schema.column import Column
from ..schema.workbook import WorkbookSchema
from ..storage.atomic import atomic_save
from ..validation.keys import SheetResult
from ..validation.workbook import WorkbookResult, validate_workbook
from ..xlsx import theme
from ..xlsx.dates import to_serial
from .cell_changes import CellChange, ChosenValues, changes, unusable
from .choices import read_choices
from .mark import apply_marks, origin, strip_marks
from .package import Parts
from .sheet_builder import RowBuilder, height, sheet, titled, written
from .sheet_xml import CellSpan, CellSpans, SheetXml, prefix_of
from .sheets import EditableWorkbook
from .styles import Styles

TITLE = "修改记录"
CHOSEN = "按您在「一次改多处」里的选择改写"
_HEADERS = ("序号", "工作表", "位置", "字段", "原来的内容", "改成", "原因")
_WIDTHS = (6, 14, 9, 18, 32, 32, 60)
_VALUE = re.compile(rb"<((?:[\w.-]+:)?)v>[^<]*</\1v>|<(?:[\w.-]+:)?v\s*/>")


class FixResult(NamedTuple):
    """What came of it: the changes made, the choices that could not be made, and why no copy could be written."""

    changes: Sequence[CellChange] = ()
    unusable: ChosenValues = MappingProxyType({})
    refusal: Problem | None = None


def proposed(source: Path, book: WorkbookResult, schema: WorkbookSchema, *, apply: bool = False) -> FixResult:
    """Return what ``fix`` would come to; nothing is written. ``apply``: also what the clerk chose in the workbook."""
    try:
        with Parts(source, reader_limits(schema.limits)) as parts:
            workbook = EditableWorkbook(parts)
            chosen = read_choices(source, workbook) if apply else {}
            cell_changes = changes(book, schema, chosen)
            done = [change for sheet in _sheets(workbook, cell_changes, book) for change, _ in sheet.writable]
    except Refused as refused:
        return FixResult(refusal=refused.problem)
    return FixResult(done, unusable(book, schema, chosen))


def fix(  # noqa: PLR0913 - each is a fact of its own
    source: Path, target: Path, book: WorkbookResult, schema: WorkbookSchema, language: Language = "zh", *, apply: bool = False,
    inputs: Iterable[Path] = (),
) -> FixResult:  # fmt: skip
    """Write the workbook to the target, mended where that is certain; what is left is marked. Without changes nothing is written.

    The source is only read. Raises ``NotSaved``.
    """
    try:
        with Parts(source, reader_limits(schema.limits)) as parts:
            workbook = EditableWorkbook(parts)
            mark, chosen = origin(workbook), read_choices(source, workbook)
            cell_changes = changes(book, schema, chosen if apply else {})
            unusable_choices = unusable(book, schema, chosen if apply else {})
            strip_marks(workbook)
            done = _write(workbook, cell_changes, book)
            if not done:
                return FixResult((), unusable_choices)
            _log(workbook, done, language)
            with atomic_save(target, inputs=[source, *inputs]) as temporary:
                stage = temporary.with_name("fixed" + target.suffix)
                parts.save(stage)
                again = validate_workbook(stage, schema, name=book.path)
                with Parts(stage, reader_limits(schema.limits)) as mended:
                    apply_marks(EditableWorkbook(mended), again, schema, language, mark, chosen, fixed=True)
                    mended.save(temporary)
    except Refused as refused:
        return FixResult(refusal=refused.problem)
    return FixResult(done, unusable_choices)


class _SheetFix(NamedTuple):
    """A sheet with changes: its part, taken apart; the cells to write; those whose results will no longer be true."""

    part: str
    content: SheetXml
    writable: Sequence[tuple[CellChange, CellSpan]]
    stale: Sequence[CellSpan]


def _sheets(
    workbook: EditableWorkbook, cell_changes: Sequence[CellChange], book: WorkbookResult
) -> Iterator[_SheetFix]:
    """Find the cells of the changes; a formula is never written over."""
    parts = workbook.parts
    tabs = {tab.title: tab.part for tab in workbook.tabs if tab.kind == "worksheet"}
    checked = {one.location.sheet: one for one in book.sheets.values()}
    for title in dict.fromkeys(change.location.sheet for change in cell_changes):
        content = SheetXml(parts.read(tabs[title]), parts.guard, tabs[title])
        own = {(c.location.row, c.location.column): c for c in cell_changes if c.location.sheet == title}
        reckoned = _row_values({row for row, _ in own}, checked.get(title)) - own.keys()
        spots, _ = content.spots({*own, *reckoned})
        writable = [(change, spots[at]) for at, change in own.items() if at in spots and not spots[at].formula]
        yield _SheetFix(tabs[title], content, writable, [spots[at] for at in reckoned & spots.keys()])


def _write(workbook: EditableWorkbook, cell_changes: Sequence[CellChange], book: WorkbookResult) -> list[CellChange]:
    """Write the cells; return what was written."""
    parts, styles = workbook.parts, Styles(workbook.parts, workbook.part)
    done: list[CellChange] = []
    for part, content, writable, stale in _sheets(workbook, cell_changes, book):
        prefix = prefix_of(content.cells)
        replaced: dict[tuple[int, int], bytes] = {}
        for change, spot in writable:
            wanted = None if change.value is None else _format(change.column, change.value)
            style = spot.style if wanted is None else styles.retyped(spot.style, wanted)
            at = (change.location.row, change.location.column)
            replaced[spot.start, spot.end] = _cell(at, change.value, style, prefix, from_1904=workbook.from_1904)
            done.append(change)
        for spot in stale:
            replaced |= _without_result(content.cells, spot)
        content.replace(replaced)
        parts.write(part, content.joined())
    if done:
        workbook.calculate_on_load()
    return done


def _row_values(rows: set[int], checked: SheetResult | None) -> set[CellSpans]:
    """Return the cells of those rows that formulas of the template fill: their results are no longer true."""
    if checked is None:
        return set()
    layout = checked.layout
    mapped = {*layout.columns, *layout.unknown, *layout.duplicates}
    filled = {at for at, column in layout.columns.items() if column.automatic} | (layout.headers.keys() - mapped)
    return {(row, column) for row in rows for column in filled}


def _without_result(cells: bytes, spot: CellSpan) -> dict[tuple[int, int], bytes]:
    if not spot.formula:
        return {}
    return {(spot.start, spot.end): _VALUE.sub(b"", cells[spot.start : spot.end])}


def _format(column: Column, value: Any) -> str:
    if isinstance(value, str):
        return "@" if column.column_type.number_format == "@" else "General"
    return column.column_type.number_format


def _cell(at: CellSpans, value: Any, style: str, prefix: str, *, from_1904: bool) -> bytes:
    """Return a cell of the user's sheet: a real number, a real day, or a text that is never a formula."""
    name = f"{prefix}c"
    head = f'<{name} r="{column_letters(at[1])}{at[0]}"' + (f' s="{style}"' if style else "")
    match value:
        case None:
            return f"{head}/>".encode()
        case str():
            text = f'<{prefix}is><{prefix}t xml:space="preserve">{escape(written(value))}</{prefix}t></{prefix}is>'
            return f'{head} t="inlineStr">{text}</{name}>'.encode()
        case date():
            return f"{head}><{prefix}v>{_serial(value, from_1904=from_1904)}</{prefix}v></{name}>".encode()
    number = format(value, "f") if isinstance(value, Decimal) else str(value)
    return f"{head}><{prefix}v>{number}</{prefix}v></{name}>".encode()


def _serial(moment: date, *, from_1904: bool) -> str:
    """Return the number Excel keeps a day or moment as."""
    return format(to_serial(moment, from_1904=from_1904), ".15g")


def _log(workbook: EditableWorkbook, done: Sequence[CellChange], language: Language) -> None:
    """Add the sheet that says what was changed, and why."""
    styles = Styles(workbook.parts, workbook.part)
    plain, centred = styles.cell(), styles.cell(centre=True)
    top = (styles.cell(bold=True, size=16, colour=theme.BRAND, border=False),
           styles.cell(size=9, colour=theme.MUTED, border=False),
           styles.cell(bold=True, colour=theme.WHITE, fill=theme.BRAND, centre=True))  # fmt: skip
    note = translate("自动改写了下面 {count} 处，其余内容没有动；请核对。", language, count=len(done))
    rows = titled(translate(TITLE, language), note, [translate(header, language) for header in _HEADERS], top)
    for number, change in enumerate(done, 1):
        why = translate(CHOSEN, language) if change.chosen else change.problem.message(language)
        row = RowBuilder(
            4 + number, height([(change.before, _WIDTHS[4]), (change.after, _WIDTHS[5]), (why, _WIDTHS[6])])
        )
        row.number(number, centred)
        for text, look in ((change.location.sheet, centred), (change.location.cell, centred), (change.header, centred),
                           (change.before, plain), (change.after, plain), (why, plain)):  # fmt: skip
            row.text(text, look)
        rows.append(row)
    content = sheet(rows, _WIDTHS, header=4, last=4 + len(done), colour=theme.GOOD)
    workbook.add_sheet(workbook.free_title(translate(TITLE, language)), content)
