"""客户旅程: stages × touchpoints from real rows: how often, how rated, how soon answered; the mood; the weakest point."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from ...report.data import ReportData
from ...report.formulas.block import Block
from ...report.grid import LEFT, RIGHT, GridBuilder, GridChart, Painted, Span
from ...report.looks import LOOKS, NOTICE, DataBar, Heat
from ...report.page import Drawing, Page
from ...report.values import rounded
from ...xlsx import theme

TITLE = "客户旅程"
_TELLING, _MAP, _CURVE, _NOTE = 3, 5, 21, 33
_HEAT = Heat(2.5, 3.5, 4.5)


def journey_page(data: ReportData) -> Drawing:
    """Return the page."""
    translate, rows = data.translate, data.rows("journey")
    grid = GridBuilder(data, _NOTE + 1, {_TELLING: 28, 4: 8, _NOTE: 34})
    grid.band(translate(TITLE), translate("期内每个阶段、每个触点：来往次数、平均评分、首次响应"))
    if not any(row["count"] for row in rows):
        grid.nothing((_TELLING, LEFT, _TELLING + 2, RIGHT), translate("期内还没有来往的记录。"))
        return grid.drawing()
    grid.text((_TELLING, LEFT, _TELLING, RIGHT), _weakest(data, rows), NOTICE)
    _add_map(grid, rows)
    _add_curve(grid, rows)
    note = {"font_size": 8, "font_color": theme.MUTED, "bg_color": theme.CANVAS, "text_wrap": True}
    grid.text((_NOTE, LEFT, _NOTE, RIGHT), translate(
        "每张表的一行算一次来往；售前和售后以客户第一次下单为界。评分按反馈类别记在它说的触点上：价格记报价议价，交期和物流记交付收货，"
        "产品质量记产品使用，服务记售后服务，其余记综合评价。首次响应是中位数。"), note)  # fmt: skip
    return grid.drawing()


def _weakest(data: ReportData, rows: Sequence[dict[str, Any]]) -> str:
    translate = data.translate
    weakest = next((row for row in rows if row["weakest"]), None)
    if weakest is None:
        return translate("期内还没有评分，看不出最薄弱的触点。")
    return translate("最薄弱的触点：{stage} · {point}，平均 {score} 分（{count} 条评分）", stage=translate(weakest["stage"]),
               point=translate(weakest["touchpoint"]), score=f"{rounded(weakest['mean_score'], 2):.2f}", count=weakest["rated"])  # fmt: skip


def _add_map(grid: GridBuilder, rows: Sequence[dict[str, Any]]) -> None:
    """One line a touchpoint; the stage stands once beside all of its own."""
    translate = grid.data.translate
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
    grid.text((_MAP, LEFT, _MAP, LEFT + 2), translate("阶段"), "head")
    grid.table(_MAP, LEFT + 3, spans, lines)
    row = _MAP + 1
    for at, (stage, points) in enumerate(groupby(rows, key=lambda one: one["stage"])):
        count = len(list(points))
        fill = theme.BRAND if at % 2 == 0 else theme.BRAND_2
        look = {"bold": True, "font_color": theme.WHITE, "bg_color": fill, **LOOKS["centre"]}
        grid.text((row, LEFT, row + count - 1, LEFT + 2), translate(stage), look)
        row += count
    last = _MAP + len(rows)
    grid.add(Painted((_MAP + 1, LEFT + 13, last, LEFT + 16), _HEAT))
    grid.add(Painted((_MAP + 1, LEFT + 9, last, LEFT + 12), DataBar()))


def _add_curve(grid: GridBuilder, rows: Sequence[dict[str, Any]]) -> None:
    """The mood along the way: the mean rating of each touchpoint that was rated, in their order."""
    translate = grid.data.translate
    rated = [row for row in rows if row["mean_score"] is not None]
    title = translate("情绪曲线：沿旅程各触点的平均评分")
    block = Block([("label", translate("触点"), "text"), ("score", title, "score")],
                  {"label": [translate(row["touchpoint"]) for row in rated], "score": [_two(row["mean_score"]) for row in rated]})  # fmt: skip
    chart = GridChart("line", block, title, "score")
    grid.chart((_CURVE, LEFT, _CURVE + 11, RIGHT), chart, title, drawn=bool(rated))


def _two(value: float | None) -> float | None:
    return None if value is None else rounded(value, 2)


JOURNEY = Page(TITLE, journey_page, place=40, needs=("orders",))
