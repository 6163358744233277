"""预测: what customers will probably order, how far the method was off so far, and what is often bought together."""

from datetime import timedelta

from ...report.data import ReportData
from ...report.format import in_words
from ...report.page import Col, Page, PageColumn, Table, Tables
from ...report.values import INSUFFICIENT, only_day
from .names import names_of

TITLE = "预测"
_TOGETHER = (
    Col("买了", "product", "text", 84), Col("也买", "other", "text", 190), Col("同单次数", "orders", "count", 76),
    Col("客户数", "customers", "count", 76), Col("也买的占比", "share", "rate", 86), Col("关联倍数", "lift", "score", 86),
)  # fmt: skip


def forecast_page(data: ReportData) -> Tables:
    """Return the orders to be expected, then the products that go together."""
    expected = Table(_expected(data), data.translate("下单次数还不够，暂时推算不出。"))
    together = Table(
        _together(data),
        data.translate("还没有两种产品两次以上出现在同一张订单里。"),
        data.translate("常一起买的产品（期内）"),
    )
    return Tables(_method(data), (expected, together), frozen=3)


def _method(data: ReportData) -> str:
    translate, language = data.translate, data.language
    days, share = (data.results.figures[name] for name in ("reorder_error_days", "reorder_error_share"))
    method = translate(
        "同一客户同一产品在 4 个或更多日子下过单的，按间隔的中位数推算下一次；过了一个间隔还没有下单的不列。"
    )
    if days.value is None:
        return method + translate("历史数据还不够，误差未知。")
    return method + translate("用过去的数据检验 {count} 次：日期误差中位数 {days}，数量误差中位数 {share}。", count=days.n,
                        days=in_words(days, days.value, language), share=in_words(share, share.value, language))  # fmt: skip


def _expected(data: ReportData) -> list[PageColumn]:
    as_of, names = data.results.as_of, names_of(data)
    rows = [
        row
        for row in data.rows("reorders")
        if as_of and row["next_order"].date() + timedelta(days=row["interval_days"]) >= as_of
    ]
    owners = {row["customer_id"]: row["owner"] for row in data.rows("customers")}
    return data.columns_for(rows, (
        Col("可能下单日", "next_order", "day", 96, only_day),
        Col("客户编号", "customer_id", "number", 84),
        Col("客户名称", "customer_id", "text", 190, names.get),
        Col("负责人", "customer_id", "centre", 76, owners.get),
        Col("产品型号", "product", "text", 100),
        Col("可能数量", "quantity_4", "quantity", 86, lambda quantity: quantity / 10_000),
        Col("上次下单", "last_order", "day", 92, only_day),
        Col("通常间隔（天）", "interval_days", "count", 86),
        Col("下过几次", "times", "count", 76),
        Col("误差中位数(天)", "error_days", "score", 96, lambda days: INSUFFICIENT if days is None else days),
    ))  # fmt: skip


def _together(data: ReportData) -> list[PageColumn]:
    rows = data.rows("products_together")
    return [data.column("序号", "count", 60, list(range(1, len(rows) + 1))), *data.columns_for(rows, _TOGETHER)]


FORECAST = Page(TITLE, forecast_page, place=40, needs=("orders",))
