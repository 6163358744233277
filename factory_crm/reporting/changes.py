"""变化: what is different from the summary before, the most alarming first."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from .. import theme
from ..contract.contract import Contract
from ..merging.changes import mark, marked
from ..merging.merged import Change, Changes, Merged
from ..merging.previous import MARKS
from .details import table_rows
from .table import FIRST_ROW, HEADER_ROW, Column, head, set_columns, set_up, write_table
from .writer import Page, Report, abridged, plain

TITLE = "变化"
DUE = "约定交期"
KINDS = {"due": "交期改动", "changed": "改动", "vanished": "消失", "out": "没有计入", "new": "新增"}
_MOST = 5_000
"""Lines of a kind that are listed; how many more there are is said."""
_CELL = 300


class Told(NamedTuple):
    """One line of the sheet: a change, and the column it is about where there is one."""

    kind: str
    change: Change
    at: int = -1


def told(changes: Changes) -> dict[str, list[Told]]:
    """Return what is to be told, by kind; a 约定交期 that changed afterwards is a kind of its own."""
    found: dict[str, list[Told]] = {kind: [] for kind in KINDS}
    for change in changes.lines:
        if change.kind == "changed":
            for at, header in enumerate(change.headers):
                due = header == DUE and bool(change.before[at])
                found["due" if due else "changed"].append(Told("due" if due else "changed", change, at))
        else:
            found[change.kind].append(Told(change.kind, change))
    return found


def write_changes(report: Report, merged: Merged, contract: Contract) -> None:
    """Write the sheet; nothing where there was no summary before."""
    changes = merged.changes
    if changes is None:
        return
    page = report.page(TITLE, theme.SERIES[1])
    found = told(changes)
    listed = [one for lines in found.values() for one in islice(lines, _MOST)]
    columns = _columns(report, contract, listed)
    counts = {kind: len(lines) for kind, lines in found.items()}
    sentence = report.say(
        "与「{name}」相比：交期改动 {due} 处，其他改动 {changed} 处，消失 {vanished} 行，被拒或待定 {out} 行，新增 {new} 行。",
        name=abridged(changes.name, report.language, 80), **counts,
    )  # fmt: skip
    head(page, page.title, sentence, len(columns) - 1)
    set_columns(page, columns)
    write_table(page, columns)
    if not listed:
        page.text(FIRST_ROW, 0, report.say("√ 没有变化。"), report.style(font_color=theme.GOOD))
    _more(page, found, FIRST_ROW + max(len(listed), 1) + 1)
    set_up(page, rows=len(listed), columns=len(columns), frozen=4)
    _mark(page, len(listed))
    _alarms(page, changes)


def _columns(report: Report, contract: Contract, listed: Sequence[Told]) -> list[Column]:
    def column(header: str, look: str, width: int, values: Sequence[Any]) -> Column:
        return Column(report.say(header), look, width, values)

    def cell(one: Told, which: str) -> str | None:
        if one.at < 0:
            return None
        text = getattr(one.change, which)[one.at]
        return (
            report.say("（上次的汇总没有列出）")
            if text is None
            else abridged(text, report.language, _CELL) or report.say("（空）")
        )

    return [
        column("序号", "count", 44, list(range(1, len(listed) + 1))),
        column("情形", "centre", 70, [report.say(KINDS[one.kind]) for one in listed]),
        column("工作表", "text", 90, [report.say(contract.sheet(one.change.table).title) for one in listed]),
        column("编号", "number", 120, [abridged(one.change.key, report.language, _CELL) for one in listed]),
        column("列", "text", 110, [report.say(one.change.headers[one.at]) if one.at >= 0 else None for one in listed]),
        column("上次", "text", 170, [cell(one, "before") for one in listed]),
        column("这次", "text", 170, [cell(one, "after") for one in listed]),
        Column(report.say("出处"), "text", 240, [str(one.change.place or "") or None for one in listed], automatic=True),
    ]  # fmt: skip


def _more(page: Page, found: dict[str, list[Told]], row: int) -> None:
    for kind, lines in found.items():
        if len(lines) > _MOST:
            text = page.report.say(
                "「{kind}」另有 {count} 行没有列出。", kind=page.report.say(KINDS[kind]), count=len(lines) - _MOST
            )
            page.text(row, 1, text, page.report.style(font_color=theme.MUTED))
            row += 1


def _mark(page: Page, rows: int) -> None:
    for kind, style in (("due", page.report.formats.bad()), ("vanished", page.report.formats.missing())):
        word = page.report.say(KINDS[kind])
        options = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style}
        page.sheet.conditional_format(FIRST_ROW, 1, FIRST_ROW + max(rows, 1) - 1, 1, options)


def _alarms(page: Page, changes: Changes) -> None:
    """Alarms stand beside the link back, above the table, so that nobody scrolls past them."""
    lines = [f"▲ {alarm.say(page.report.language)} {alarm.remedy(page.report.language)}" for alarm in changes.alarms]
    if lines:
        text = "\n".join(lines)
        style = page.report.style(font_color=theme.BAD, bg_color=theme.BAD_SOFT, bold=True, text_wrap=True)
        page.merged((HEADER_ROW - 1, 1, HEADER_ROW - 1, 7), text, style)
        page.sheet.set_row_pixels(HEADER_ROW - 1, min(400, 6 + 20 * len(lines)))


def write_marks(report: Report, merged: Merged, contract: Contract) -> None:
    """Write the hidden sheet by which the next merge sees what changed of a customer, without what it holds."""
    sheet = next(sheet for sheet in contract.sheets if sheet.label)
    columns = marked(sheet)
    page = Page(report, report.workbook.add_worksheet(MARKS), MARKS)
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
                page.text(row, at, mark(number.casefold(), column.name, text), style)


def _cells(merged: Merged, table: str, names: Sequence[str], number: str) -> Iterator[tuple[str, list[str]]]:
    from ..contract.spellings import shown

    for row in table_rows(merged, table):
        yield row[number], ["" if (value := plain(row[name])) is None else shown(value) for name in names]
