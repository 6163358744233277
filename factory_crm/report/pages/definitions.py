"""指标口径: what every figure means, what it comes to, how many rows it rests on, and whether a formula holds it."""

from ...xlsx import theme
from ..data import ReportData
from ..format import figure_format, goal_in_words, in_unit, unit_of
from ..page import Page, PageColumn, Table, Tables
from ..values import Shown

TITLE = "指标口径"
_DEFINITION_PIXELS, _SOURCE_PIXELS, _NOTE_PIXELS = 400, 230, 150


def definitions_page(data: ReportData) -> Tables:
    """Return one line for each figure."""
    return Tables(_sentence(data), (Table(_columns(data), data.translate("还没有指标。")),))


def _sentence(data: ReportData) -> str:
    results = data.results
    if results.as_of is None:
        return data.translate("数据里还没有任何日期，暂时算不出指标。")
    return data.translate("期内 = {start} 至 {end}；n 是算它用到的行数，覆盖率是有所需内容的行的占比。灰字表示数据不足。",
                      start=results.start, end=results.as_of)  # fmt: skip


def _columns(data: ReportData) -> list[PageColumn]:
    column, translate, language = data.column, data.translate, data.language
    results = list(data.results.figures.values())
    figures = [result.figure for result in results]
    recent, before = _compared(data)

    def shown(name: str) -> list[Shown]:
        values = [getattr(result, name) for result in results]
        return [Shown(None if value is None else in_unit(result, value), figure_format(result)) for result, value in zip(results, values, strict=True)]  # fmt: skip

    return [
        column("指标", "text", 150, [translate(figure.title) for figure in figures]),
        column("单位", "centre", 60, [translate(unit_of(result)) for result in results]),
        column("数值", "whole", 86, shown("value")),
        PageColumn(recent, "whole", 86, shown("recent")),
        PageColumn(before, "whole", 86, shown("before")),
        column("目标", "centre", 96, [goal_in_words(result, language) or None for result in results]),
        column("n", "whole", 50, [result.n for result in results]),
        column("覆盖率", "rate", 64, [result.coverage for result in results]),
        column("定义", "wrapped", _DEFINITION_PIXELS, [figure.define(data.results.settings, language) for figure in figures]),
        column("用到的表和列", "wrapped", _SOURCE_PIXELS, [result.source(language) for result in results]),
        column("怎么算的", "centre", 90, [translate("公式，可点开" if figure.name in data.live_names else "数值") for figure in figures]),
        column("说明", "wrapped", _NOTE_PIXELS, [translate(result.note) if result.note else "" for result in results]),
    ]  # fmt: skip


def _compared(data: ReportData) -> tuple[str, str]:
    """The headers of the two periods that changes are told between."""
    compared = data.results.compared
    if compared is None:
        return data.translate("近期"), data.translate("对比期")
    before = "去年同期" if compared.apart > compared.months else "之前 {months} 个月"
    return data.translate("近 {months} 个月", months=compared.months), data.translate(before, months=compared.months)


DEFINITIONS = Page(TITLE, definitions_page, place=71, tab=theme.SERIES[4])
