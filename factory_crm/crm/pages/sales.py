"""销售分析: the sales of the period by product and by what customers are, and beside targets."""

from collections.abc import Sequence
from typing import Any

from ...report.data import ReportData
from ...report.grid import LEFT, GridBuilder, Span
from ...report.page import Drawing, Page
from ...report.values import yuan
from .latest import shortened
from .names import header_of, value_of

TITLE = "销售分析"
_FIGURES = ("amount", "orders", "order_value", "buyers", "new_customers", "target_rate")
_BY = ("industry", "region", "size", "needs", "customer_type", "owner")
_CARDS, _GROUPS, _SHOWN = 3, 6, 8
_HEIGHT = _SHOWN + 3


def sales_page(data: ReportData) -> Drawing:
    """Return the page."""
    translate = data.translate
    grid = GridBuilder(data, _GROUPS + 3 * _HEIGHT, {5: 8})
    grid.band(translate(TITLE), translate("期内销售：取消的订单不计，未扣退货；占比按金额"))
    grid.figures(_CARDS, [data.results.figures[name] for name in _FIGURES])
    total = data.results.figures["amount"].value or 0
    for at, by in enumerate(_BY):
        rows = [{**row, "value": value_of(data, by, row["value"])} for row in data.rows("segments") if row["by"] == by]
        _add(grid, at, translate("按{what}", what=header_of(data, by)), rows, total)
    products = [{**row, "value": row["product"], "buyers": None} for row in data.rows("products")]
    _add(grid, 6, translate("按{what}", what=header_of(data, "product")), products, total)
    _add_targets(grid)
    _add_classes(grid, total)
    return grid.drawing()


def _spot(at: int) -> tuple[int, int]:
    return _GROUPS + at // 3 * _HEIGHT, LEFT + at % 3 * 8


def _add(grid: GridBuilder, at: int, title: str, rows: Sequence[dict[str, Any]], total: float) -> None:
    translate = grid.data.translate
    spans = [Span(translate("从多到少"), 3, "text"), Span(translate("订单数"), 1, "count"), Span(translate("金额(元)"), 2, "whole"), Span(translate("占比"), 1, "share")]  # fmt: skip
    lines = [[shortened(row["value"], 180), row["orders"], yuan(row["amount_fen"]), row["amount_fen"] / total if total else None]
             for row in rows[:_SHOWN]]  # fmt: skip
    grid.group(_spot(at), title, spans, lines, translate("期内没有订单"))


def _add_targets(grid: GridBuilder) -> None:
    """The latest targets and what was sold."""
    translate = grid.data.translate
    spans = [Span(translate("负责人"), 3, "text"), Span(translate("月份"), 1, "centre"), Span(translate("目标(元)"), 2, "whole"), Span(translate("完成率"), 1, "share")]  # fmt: skip
    rows = sorted(grid.data.rows("targets"), key=lambda row: row["month"], reverse=True)[:_SHOWN]
    lines = [[shortened(row["owner"], 180) or translate("全部"), row["month"][2:], yuan(row["target_fen"]), row["rate"]] for row in rows]  # fmt: skip
    grid.group(_spot(7), translate("销售目标（最近的月份）"), spans, lines, translate("没有销售目标"))


def _add_classes(grid: GridBuilder, total: float) -> None:
    """How many customers make how much of the revenue."""
    translate = grid.data.translate
    spans = [Span(translate("价值等级"), 3, "centre"), Span(translate("客户数"), 1, "count"), Span(translate("金额(元)"), 2, "whole"), Span(translate("占比"), 1, "share")]  # fmt: skip
    lines = [[translate(row["value_class"]), row["customers"], yuan(row["amount_fen"]), row["amount_fen"] / total if total else None]
             for row in grid.data.rows("value_classes")]  # fmt: skip
    grid.group(_spot(8), translate("按{what}", what=translate("价值等级")), spans, lines, translate("期内没有订单"))


SALES = Page(TITLE, sales_page, place=40, needs=("orders",))
