"""催交清单: who has handed in and who has not, with a message ready to paste."""

from collections.abc import Mapping
from enum import StrEnum

from ...i18n.translate import Language, LazyText, TextList, translate
from ...merge.result import Submission
from ...schema.workbook import WorkbookSchema
from ..data import ReportData
from ..looks import Equals, Paint, Tone
from ..page import Page, PageColumn, Table, Tables
from ..values import abridged

TITLE = "催交清单"
_MESSAGE_PIXELS, _FILES_PIXELS = 460, 240
_STATUS = 2
"""The column of the status, counted from 0."""


class SubmissionStatus(StrEnum):
    """Where an office stands; the value is what people read."""

    MISSING = "未交"
    UNREADABLE = "读不了"
    TO_CORRECT = "要修改"
    DONE = "已交"


_TONES: Mapping[SubmissionStatus, Tone] = {
    SubmissionStatus.MISSING: "bad",
    SubmissionStatus.UNREADABLE: "bad",
    SubmissionStatus.TO_CORRECT: "missing",
    SubmissionStatus.DONE: "good",
}
_MESSAGES: Mapping[SubmissionStatus, LazyText] = {
    SubmissionStatus.MISSING: LazyText("{office}：您好，本期的《{product}》还没有收到，请尽快填好发来。谢谢！"),
    SubmissionStatus.UNREADABLE: LazyText(
        "{office}：您好，您发来的 {files} 打不开，请用 Excel 或 WPS 重新保存为 .xlsx 后再发一次。谢谢！"
    ),
    SubmissionStatus.TO_CORRECT: LazyText(
        "{office}：您好，您发来的 {files} 里有 {rejected} 行有错误，没有计入汇总，请改好后重新发来。谢谢！"
    ),
}


def submission_status(submission: Submission) -> SubmissionStatus:
    """Return where an office stands."""
    if not submission.files:
        return SubmissionStatus.MISSING
    if submission.unreadable:
        return SubmissionStatus.UNREADABLE
    return SubmissionStatus.TO_CORRECT if submission.rejected else SubmissionStatus.DONE


def reminder_message(submission: Submission, schema: WorkbookSchema, language: Language) -> str:
    """Return what to send to an office; nothing where all is well."""
    message = _MESSAGES.get(submission_status(submission))
    if message is None:
        return ""
    return translate(message, language, office=submission.office, files=TextList(submission.files),
                     rejected=submission.rejected, product=LazyText(schema.product))  # fmt: skip


def submissions_page(data: ReportData) -> Tables:
    """Return the list, those that owe something first."""
    submissions = data.merged.submissions
    sentence = data.translate(
        "共 {count} 个单位，未交 {missing} 个。应交的单位：factory.toml 里列出的，和上次汇总里有的。",
        count=len(submissions),
        missing=sum(not submission.files for submission in submissions),
    )
    rows = max(len(submissions), 1)
    paints = [Paint(_STATUS, Equals(data.translate(status), tone), rows) for status, tone in _TONES.items()]
    table = Table(_columns(data), data.translate("还没有收到任何工作簿。"), paints=paints)
    return Tables(sentence, (table,), frozen=2)


def _columns(data: ReportData) -> list[PageColumn]:
    column, submissions, language = data.column, data.merged.submissions, data.language

    def short(text: str, longest: int) -> str | None:
        return abridged(text, language, longest) or None

    return [
        column("序号", "count", 44, list(range(1, len(submissions) + 1))),
        column("填报单位", "text", 130, [abridged(one.office, language, 120) for one in submissions]),
        column("状态", "centre", 74, [data.translate(submission_status(one)) for one in submissions]),
        column("文件", "wrapped", _FILES_PIXELS, [short(TextList(one.files).in_language(language), 400) for one in submissions]),
        column("报送期间", "text", 110, [short(one.period, 120) for one in submissions]),
        column("读入行数", "whole", 70, [one.read for one in submissions]),
        column("被拒行数", "whole", 70, [one.rejected for one in submissions]),
        column("可以直接发出的话", "wrapped", _MESSAGE_PIXELS, [short(reminder_message(one, data.schema, language), 600) for one in submissions]),
    ]  # fmt: skip


SUBMISSIONS = Page(TITLE, submissions_page, place=60)
