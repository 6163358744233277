"""满意度: ratings by month, by what they are about and by segment; surveys; the feedback loop; complaints and time limits."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ...metrics.window import months_later
from ...report.data import ReportData
from ...report.formulas.block import Block, own_row
from ...report.formulas.cached import Criterion, SheetTable, between, ratio
from ...report.grid import GRID, LEFT, ChartKind, GridBuilder, GridChart, Span
from ...report.page import Drawing, Page
from ...report.values import rounded
from .helper_columns import DAY
from .latest import shortened
from .names import header_of, value_of

TITLE = "满意度"
_CARDS, _MONTHS, _GROUPS = 3, 6, 20
_SHOWN = 5
"""Lines of each small table."""
_HEIGHT = _SHOWN + 3
_FULL = ("csat", "mean_score", "nps", "survey_csat", "complaint_rate", "closure_rate")
_BASIC = ("csat", "mean_score", "complaint_rate", "recurrence_rate")
_BY = ("issue", "product", "industry", "region", "size", "owner")
_DIMENSIONS: Mapping[str, str] = {
    "quality": "产品质量",
    "response": "响应速度",
    "service": "售后服务",
    "overall": "总体满意度",
}


def satisfaction_page(data: ReportData) -> Drawing:
    """Return the page; with surveys and the steps of a feedback where the schema has them."""
    translate, full = data.translate, data.has(["surveys"])
    grid = GridBuilder(data, _GROUPS + (4 if full else 3) * _HEIGHT, {5: 8})
    sentence = translate("满意 = {score} 分及以上；条数少时请勿据此下结论", score=data.results.settings.csat_from)
    grid.band(translate(TITLE), sentence)
    grid.figures(_CARDS, [data.results.figures[name] for name in (_FULL if full else _BASIC)])
    _add_months(grid)
    for at, by in enumerate(_BY):
        _add_ratings(grid, at, by, [row for row in data.rows("ratings") if row["by"] == by])
    _add_complaints(grid)
    if full:
        _add_full(grid)
    return grid.drawing()


def _spot(at: int) -> tuple[int, int]:
    """Where the small table with that number stands: three side by side."""
    return _GROUPS + at // 3 * _HEIGHT, LEFT + at % 3 * 8


def _add_months(grid: GridBuilder) -> None:
    """By month: how many ratings, their mean, the share of the satisfied; formulas over 反馈 where they come to the figures."""
    data, translate = grid.data, grid.data.translate
    feedbacks: SheetTable = data.exposed["feedbacks"]
    satisfied_from = data.results.settings.csat_from
    rows = data.rows("months")[-12:]
    firsts = [date.fromisoformat(row["month"] + "-01") for row in rows]
    counts, means, satisfied = [], [], []
    cell = own_row("first")
    for first, row in zip(firsts, rows, strict=True):
        month = between(DAY, first, months_later(first, 1), (cell, f"EDATE({cell},1)"))
        rated = feedbacks.count(*month, Criterion("score", ">=", 1, "1"))
        good = feedbacks.count(*month, Criterion("score", ">=", satisfied_from, str(satisfied_from)))
        mean = None if row["mean_score"] is None else rounded(row["mean_score"], 2)
        total = feedbacks.total("score", *month, Criterion("score", ">=", 1, "1"))
        counts.append(data.formula_if_equal("months.rated", rated, row["rated"]))
        means.append(data.formula_if_equal("months.mean_score", ratio(total, rated, 2), mean))
        satisfied.append(data.formula_if_equal("months.csat", ratio(good, rated), row["csat"]))
    heads = [("label", translate("月份"), "centre"), ("first", translate("月初"), "day"), ("count", translate("评分条数"), "whole"),
             ("score", translate("平均评分"), "score"), ("satisfied", translate("满意度"), "rate")]  # fmt: skip
    labels = [row["month"][2:] for row in rows]
    block = Block(heads, {"label": labels, "first": firsts, "count": counts, "score": means, "satisfied": satisfied})
    half = GRID // 2
    charts: tuple[tuple[str, str, ChartKind], ...] = (
        ("score", translate("每月平均评分"), "line"), ("count", translate("每月评分条数"), "columns"),
    )  # fmt: skip
    for at, (column, title, kind) in enumerate(charts):
        grid.chart(
            (_MONTHS, LEFT + at * half, _MONTHS + 12, LEFT + (at + 1) * half - 1),
            GridChart(kind, block, title, column),
            title,
            drawn=block.any(column),
        )


def _add_ratings(grid: GridBuilder, at: int, by: str, rows: Sequence[dict[str, Any]]) -> None:
    data, translate = grid.data, grid.data.translate
    spans = [Span(translate("从低到高"), 3, "text"), Span(translate("条数"), 1, "count"), Span(translate("平均"), 1, "score"), Span(translate("满意的"), 2, "rate")]  # fmt: skip
    lines = [[shortened(value_of(data, by, row["value"]), 180), row["rated"], rounded(row["mean_score"], 2), row["csat"]]
             for row in rows[:_SHOWN]]  # fmt: skip
    grid.group(_spot(at), translate("按{what}", what=header_of(data, by)), spans, lines, translate("没有评分"))


def _add_complaints(grid: GridBuilder) -> None:
    """What complaints are about, which products, and whether services keep their time limits."""
    data, translate = grid.data, grid.data.translate
    spans = [Span(translate("问题类别"), 5, "text"), Span(translate("投诉"), 2, "count")]
    issues = [[value_of(data, "issue", row["issue"]), row["complaints"]] for row in data.rows("issues")]
    grid.group(_spot(6), translate("投诉问题类别（期内，起）"), spans, issues[:_SHOWN], translate("期内没有投诉"))
    spans = [
        Span(translate("产品型号"), 3, "text"),
        Span(translate("投诉"), 2, "count"),
        Span(translate("未办结"), 2, "count"),
    ]
    products = [[shortened(value_of(data, "product", row["product"]), 180), row["complaints"], row["open"]]
                for row in data.rows("complaint_products")]  # fmt: skip
    grid.group(_spot(7), translate("投诉最多的产品（期内）"), spans, products[:_SHOWN], translate("期内没有投诉"))
    spans = [Span(translate("优先级"), 2, "centre"), Span(translate("达标"), 1, "count"), Span(translate("超时"), 1, "count"),
             Span(translate("进行中"), 1, "count"), Span(translate("达标率"), 2, "rate")]  # fmt: skip
    limits = [[translate(row["priority"]), row["met"], row["breached"], row["ongoing"], row["rate"]]
              for row in data.rows("sla")]  # fmt: skip
    grid.group(_spot(8), translate("服务时限（期内受理）"), spans, limits, translate("没有服务记录"))


def _add_full(grid: GridBuilder) -> None:
    """Surveys by dimension, and how far feedbacks came on their way to a measure that works."""
    data, translate = grid.data, grid.data.translate
    spans = [Span(translate("调查项"), 3, "text"), Span(translate("份数"), 1, "count"), Span(translate("平均"), 1, "score"), Span(translate("满意的"), 2, "rate")]  # fmt: skip
    surveys = [[translate(_DIMENSIONS[row["dimension"]]), row["n"], _two(row["mean"]), row["satisfied_rate"]]
               for row in data.rows("surveys") if row["n"]]  # fmt: skip
    grid.group(_spot(9), translate("满意度调查（完整版）"), spans, surveys, translate("没有满意度调查"))
    names = ("feedbacks", "rated", "replied", "analysed", "improved", "evaluated", "recurred")
    heads = (
        translate("条数"),
        translate("有评分"),
        translate("已回应"),
        translate("已分析"),
        translate("已改进"),
        translate("已评估"),
        translate("复发"),
    )
    spans = [
        Span(translate("反馈类别"), 3, "text"),
        *(Span(head, 1 + at % 2, "count") for at, head in enumerate(heads)),
    ]
    loop = [[value_of(data, "issue", row["issue"]), *(row[name] for name in names)]
            for row in data.rows("feedback_loop")]  # fmt: skip
    grid.group(_spot(10), translate("反馈闭环（期内）"), spans, loop[:_SHOWN], translate("没有反馈"))


def _two(value: float | None) -> float | None:
    return None if value is None else rounded(value, 2)


SATISFACTION = Page(TITLE, satisfaction_page, place=40, needs=("orders", "feedbacks"))
