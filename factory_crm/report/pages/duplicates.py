"""What people decide on a summary, for the next merge to obey: dropdowns, and the sheet 疑似重复."""

from collections.abc import Sequence
from typing import Any

from ...merge.previous import CHOSEN, DUPLICATES, IDENTITY, VERDICTS
from ...merge.result import CustomerEntry, Merged
from ...xlsx import theme
from ..render.cells import ReportPage, SummaryReport, abridged
from ..render.table import FIRST_ROW, PageColumn, head, set_columns, set_up, write_table

_LONGEST_LIST = 255
"""Characters that Excel lets a list in a dropdown have."""


def dropdown(page: ReportPage, row: int, column: int, choices: Sequence[str]) -> None:
    """Let a cell be chosen from a list, on the ground that asks to be filled in; a list too long is told in words."""
    report = page.report
    short = len(",".join(choices)) <= _LONGEST_LIST
    options: dict[str, Any] = {"validate": "list", "source": list(choices)} if short else {"validate": "any"}
    page.sheet.data_validation(row, column, row, column, {
        **options, "input_title": report.translate(CHOSEN), "error_title": report.translate(CHOSEN),
        "input_message": report.translate("从列表里选；下次合并时加 --previous 就照办"),
        "error_message": report.translate("请从列表里选，或清空这一格"),
    })  # fmt: skip
    blank = {"type": "blanks", "format": report.formats.mark(bg_color=theme.WARN_SOFT)}
    page.sheet.conditional_format(row, column, row, column, blank)


def write_duplicates(report: SummaryReport, merged: Merged) -> None:
    """Write the pairs of numbers that are probably one company, with a dropdown for what people know."""
    page = report.page(DUPLICATES, theme.SERIES[4])
    found = merged.candidates
    columns = _columns(report, merged)
    told = report.translate(
        "两个编号可能是同一家客户，程序不会自行合并。请在「选定」里选；下次合并时加 --previous 就照办。客户名称改动后会再问一次。"
    )
    head(page, page.title, told, len(columns) - 1)
    set_columns(page, columns)
    write_table(page, columns)
    at = next(at for at, column in enumerate(columns) if column.header == report.translate(CHOSEN))
    for row in range(FIRST_ROW, FIRST_ROW + len(found)):
        dropdown(page, row, at, [report.translate(text) for text in VERDICTS.values()])
    if not found:
        page.text(FIRST_ROW, 0, report.translate("√ 没有发现疑似重复的客户。"), report.style(font_color=theme.GOOD))
    set_up(page, rows=len(found), columns=len(columns), frozen=3)


def _columns(report: SummaryReport, merged: Merged) -> list[PageColumn]:
    found = merged.candidates

    def column(header: str, look: str, width: int, values: Sequence[Any]) -> PageColumn:
        return PageColumn(report.translate(header), look, width, values)

    def short(texts: Sequence[str]) -> list[str | None]:
        return [abridged(text, report.language, 200) or None for text in texts]

    def of(party: Sequence[CustomerEntry], heads: tuple[str, str, str]) -> list[PageColumn]:
        places = [" · ".join(filter(None, (one.office, str(one.location)))) for one in party]
        return [
            column(heads[0], "number", 96, short([one.number for one in party])),
            column(heads[1], "text", 180, short([one.name for one in party])),
            PageColumn(report.translate(heads[2]), "text", 190, places, automatic=True),
        ]

    verdicts = [report.translate(VERDICTS[one.verdict]) if one.verdict else None for one in found]
    return [
        column("序号", "count", 44, list(range(1, len(found) + 1))),
        column("相似度", "count", 60, [one.score for one in found]),
        column(CHOSEN, "centre", 130, verdicts),
        *of([one.first for one in found], ("编号一", "名称一", "出处一")),
        *of([one.second for one in found], ("编号二", "名称二", "出处二")),
        PageColumn(report.translate(IDENTITY), "text", 80, [one.identity for one in found], hidden=True),
        column("理由", "text", 220, [one.reasons.in_language(report.language) for one in found]),
    ]
