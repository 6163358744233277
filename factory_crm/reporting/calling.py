"""催交清单: who has handed in and who has not, with a message ready to paste."""

from collections.abc import Sequence
from typing import Any

from .. import theme
from ..contract.contract import Contract
from ..merging.merged import Duty, Merged
from ..words import Language, Listed, Word, say
from .table import FIRST_ROW, Column, head, set_columns, set_heights, set_up, write_table
from .writer import Report, abridged

TITLE = "催交清单"
_MESSAGE_PIXELS, _FILES_PIXELS = 460, 240


def standing(duty: Duty) -> str:
    """Return where an office stands, in one word of Chinese."""
    if not duty.files:
        return "未交"
    if duty.unreadable:
        return "读不了"
    return "要修改" if duty.rejected else "已交"


def message(duty: Duty, contract: Contract, language: Language) -> str:
    """Return what to send to an office; nothing where all is well."""
    facts = {
        "office": duty.office,
        "files": Listed(duty.files),
        "rejected": duty.rejected,
        "product": Word(contract.product),
    }
    match standing(duty):
        case "未交":
            return say("{office}：您好，本期的《{product}》还没有收到，请尽快填好发来。谢谢！", language, **facts)
        case "读不了":
            return say(
                "{office}：您好，您发来的 {files} 打不开，请用 Excel 或 WPS 重新保存为 .xlsx 后再发一次。谢谢！",
                language,
                **facts,
            )
        case "要修改":
            return say(
                "{office}：您好，您发来的 {files} 里有 {rejected} 行有错误，没有计入汇总，请改好后重新发来。谢谢！",
                language,
                **facts,
            )
    return ""


def write_calling(report: Report, merged: Merged, contract: Contract) -> None:
    """Write the sheet, those that owe something first."""
    page = report.page(TITLE, theme.SERIES[2])
    duties = merged.duties
    columns = _columns(report, duties, contract)
    missing = sum(not duty.files for duty in duties)
    told = report.say(
        "共 {count} 个单位，未交 {missing} 个。应交的单位：factory.toml 里列出的，和上次汇总里有的。",
        count=len(duties),
        missing=missing,
    )
    head(page, page.title, told, len(columns) - 1)
    set_columns(page, columns)
    write_table(page, columns)
    set_heights(page, columns)
    if not duties:
        page.text(FIRST_ROW, 0, report.say("还没有收到任何工作簿。"), report.style(font_color=theme.MUTED))
    for word, style in (
        ("未交", report.formats.bad()),
        ("读不了", report.formats.bad()),
        ("要修改", report.formats.missing()),
        ("已交", report.formats.good()),
    ):
        options = {"type": "cell", "criteria": "==", "value": f'"{report.say(word)}"', "format": style}
        page.sheet.conditional_format(FIRST_ROW, 2, FIRST_ROW + max(len(duties), 1) - 1, 2, options)
    set_up(page, rows=len(duties), columns=len(columns), frozen=2)


def _columns(report: Report, duties: Sequence[Duty], contract: Contract) -> list[Column]:
    def column(header: str, look: str, width: int, values: Sequence[Any]) -> Column:
        return Column(report.say(header), look, width, values)

    return [
        column("序号", "count", 44, list(range(1, len(duties) + 1))),
        column("填报单位", "text", 130, [abridged(duty.office, report.language, 120) for duty in duties]),
        column("状态", "centre", 74, [report.say(standing(duty)) for duty in duties]),
        column("文件", "wrapped", _FILES_PIXELS, [abridged(Listed(duty.files).say(report.language), report.language, 400) or None for duty in duties]),
        column("报送期间", "text", 110, [abridged(duty.period, report.language, 120) or None for duty in duties]),
        column("读入行数", "whole", 70, [duty.read for duty in duties]),
        column("被拒行数", "whole", 70, [duty.rejected for duty in duties]),
        column("可以直接发出的话", "wrapped", _MESSAGE_PIXELS, [abridged(message(duty, contract, report.language), report.language, 600) or None for duty in duties]),
    ]  # fmt: skip
