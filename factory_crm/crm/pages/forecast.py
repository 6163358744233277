"""预测: what customers will probably order, how far the method was off so far, and what is often bought together."""

from datetime import timedelta

from ...report.format import in_words
from ...report.render.cells import INSUFFICIENT, ReportPage, rows_of
from ...report.render.table import PageColumn
from ...report.render.table_page import ColumnMaker, StackedTable, write_stack
from ..metrics.results import Results
from .names import names_of

TITLE = "预测"


def write_forecast(page: ReportPage, results: Results) -> None:
    """Write the orders to be expected, then the products that go together."""
    translate = page.report.translate
    parts = [
        StackedTable("", _expected(page, results), translate("下单次数还不够，暂时推算不出。")),
        StackedTable(
            translate("常一起买的产品（期内）"),
            _together(page, results),
            translate("还没有两种产品两次以上出现在同一张订单里。"),
        ),
    ]
    write_stack(page, _method(page, results), parts, frozen=3)


def _method(page: ReportPage, results: Results) -> str:
    translate, language = page.report.translate, page.report.language
    days, share = (results.figures[name] for name in ("reorder_error_days", "reorder_error_share"))
    method = translate(
        "同一客户同一产品在 4 个或更多日子下过单的，按间隔的中位数推算下一次；过了一个间隔还没有下单的不列。"
    )
    if days.value is None:
        return method + translate("历史数据还不够，误差未知。")
    return method + translate("用过去的数据检验 {count} 次：日期误差中位数 {days}，数量误差中位数 {share}。", count=days.n,
                        days=in_words(days, days.value, language), share=in_words(share, share.value, language))  # fmt: skip


def _expected(page: ReportPage, results: Results) -> list[PageColumn]:
    column, names = ColumnMaker(page), names_of(page.report, results)
    rows = [
        row
        for row in rows_of(results.frames["reorders"])
        if results.as_of and row["next_order"].date() + timedelta(days=row["interval_days"]) >= results.as_of
    ]
    owners = {row["customer_id"]: row["owner"] for row in rows_of(results.frames["customers"])}
    return [
        column("可能下单日", "day", 96, [row["next_order"].date() for row in rows]),
        column("客户编号", "number", 84, [row["customer_id"] for row in rows]),
        column("客户名称", "text", 190, [names.get(row["customer_id"]) for row in rows]),
        column("负责人", "centre", 76, [owners.get(row["customer_id"]) for row in rows]),
        column("产品型号", "text", 100, [row["product"] for row in rows]),
        column("可能数量", "quantity", 86, [row["quantity_4"] / 10_000 for row in rows]),
        column("上次下单", "day", 92, [row["last_order"].date() for row in rows]),
        column("通常间隔（天）", "count", 86, [row["interval_days"] for row in rows]),
        column("下过几次", "count", 76, [row["times"] for row in rows]),
        column("误差中位数(天)", "score", 96, [INSUFFICIENT if row["error_days"] is None else row["error_days"] for row in rows]),
    ]  # fmt: skip


def _together(page: ReportPage, results: Results) -> list[PageColumn]:
    column, rows = ColumnMaker(page), rows_of(results.frames["products_together"])
    return [
        column("序号", "count", 60, list(range(1, len(rows) + 1))),
        column("买了", "text", 84, [row["product"] for row in rows]),
        column("也买", "text", 190, [row["other"] for row in rows]),
        column("同单次数", "count", 76, [row["orders"] for row in rows]),
        column("客户数", "count", 76, [row["customers"] for row in rows]),
        column("也买的占比", "rate", 86, [row["share"] for row in rows]),
        column("关联倍数", "score", 86, [row["lift"] for row in rows]),
    ]
