"""数据来源: every file handed in, what became of each of its rows, and totals that add up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from ...i18n.translate import Language
from ...merge.previous import MERGED, SOURCES
from ...merge.record import Counts, Origin
from ...merge.result import Merged
from ...problems.codes import UNKNOWN_IN_ALL_FILES, Severity
from ...problems.problem import column_letters
from ...schema.workbook import WorkbookSchema
from ...xlsx import theme
from ..render.cells import CachedFormula, ReportPage, SummaryReport, abridged, yuan
from ..render.table import FIRST_ROW, HEADER_ROW, PageColumn, fitting, head, print_across, set_columns, write_table

TITLE = SOURCES
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
_LONGEST, _WHY = 120, 400
_MINUTES = len("2024-06-30T09:00")


def write_sources(report: SummaryReport, merged: Merged, schema: WorkbookSchema) -> None:
    """Write a table of the files and below it one of their sheets, both with totals."""
    page = report.page(TITLE, theme.SERIES[5])
    lines = [(number, origin, table) for number, origin in enumerate(merged.origins, 1) for table in origin.counts]
    files_end = FIRST_ROW + len(merged.origins)
    below = files_end + 4
    sheets = _sheets(report, schema, lines, below + 1)
    files = _files(report, merged.origins, below + 1, len(lines))
    told = report.translate("读入 = 采用 + 被拒 + 被替代；金额是各行总金额之和（元）。每个工作表的去向见下表。")
    head(page, page.title, told, len(files) - 1)
    set_columns(page, [_wider(report, a, b) for a, b in zip(files, [*sheets, *files[len(sheets) :]], strict=True)])
    write_table(page, files)
    _totals(page, FIRST_ROW, files_end, [origin.counts for origin in merged.origins])
    style = report.style(bold=True, font_size=12, font_color=theme.BRAND)
    page.text(below - 1, 0, report.translate("逐表去向"), style)
    write_table(page, sheets, top=below)
    _totals(page, below + 1, below + 1 + len(lines), [{table: origin.counts[table]} for _, origin, table in lines])
    _strays(page, merged, below + len(lines) + 4)
    _finish(page, len(merged.origins), len(files))


def _strays(page: ReportPage, merged: Merged, top: int) -> None:
    """List what nobody registered: those lines are kept, and counted under 未登记客户."""
    report = page.report
    found = [problem for problem in merged.problems if problem.code is UNKNOWN_IN_ALL_FILES]
    if not found:
        return
    style = report.style(bold=True, font_size=12, font_color=theme.BRAND)
    page.text(top - 1, 0, report.translate("没有登记的引用（这些行照常计入，客户记作“未登记客户”）"), style)
    columns: list[tuple[str, str, list[Any]]] = [
        ("序号", "count", list(range(1, len(found) + 1))),
        ("文件", "text", [abridged(problem.location.file, report.language, _LONGEST) for problem in found]),
        ("行", "count", [problem.location.row for problem in found]),
        ("工作表", "text", [abridged(problem.location.sheet, report.language, _LONGEST) for problem in found]),
        ("列", "text", [report.translate(str(problem.header)) for problem in found]),
        ("编号", "text", [abridged(str(problem.value), report.language, _LONGEST) for problem in found]),
    ]
    write_table(
        page, [PageColumn(report.translate(header), look, 0, values) for header, look, values in columns], top=top
    )


def _wider(report: SummaryReport, first: PageColumn, second: PageColumn) -> PageColumn:
    return max(first, second, key=lambda column: fitting(column, report))


def _finish(page: ReportPage, files: int, columns: int) -> None:
    page.sheet.freeze_panes(FIRST_ROW, 2)
    if files:
        page.sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + files, columns - 1)
    page.sheet.set_selection(FIRST_ROW, 0, FIRST_ROW, 0)
    print_across(page, (1, 0))
    bad = {"type": "cell", "criteria": "==", "value": '"×"', "format": page.report.formats.bad()}
    page.sheet.conditional_format(FIRST_ROW, _CHECK, FIRST_ROW + 2000, _CHECK, bad)


def _files(report: SummaryReport, origins: Sequence[Origin], first: int, lines: int) -> list[PageColumn]:
    def column(header: str, look: str, width: int, values: Sequence[Any]) -> PageColumn:
        return PageColumn(report.translate(header), look, width, values)

    def told(texts: Sequence[str]) -> list[str | None]:
        return [abridged(text, report.language, _LONGEST) or None for text in texts]

    sums = [_summed(origin.counts) for origin in origins]
    severities = [Counter(problem.severity for problem in origin.problems) for origin in origins]
    return [
        column("序号", "count", 44, list(range(1, len(origins) + 1))),
        column("文件", "text", 220, told([origin.file for origin in origins])),
        column("状态", "centre", 74, [report.translate(_STATUS[origin.status]) for origin in origins]),
        column("填报单位", "text", 90, told([origin.office for origin in origins])),
        column("报送期间", "text", 130, told([origin.period for origin in origins])),
        column("填表人", "text", 70, told([origin.filled_by for origin in origins])),
        *_counts(report, [_over_sheets(at, counts, first, lines) for at, counts in enumerate(sums)]),
        _checks(report, sums, FIRST_ROW),
        *(column(header, "whole", 64, [found[severity] for found in severities])
          for header, severity in (("错误", Severity.ERROR), ("提醒", Severity.WARNING), ("建议修改", Severity.FIX))),
        column("制作程序", "text", 190, told([origin.application for origin in origins])),
        column("保存时间(UTC)", "centre", 124, told([origin.modified[:_MINUTES].replace("T", " ") for origin in origins])),
        column("模板版本", "centre", 70, told([origin.version for origin in origins])),
        column("内容指纹", "number", 110, [origin.sha256[:12] or None for origin in origins]),
        column("类型", "centre", 60, told([PurePath(origin.file).suffix[1:].lower() for origin in origins])),
        column("说明", "text", 420, [abridged(_why(origin, report.language), report.language, _WHY) or None for origin in origins]),
    ]  # fmt: skip


def _why(origin: Origin, language: Language) -> str:
    """Why a file did not simply go in, with the codes to look up."""
    out = origin.problems if origin.status != "merged" else ()
    return "; ".join(f"{problem.code.name} {problem.message(language)}" for problem in out)


def _sheets(
    report: SummaryReport, schema: WorkbookSchema, lines: Sequence[tuple[int, Origin, str]], first: int
) -> list[PageColumn]:
    def column(header: str, look: str, width: int, values: Sequence[Any]) -> PageColumn:
        return PageColumn(report.translate(header), look, width, values)

    counts = [origin.counts[table] for _, origin, table in lines]
    blank = [None] * len(lines)
    return [
        column("序号", "count", 44, [number for number, _, _ in lines]),
        column("文件", "text", 220, [abridged(origin.file, report.language, _LONGEST) for _, origin, _ in lines]),
        column("状态", "centre", 74, [report.translate(_STATUS[origin.status]) for _, origin, _ in lines]),
        column("工作表", "text", 90, [report.translate(schema.sheet(table).title) for _, _, table in lines]),
        column("报送期间", "text", 130, blank),
        column("填表人", "text", 70, blank),
        *_counts(report, [_plain(count) for count in counts]),
        _checks(report, counts, first),
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


def _counts(report: SummaryReport, rows: Sequence[Sequence[Any]]) -> list[PageColumn]:
    heads = [(report.translate("{what}行数", what=report.translate(what)), "whole", 66) for what in _COUNTED]
    heads += [(report.translate("{what}金额(元)", what=report.translate(what)), "money", 116) for what in _COUNTED]
    return [PageColumn(header, look, width, [row[i] for row in rows]) for i, (header, look, width) in enumerate(heads)]


def _checks(report: SummaryReport, counts: Sequence[Counts], first: int) -> PageColumn:
    marks = [CachedFormula(_adds_up(first + 1 + at), "√" if one.adds_up() else "×") for at, one in enumerate(counts)]
    return PageColumn(report.translate("核对"), "centre", 50, marks)


def _adds_up(row: int) -> str:
    """Return the formula of √ where rows and money are accounted for in that row (from 1)."""
    rows = "{0}{4}={1}{4}+{2}{4}+{3}{4}".format(*map(column_letters, range(_FIRST_COUNT + 1, _FIRST_COUNT + 5)), row)
    money = "ROUND({0}{4}-{1}{4}-{2}{4}-{3}{4},2)=0".format(
        *map(column_letters, range(_FIRST_MONEY + 1, _FIRST_MONEY + 5)), row
    )
    return f'IF(AND({rows},{money}),"√","×")'


def _totals(page: ReportPage, first: int, at: int, counts: Sequence[Mapping[str, Counts]]) -> None:
    """Write the row of totals below a table whose first row is ``first``."""
    report, every = page.report, Counts()
    for one in counts:
        every = every.plus(_summed(one))
    look = {"bold": True, "bg_color": theme.BRAND_SOFT}
    for column in range(_FIRST_COUNT):
        page.put(at, column, report.translate("合计") if column == 1 else None, report.cell(**look))
    for i, value in enumerate(_plain(every)):
        letter, money = column_letters(_FIRST_COUNT + 1 + i), _FIRST_COUNT + i >= _FIRST_MONEY
        total = f"SUM({letter}{first + 1}:{letter}{at})" if at > first else "0"
        live = CachedFormula(f"ROUND({total},2)" if money else total, value)
        page.put(
            at, _FIRST_COUNT + i, live, report.cell(num_format="#,##0.00" if money else "#,##0", align="right", **look)
        )
    page.put(
        at,
        _CHECK,
        CachedFormula(_adds_up(at + 1), "√" if every.adds_up() else "×"),
        report.cell(align="center", **look),
    )
