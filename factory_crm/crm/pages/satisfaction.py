"""满意度: ratings by month, by what they are about and by segment; surveys; the feedback loop; complaints and time limits."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ...metrics.window import months_later
from ...report.formulas.cached import Criterion, between, formula_if_equal, ratio
from ...report.formulas.calc_sheet import FIRST_ROW, CalculationSheet
from ...report.render import charts
from ...report.render.cells import ReportPage, rounded, rows_of
from ...report.render.grid_page import GRID, LEFT, Canvas, Span
from ..metrics.results import Results
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


def write_contentment(page: ReportPage, sheet: CalculationSheet, results: Results, *, full: bool) -> None:
    """Write the page; ``full`` says whether there are surveys and the steps of a feedback."""
    translate = page.report.translate
    canvas = Canvas(page, _GROUPS + (4 if full else 3) * _HEIGHT, {5: 8})
    canvas.band(translate("满意 = {score} 分及以上；条数少时请勿据此下结论", score=results.settings.csat_from))
    canvas.figures(_CARDS, [results.figures[name] for name in (_FULL if full else _BASIC)])
    _write_months(canvas, sheet, results)
    frame = results.frames["ratings"]
    for at, by in enumerate(_BY):
        _write_ratings(canvas, at, by, rows_of(frame[frame["by"] == by]))
    _write_complaints(canvas, results)
    if full:
        _write_full(canvas, results)
    canvas.finish()


def _spot(at: int) -> tuple[int, int]:
    """Where the small table with that number stands: three side by side."""
    return _GROUPS + at // 3 * _HEIGHT, LEFT + at % 3 * 8


def _write_months(canvas: Canvas, sheet: CalculationSheet, results: Results) -> None:
    """By month: how many ratings, their mean, the share of the satisfied; formulas over 反馈 where they come to the figures."""
    report, translate = canvas.report, canvas.report.translate
    feedbacks, start = sheet.details["feedbacks"], sheet.next_letter(1)
    rows = rows_of(results.frames["months"])[-12:]
    firsts = [date.fromisoformat(row["month"] + "-01") for row in rows]
    counts, means, satisfied = [], [], []
    for at, (first, row) in enumerate(zip(firsts, rows, strict=True)):
        cell = f"${start}${FIRST_ROW + 1 + at}"
        month = between(DAY, first, months_later(first, 1), (cell, f"EDATE({cell},1)"))
        rated = feedbacks.count(*month, Criterion("score", ">=", 1, "1"))
        good = feedbacks.count(*month, Criterion("score", ">=", sheet.satisfied, str(sheet.satisfied)))
        mean = None if row["mean_score"] is None else rounded(row["mean_score"], 2)
        total = feedbacks.total("score", *month, Criterion("score", ">=", 1, "1"))
        counts.append(formula_if_equal(rated, row["rated"]))
        means.append(formula_if_equal(ratio(total, rated, 2), mean))
        satisfied.append(formula_if_equal(ratio(good, rated), row["csat"]))
    heads = [("label", translate("月份"), "centre"), ("first", translate("月初"), "day"), ("count", translate("评分条数"), "whole"),
             ("score", translate("平均评分"), "score"), ("satisfied", translate("满意度"), "rate")]  # fmt: skip
    labels = [row["month"][2:] for row in rows]
    block = sheet.block(
        heads, {"label": labels, "first": firsts, "count": counts, "score": means, "satisfied": satisfied}
    )
    half = GRID // 2
    for at, (column, title, draw) in enumerate((
        ("score", translate("每月平均评分"), charts.mood), ("count", translate("每月评分条数"), charts.counts))):  # fmt: skip
        drawn = draw(report, block, title) if block.rows and block.any(column) else None
        canvas.chart((_MONTHS, LEFT + at * half, _MONTHS + 12, LEFT + (at + 1) * half - 1), drawn, title)


def _write_ratings(canvas: Canvas, at: int, by: str, rows: Sequence[dict[str, Any]]) -> None:
    report, translate = canvas.report, canvas.report.translate
    spans = [Span(translate("从低到高"), 3, "text"), Span(translate("条数"), 1, "count"), Span(translate("平均"), 1, "score"), Span(translate("满意的"), 2, "rate")]  # fmt: skip
    lines = [[shortened(value_of(report, by, row["value"]), 180), row["rated"], rounded(row["mean_score"], 2), row["csat"]]
             for row in rows[:_SHOWN]]  # fmt: skip
    canvas.group(_spot(at), translate("按{what}", what=header_of(report, by)), spans, lines, translate("没有评分"))


def _write_complaints(canvas: Canvas, results: Results) -> None:
    """What complaints are about, which products, and whether services keep their time limits."""
    report, translate = canvas.report, canvas.report.translate
    spans = [Span(translate("问题类别"), 5, "text"), Span(translate("投诉"), 2, "count")]
    issues = [[value_of(report, "issue", row["issue"]), row["complaints"]] for row in rows_of(results.frames["issues"])]
    canvas.group(_spot(6), translate("投诉问题类别（期内，起）"), spans, issues[:_SHOWN], translate("期内没有投诉"))
    spans = [
        Span(translate("产品型号"), 3, "text"),
        Span(translate("投诉"), 2, "count"),
        Span(translate("未办结"), 2, "count"),
    ]
    products = [[shortened(value_of(report, "product", row["product"]), 180), row["complaints"], row["open"]]
                for row in rows_of(results.frames["complaint_products"])]  # fmt: skip
    canvas.group(_spot(7), translate("投诉最多的产品（期内）"), spans, products[:_SHOWN], translate("期内没有投诉"))
    spans = [Span(translate("优先级"), 2, "centre"), Span(translate("达标"), 1, "count"), Span(translate("超时"), 1, "count"),
             Span(translate("进行中"), 1, "count"), Span(translate("达标率"), 2, "rate")]  # fmt: skip
    limits = [[translate(row["priority"]), row["met"], row["breached"], row["ongoing"], row["rate"]]
              for row in rows_of(results.frames["sla"])]  # fmt: skip
    canvas.group(_spot(8), translate("服务时限（期内受理）"), spans, limits, translate("没有服务记录"))


def _write_full(canvas: Canvas, results: Results) -> None:
    """Surveys by dimension, and how far feedbacks came on their way to a measure that works."""
    report, translate = canvas.report, canvas.report.translate
    spans = [Span(translate("调查项"), 3, "text"), Span(translate("份数"), 1, "count"), Span(translate("平均"), 1, "score"), Span(translate("满意的"), 2, "rate")]  # fmt: skip
    surveys = [[translate(_DIMENSIONS[row["dimension"]]), row["n"], _two(row["mean"]), row["satisfied_rate"]]
               for row in rows_of(results.frames["surveys"]) if row["n"]]  # fmt: skip
    canvas.group(_spot(9), translate("满意度调查（完整版）"), spans, surveys, translate("没有满意度调查"))
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
    loop = [[value_of(report, "issue", row["issue"]), *(row[name] for name in names)]
            for row in rows_of(results.frames["feedback_loop"])]  # fmt: skip
    canvas.group(_spot(10), translate("反馈闭环（期内）"), spans, loop[:_SHOWN], translate("没有反馈"))


def _two(value: float | None) -> float | None:
    return None if value is None else rounded(value, 2)
