"""A copy of a workbook in which what is certain, or was chosen, is mended: the public way in."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from .. import theme
from ..checking.book import Book, check_book
from ..checking.keys import Checked
from ..contract.contract import Contract
from ..contract.sheet import Column
from ..problems import Problem, letters
from ..reading.guard import Refused
from ..saving import saved
from ..words import Language, say
from .changes import Change, changes
from .choices import read_choices
from .mark import lay_marks, origin, strip_marks
from .package import Parts
from .sheets import Workbook
from .sheetxml import SheetXml, Spot, Spots, prefix_of
from .styles import Styles
from .writing import Row, height, sheet, titled, written

TITLE = "修改记录"
CHOSEN = "按您在「一次改多处」里的选择改写"
_HEADERS = ("序号", "工作表", "位置", "字段", "原来的内容", "改成", "原因")
_WIDTHS = (6, 14, 9, 18, 32, 32, 60)
_VALUE = re.compile(rb"<((?:[\w.-]+:)?)v>[^<]*</\1v>|<(?:[\w.-]+:)?v\s*/>")


class Fixed(NamedTuple):
    """What came of it: the changes made, and why it could not be done."""

    changes: Sequence[Change] = ()
    refusal: Problem | None = None


def proposed(source: Path, book: Book, contract: Contract, *, apply: bool = False) -> list[Change]:
    """Return what ``fix`` would change; with ``apply`` also what the clerk chose in the workbook. Raises ``Refused``."""
    return changes(book, contract, read_choices(source) if apply else {})


def fix(  # noqa: PLR0913 - each is a fact of its own
    source: Path, target: Path, book: Book, contract: Contract, language: Language = "zh", *, apply: bool = False,
    inputs: Iterable[Path] = (),
) -> Fixed:  # fmt: skip
    """Write the workbook to the target, mended where that is certain; what is left is marked. Without changes nothing is written.

    The source is only read. Raises ``NotSaved``.
    """
    try:
        made = proposed(source, book, contract, apply=apply)
        if not made:
            return Fixed()
        with Parts(source) as parts:
            workbook = Workbook(parts)
            mark = origin(workbook)
            strip_marks(workbook)
            done = _write(workbook, made, book)
            _log(workbook, done, language)
            with saved(target, inputs=[source, *inputs]) as temporary:
                stage = temporary.with_name("fixed" + target.suffix)
                parts.save(stage)
                again = check_book(stage, contract, name=book.path)
                with Parts(stage) as mended:
                    lay_marks(Workbook(mended), again, contract, language, mark, always=True)
                    mended.save(temporary)
    except Refused as refused:
        return Fixed((), refused.problem)
    return Fixed(done)


def _write(workbook: Workbook, made: Sequence[Change], book: Book) -> list[Change]:
    """Write the cells; return what was written: a formula is never written over."""
    parts, styles = workbook.parts, Styles(workbook.parts, workbook.part)
    tabs = {tab.title: tab.part for tab in workbook.tabs if tab.kind == "worksheet"}
    checked = {one.place.sheet: one for one in book.sheets.values()}
    done: list[Change] = []
    for title in dict.fromkeys(change.place.sheet for change in made):
        content = SheetXml(parts.read(tabs[title]), parts.guard, tabs[title])
        own = {(c.place.row, c.place.column): c for c in made if c.place.sheet == title}
        stale = _reckoned({row for row, _ in own}, checked.get(title))
        spots, _ = content.spots({*own, *stale})
        prefix = prefix_of(content.cells)
        replaced: dict[tuple[int, int], bytes] = {}
        for at, change in own.items():
            spot = spots.get(at)
            if spot is not None and not spot.formula:
                style = (
                    styles.retyped(spot.style, _format(change.column, change.value))
                    if change.value is not None
                    else spot.style
                )
                replaced[spot.start, spot.end] = _cell(at, change.value, style, prefix, from_1904=workbook.from_1904)
                done.append(change)
        for at in stale & spots.keys() - own.keys():
            replaced |= _without_result(content.cells, spots[at])
        content.replace(replaced)
        parts.write(tabs[title], content.joined())
    workbook.calculate_on_load()
    return done


def _reckoned(rows: set[int], checked: Checked | None) -> set[Spots]:
    """Return the cells of those rows that formulas of the template fill: their results are no longer true."""
    if checked is None:
        return set()
    layout = checked.layout
    known = {*layout.columns, *layout.unknown, *layout.doubled}
    filled = {at for at, column in layout.columns.items() if column.automatic} | (layout.headers.keys() - known)
    return {(row, column) for row in rows for column in filled}


def _without_result(cells: bytes, spot: Spot) -> dict[tuple[int, int], bytes]:
    if not spot.formula:
        return {}
    return {(spot.start, spot.end): _VALUE.sub(b"", cells[spot.start : spot.end])}


def _format(column: Column, value: Any) -> str:
    if isinstance(value, str):
        return "@" if column.kind.number_format == "@" else "General"
    return column.kind.number_format


def _cell(at: Spots, value: Any, style: str, prefix: str, *, from_1904: bool) -> bytes:
    """Return a cell of the user's sheet: a real number, a real day, or a text that is never a formula."""
    name = f"{prefix}c"
    head = f'<{name} r="{letters(at[1])}{at[0]}"' + (f' s="{style}"' if style else "")
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
    whole = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)
    days = (whole - datetime(1904, 1, 1) if from_1904 else whole - datetime(1899, 12, 30)) / timedelta(days=1)
    return format(days, ".15g")


def _log(workbook: Workbook, done: Sequence[Change], language: Language) -> None:
    """Add the sheet that says what was changed, and why."""
    styles = Styles(workbook.parts, workbook.part)
    plain, centred = styles.cell(), styles.cell(centre=True)
    top = (styles.cell(bold=True, size=16, colour=theme.BRAND, border=False),
           styles.cell(size=9, colour=theme.MUTED, border=False),
           styles.cell(bold=True, colour=theme.WHITE, fill=theme.BRAND, centre=True))  # fmt: skip
    note = say("自动改写了下面 {count} 处，其余内容没有动；请核对。", language, count=len(done))
    rows = titled(say(TITLE, language), note, [say(header, language) for header in _HEADERS], top)
    for number, change in enumerate(done, 1):
        why = say(CHOSEN, language) if change.chosen else change.problem.say(language)
        row = Row(4 + number, height([(change.before, _WIDTHS[4]), (change.after, _WIDTHS[5]), (why, _WIDTHS[6])]))
        row.number(number, centred)
        for text, look in ((change.place.sheet, centred), (change.place.cell, centred), (change.header, centred),
                           (change.before, plain), (change.after, plain), (why, plain)):  # fmt: skip
            row.text(text, look)
        rows.append(row)
    content = sheet(rows, _WIDTHS, header=4, last=4 + len(done), colour=theme.GOOD)
    workbook.add_sheet(workbook.free_title(say(TITLE, language)), content)
