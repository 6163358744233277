"""数据质量: how complete the rows of each office are, how many problems they had, how many went in at once."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .. import theme
from ..contract.contract import Contract
from ..merging.merged import Merged
from .details import data_bar, table_rows
from .facts import share
from .table import FIRST_ROW, Column, head, set_columns, set_up, write_table
from .writer import INSUFFICIENT, Page

TITLE = "数据质量"
UNNAMED = "未填"


class Standing(NamedTuple):
    """How good the rows of one sheet of one office are."""

    office: str
    table: str
    read: int
    accepted: int
    rejected: int
    problems: int
    """Of rejected rows, and of the merge."""
    filled: float | None
    """Share of the cells that are filled, of columns that are required or expected."""
    blanks: Mapping[str, int]
    """Of expected columns, by header."""


def standings(merged: Merged, contract: Contract) -> list[Standing]:
    """Return every office's sheets, in the order of offices and sheets."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    offices = {origin.file: origin.office for origin in merged.origins}
    for origin in merged.origins:
        for table, found in origin.counts.items():
            counts[origin.office, table].update(
                read=found.read.rows, accepted=found.accepted.rows, rejected=found.rejected.rows
            )
    for row in merged.rejected:
        counts[row.office, row.table]["problems"] += len(row.problems)
    for problem in merged.problems:
        table = next((sheet.table for sheet in contract.sheets if sheet.title == problem.place.sheet), "")
        if table:
            counts[offices.get(problem.place.file, ""), table]["problems"] += 1
    cells = _cells(merged, contract)
    standing = []
    for office, table in sorted(counts, key=lambda key: (key[0], _at(contract, key[1]))):
        tally = counts[office, table]
        whole, filled, blanks = cells.get((office, table), (0, 0, {}))
        standing.append(Standing(office, table, tally["read"], tally["accepted"], tally["rejected"], tally["problems"],
                              share(filled, whole), blanks))  # fmt: skip
    return [one for one in standing if one.read]


def _at(contract: Contract, table: str) -> int:
    return [sheet.table for sheet in contract.sheets].index(table)


def _cells(merged: Merged, contract: Contract) -> dict[tuple[str, str], tuple[int, int, Mapping[str, int]]]:
    """Cells that should be filled, those that are, and the blanks of each column, by office and table."""
    found: dict[tuple[str, str], tuple[int, int, Mapping[str, int]]] = {}
    for sheet in contract.sheets:
        needed = [column for column in sheet.columns if (column.required or column.expected) and not column.echoes]
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in table_rows(merged, sheet.table) if sheet.table in merged.tables else ():
            rows[row["office"]].append(row)
        for office, held in rows.items():
            blanks = {column.header: sum(row[column.name] is None for row in held) for column in needed}
            whole = len(needed) * len(held)
            found[office, sheet.table] = (
                whole,
                whole - sum(blanks.values()),
                {name: n for name, n in blanks.items() if n},
            )
    return found


def write_quality(page: Page, merged: Merged, contract: Contract) -> None:
    """Write one line for each sheet of each office."""
    report, say = page.report, page.report.say
    found = standings(merged, contract)

    def column(header: str, look: str, width: int, values: Sequence[Any]) -> Column:
        return Column(say(header), look, width, values)

    def rates(values: Sequence[float | None]) -> list[Any]:
        return [INSUFFICIENT if value is None else value for value in values]

    columns = [
        column("填报单位", "text", 130, [one.office or say(UNNAMED) for one in found]),
        column("表", "centre", 96, [say(contract.sheet(one.table).title) for one in found]),
        column("读取行", "whole", 80, [one.read for one in found]),
        column("采用行", "whole", 80, [one.accepted for one in found]),
        column("被拒行", "whole", 80, [one.rejected for one in found]),
        column("一次通过率", "rate", 90, rates([share(one.read - one.rejected, one.read) for one in found])),
        column("每百行问题", "score", 90, rates([share(100 * one.problems, one.read) for one in found])),
        column("应填项完整率", "rate", 96, rates([one.filled for one in found])),
        column("最常空的列", "text", 330, [_emptiest(page, one.blanks) for one in found]),
    ]
    told = say("一次通过 = 没有被拒；问题 = 被拒行的错误和合并时发现的问题；应填项 = 必填和建议填的列，只看采用的行。")
    head(page, page.title, told, len(columns) - 1)
    set_columns(page, columns)
    write_table(page, columns)
    set_up(page, rows=len(found), columns=len(columns), frozen=2)
    if found:
        last = FIRST_ROW + len(found) - 1
        page.sheet.conditional_format(FIRST_ROW, 7, last, 7, {**data_bar(), "max_type": "num", "max_value": 1})
        page.sheet.conditional_format(
            FIRST_ROW, 4, last, 4, {"type": "cell", "criteria": ">=", "value": 1, "format": report.formats.bad()}
        )
    else:
        page.text(FIRST_ROW, 0, say("没有读到任何行。"), report.style(font_color=theme.MUTED))


def _emptiest(page: Page, blanks: Mapping[str, int]) -> str | None:
    say = page.report.say
    most = sorted(blanks.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
    return "  ".join(say("{column} {count} 行", column=say(name), count=count) for name, count in most) or None
