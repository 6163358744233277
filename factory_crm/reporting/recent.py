"""What happened last to each customer: keys that 客户360 finds rows by, and each row in a few words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from .. import theme
from .writer import Report

RECENT, TIMELINE, BRIEF = "recent", "timeline", "brief"
"""The columns that this adds to the details: key among the sheet's rows, key among all rows, a few words."""
LATEST: Mapping[str, int] = {"orders": 8, "services": 6, "feedbacks": 6}
"""So many rows of each table can be found for a customer, and so many of all."""
LATEST_OF_ALL = 10
STRIDE = 1000
"""A key is the customer's number times this, plus 1 for the latest row."""
_BRIEF_PIXELS = 330
Row = Mapping[str, Any]


def recent(
    report: Report,
    tables: Mapping[str, Sequence[Row]],
    days: Mapping[str, Sequence[datetime | None]],
    numbers: Mapping[str, int],
) -> dict[str, dict[str, list[Any]]]:
    """Return the added columns of every table; ``days`` are when each row happened, if it has."""
    found: dict[str, dict[str, list[Any]]] = {
        table: {RECENT: [None] * len(rows), TIMELINE: [None] * len(rows), BRIEF: [brief(report, table, row) for row in rows]}
        for table, rows in tables.items()
    }  # fmt: skip
    every: dict[int, list[tuple[datetime, str, int]]] = defaultdict(list)
    for table, rows in tables.items():
        own: dict[int, list[tuple[datetime, str, int]]] = defaultdict(list)
        for at, (row, day) in enumerate(zip(rows, days[table], strict=True)):
            if number := numbers.get(row["customer_id"]):
                own[number].append((day or datetime.min, table, at))
                if day is not None:
                    every[number].append((day, table, at))
        _rank(found, own, RECENT, LATEST[table])
    _rank(found, every, TIMELINE, LATEST_OF_ALL)
    return found


def _rank(found: dict[str, dict[str, list[Any]]], events: Mapping[int, list[tuple[datetime, str, int]]],
          name: str, most: int) -> None:  # fmt: skip
    for number, rows in events.items():
        rows.sort(key=lambda row: (row[0], row[1], row[2]), reverse=True)
        for rank, (_, table, at) in enumerate(rows[:most], 1):
            found[table][name][at] = number * STRIDE + rank


def brief(report: Report, table: str, row: Row) -> str:
    """Return a row in a few words."""
    say = report.say
    if table == "orders":
        told = say("{product} × {quantity}", product=row["product"], quantity=f"{row['quantity'] / 10_000:,.10g}")
    elif table == "services":
        told = say("{event}：{text}", event=say(row["event"]), text=row["description"])
    elif row["score"] is None:
        told = row["text"]
    else:
        told = say("{score} 分：{text}", score=row["score"], text=row["text"])
    return shortened(told, _BRIEF_PIXELS)


def shortened(text: str, width: int) -> str:
    """Return a text on one line that is no wider than so many pixels."""
    line = " ".join(text.split())[:width]
    if theme.pixels(line) <= width:
        return line
    while theme.pixels(line + "…") > width:
        line = line[:-1]
    return line + "…"
