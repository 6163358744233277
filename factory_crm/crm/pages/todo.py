"""待办: what is to be done, with owner and due day, the overdue first."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from ...report.data import ReportData
from ...report.looks import Emphasis, Equals, Paint
from ...report.page import Page, PageColumn, Table, Tables
from ...report.values import abridged
from ...xlsx import theme
from ..metrics.sentences import sentences
from .names import named

TITLE = "待办"
_SOON, _LONGEST = 7, 300
_URGENCY = 1
"""The column of the urgency, counted from 0."""


class Urgency(StrEnum):
    """How urgent something is; the value is what people read."""

    OVERDUE = "已过期"
    SOON = "七天内"
    LATER = "以后"


_MARKS = {Urgency.OVERDUE: Emphasis(theme.BAD, theme.BAD_SOFT), Urgency.SOON: Emphasis(theme.WARN, theme.WARN_SOFT)}


def todo_page(data: ReportData) -> Tables:
    """Return the list."""
    rows, as_of = data.rows("reminders"), data.results.as_of
    urgency = [_urgency(row["due"].date(), as_of) for row in rows]
    sentence = data.translate("共 {count} 件，其中已过期 {overdue} 件；截至 {day}。",
                              count=len(rows), overdue=urgency.count(Urgency.OVERDUE), day=as_of or "—")  # fmt: skip
    paints = [Paint(_URGENCY, Equals(data.translate(urgency), mark)) for urgency, mark in _MARKS.items()]
    table = Table(_columns(data, rows, urgency), data.translate("没有要办的事。"), paints=paints)
    return Tables(sentence, (table,), frozen=2)


def _columns(data: ReportData, rows: Sequence[Mapping[str, Any]], urgency: Sequence[Urgency]) -> list[PageColumn]:
    column = data.column
    texts = sentences(data.results.frames["reminders"], data.language)
    return [
        column("到期日", "day", 92, [row["due"].date() for row in rows]),
        column("缓急", "centre", 66, [data.translate(word) for word in urgency]),
        column("事项", "centre", 84, [data.translate(row["kind"]) for row in rows]),
        column("负责人", "centre", 76, [row["owner"] for row in rows]),
        column("客户编号", "number", 84, [row["customer_id"] for row in rows]),
        column("客户名称", "text", 180, [named(data, row) if row["customer_id"] and row["name"] else row["name"] for row in rows]),
        column("要做什么", "text", 340, [abridged(text, data.language, _LONGEST) for text in texts]),
        column("完成打 √", "count", 96, [None] * len(rows)),
    ]  # fmt: skip


def _urgency(due: date, today: date | None) -> Urgency:
    days = (due - today).days if today else 0
    return Urgency.OVERDUE if days < 0 else Urgency.SOON if days <= _SOON else Urgency.LATER


REMINDERS = Page(TITLE, todo_page, place=40, needs=("orders",))
