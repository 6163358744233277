"""变化: what is different from the summary before, the most alarming first."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from ...merge.changes import column_mark, marked_columns
from ...merge.previous import MARKS
from ...merge.result import RecordChange, RecordChanges
from ...schema.parsers.text import display_text
from ...xlsx import theme
from ..data import ReportData
from ..looks import Equals, Paint
from ..page import Page, PageColumn, Table, Tables
from ..render.cells import ReportPage, SummaryReport
from ..values import abridged, to_python

TITLE = "变化"
DUE = "约定交期"
_MOST = 5_000
"""Lines of a kind that are listed; how many more there are is said."""
_CELL = 300
_KIND = 1
"""The column of the kinds, counted from 0."""


class ChangeKind(StrEnum):
    """What became of a line, the most alarming first; the value is what people read."""

    DUE = "交期改动"
    CHANGED = "改动"
    VANISHED = "消失"
    OUT = "没有计入"
    NEW = "新增"


class ListedChange(NamedTuple):
    """One line of the sheet: a change, and the column it is about where there is one."""

    kind: ChangeKind
    change: RecordChange
    at: int = -1


def listed_changes(changes: RecordChanges) -> dict[ChangeKind, list[ListedChange]]:
    """Return the changes to list, by kind; a 约定交期 that changed afterwards is a kind of its own."""
    by_kind: dict[ChangeKind, list[ListedChange]] = {kind: [] for kind in ChangeKind}
    for change in changes.records:
        if change.kind == "changed":
            for at, header in enumerate(change.headers):
                kind = ChangeKind.DUE if header == DUE and change.before[at] else ChangeKind.CHANGED
                by_kind[kind].append(ListedChange(kind, change, at))
        else:
            kind = ChangeKind[change.kind.upper()]
            by_kind[kind].append(ListedChange(kind, change))
    return by_kind


def counted_changes(changes: RecordChanges) -> dict[str, int]:
    """Return how many changes there are of each kind, by the names in which they are told."""
    return {kind.name.lower(): len(lines) for kind, lines in listed_changes(changes).items()}


def changes_page(data: ReportData) -> Tables | None:
    """Return the list; None where there was no summary before."""
    changes = data.merged.changes
    if changes is None:
        return None
    by_kind = listed_changes(changes)
    listed = [one for lines in by_kind.values() for one in islice(lines, _MOST)]
    sentence = data.translate(
        "与「{name}」相比：交期改动 {due} 处，其他改动 {changed} 处，消失 {vanished} 行，被拒或待定 {out} 行，新增 {new} 行。",
        name=abridged(changes.name, data.language, 80), **counted_changes(changes),
    )  # fmt: skip
    rows = max(len(listed), 1)
    paints = (
        Paint(_KIND, Equals(data.translate(ChangeKind.DUE), "bad"), rows),
        Paint(_KIND, Equals(data.translate(ChangeKind.VANISHED), "missing"), rows),
    )
    table = Table(
        _columns(data, listed),
        data.translate("√ 没有变化。"),
        paints=paints,
        good_if_empty=True,
        notes=tuple(_omitted_notes(data, by_kind)),
    )
    alarms = [f"▲ {alarm.message(data.language)} {alarm.hint(data.language)}" for alarm in changes.alarms]
    return Tables(sentence, (table,), frozen=4, alarms=alarms)


def _columns(data: ReportData, listed: Sequence[ListedChange]) -> list[PageColumn]:
    column, translate = data.column, data.translate

    def cell(one: ListedChange, texts: Sequence[str | None]) -> str | None:
        if one.at < 0:
            return None
        text = texts[one.at]
        if text is None:
            return translate("（上次的汇总没有列出）")
        return abridged(text, data.language, _CELL) or translate("（空）")

    return [
        column("序号", "count", 44, list(range(1, len(listed) + 1))),
        column("情形", "centre", 70, [translate(one.kind) for one in listed]),
        column("工作表", "text", 90, [translate(data.schema.sheet(one.change.table).title) for one in listed]),
        column("编号", "number", 120, [abridged(one.change.key, data.language, _CELL) for one in listed]),
        column("列", "text", 110, [translate(one.change.headers[one.at]) if one.at >= 0 else None for one in listed]),
        column("上次", "text", 170, [cell(one, one.change.before) for one in listed]),
        column("这次", "text", 170, [cell(one, one.change.after) for one in listed]),
        column("出处", "text", 240, [str(one.change.location or "") or None for one in listed], automatic=True),
    ]


def _omitted_notes(data: ReportData, by_kind: dict[ChangeKind, list[ListedChange]]) -> Iterator[str]:
    for kind, lines in by_kind.items():
        if len(lines) > _MOST:
            yield data.translate(
                "「{kind}」另有 {count} 行没有列出。", kind=data.translate(kind), count=len(lines) - _MOST
            )


CHANGES = Page(TITLE, changes_page, place=5, tab=theme.SERIES[1])


def write_marks(report: SummaryReport, data: ReportData) -> None:
    """Write the hidden sheet by which the next merge sees what changed of a customer, without what it holds."""
    sheet = data.schema.entity
    if sheet is None:
        return
    columns, key = marked_columns(sheet), sheet.key()[0].name
    page = ReportPage(report, report.workbook.add_worksheet(MARKS), MARKS)
    page.sheet.very_hidden()
    style = report.style()
    page.text(0, 0, key, style)
    for at, column in enumerate(columns, 1):
        page.text(0, at, column.name, style)
    for row, record in enumerate(data.records(sheet.table), 1):
        number = record[key]
        page.text(row, 0, number, style)
        for at, column in enumerate(columns, 1):
            text = "" if (value := to_python(record[column.name])) is None else display_text(value)
            if text:
                page.text(row, at, column_mark(number.casefold(), column.name, text), style)
