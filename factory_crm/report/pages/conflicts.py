"""冲突 and 被拒行: what contradicted, what stayed out, and how to mend it."""

from collections.abc import Sequence
from typing import Any

from ...i18n.translate import SENTENCE_JOINT
from ...merge.conflicts import DECIDED
from ...merge.previous import CHOSEN, CONFLICTS, IDENTITY
from ...merge.record import RejectedRecord
from ...merge.result import Conflict, Merged, RecordVersion
from ...problems.problem import Problem
from ...schema.workbook import WorkbookSchema
from ...xlsx import theme
from ...xlsx.text import units
from ..render.cells import LONGEST_TEXT, SummaryReport, abridged, yuan
from ..render.table import FIRST_ROW, PageColumn, head, set_columns, set_heights, set_up, write_table
from .duplicates import dropdown

REJECTED = "被拒行"
_VERSION_PIXELS, _PLACE_PIXELS = 200, 220
_PROBLEM_PIXELS, _REMEDY_PIXELS, _ROW_PIXELS = 300, 260, 420
_MOST_TOLD = 30


def write_conflicts(report: SummaryReport, merged: Merged, schema: WorkbookSchema) -> None:
    """Write one line for each column in which versions of a key differ, the versions side by side."""
    page = report.page(CONFLICTS, theme.SERIES[1])
    lines = [(number, conflict, at) for number, conflict in enumerate(merged.conflicts, 1)
             for at in range(max(len(conflict.headers), 1))]  # fmt: skip
    columns = _conflict_columns(report, schema, lines)
    told = report.translate(
        "同一编号在几个工作簿里内容不同，各版本并排列出；撞号的各家都保留。在「选定」里选一个版本，下次合并时加 --previous 就照办；或商定后在原表改成一致。"
    )
    head(page, page.title, told, len(columns) - 1)
    set_columns(page, columns)
    write_table(page, columns)
    set_heights(page, columns)
    at = next(at for at, column in enumerate(columns) if column.header == report.translate(CHOSEN))
    for row, (_, conflict, _) in enumerate(lines, FIRST_ROW):
        if not conflict.is_id_collision:
            dropdown(page, row, at, [_called(report, nth) for nth in range(len(conflict.versions))])
    if not lines:
        page.text(FIRST_ROW, 0, report.translate("√ 没有冲突。"), report.style(font_color=theme.GOOD))
    set_up(page, rows=len(lines), columns=len(columns), frozen=4)


def _conflict_columns(
    report: SummaryReport, schema: WorkbookSchema, lines: Sequence[tuple[int, Conflict, int]]
) -> list[PageColumn]:
    def column(header: str, look: str, width: int, values: Sequence[Any], **facts: object) -> PageColumn:
        return PageColumn(report.translate(header, **facts), look, width, values)

    most = max((len(conflict.versions) for _, conflict, _ in lines), default=2)
    versions = [of for nth in range(most) for of in _version_columns(report, lines, nth)]
    return [
        column("序号", "count", 44, [number for number, _, _ in lines]),
        column(
            "情形",
            "centre",
            60,
            [report.translate("撞号" if conflict.is_id_collision else "冲突") for _, conflict, _ in lines],
        ),
        column(
            "工作表", "text", 90, [report.translate(schema.sheet(conflict.table).title) for _, conflict, _ in lines]
        ),
        column("编号", "number", 110, [abridged(conflict.key, report.language) for _, conflict, _ in lines]),
        column("列", "text", 110, [report.translate(c.headers[at]) if c.headers else None for _, c, at in lines]),
        column(CHOSEN, "centre", 74, [_chosen(report, conflict) if at == 0 else None for _, conflict, at in lines]),
        column("采用的版本", "centre", 66, [_used(report, conflict) for _, conflict, _ in lines]),
        *versions,
        PageColumn(
            report.translate(IDENTITY), "text", 80, [_identity(conflict) for _, conflict, _ in lines], hidden=True
        ),
        column("处理规则", "wrapped", 240, [report.translate(conflict.rule) for _, conflict, _ in lines]),
    ]


def _version_columns(report: SummaryReport, lines: Sequence[tuple[int, Conflict, int]], nth: int) -> list[PageColumn]:
    def cell(conflict: Conflict, at: int) -> str | None:
        version = _nth(conflict, nth)
        if version is None or at >= len(version.cells):
            return None
        return abridged(version.cells[at], report.language) or report.translate("（空）")

    def place(conflict: Conflict) -> str | None:
        version = _nth(conflict, nth)
        return None if version is None else _where(version)

    return [
        PageColumn(
            _called(report, nth),
            "wrapped",
            _VERSION_PIXELS,
            [cell(conflict, at) for _, conflict, at in lines],
        ),
        PageColumn(
            report.translate("来自 {nth}", nth=nth + 1),
            "wrapped",
            _PLACE_PIXELS,
            [place(conflict) for _, conflict, _ in lines],
            automatic=True,
        ),
    ]


def _called(report: SummaryReport, nth: int) -> str:
    return report.translate("版本 {nth}", nth=nth + 1)


def _chosen(report: SummaryReport, conflict: Conflict) -> str | None:
    """What somebody chose before stays chosen: the choice is carried from summary to summary."""
    return _called(report, 0) if conflict.rule == DECIDED else None


def _used(report: SummaryReport, conflict: Conflict) -> str:
    if conflict.is_id_collision:
        return report.translate("都保留")
    return report.translate("待定") if conflict.pending else _called(report, 0)


def _identity(conflict: Conflict) -> str | None:
    """A choice among so many versions that no cell can name them is not offered."""
    return None if conflict.is_id_collision or units(conflict.identity) > LONGEST_TEXT else conflict.identity


def _nth(conflict: Conflict, nth: int) -> RecordVersion | None:
    return conflict.versions[nth] if nth < len(conflict.versions) else None


def _where(version: RecordVersion) -> str:
    office = "" if version.office in version.location.file else version.office
    return " · ".join(filter(None, (office, str(version.location))))


def write_rejected(report: SummaryReport, merged: Merged, schema: WorkbookSchema) -> None:
    """Write the rows that stay out of the figures: where, what is wrong, how to mend it, what was written."""
    page = report.page(REJECTED, theme.BAD)
    rows = merged.rejected
    columns = _rejected_columns(report, schema, rows)
    told = report.translate("这些行有错误，没有计入任何数字。改好后重新提交即可。")
    head(page, page.title, told, len(columns) - 1)
    set_columns(page, columns)
    write_table(page, columns)
    set_heights(page, columns)
    if not rows:
        page.text(FIRST_ROW, 0, report.translate("√ 没有被拒的行。"), report.style(font_color=theme.GOOD))
    set_up(page, rows=len(rows), columns=len(columns), frozen=4)


def _rejected_columns(
    report: SummaryReport, schema: WorkbookSchema, rows: Sequence[RejectedRecord]
) -> list[PageColumn]:
    def column(header: str, look: str, width: int, values: Sequence[Any]) -> PageColumn:
        return PageColumn(report.translate(header), look, width, values)

    return [
        column("序号", "count", 44, list(range(1, len(rows) + 1))),
        column("文件", "text", _PLACE_PIXELS, [row.location.file for row in rows]),
        column("工作表", "text", 90, [row.location.sheet for row in rows]),
        column("行", "count", 50, [row.location.row for row in rows]),
        column("填报单位", "text", 90, [abridged(row.office, report.language) or None for row in rows]),
        column(
            "金额(元)",
            "money",
            100,
            [yuan(row.amount_fen) if schema.sheet(row.table).table == "orders" else None for row in rows],
        ),
        column("问题", "wrapped", _PROBLEM_PIXELS, [_told(report, row.problems, remedy=False) for row in rows]),
        column("怎么改", "wrapped", _REMEDY_PIXELS, [_told(report, row.problems, remedy=True) for row in rows]),
        column("原来的内容", "wrapped", _ROW_PIXELS, [_original(report, row) for row in rows]),
    ]


def _told(report: SummaryReport, problems: Sequence[Problem], *, remedy: bool) -> str:
    lines = [abridged(problem.hint(report.language) if remedy else f"{problem.location.cell} {problem.message(report.language)}",
                      report.language, 300) for problem in problems[:_MOST_TOLD]]  # fmt: skip
    if len(problems) > _MOST_TOLD:
        lines.append(report.translate("……另有 {count} 个问题", count=len(problems) - _MOST_TOLD))
    return "\n".join(dict.fromkeys(lines))


def _original(report: SummaryReport, row: RejectedRecord) -> str:
    cells = (
        report.translate("{header}：{text}", header=report.translate(header), text=abridged(text, report.language, 200))
        for header, text in row.shown
        if text
    )
    return abridged(SENTENCE_JOINT[report.language].join(cells), report.language, 8_000)  # zh only
