"""忠诚度 (full edition): members with points and tier, trainings and what they brought, how often we talk."""

from ..metrics.frames import BLANK
from ..metrics.results import Results
from .names import names_of
from .phrases import in_words
from .stack import Maker, Part, write_stack
from .table import Column
from .writer import INSUFFICIENT, Page, rounded, rows_of, yuan

TITLE = "忠诚度"
_FIGURES = ("members", "member_repeat_rate", "other_repeat_rate", "trained", "training_gain", "contacts_made")


def write_loyalty(page: Page, results: Results) -> None:
    """Write members, trainings and contacts, one table below the other."""
    say, language = page.report.say, page.report.language
    figures = [results.figures[name] for name in _FIGURES]
    told = "　".join(
        say("{title}：{value}", title=figure.metric.title, value=in_words(figure, figure.value, language))
        for figure in figures
    )
    parts = [
        Part("", _members(page, results), say("没有积分记录。")),
        Part(say("培训（期内）：前后 90 天的满意度"), _trainings(page, results), say("期内没有培训。")),
        Part(say("沟通方式（期内）"), _contacts(page, results), say("期内没有沟通记录。")),
    ]
    write_stack(page, told, parts)


def _members(page: Page, results: Results) -> list[Column]:
    column, rows, names = Maker(page), rows_of(results.frames["loyalty"]), names_of(page.report, results)
    return [
        column("客户编号", "number", 110, [row["customer_id"] for row in rows]),
        column("客户名称", "text", 190, [names.get(row["customer_id"]) for row in rows]),
        column("等级", "centre", 80, [page.report.say(row["tier"]) for row in rows]),
        column("积分余额", "whole", 90, [row["points"] for row in rows]),
        column("订单所得", "whole", 90, [row["earned"] for row in rows]),
        column("另记的积分", "whole", 90, [row["booked"] for row in rows]),
        column("期内金额(元)", "money", 120, [yuan(row["window_fen"]) for row in rows]),
    ]


def _trainings(page: Page, results: Results) -> list[Column]:
    column, rows = Maker(page), rows_of(results.frames["trainings"])

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


def _contacts(page: Page, results: Results) -> list[Column]:
    column, say, rows = Maker(page), page.report.say, rows_of(results.frames["contacts"])
    return [
        column("沟通方式", "text", 110, [say(row["way"]) if row["way"] == BLANK else row["way"] for row in rows]),
        column("次数", "count", 80, [row["contacts"] for row in rows]),
        column("客户数", "count", 80, [row["customers"] for row in rows]),
    ]
