"""忠诚度: members with points and tier, trainings and what they brought, how often we talk."""

from typing import Any

from ...report.data import ReportData
from ...report.format import in_words
from ...report.page import Col, Page, PageColumn, Table, Tables
from ...report.values import INSUFFICIENT, rounded, yuan
from .names import names_of, or_blank

TITLE = "忠诚度"
_FIGURES = ("members", "member_repeat_rate", "other_repeat_rate", "trained", "training_gain", "contacts_made")


def loyalty_page(data: ReportData) -> Tables:
    """Return members, trainings and contacts, one table below the other."""
    translate = data.translate
    results = [data.results.figures[name] for name in _FIGURES]
    sentence = "　".join(
        translate("{title}：{value}", title=result.figure.title, value=in_words(result, result.value, data.language))
        for result in results
    )
    tables = (
        Table(_members(data), translate("没有积分记录。")),
        Table(_trainings(data), translate("期内没有培训。"), translate("培训（期内）：前后 90 天的满意度")),
        Table(_contacts(data), translate("期内没有沟通记录。"), translate("沟通方式（期内）")),
    )
    return Tables(sentence, tables)


def _members(data: ReportData) -> list[PageColumn]:
    return data.columns_for(data.rows("loyalty"), (
        Col("客户编号", "customer_id", "number", 110),
        Col("客户名称", "customer_id", "text", 190, names_of(data).get),
        Col("等级", "tier", "centre", 80, data.translate),
        Col("积分余额", "points", "whole", 90),
        Col("订单所得", "earned", "whole", 90),
        Col("另记的积分", "booked", "whole", 90),
        Col("期内金额(元)", "window_fen", "money", 120, yuan),
    ))  # fmt: skip


def _trainings(data: ReportData) -> list[PageColumn]:
    return data.columns_for(data.rows("trainings"), (
        Col("培训主题", "topic", "text", 110),
        Col("次数", "sessions", "count", 80),
        Col("培训人次", "people", "count", 80),
        Col("平均提分", "gain", "score", 90, lambda gain: INSUFFICIENT if gain is None else rounded(gain, 2)),
        Col("之前满意度", "csat_before", "rate", 90, _or_insufficient),
        Col("之后满意度", "csat_after", "rate", 90, _or_insufficient),
    ))  # fmt: skip


def _or_insufficient(value: Any) -> Any:
    return INSUFFICIENT if value is None else value


def _contacts(data: ReportData) -> list[PageColumn]:
    return data.columns_for(data.rows("contacts"), (
        Col("沟通方式", "way", "text", 110, lambda way: or_blank(data, way)),
        Col("次数", "contacts", "count", 80),
        Col("客户数", "customers", "count", 80),
    ))  # fmt: skip


LOYALTY = Page(TITLE, loyalty_page, place=40, needs=("loyalty",))
