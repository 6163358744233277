"""指标口径: what every figure means, what it comes to, how many rows it rests on, and whether a formula holds it."""

from ...xlsx import theme
from ..data import ReportData
from ..format import goal_in_words, in_unit, metric_format, unit_of
from ..page import Page, PageColumn, Table, Tables
from ..values import Shown

TITLE = "指标口径"
_DEFINITION_PIXELS, _SOURCE_PIXELS, _NOTE_PIXELS = 400, 230, 150


def definitions_page(data: ReportData) -> Tables:
    """Return one line for each figure."""
    return Tables(_told(data), (Table(_columns(data), data.translate("还没有指标。")),))


def _told(data: ReportData) -> str:
    results = data.results
    if results.as_of is None:
        return data.translate("数据里还没有任何日期，暂时算不出指标。")
    return data.translate("期内 = {start} 至 {end}；n 是算它用到的行数，覆盖率是有所需内容的行的占比。灰字表示数据不足。",
                      start=results.start, end=results.as_of)  # fmt: skip


def _columns(data: ReportData) -> list[PageColumn]:
    column, translate, language = data.column, data.translate, data.language
    figures = list(data.results.figures.values())
    metrics = [figure.metric for figure in figures]
    recent, before = _compared(data)

    def shown(name: str) -> list[Shown]:
        values = [getattr(figure, name) for figure in figures]
        return [Shown(None if value is None else in_unit(figure, value), metric_format(figure)) for figure, value in zip(figures, values, strict=True)]  # fmt: skip

    return [
        column("指标", "text", 150, [translate(metric.title) for metric in metrics]),
        column("单位", "centre", 60, [translate(unit_of(figure)) for figure in figures]),
        column("数值", "whole", 86, shown("value")),
        PageColumn(recent, "whole", 86, shown("recent")),
        PageColumn(before, "whole", 86, shown("before")),
        column("目标", "centre", 96, [goal_in_words(figure, language) or None for figure in figures]),
        column("n", "whole", 50, [figure.n for figure in figures]),
        column("覆盖率", "rate", 64, [figure.coverage for figure in figures]),
        column("定义", "wrapped", _DEFINITION_PIXELS, [metric.define(data.results.settings, language) for metric in metrics]),
        column("用到的表和列", "wrapped", _SOURCE_PIXELS, [figure.source(language) for figure in figures]),
        column("怎么算的", "centre", 90, [translate("公式，可点开" if metric.name in data.live_names else "数值") for metric in metrics]),
        column("说明", "wrapped", _NOTE_PIXELS, [translate(figure.note) if figure.note else "" for figure in figures]),
    ]  # fmt: skip


def _compared(data: ReportData) -> tuple[str, str]:
    """The headers of the two periods that changes are told between."""
    compared = data.results.compared
    if compared is None:
        return data.translate("近期"), data.translate("对比期")
    before = "去年同期" if compared.apart > compared.months else "之前 {months} 个月"
    return data.translate("近 {months} 个月", months=compared.months), data.translate(before, months=compared.months)


DEFINITIONS = Page(TITLE, definitions_page, place=71, tab=theme.SERIES[4])
