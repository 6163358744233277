"""被拒行: the rows that stay out of the figures: where, what is wrong, how to mend it, what was written."""

from collections.abc import Sequence

from ...i18n.translate import SENTENCE_JOINT
from ...merge.record import RejectedRecord
from ...problems.problem import Problem
from ...xlsx import theme
from ..data import ReportData
from ..page import Page, PageColumn, Table, Tables
from ..values import abridged, yuan

TITLE = "被拒行"
_FILE_PIXELS, _PROBLEM_PIXELS, _REMEDY_PIXELS, _ROW_PIXELS = 220, 300, 260, 420
_MOST_LISTED = 30


def rejected_page(data: ReportData) -> Tables:
    """Return one line for each row."""
    sentence = data.translate("这些行有错误，没有计入任何数字。改好后重新提交即可。")
    table = Table(_columns(data), data.translate("√ 没有被拒的行。"), good_if_empty=True)
    return Tables(sentence, (table,), frozen=4)


def _columns(data: ReportData) -> list[PageColumn]:
    column, rows = data.column, data.merged.rejected
    amounts = [yuan(row.amount_fen) if data.schema.sheet(row.table).record_layout.money else None for row in rows]
    return [
        column("序号", "count", 44, list(range(1, len(rows) + 1))),
        column("文件", "text", _FILE_PIXELS, [row.location.file for row in rows]),
        column("工作表", "text", 90, [row.location.sheet for row in rows]),
        column("行", "count", 50, [row.location.row for row in rows]),
        column("填报单位", "text", 90, [abridged(row.office, data.language) or None for row in rows]),
        column("金额(元)", "money", 100, amounts),
        column("问题", "wrapped", _PROBLEM_PIXELS, [_problem_texts(data, row.problems, remedy=False) for row in rows]),
        column("怎么改", "wrapped", _REMEDY_PIXELS, [_problem_texts(data, row.problems, remedy=True) for row in rows]),
        column("原来的内容", "wrapped", _ROW_PIXELS, [_original(data, row) for row in rows]),
    ]


def _problem_texts(data: ReportData, problems: Sequence[Problem], *, remedy: bool) -> str:
    language = data.language
    lines = [abridged(problem.hint(language) if remedy else f"{problem.location.cell} {problem.message(language)}",
                      language, 300) for problem in problems[:_MOST_LISTED]]  # fmt: skip
    if len(problems) > _MOST_LISTED:
        lines.append(data.translate("……另有 {count} 个问题", count=len(problems) - _MOST_LISTED))
    return "\n".join(dict.fromkeys(lines))


def _original(data: ReportData, row: RejectedRecord) -> str:
    cells = (
        data.translate("{header}：{text}", header=data.translate(header), text=abridged(text, data.language, 200))
        for header, text in row.shown
        if text
    )
    return abridged(SENTENCE_JOINT[data.language].join(cells), data.language, 8_000)


REJECTED = Page(TITLE, rejected_page, place=63, tab=theme.BAD)
