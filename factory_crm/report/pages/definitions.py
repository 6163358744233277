"""指标口径: what every figure means, what it comes to, how many rows it rests on, and whether a formula holds it."""

from collections.abc import Collection, Sequence
from typing import Any

from ...metrics.figure import MetricResult
from ...metrics.results import Results
from ...xlsx import theme
from ..format import goal_in_words, in_unit, metric_format, unit_of
from ..render.cells import INSUFFICIENT, ReportPage, SummaryReport
from ..render.table import FIRST_ROW, PageColumn, head, set_columns, set_heights, set_up, write_table

TITLE = "指标口径"
_VALUE, _RECENT, _BEFORE = 2, 3, 4
_DEFINITION_PIXELS, _SOURCE_PIXELS, _NOTE_PIXELS = 400, 230, 150


def write_definitions(page: ReportPage, results: Results, live: Collection[str]) -> None:
    """Write one line for each figure; ``live`` names those that stand as formulas on the dashboard."""
    report = page.report
    figures = list(results.figures.values())
    columns = _columns(report, results, figures, live)
    head(page, page.title, _told(report, results), len(columns) - 1)
    set_columns(page, columns)
    write_table(page, columns)
    for at, figure in enumerate(figures):
        _write_values(page, FIRST_ROW + at, figure)
    set_heights(page, columns)
    set_up(page, rows=len(figures), columns=len(columns), frozen=1)


def _told(report: SummaryReport, results: Results) -> str:
    if results.as_of is None:
        return report.translate("数据里还没有任何日期，暂时算不出指标。")
    return report.translate("期内 = {start} 至 {end}；n 是算它用到的行数，覆盖率是有所需内容的行的占比。灰字表示数据不足。",
                      start=results.start, end=results.as_of)  # fmt: skip


def _columns(
    report: SummaryReport, results: Results, figures: Sequence[MetricResult], live: Collection[str]
) -> list[PageColumn]:
    def column(header: str, look: str, width: int, values: Sequence[Any]) -> PageColumn:
        return PageColumn(report.translate(header), look, width, values)

    blank = [None] * len(figures)
    metrics = [figure.metric for figure in figures]
    translate, language = report.translate, report.language
    return [
        column("指标", "text", 150, [translate(metric.title) for metric in metrics]),
        column("单位", "centre", 60, [translate(unit_of(figure)) for figure in figures]),
        column("数值", "whole", 86, blank),
        *(PageColumn(header, "whole", 86, blank) for header in _compared(report, results)),
        column("目标", "centre", 96, [goal_in_words(figure, language) or None for figure in figures]),
        column("n", "whole", 50, [figure.n for figure in figures]),
        column("覆盖率", "rate", 64, [figure.coverage for figure in figures]),
        column(
            "定义", "wrapped", _DEFINITION_PIXELS, [metric.define(results.settings, language) for metric in metrics]
        ),
        column("用到的表和列", "wrapped", _SOURCE_PIXELS, [figure.source(language) for figure in figures]),
        column(
            "怎么算的",
            "centre",
            90,
            [translate("公式，可点开" if metric.name in live else "数值") for metric in metrics],
        ),
        column("说明", "wrapped", _NOTE_PIXELS, [translate(figure.note) if figure.note else "" for figure in figures]),
    ]


def _compared(report: SummaryReport, results: Results) -> tuple[str, str]:
    """The headers of the two periods that changes are told between."""
    compared = results.compared
    if compared is None:
        return report.translate("近期"), report.translate("对比期")
    before = "去年同期" if compared.apart > compared.months else "之前 {months} 个月"
    return report.translate("近 {months} 个月", months=compared.months), report.translate(
        before, months=compared.months
    )


def _write_values(page: ReportPage, row: int, figure: MetricResult) -> None:
    report = page.report
    style = report.cell(align="right", num_format=metric_format(figure), bold=True)
    lacking = report.cell(align="right", font_color=theme.FAINT, font_size=9)
    for column, value in ((_VALUE, figure.value), (_RECENT, figure.recent), (_BEFORE, figure.before)):
        told = report.translate(INSUFFICIENT) if value is None else in_unit(figure, value)
        page.put(row, column, told, lacking if value is None else style)
