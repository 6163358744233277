"""产能与流程: where orders stand on their eight steps, how long each takes, which is the bottleneck, what is late."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...i18n.translate import LazyFormat, LazyText, TextList
from ...report.data import ReportData
from ...report.formulas.block import Block
from ...report.formulas.cached import SheetTable, is_
from ...report.grid import LEFT, RIGHT, GridBuilder, GridChart, Span
from ...report.looks import NOTICE
from ...report.page import Drawing, Page
from ...report.values import only_day, rounded
from ...xlsx import theme
from ...xlsx.formula import quote_text
from ..metrics.reminders import DELIVERY
from .helper_columns import COUNTED
from .latest import shortened
from .names import named

TITLE = "产能与流程"
LATE_SHOWN = 12
_FIGURES = ("in_progress", "on_time_rate", "handling_days", "ship_days", "transit_days", "lead_days")
_CARDS, _TELLING, _STEPS, _LATE = 3, 6, 8, 18


def late(data: ReportData) -> list[dict[str, Any]]:
    """Return the reminders of deliveries that are past their day, the longest first."""
    return [row for row in data.rows("reminders") if row["kind"] == DELIVERY and row["overdue"]]


def order_flow_page(data: ReportData) -> Drawing:
    """Return the page."""
    translate, steps, overdue = data.translate, data.rows("steps"), late(data)
    capacity = data.results.settings.capacity
    grid = GridBuilder(data, _LATE + 3 + min(len(overdue), LATE_SHOWN), {_TELLING: 26, 5: 8, 7: 8})
    grid.band(translate(TITLE), translate("在制订单走到哪一步、等了多久；每一步、发货和交付用了几天"))
    grid.figures(_CARDS, [data.results.figures[name] for name in _FIGURES])
    grid.text((_TELLING, LEFT, _TELLING, RIGHT), bottleneck(data, steps, capacity), NOTICE)
    _add_steps(grid, steps, capacity)
    _add_late(grid, overdue)
    return grid.drawing(fit=(1, 0))


def bottleneck(data: ReportData, steps: Sequence[dict[str, Any]], capacity: Mapping[str, int]) -> str:
    """Return the sentence that names the steps beyond their capacity, else the slowest, else where orders pile up."""
    translate = data.translate
    over = [row for row in steps if row["in_progress"] > capacity.get(row["step"], row["in_progress"])]
    if over:
        texts = TextList(
            LazyFormat(
                "{step} {orders}/{most}",
                {"step": LazyText(row["step"]), "orders": row["in_progress"], "most": capacity[row["step"]]},
            )
            for row in over
        )
        return translate("超过产能的步骤（在制订单/可容纳）：{steps}", steps=texts)
    slowest = next((row for row in steps if row["bottleneck"]), None)
    if slowest is not None:
        return translate("瓶颈：{step}，用时中位数 {days} 天（期内完成 {count} 次），现有 {orders} 张在这一步。", step=translate(slowest["step"]),
                   days=f"{slowest['median_days']:g}", count=slowest["n"], orders=slowest["in_progress"])  # fmt: skip
    in_progress = sum(row["in_progress"] for row in steps)
    if not in_progress:
        return translate("现在没有在制订单。")
    most = max(steps, key=lambda row: (row["in_progress"], row["waiting_days"] or 0))
    return translate("积压最多的一步：{step}，{count} 张，占在制订单的 {share}。每步用时要有“订单进度”表（完整版）才能算；等待从下单算起。",
               step=translate(most["step"]), count=most["in_progress"], share=f"{most['in_progress'] / in_progress:.0%}")  # fmt: skip


def _add_steps(grid: GridBuilder, steps: Sequence[dict[str, Any]], capacity: Mapping[str, int]) -> None:
    translate = grid.data.translate
    orders: SheetTable = grid.data.exposed["orders"]
    lines = [
        [
            translate(row["step"]), row["in_progress"],
            orders.total("amount", is_("status", row["step"], quote_text(translate(row["step"]))), is_(COUNTED, 1)),
            row["waiting_days"], row["oldest_days"], capacity.get(row["step"]) if capacity else row["n"] or None, row["median_days"],
            None if row["p90_days"] is None else rounded(row["p90_days"], 1),
        ]
        for row in steps
    ]  # fmt: skip
    spans = [Span(translate("步骤"), 3, "text"), Span(translate("在制订单"), 2, "count"), Span(translate("金额(元)"), 3, "money"),
             Span(translate("等待中位数"), 2, "days"), Span(translate("最久(天)"), 2, "days"), Span(translate("可容纳" if capacity else "期内完成"), 2, "count"),
             Span(translate("用时中位数"), 2, "days"), Span("P90", 2, "days")]  # fmt: skip
    grid.table(_STEPS, LEFT, spans, lines or [[translate("现在没有在制订单。"), *[None] * (len(spans) - 1)]])
    title = translate("在制订单走到哪一步（张）")
    block = Block([("name", translate("步骤"), "text"), ("count", translate("订单数"), "whole")],
                        {"name": [translate(row["step"]) for row in steps], "count": [row["in_progress"] for row in steps]})  # fmt: skip
    chart = GridChart("bars", block, title, colours=(theme.SERIES[2],))
    grid.chart(
        (_STEPS, LEFT + sum(span.width for span in spans), _STEPS + len(steps), RIGHT),
        chart,
        title,
        drawn=block.any("count"),
    )


def _add_late(grid: GridBuilder, overdue: Sequence[dict[str, Any]]) -> None:
    translate = grid.data.translate
    shown = overdue[:LATE_SHOWN]
    title = translate("已过约定交期、还没有交付的订单：{count} 张", count=len(overdue))
    if len(overdue) > len(shown):
        title = translate("{title}，列出最久的 {shown} 张", title=title, shown=len(shown))
    grid.heading(_LATE, LEFT, RIGHT, title)
    if not overdue:
        grid.nothing((_LATE + 1, LEFT, _LATE + 1, RIGHT), translate("没有逾期的订单。"))
        return
    spans = [Span(translate("订单编号"), 4, "number"), Span(translate("客户名称"), 7, "text"), Span(translate("产品型号"), 5, "text"),
             Span(translate("负责人"), 2, "centre"), Span(translate("约定交期"), 3, "day"), Span(translate("逾期(天)"), 3, "count")]  # fmt: skip
    grid.table(_LATE + 1, LEFT, spans, [
        [row["number"], shortened(named(grid.data, row), 300), shortened(row["detail"] or "", 220), row["owner"],
         only_day(row["due"]), row["days"]]
        for row in shown
    ])  # fmt: skip


ORDER_FLOW = Page(TITLE, order_flow_page, place=40, needs=("orders",))
