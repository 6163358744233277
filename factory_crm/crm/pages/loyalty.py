"""忠诚度 (full edition): members with points and tier, trainings and what they brought, how often we talk."""

from ...metrics.frames import BLANK
from ...report.format import in_words
from ...report.render.cells import INSUFFICIENT, ReportPage, rounded, rows_of, yuan
from ...report.render.table import PageColumn
from ...report.render.table_page import ColumnMaker, StackedTable, write_stack
from ..metrics.results import Results
from .names import names_of

TITLE = "忠诚度"
_FIGURES = ("members", "member_repeat_rate", "other_repeat_rate", "trained", "training_gain", "contacts_made")


def write_loyalty(page: ReportPage, results: Results) -> None:
    """Write members, trainings and contacts, one table below the other."""
    translate, language = page.report.translate, page.report.language
    figures = [results.figures[name] for name in _FIGURES]
    told = "　".join(
        translate("{title}：{value}", title=figure.metric.title, value=in_words(figure, figure.value, language))
        for figure in figures
    )
    parts = [
        StackedTable("", _members(page, results), translate("没有积分记录。")),
        StackedTable(
            translate("培训（期内）：前后 90 天的满意度"), _trainings(page, results), translate("期内没有培训。")
        ),
        StackedTable(translate("沟通方式（期内）"), _contacts(page, results), translate("期内没有沟通记录。")),
    ]
    write_stack(page, told, parts)


def _members(page: ReportPage, results: Results) -> list[PageColumn]:
    column, rows, names = ColumnMaker(page), rows_of(results.frames["loyalty"]), names_of(page.report, results)
    return [
        column("客户编号", "number", 110, [row["customer_id"] for row in rows]),
        column("客户名称", "text", 190, [names.get(row["customer_id"]) for row in rows]),
        column("等级", "centre", 80, [page.report.translate(row["tier"]) for row in rows]),
        column("积分余额", "whole", 90, [row["points"] for row in rows]),
        column("订单所得", "whole", 90, [row["earned"] for row in rows]),
        column("另记的积分", "whole", 90, [row["booked"] for row in rows]),
        column("期内金额(元)", "money", 120, [yuan(row["window_fen"]) for row in rows]),
    ]


def _trainings(page: ReportPage, results: Results) -> list[PageColumn]:
    column, rows = ColumnMaker(page), rows_of(results.frames["trainings"])

    def rates(name: str) -> list[object]:
        return [INSUFFICIENT if row[name] is None else row[name] for row in rows]

    return [
        column("培训主题", "text", 110, [row["topic"] for row in rows]),
        column("次数", "count", 80, [row["sessions"] for row in rows]),
        column("培训人次", "count", 80, [row["people"] for row in rows]),
        column("平均提分", "score", 90, [INSUFFICIENT if row["gain"] is None else rounded(row["gain"], 2) for row in rows]),
        column("之前满意度", "rate", 90, rates("csat_before")),
        column("之后满意度", "rate", 90, rates("csat_after")),
    ]  # fmt: skip


def _contacts(page: ReportPage, results: Results) -> list[PageColumn]:
    column, translate, rows = ColumnMaker(page), page.report.translate, rows_of(results.frames["contacts"])
    return [
        column("沟通方式", "text", 110, [translate(row["way"]) if row["way"] == BLANK else row["way"] for row in rows]),
        column("次数", "count", 80, [row["contacts"] for row in rows]),
        column("客户数", "count", 80, [row["customers"] for row in rows]),
    ]
