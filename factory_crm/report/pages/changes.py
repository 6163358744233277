"""变化: what is different from the summary before, the most alarming first."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from ...crm.pages.details import table_rows
from ...merge.changes import column_mark, marked_columns
from ...merge.previous import MARKS
from ...merge.result import Merged, RecordChange, RecordChanges
from ...schema.workbook import WorkbookSchema
from ...xlsx import theme
from ..render.cells import ReportPage, SummaryReport, abridged, to_python
from ..render.table import FIRST_ROW, HEADER_ROW, PageColumn, head, set_columns, set_up, write_table

TITLE = "变化"
DUE = "约定交期"
KINDS = {"due": "交期改动", "changed": "改动", "vanished": "消失", "out": "没有计入", "new": "新增"}
_MOST = 5_000
"""Lines of a kind that are listed; how many more there are is said."""
_CELL = 300


class ListedChange(NamedTuple):
    """One line of the sheet: a change, and the column it is about where there is one."""

    kind: str
    change: RecordChange
    at: int = -1


def listed_changes(changes: RecordChanges) -> dict[str, list[ListedChange]]:
    """Return what is to be told, by kind; a 约定交期 that changed afterwards is a kind of its own."""
    found: dict[str, list[ListedChange]] = {kind: [] for kind in KINDS}
    for change in changes.records:
        if change.kind == "changed":
            for at, header in enumerate(change.headers):
                due = header == DUE and bool(change.before[at])
                found["due" if due else "changed"].append(ListedChange("due" if due else "changed", change, at))
        else:
            found[change.kind].append(ListedChange(change.kind, change))
    return found


def write_changes(report: SummaryReport, merged: Merged, schema: WorkbookSchema) -> None:
    """Write the sheet; nothing where there was no summary before."""
    changes = merged.changes
    if changes is None:
        return
    page = report.page(TITLE, theme.SERIES[1])
    found = listed_changes(changes)
    listed = [one for lines in found.values() for one in islice(lines, _MOST)]
    columns = _columns(report, schema, listed)
    counts = {kind: len(lines) for kind, lines in found.items()}
    sentence = report.translate(
        "与「{name}」相比：交期改动 {due} 处，其他改动 {changed} 处，消失 {vanished} 行，被拒或待定 {out} 行，新增 {new} 行。",
        name=abridged(changes.name, report.language, 80), **counts,
    )  # fmt: skip
    head(page, page.title, sentence, len(columns) - 1)
    set_columns(page, columns)
    write_table(page, columns)
    if not listed:
        page.text(FIRST_ROW, 0, report.translate("√ 没有变化。"), report.style(font_color=theme.GOOD))
    _more(page, found, FIRST_ROW + max(len(listed), 1) + 1)
    set_up(page, rows=len(listed), columns=len(columns), frozen=4)
    _mark(page, len(listed))
    _alarms(page, changes)


def _columns(report: SummaryReport, schema: WorkbookSchema, listed: Sequence[ListedChange]) -> list[PageColumn]:
    def column(header: str, look: str, width: int, values: Sequence[Any]) -> PageColumn:
        return PageColumn(report.translate(header), look, width, values)

    def cell(one: ListedChange, which: str) -> str | None:
        if one.at < 0:
            return None
        text = getattr(one.change, which)[one.at]
        return (
            report.translate("（上次的汇总没有列出）")
            if text is None
            else abridged(text, report.language, _CELL) or report.translate("（空）")
        )

    return [
        column("序号", "count", 44, list(range(1, len(listed) + 1))),
        column("情形", "centre", 70, [report.translate(KINDS[one.kind]) for one in listed]),
        column("工作表", "text", 90, [report.translate(schema.sheet(one.change.table).title) for one in listed]),
        column("编号", "number", 120, [abridged(one.change.key, report.language, _CELL) for one in listed]),
        column("列", "text", 110, [report.translate(one.change.headers[one.at]) if one.at >= 0 else None for one in listed]),
        column("上次", "text", 170, [cell(one, "before") for one in listed]),
        column("这次", "text", 170, [cell(one, "after") for one in listed]),
        PageColumn(report.translate("出处"), "text", 240, [str(one.change.location or "") or None for one in listed], automatic=True),
    ]  # fmt: skip


def _more(page: ReportPage, found: dict[str, list[ListedChange]], row: int) -> None:
    for kind, lines in found.items():
        if len(lines) > _MOST:
            text = page.report.translate(
                "「{kind}」另有 {count} 行没有列出。", kind=page.report.translate(KINDS[kind]), count=len(lines) - _MOST
            )
            page.text(row, 1, text, page.report.style(font_color=theme.MUTED))
            row += 1


def _mark(page: ReportPage, rows: int) -> None:
    for kind, style in (("due", page.report.formats.bad()), ("vanished", page.report.formats.missing())):
        word = page.report.translate(KINDS[kind])
        options = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style}
        page.sheet.conditional_format(FIRST_ROW, 1, FIRST_ROW + max(rows, 1) - 1, 1, options)


def _alarms(page: ReportPage, changes: RecordChanges) -> None:
    """Alarms stand beside the link back, above the table, so that nobody scrolls past them."""
    lines = [f"▲ {alarm.message(page.report.language)} {alarm.hint(page.report.language)}" for alarm in changes.alarms]
    if lines:
        text = "\n".join(lines)
        style = page.report.style(font_color=theme.BAD, bg_color=theme.BAD_SOFT, bold=True, text_wrap=True)
        page.merged((HEADER_ROW - 1, 1, HEADER_ROW - 1, 7), text, style)
        page.sheet.set_row_pixels(HEADER_ROW - 1, min(400, 6 + 20 * len(lines)))


def write_marks(report: SummaryReport, merged: Merged, schema: WorkbookSchema) -> None:
    """Write the hidden sheet by which the next merge sees what changed of a customer, without what it holds."""
    sheet = schema.entity
    if sheet is None:
        return
    columns = marked_columns(sheet)
    page = ReportPage(report, report.workbook.add_worksheet(MARKS), MARKS)
    page.sheet.very_hidden()
    style = report.style()
    page.text(0, 0, sheet.key()[0].name, style)
    for at, column in enumerate(columns, 1):
        page.text(0, at, column.name, style)
    for row, (number, cells) in enumerate(
        _cells(merged, sheet.table, [c.name for c in columns], sheet.key()[0].name), 1
    ):
        page.text(row, 0, number, style)
        for at, (column, text) in enumerate(zip(columns, cells, strict=True), 1):
            if text:
                page.text(row, at, column_mark(number.casefold(), column.name, text), style)


def _cells(merged: Merged, table: str, names: Sequence[str], number: str) -> Iterator[tuple[str, list[str]]]:
    from ...schema.parsers.text import display_text

    for row in table_rows(merged, table):
        yield row[number], ["" if (value := to_python(row[name])) is None else display_text(value) for name in names]
