"""销售漏斗 (full edition): how many opportunities reached each stage or a later one, and what they are worth."""

from ...report.formulas.calc_sheet import CalculationSheet
from ...report.render import charts
from ...report.render.cells import ReportPage, rows_of, yuan
from ...report.render.grid_page import GRID, LEFT, RIGHT, Canvas, Span
from ..metrics.results import Results

TITLE = "销售漏斗"
_FIGURES = ("pipeline_amount", "win_rate", "target_rate", "new_customers")
_CARDS, _TABLE, _CHART = 3, 6, 14


def write_funnel(page: ReportPage, sheet: CalculationSheet, results: Results) -> None:
    """Write the page, as ``metrics.money.pipeline`` says."""
    report, translate = page.report, page.report.translate
    rows = rows_of(results.frames["pipeline"])
    canvas = Canvas(page, _CHART + 13, {5: 8, _TABLE + len(rows) + 1: 8})
    canvas.band(translate("到达某一阶段或更后阶段的都算到过这一阶段；输单的留在它到过的阶段，加权金额为 0"))
    canvas.figures(_CARDS, [results.figures[name] for name in _FIGURES])
    spans = [Span(translate("阶段"), 6, "text"), Span(translate("到过的机会"), 4, "count"), Span(translate("金额(元)"), 5, "money"),
             Span(translate("加权金额(元)"), 5, "money"), Span(translate("阶段转化率"), 4, "rate")]  # fmt: skip
    lines = [[translate(row["stage"]), row["count"], yuan(row["amount_fen"]), yuan(row["weighted_fen"]), row["conversion"]] for row in rows]  # fmt: skip
    canvas.table(_TABLE, LEFT, spans, lines)
    title = translate("销售漏斗：到过各阶段的机会数")
    counts = [row["count"] for row in rows]
    most = max(counts, default=0)
    block = sheet.block([("name", translate("阶段"), "text"), ("count", translate("到过的机会"), "whole"), ("pad", translate("左侧留白"), "days")],
                        {"name": [translate(row["stage"]) for row in rows], "count": counts, "pad": [(most - count) / 2 for count in counts]})  # fmt: skip
    drawn = charts.funnel(report, block, title) if block.rows and block.any("count") else None
    canvas.chart((_CHART, LEFT + GRID // 6, _CHART + 11, RIGHT - GRID // 6), drawn, title)
    canvas.finish()
