"""What happened last to each customer: keys that 客户360 finds rows by, rows in a few words, and the latest events."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ...i18n.translate import LazyText
from ...report.data import ReportData
from ...report.formulas.cached import SheetTable
from ...report.page import FIRST_ROW, Page, Table, Tables
from ...xlsx import theme
from ..metrics.sentences import sentences
from .helper_columns import HelperInputs, Row, helper_inputs

RECENT, BRIEF = "recent", "brief"
"""The columns that this adds to the details: key among the sheet's rows, a few words."""
EVENTS = "客户动态"
KEY, EVENT_DAY, EVENT_KIND, EVENT_WORDS = "key", "day", "kind", "words"
"""The hidden sheet of the latest events, and its columns."""
LATEST: Mapping[str, int] = {"orders": 8, "services": 6, "feedbacks": 6}
"""So many rows of each table can be found for a customer, and so many of all."""
LATEST_OF_ALL = 10
STRIDE = 1000
"""A key is the customer's number times this, plus 1 for the latest row."""
_BRIEF_PIXELS, _EVENT_PIXELS = 330, 372


def recent(
    data: ReportData, table: str, days: Sequence[datetime | None], inputs: HelperInputs
) -> Mapping[str, Sequence[Any]]:
    """Return the columns that are added to a table; ``days`` are when each row happened, if it has."""
    rows = data.records(table)
    own: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for at, (row, day) in enumerate(zip(rows, days, strict=True)):
        if number := inputs.numbers.get(row["customer_id"]):
            own[number].append((day or datetime.min, at))
    ranked: dict[str, Sequence[Any]] = {RECENT: _ranked(own, len(rows), LATEST[table])}
    return ranked if table == "orders" else {**ranked, BRIEF: [brief(data, table, row) for row in rows]}


def _ranked(own: Mapping[int, list[tuple[datetime, int]]], size: int, most: int) -> list[int | None]:
    keys: list[int | None] = [None] * size
    for number, rows in own.items():
        for rank, (_, at) in enumerate(sorted(rows, reverse=True)[:most], 1):
            keys[at] = number * STRIDE + rank
    return keys


def latest_events(data: ReportData) -> Tables | None:
    """Return the latest events of every customer; None where a sheet can't hold so many."""
    table, numbers = (
        data.results.frames["timeline"].groupby("customer_id").head(LATEST_OF_ALL),
        helper_inputs(data).numbers,
    )
    if len(table) > data.rows_a_sheet:
        return None
    ranks = table.groupby("customer_id").cumcount() + 1
    keys = [numbers[customer] * STRIDE + rank for customer, rank in zip(table["customer_id"], ranks, strict=True)]
    words = [shortened(sentence, _EVENT_PIXELS) for sentence in sentences(table, data.language)]
    columns = {
        KEY: data.column("客户动态序", "whole", 90, keys),
        EVENT_DAY: data.column("日期", "day", 88, [day.date() for day in table["day"]]),
        EVENT_KIND: data.column("事项", "centre", 80, [data.translate(kind) for kind in table["kind"]]),
        EVENT_WORDS: data.column("最近动态", "text", 300, words),
    }
    seen = {name: column.values for name, column in columns.items()}
    listed = SheetTable(data.translate(EVENTS), FIRST_ROW + 1, tuple(columns), {KEY: keys}, seen=seen)
    text = data.translate("{sheet} 所用的动态（隐藏表）", sheet=LazyText("客户360"))
    return Tables(text, (Table(list(columns.values()), "", large=True),), frozen=0, exposes={EVENTS: listed})


def brief(data: ReportData, table: str, row: Row) -> str:
    """Return a service or a feedback in a few words."""
    translate = data.translate
    if table == "services":
        text = translate("{event}：{text}", event=translate(row["event"]), text=row["description"])
    elif row["score"] is None:
        text = row["text"]
    else:
        text = translate("{score} 分：{text}", score=row["score"], text=row["text"])
    return shortened(text, _BRIEF_PIXELS)


def shortened(text: str, width: int) -> str:
    """Return a text on one line that is no wider than so many pixels."""
    line = " ".join(text.split())[:width]
    if theme.pixels(line) <= width:
        return line
    while theme.pixels(line + "…") > width:
        line = line[:-1]
    return line + "…"


LATEST_EVENTS = Page(EVENTS, latest_events, place=91, needs=("orders",), tab=theme.SERIES[5], hidden=True)
