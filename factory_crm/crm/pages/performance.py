"""人员绩效: one line a person: sales beside targets, services, how satisfied their customers are."""

from collections.abc import Callable
from typing import Any

from ...report.data import ReportData
from ...report.looks import DataBar, Paint
from ...report.page import Col, Page, Table, Tables
from ...report.values import INSUFFICIENT, rounded, yuan
from .names import or_blank

TITLE = "人员绩效"
_AMOUNT = 3
"""The column of the amounts, counted from 0."""


def performance_page(data: ReportData) -> Tables:
    """Return the list."""
    rows = data.rows("people")
    columns = data.columns_for(rows, (
        Col("姓名", "person", "text", 110, lambda person: or_blank(data, person)),
        Col("下单客户", "customers", "count", 80),
        Col("订单数", "orders", "count", 76),
        Col("期内金额(元)", "amount_fen", "money", 130, yuan),
        Col("目标(元)", "target_fen", "money", 120, lambda fen: yuan(fen) if fen else None),
        Col("目标完成率", "target_rate", "rate", 90),
        Col("期内服务", "services", "count", 76),
        Col("响应中位数(小时)", "response_hours", "score", 104, _rounded_or_blank(2)),
        Col("服务时限达标率", "sla_rate", "rate", 96, _rounded_or_blank(6)),
        Col("解决中位数(天)", "resolution_days", "score", 104, _rounded_or_blank(2)),
        Col("评分条数", "rated", "count", 76),
        Col("客户满意度", "csat", "rate", 90, _rounded_or_blank(6)),
    ))  # fmt: skip
    sentence = data.translate(
        "{count} 人。金额归订单的业务员，没填的归客户的现负责人，未扣退货；服务按处理人员，满意度按客户的现负责人。"
        "人少、条数少时请勿据此评比。",
        count=len(rows),
    )
    table = Table(columns, data.translate("还没有填负责人或处理人员。"), paints=(Paint(_AMOUNT, DataBar()),))
    return Tables(sentence, (table,))


def _rounded_or_blank(places: int) -> Callable[[Any], Any]:
    return lambda value: INSUFFICIENT if value is None else rounded(value, places)


PERFORMANCE = Page(TITLE, performance_page, place=40, needs=("orders",))
