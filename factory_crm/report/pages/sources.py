"""数据来源: every file handed in, what became of each of its rows, and totals that add up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from ...i18n.translate import Language
from ...merge.previous import MERGED, SOURCES
from ...merge.record import Counts, Origin
from ...problems.codes import UNKNOWN_IN_ALL_FILES, Severity
from ...problems.problem import column_letters
from ...xlsx import theme
from ..data import ReportData
from ..looks import Equals, Paint
from ..page import FIRST_ROW, Page, PageColumn, Table, Tables
from ..values import CachedFormula, abridged, yuan

_STATUS: Mapping[str, str] = {
    "merged": MERGED,
    "unreadable": "读不了",
    "skipped": "已跳过",
    "repeated": "重复文件",
    "superseded": "被新版取代",
}
_COUNTED = ("读入", "采用", "被拒", "被替代")
"""What became of rows and of money, in the order of ``Counts``."""
_FIRST_COUNT, _FIRST_MONEY = 6, 10
_CHECK = 14
"""The columns in which the two tables agree, counted from 0."""
_CHECKED_ROWS = 2_001
_LONGEST, _WHY = 120, 400
_MINUTES = len("2024-06-30T09:00")
_GAP = 4
"""Rows from the totals of the files to the header of their sheets."""
Totals = list[tuple[Any, str]]


def sources_page(data: ReportData) -> Tables:
    """Return a table of the files and below it one of their sheets, both with totals; then what nobody registered."""
    origins = data.merged.origins
    lines = [(number, origin, table) for number, origin in enumerate(origins, 1) for table in origin.counts]
    below = FIRST_ROW + len(origins) + _GAP + 1
    files = Table(
        _files(data, origins, below, len(lines)), "", numbers_as_text=False,
        paints=(Paint(_CHECK, Equals("×", "bad"), _CHECKED_ROWS),),
        totals=_totals(data, FIRST_ROW, [origin.counts for origin in origins]),
    )  # fmt: skip
    totals = _totals(data, below, [{table: origin.counts[table]} for _, origin, table in lines])
    sheets = Table(_sheets(data, lines, below), "", data.translate("逐表去向"), totals=totals, gap=3)
    sentence = data.translate("读入 = 采用 + 被拒 + 被替代；金额是各行总金额之和（元）。每个工作表的去向见下表。")
    return Tables(sentence, (files, sheets, *_unregistered_table(data)), frozen=2)


def _unregistered_table(data: ReportData) -> list[Table]:
    """List what nobody registered: those lines are kept, and counted under 未登记客户."""
    unregistered = [problem for problem in data.merged.problems if problem.code is UNKNOWN_IN_ALL_FILES]
    if not unregistered:
        return []

    def short(texts: Sequence[str]) -> list[str]:
        return [abridged(text, data.language, _LONGEST) for text in texts]

    columns: list[tuple[str, str, list[Any]]] = [
        ("序号", "count", list(range(1, len(unregistered) + 1))),
        ("文件", "text", short([problem.location.file for problem in unregistered])),
        ("行", "count", [problem.location.row for problem in unregistered]),
        ("工作表", "text", short([problem.location.sheet for problem in unregistered])),
        ("列", "text", [data.translate(str(problem.header)) for problem in unregistered]),
        ("编号", "text", short([str(problem.value) for problem in unregistered])),
    ]
    title = data.translate("没有登记的引用（这些行照常计入，客户记作“未登记客户”）")
    return [Table([data.column(header, look, 0, values) for header, look, values in columns], "", title, widens=False)]


def _files(data: ReportData, origins: Sequence[Origin], first: int, lines: int) -> list[PageColumn]:
    column, language = data.column, data.language

    def shortened(texts: Sequence[str]) -> list[str | None]:
        return [abridged(text, language, _LONGEST) or None for text in texts]

    sums = [_summed(origin.counts) for origin in origins]
    severities = [Counter(problem.severity for problem in origin.problems) for origin in origins]
    return [
        column("序号", "count", 44, list(range(1, len(origins) + 1))),
        column("文件", "text", 220, shortened([origin.file for origin in origins])),
        column("状态", "centre", 74, [data.translate(_STATUS[origin.status]) for origin in origins]),
        column("填报单位", "text", 90, shortened([origin.office for origin in origins])),
        column("报送期间", "text", 130, shortened([origin.period for origin in origins])),
        column("填表人", "text", 70, shortened([origin.filled_by for origin in origins])),
        *_counts(data, [_over_sheets(at, counts, first, lines) for at, counts in enumerate(sums)]),
        _checks(data, sums, FIRST_ROW),
        *(column(header, "whole", 64, [by_severity[severity] for by_severity in severities])
          for header, severity in (("错误", Severity.ERROR), ("提醒", Severity.WARNING), ("建议修改", Severity.FIX))),
        column("制作程序", "text", 190, shortened([origin.application for origin in origins])),
        column("保存时间(UTC)", "centre", 124, shortened([origin.modified[:_MINUTES].replace("T", " ") for origin in origins])),
        column("模板版本", "centre", 70, shortened([origin.version for origin in origins])),
        column("内容指纹", "number", 110, [origin.sha256[:12] or None for origin in origins]),
        column("类型", "centre", 60, shortened([PurePath(origin.file).suffix[1:].lower() for origin in origins])),
        column("说明", "text", 420, [abridged(_why(origin, language), language, _WHY) or None for origin in origins]),
    ]  # fmt: skip


def _why(origin: Origin, language: Language) -> str:
    """Why a file did not simply go in, with the codes to look up."""
    out = origin.problems if origin.status != "merged" else ()
    return "; ".join(f"{problem.code.name} {problem.message(language)}" for problem in out)


def _sheets(data: ReportData, lines: Sequence[tuple[int, Origin, str]], first: int) -> list[PageColumn]:
    column = data.column
    counts = [origin.counts[table] for _, origin, table in lines]
    blank = [None] * len(lines)
    return [
        column("序号", "count", 44, [number for number, _, _ in lines]),
        column("文件", "text", 220, [abridged(origin.file, data.language, _LONGEST) for _, origin, _ in lines]),
        column("状态", "centre", 74, [data.translate(_STATUS[origin.status]) for _, origin, _ in lines]),
        column("工作表", "text", 90, [data.translate(data.schema.sheet(table).title) for _, _, table in lines]),
        column("报送期间", "text", 130, blank),
        column("填表人", "text", 70, blank),
        *_counts(data, [_plain(count) for count in counts]),
        _checks(data, counts, first),
    ]


def _summed(counts: Mapping[str, Counts]) -> Counts:
    total = Counts()
    for one in counts.values():
        total = total.plus(one)
    return total


def _plain(counts: Counts) -> list[Any]:
    return [*(amount.rows for amount in counts), *(yuan(amount.fen) for amount in counts)]


def _over_sheets(at: int, counts: Counts, first: int, lines: int) -> list[Any]:
    """The sums of one file over the table of sheets, told by the number in the first column."""
    values = _plain(counts)
    if not lines:
        return values
    numbers, own = f"$A${first + 1}:$A${first + lines}", f"$A{FIRST_ROW + 1 + at}"

    def live(column: int, value: float) -> CachedFormula:
        letter = column_letters(column + 1)
        total = f"SUMIFS(${letter}${first + 1}:${letter}${first + lines},{numbers},{own})"
        return CachedFormula(total if column < _FIRST_MONEY else f"ROUND({total},2)", value)

    return [live(_FIRST_COUNT + i, value) for i, value in enumerate(values)]


def _counts(data: ReportData, rows: Sequence[Sequence[Any]]) -> list[PageColumn]:
    heads = [(data.translate("{what}行数", what=data.translate(what)), "whole", 66) for what in _COUNTED]
    heads += [(data.translate("{what}金额(元)", what=data.translate(what)), "money", 116) for what in _COUNTED]
    return [PageColumn(header, look, width, [row[i] for row in rows]) for i, (header, look, width) in enumerate(heads)]


def _checks(data: ReportData, counts: Sequence[Counts], first: int) -> PageColumn:
    marks = [CachedFormula(_adds_up(first + 1 + at), _sign(one)) for at, one in enumerate(counts)]
    return data.column("核对", "centre", 50, marks)


def _sign(counts: Counts) -> str:
    return "√" if counts.adds_up() else "×"


def _adds_up(row: int) -> str:
    """Return the formula of √ where rows and money are accounted for in that row (from 1)."""
    rows = "{0}{4}={1}{4}+{2}{4}+{3}{4}".format(*map(column_letters, range(_FIRST_COUNT + 1, _FIRST_COUNT + 5)), row)
    money = "ROUND({0}{4}-{1}{4}-{2}{4}-{3}{4},2)=0".format(
        *map(column_letters, range(_FIRST_MONEY + 1, _FIRST_MONEY + 5)), row
    )
    return f'IF(AND({rows},{money}),"√","×")'


def _totals(data: ReportData, first: int, counts: Sequence[Mapping[str, Counts]]) -> Totals:
    """Return the row of totals below a table whose first row is ``first``."""
    every, at = Counts(), first + len(counts)
    for one in counts:
        every = every.plus(_summed(one))
    totals: Totals = [(data.translate("合计") if column == 1 else None, "plain") for column in range(_FIRST_COUNT)]
    for i, value in enumerate(_plain(every)):
        letter, money = column_letters(_FIRST_COUNT + 1 + i), _FIRST_COUNT + i >= _FIRST_MONEY
        total = f"SUM({letter}{first + 1}:{letter}{at})" if at > first else "0"
        live = CachedFormula(f"ROUND({total},2)" if money else total, value)
        totals.append((live, "money" if money else "whole"))
    return [*totals, (CachedFormula(_adds_up(at + 1), _sign(every)), "centre")]


SOURCES_PAGE = Page(SOURCES, sources_page, place=64, tab=theme.SERIES[5])
