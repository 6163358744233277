"""销售分析: the sales of the period by product and by what customers are, and beside targets."""

from collections.abc import Sequence
from typing import Any

from ...report.render.cells import ReportPage, rows_of, yuan
from ...report.render.grid_page import LEFT, Canvas, Span
from ..metrics.results import Results
from .latest import shortened
from .names import header_of, value_of

TITLE = "销售分析"
_FIGURES = ("amount", "orders", "order_value", "buyers", "new_customers", "target_rate")
_BY = ("industry", "region", "size", "needs", "customer_type", "owner")
_CARDS, _GROUPS, _SHOWN = 3, 6, 8
_HEIGHT = _SHOWN + 3


def write_analysis(page: ReportPage, results: Results) -> None:
    """Write the page."""
    report, translate = page.report, page.report.translate
    canvas = Canvas(page, _GROUPS + 3 * _HEIGHT, {5: 8})
    canvas.band(translate("期内销售：取消的订单不计，未扣退货；占比按金额"))
    canvas.figures(_CARDS, [results.figures[name] for name in _FIGURES])
    whole = results.figures["amount"].value or 0
    frame = results.frames["segments"]
    for at, by in enumerate(_BY):
        rows = [{**row, "value": value_of(report, by, row["value"])} for row in rows_of(frame[frame["by"] == by])]
        _write(canvas, at, translate("按{what}", what=header_of(report, by)), rows, whole)
    products = [{**row, "value": row["product"], "buyers": None} for row in rows_of(results.frames["products"])]
    _write(canvas, 6, translate("按{what}", what=header_of(report, "product")), products, whole)
    _write_targets(canvas, results)
    _write_classes(canvas, results, whole)
    canvas.finish()


def _spot(at: int) -> tuple[int, int]:
    return _GROUPS + at // 3 * _HEIGHT, LEFT + at % 3 * 8


def _write(canvas: Canvas, at: int, title: str, rows: Sequence[dict[str, Any]], whole: float) -> None:
    translate = canvas.report.translate
    spans = [Span(translate("从多到少"), 3, "text"), Span(translate("订单数"), 1, "count"), Span(translate("金额(元)"), 2, "whole"), Span(translate("占比"), 1, "share")]  # fmt: skip
    lines = [[shortened(row["value"], 180), row["orders"], yuan(row["amount_fen"]), row["amount_fen"] / whole if whole else None]
             for row in rows[:_SHOWN]]  # fmt: skip
    canvas.group(_spot(at), title, spans, lines, translate("期内没有订单"))


def _write_targets(canvas: Canvas, results: Results) -> None:
    """The latest targets and what was sold."""
    translate = canvas.report.translate
    spans = [Span(translate("负责人"), 3, "text"), Span(translate("月份"), 1, "centre"), Span(translate("目标(元)"), 2, "whole"), Span(translate("完成率"), 1, "share")]  # fmt: skip
    rows = sorted(rows_of(results.frames["targets"]), key=lambda row: row["month"], reverse=True)[:_SHOWN]
    lines = [[shortened(row["owner"], 180) or translate("全部"), row["month"][2:], yuan(row["target_fen"]), row["rate"]] for row in rows]  # fmt: skip
    canvas.group(_spot(7), translate("销售目标（最近的月份）"), spans, lines, translate("没有销售目标"))


def _write_classes(canvas: Canvas, results: Results, whole: float) -> None:
    """How many customers make how much of the revenue."""
    translate = canvas.report.translate
    spans = [Span(translate("价值等级"), 3, "centre"), Span(translate("客户数"), 1, "count"), Span(translate("金额(元)"), 2, "whole"), Span(translate("占比"), 1, "share")]  # fmt: skip
    lines = [[translate(row["value_class"]), row["customers"], yuan(row["amount_fen"]), row["amount_fen"] / whole if whole else None]
             for row in rows_of(results.frames["value_classes"])]  # fmt: skip
    canvas.group(_spot(8), translate("按{what}", what=translate("价值等级")), spans, lines, translate("期内没有订单"))
