"""What happened last to each customer: keys that 客户360 finds rows by, rows in a few words, and the latest events."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ...i18n.translate import LazyText
from ...report.formulas.cached import SheetTable
from ...report.render.cells import SummaryReport
from ...report.render.table import FIRST_ROW, PageColumn, head, set_columns, set_up, write_large_table
from ...xlsx import theme
from ..metrics.results import Results
from ..metrics.sentences import sentences

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
Row = Mapping[str, Any]


def recent(
    report: SummaryReport,
    tables: Mapping[str, Sequence[Row]],
    days: Mapping[str, Sequence[datetime | None]],
    numbers: Mapping[str, int],
) -> dict[str, dict[str, list[Any]]]:
    """Return the added columns of every table; ``days`` are when each row happened, if it has."""
    found: dict[str, dict[str, list[Any]]] = {}
    for table, rows in tables.items():
        own: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
        for at, (row, day) in enumerate(zip(rows, days[table], strict=True)):
            if number := numbers.get(row["customer_id"]):
                own[number].append((day or datetime.min, at))
        found[table] = {RECENT: _ranked(own, len(rows), LATEST[table])}
        if table != "orders":
            found[table][BRIEF] = [brief(report, table, row) for row in rows]
    return found


def _ranked(own: Mapping[int, list[tuple[datetime, int]]], size: int, most: int) -> list[int | None]:
    keys: list[int | None] = [None] * size
    for number, rows in own.items():
        for rank, (_, at) in enumerate(sorted(rows, reverse=True)[:most], 1):
            keys[at] = number * STRIDE + rank
    return keys


def write_latest(report: SummaryReport, results: Results, numbers: Mapping[str, int]) -> SheetTable | None:
    """Write the latest events of every customer on a hidden sheet; None where a sheet can't hold so many."""
    table = results.frames["timeline"].groupby("customer_id").head(LATEST_OF_ALL)
    if len(table) > report.rows_a_sheet:
        return None
    ranks = table.groupby("customer_id").cumcount() + 1
    keys = [numbers[customer] * STRIDE + rank for customer, rank in zip(table["customer_id"], ranks, strict=True)]
    columns = {
        KEY: PageColumn(report.translate("客户动态序"), "whole", 90, keys),
        EVENT_DAY: PageColumn(report.translate("日期"), "day", 88, [day.date() for day in table["day"]]),
        EVENT_KIND: PageColumn(
            report.translate("事项"), "centre", 80, [report.translate(kind) for kind in table["kind"]]
        ),
        EVENT_WORDS: PageColumn(
            report.translate("最近动态"),
            "text",
            300,
            [shortened(words, _EVENT_PIXELS) for words in sentences(table, report.language)],
        ),
    }
    page, shown = report.page(EVENTS, theme.SERIES[5]), list(columns.values())
    head(
        page, page.title, report.translate("{sheet} 所用的动态（隐藏表）", sheet=LazyText("客户360")), len(columns) - 1
    )
    set_columns(page, shown)
    write_large_table(page, shown)
    set_up(page, rows=len(keys), columns=len(columns))
    page.sheet.hide()
    seen = {name: column.values for name, column in columns.items()}
    return SheetTable(page.title, FIRST_ROW + 1, tuple(columns), {KEY: keys}, seen=seen)


def brief(report: SummaryReport, table: str, row: Row) -> str:
    """Return a service or a feedback in a few words."""
    translate = report.translate
    if table == "services":
        told = translate("{event}：{text}", event=translate(row["event"]), text=row["description"])
    elif row["score"] is None:
        told = row["text"]
    else:
        told = translate("{score} 分：{text}", score=row["score"], text=row["text"])
    return shortened(told, _BRIEF_PIXELS)


def shortened(text: str, width: int) -> str:
    """Return a text on one line that is no wider than so many pixels."""
    line = " ".join(text.split())[:width]
    if theme.pixels(line) <= width:
        return line
    while theme.pixels(line + "…") > width:
        line = line[:-1]
    return line + "…"
