"""催交清单: who has handed in and who has not, with a message ready to paste."""

from collections.abc import Sequence
from typing import Any

from ...i18n.translate import Language, LazyText, TextList, translate
from ...merge.result import Merged, Submission
from ...schema.workbook import WorkbookSchema
from ...xlsx import theme
from ..render.cells import SummaryReport, abridged
from ..render.table import FIRST_ROW, PageColumn, head, set_columns, set_heights, set_up, write_table

TITLE = "催交清单"
_MESSAGE_PIXELS, _FILES_PIXELS = 460, 240


def submission_status(submission: Submission) -> str:
    """Return where an office stands, in one word of Chinese."""
    if not submission.files:
        return "未交"
    if submission.unreadable:
        return "读不了"
    return "要修改" if submission.rejected else "已交"


def reminder_message(submission: Submission, schema: WorkbookSchema, language: Language) -> str:
    """Return what to send to an office; nothing where all is well."""
    facts = {
        "office": submission.office,
        "files": TextList(submission.files),
        "rejected": submission.rejected,
        "product": LazyText(schema.product),
    }
    match submission_status(submission):
        case "未交":
            return translate("{office}：您好，本期的《{product}》还没有收到，请尽快填好发来。谢谢！", language, **facts)
        case "读不了":
            return translate(
                "{office}：您好，您发来的 {files} 打不开，请用 Excel 或 WPS 重新保存为 .xlsx 后再发一次。谢谢！",
                language,
                **facts,
            )
        case "要修改":
            return translate(
                "{office}：您好，您发来的 {files} 里有 {rejected} 行有错误，没有计入汇总，请改好后重新发来。谢谢！",
                language,
                **facts,
            )
    return ""


def write_calling(report: SummaryReport, merged: Merged, schema: WorkbookSchema) -> None:
    """Write the sheet, those that owe something first."""
    page = report.page(TITLE, theme.SERIES[2])
    submissions = merged.submissions
    columns = _columns(report, submissions, schema)
    missing = sum(not submission.files for submission in submissions)
    told = report.translate(
        "共 {count} 个单位，未交 {missing} 个。应交的单位：factory.toml 里列出的，和上次汇总里有的。",
        count=len(submissions),
        missing=missing,
    )
    head(page, page.title, told, len(columns) - 1)
    set_columns(page, columns)
    write_table(page, columns)
    set_heights(page, columns)
    if not submissions:
        page.text(FIRST_ROW, 0, report.translate("还没有收到任何工作簿。"), report.style(font_color=theme.MUTED))
    for word, style in (
        ("未交", report.formats.bad()),
        ("读不了", report.formats.bad()),
        ("要修改", report.formats.missing()),
        ("已交", report.formats.good()),
    ):
        options = {"type": "cell", "criteria": "==", "value": f'"{report.translate(word)}"', "format": style}
        page.sheet.conditional_format(FIRST_ROW, 2, FIRST_ROW + max(len(submissions), 1) - 1, 2, options)
    set_up(page, rows=len(submissions), columns=len(columns), frozen=2)


def _columns(report: SummaryReport, submissions: Sequence[Submission], schema: WorkbookSchema) -> list[PageColumn]:
    def column(header: str, look: str, width: int, values: Sequence[Any]) -> PageColumn:
        return PageColumn(report.translate(header), look, width, values)

    return [
        column("序号", "count", 44, list(range(1, len(submissions) + 1))),
        column("填报单位", "text", 130, [abridged(submission.office, report.language, 120) for submission in submissions]),
        column("状态", "centre", 74, [report.translate(submission_status(submission)) for submission in submissions]),
        column("文件", "wrapped", _FILES_PIXELS, [abridged(TextList(submission.files).in_language(report.language), report.language, 400) or None for submission in submissions]),
        column("报送期间", "text", 110, [abridged(submission.period, report.language, 120) or None for submission in submissions]),
        column("读入行数", "whole", 70, [submission.read for submission in submissions]),
        column("被拒行数", "whole", 70, [submission.rejected for submission in submissions]),
        column("可以直接发出的话", "wrapped", _MESSAGE_PIXELS, [abridged(reminder_message(submission, schema, report.language), report.language, 600) or None for submission in submissions]),
    ]  # fmt: skip
