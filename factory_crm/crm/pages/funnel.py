"""销售漏斗: how many opportunities reached each stage or a later one, and what they are worth."""

from ...report.data import ReportData
from ...report.formulas.block import Block
from ...report.grid import GRID, LEFT, RIGHT, GridBuilder, GridChart, Span
from ...report.page import Drawing, Page
from ...report.values import yuan

TITLE = "销售漏斗"
_FIGURES = ("pipeline_amount", "win_rate", "target_rate", "new_customers")
_CARDS, _TABLE, _CHART = 3, 6, 14


def funnel_page(data: ReportData) -> Drawing:
    """Return the page."""
    translate, rows = data.translate, data.rows("pipeline")
    grid = GridBuilder(data, _CHART + 13, {5: 8, _TABLE + len(rows) + 1: 8})
    grid.band(
        translate(TITLE), translate("到达某一阶段或更后阶段的都算到过这一阶段；输单的留在它到过的阶段，加权金额为 0")
    )
    grid.figures(_CARDS, [data.results.figures[name] for name in _FIGURES])
    spans = [Span(translate("阶段"), 6, "text"), Span(translate("到过的机会"), 4, "count"), Span(translate("金额(元)"), 5, "money"),
             Span(translate("加权金额(元)"), 5, "money"), Span(translate("阶段转化率"), 4, "rate")]  # fmt: skip
    lines = [[translate(row["stage"]), row["count"], yuan(row["amount_fen"]), yuan(row["weighted_fen"]), row["conversion"]] for row in rows]  # fmt: skip
    grid.table(_TABLE, LEFT, spans, lines)
    title = translate("销售漏斗：到过各阶段的机会数")
    counts = [row["count"] for row in rows]
    most = max(counts, default=0)
    block = Block([("name", translate("阶段"), "text"), ("count", translate("到过的机会"), "whole"), ("pad", translate("左侧留白"), "days")],
                  {"name": [translate(row["stage"]) for row in rows], "count": counts, "pad": [(most - count) / 2 for count in counts]})  # fmt: skip
    chart = GridChart("funnel", block, title)
    grid.chart((_CHART, LEFT + GRID // 6, _CHART + 11, RIGHT - GRID // 6), chart, title, drawn=block.any("count"))
    return grid.drawing()


FUNNEL = Page(TITLE, funnel_page, place=40, needs=("opportunities",))
