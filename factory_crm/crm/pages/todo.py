"""待办: what is to be done, with owner and due day, the overdue first."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ...report.render.cells import ReportPage, abridged, rows_of
from ...report.render.table_page import ColumnMaker, StackedTable, paint, write_stack
from ...xlsx import theme
from ..metrics.results import Results
from ..metrics.sentences import sentences
from .names import named

TITLE = "待办"
_COLOURS: Mapping[str, tuple[str, str]] = {
    "已过期": (theme.BAD, theme.BAD_SOFT),
    "七天内": (theme.WARN, theme.WARN_SOFT),
}
_SOON, _LONGEST = 7, 300


def write_todo(page: ReportPage, results: Results) -> None:
    """Write the list."""
    report, column = page.report, ColumnMaker(page)
    frame = results.frames["reminders"]
    rows, told = rows_of(frame), sentences(frame, report.language)
    urgency = [_urgency(row["due"].date(), results.as_of) for row in rows]
    columns = [
        column("到期日", "day", 92, [row["due"].date() for row in rows]),
        column("缓急", "centre", 66, [report.translate(word) for word in urgency]),
        column("事项", "centre", 84, [report.translate(row["kind"]) for row in rows]),
        column("负责人", "centre", 76, [row["owner"] for row in rows]),
        column("客户编号", "number", 84, [row["customer_id"] for row in rows]),
        column("客户名称", "text", 180, _names(page, rows)),
        column("要做什么", "text", 340, [abridged(text, report.language, _LONGEST) for text in told]),
        column("完成打 √", "count", 96, [None] * len(rows)),
    ]
    sentence = report.translate("共 {count} 件，其中已过期 {overdue} 件；截至 {day}。",
                          count=len(rows), overdue=urgency.count("已过期"), day=results.as_of or "—")  # fmt: skip
    part = StackedTable("", columns, report.translate("没有要办的事。"))
    write_stack(page, sentence, [part], frozen=2)
    for word, (ink, fill) in _COLOURS.items():
        style = report.formats.mark(font_color=ink, bg_color=fill)
        paint(
            page, part, 1, {"type": "cell", "criteria": "==", "value": f'"{report.translate(word)}"', "format": style}
        )


def _names(page: ReportPage, rows: Sequence[Mapping[str, Any]]) -> list[str | None]:
    return [named(page.report, row) if row["customer_id"] and row["name"] else row["name"] for row in rows]


def _urgency(due: date, today: date | None) -> str:
    days = (due - today).days if today else 0
    return "已过期" if days < 0 else "七天内" if days <= _SOON else "以后"
