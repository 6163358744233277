"""客户旅程: stages × touchpoints from real rows: how often, how rated, how soon answered; the mood; the weakest point."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from ...report.formulas.calc_sheet import CalculationSheet
from ...report.render import charts
from ...report.render.cells import CellStyle, ReportPage, rounded, rows_of
from ...report.render.grid_page import LEFT, RIGHT, Canvas, Span
from ...report.render.table import LOOKS, quiet
from ...xlsx import theme
from ..metrics.results import Results
from .details import data_bar

TITLE = "客户旅程"
_TELLING, _MAP, _CURVE, _NOTE = 3, 5, 21, 33
_HEAT = {"type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num", "min_value": 2.5, "mid_value": 3.5,
         "max_value": 4.5, "min_color": "#F2B8B0", "mid_color": "#FFF7E0", "max_color": "#A9D8B8"}  # fmt: skip


def write_journey(page: ReportPage, sheet: CalculationSheet, results: Results) -> None:
    """Write the page, as ``metrics.journey`` says."""
    report, translate = page.report, page.report.translate
    rows = rows_of(results.frames["journey"])
    canvas = Canvas(page, _NOTE + 1, {_TELLING: 28, 4: 8, _NOTE: 34})
    canvas.band(translate("期内每个阶段、每个触点：来往次数、平均评分、首次响应"))
    if not any(row["count"] for row in rows):
        page.merged((_TELLING, LEFT, _TELLING + 2, RIGHT), translate("期内还没有来往的记录。"), quiet(report))
        canvas.finish()
        return
    told = report.style(bold=True, font_size=11, bg_color=theme.WARN_SOFT, font_color=theme.WARN, indent=1, shrink=True)
    page.merged((_TELLING, LEFT, _TELLING, RIGHT), _weakest(page, rows), told)
    _write_map(canvas, rows)
    _write_curve(canvas, sheet, rows)
    note = report.style(font_size=8, font_color=theme.MUTED, bg_color=theme.CANVAS, text_wrap=True)
    page.merged((_NOTE, LEFT, _NOTE, RIGHT), translate(
        "每张表的一行算一次来往；售前和售后以客户第一次下单为界。评分按反馈类别记在它说的触点上：价格记报价议价，交期和物流记交付收货，"
        "产品质量记产品使用，服务记售后服务，其余记综合评价。首次响应是中位数。"), note)  # fmt: skip
    canvas.finish()


def _weakest(page: ReportPage, rows: Sequence[dict[str, Any]]) -> str:
    translate = page.report.translate
    weakest = next((row for row in rows if row["weakest"]), None)
    if weakest is None:
        return translate("期内还没有评分，看不出最薄弱的触点。")
    return translate("最薄弱的触点：{stage} · {point}，平均 {score} 分（{count} 条评分）", stage=translate(weakest["stage"]),
               point=translate(weakest["touchpoint"]), score=f"{rounded(weakest['mean_score'], 2):.2f}", count=weakest["rated"])  # fmt: skip


def _write_map(canvas: Canvas, rows: Sequence[dict[str, Any]]) -> None:
    """One line a touchpoint; the stage stands once beside all of its own."""
    report, translate = canvas.report, canvas.report.translate
    spans = [Span(translate("触点"), 6, "text"), Span(translate("次数"), 4, "count"), Span(translate("平均评分"), 4, "score"),
             Span(translate("评分条数"), 3, "count"), Span(translate("首次响应(小时)"), 4, "score")]  # fmt: skip
    lines = [
        [
            translate(row["touchpoint"]),
            row["count"],
            _two(row["mean_score"]),
            row["rated"] or None,
            _two(row["response_hours"]),
        ]
        for row in rows
    ]
    head = report.formats.head(theme.BRAND)
    canvas.page.merged((_MAP, LEFT, _MAP, LEFT + 2), translate("阶段"), CellStyle(head, head))
    canvas.table(_MAP, LEFT + 3, spans, lines)
    row = _MAP + 1
    for at, (stage, points) in enumerate(groupby(rows, key=lambda one: one["stage"])):
        count = len(list(points))
        fill = theme.BRAND if at % 2 == 0 else theme.BRAND_2
        look = report.style(bold=True, font_color=theme.WHITE, bg_color=fill, **LOOKS["centre"])
        canvas.page.merged((row, LEFT, row + count - 1, LEFT + 2), translate(stage), look)
        row += count
    last = _MAP + len(rows)
    canvas.page.sheet.conditional_format(_MAP + 1, LEFT + 13, last, LEFT + 16, _HEAT)
    canvas.page.sheet.conditional_format(_MAP + 1, LEFT + 9, last, LEFT + 12, data_bar())


def _write_curve(canvas: Canvas, sheet: CalculationSheet, rows: Sequence[dict[str, Any]]) -> None:
    """The mood along the way: the mean rating of each touchpoint that was rated, in their order."""
    translate = canvas.report.translate
    rated = [row for row in rows if row["mean_score"] is not None]
    title = translate("情绪曲线：沿旅程各触点的平均评分")
    block = sheet.block([("label", translate("触点"), "text"), ("score", title, "score")],
                        {"label": [translate(row["touchpoint"]) for row in rated], "score": [_two(row["mean_score"]) for row in rated]})  # fmt: skip
    drawn = charts.mood(canvas.report, block, title) if rated else None
    canvas.chart((_CURVE, LEFT, _CURVE + 11, RIGHT), drawn, title)


def _two(value: float | None) -> float | None:
    return None if value is None else rounded(value, 2)
