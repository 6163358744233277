"""经营看板: one printed page that says how things stand, what needs attention and where each number comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ...merge.result import Merged
from ...report.format import attention, comparison_in_words
from ...report.formulas.calc_sheet import Block, CalculationSheet
from ...report.money_scale import MoneyUnit
from ...report.render import charts
from ...report.render.cells import ReportPage, SummaryReport
from ...report.render.table import print_across, quiet
from ...xlsx import theme
from ..metrics.results import Results
from .cards import CARD_COLUMNS, CARDS, PLAIN, TRENDS, CardPosition, live_figures, write_cards

GRID, COLUMN_PIXELS, GUTTER = 24, 48, 14
"""Columns of the page between two gutters."""
_LEFT, _RIGHT = 1, GRID
_TITLE, _NAVIGATION, _ATTENTION = 1, 2, 4
_ATTENTION_LINES = 3
_CARDS = (8, 13)
_CHARTS = ((17, 27), (29, 39))
_FOOT = 40
_PIXELS = {0: 8, _TITLE: 40, _NAVIGATION: 20, 3: 20, 4: 20, 5: 20, 6: 20, 7: 8, 8: 20, 9: 32, 10: 18, 11: 26, 12: 8, 13: 20,
           14: 32, 15: 18, 16: 8, 28: 8, _FOOT: 22, _FOOT + 1: 6}  # fmt: skip
_ROW = 22


@dataclass(frozen=True)
class Series:
    """The tables that the charts stand on."""

    months: Block
    customers: Block
    lifecycle: Block
    scores: Block
    issues: Block
    states: Block
    money: MoneyUnit


def write_dashboard(
    page: ReportPage, results: Results, merged: Merged, sheet: CalculationSheet, series: Series, links: Sequence[str]
) -> None:
    """Write the page; ``links`` are the titles of the other sheets, in the report's language."""
    _lay_out(page)
    _write_band(page, results, merged)
    _write_links(page, links)
    _write_attention(page, results)
    values = live_figures(sheet, results)
    for row, names, months in ((_CARDS[0], tuple(TRENDS), series.months), (_CARDS[1], PLAIN, None)):
        spots = [CardPosition(row, _LEFT + at * CARD_COLUMNS) for at in range(CARDS)]
        write_cards(page, spots, names, results, values, months)
    _write_charts(page, series)
    _write_foot(page, results)
    _set_print(page)


def _lay_out(page: ReportPage) -> None:
    canvas = page.report.formats(bg_color=theme.CANVAS)
    page.sheet.set_column_pixels(0, 0, GUTTER, canvas)
    page.sheet.set_column_pixels(_LEFT, _RIGHT, COLUMN_PIXELS, canvas)
    page.sheet.set_column_pixels(_RIGHT + 1, _RIGHT + 1, GUTTER, canvas)
    for row in range(_FOOT + 2):
        page.sheet.set_row_pixels(row, _PIXELS.get(row, _ROW), canvas)


def _write_band(page: ReportPage, results: Results, merged: Merged) -> None:
    report = page.report
    band = {"font_color": theme.WHITE, "bg_color": theme.BRAND}
    page.merged(
        (_TITLE, _LEFT, _TITLE, 11),
        report.translate("客户管理经营看板"),
        report.style(bold=True, font_size=20, indent=1, **band),
    )
    page.merged(
        (_TITLE, 12, _TITLE, _RIGHT),
        _period(report, results, merged),
        report.style(font_size=9, align="right", indent=1, **band),
    )


def _period(report: SummaryReport, results: Results, merged: Merged) -> str:
    used = sum(origin.status == "merged" for origin in merged.origins)
    if results.as_of is None or results.start is None:
        return report.translate("还没有带日期的数据　|　{files} 个文件", files=used)
    return report.translate(
        "{start} 至 {end}　|　{files} 个文件汇总　|　截至 {end}", start=results.start, end=results.as_of, files=used
    )


def _write_links(page: ReportPage, links: Sequence[str]) -> None:
    """Two rows of links; their texts are shortened where the language needs more room than there is."""
    style = page.report.style(
        font_color=theme.BRAND_2, underline=1, align="center", bg_color=theme.CANVAS, font_size=9, shrink=True
    )
    a_row = -(-len(links) // 2)
    for at, title in enumerate(links):
        row, first = _NAVIGATION + at // a_row, _LEFT + at % a_row * GRID // a_row
        page.sheet.merge_range(row, first, row, _LEFT + (at % a_row + 1) * GRID // a_row - 1, "", style.plain)
        page.link(row, first, title, title, style)


def _write_attention(page: ReportPage, results: Results) -> None:
    """A few sentences in words, in two columns."""
    report = page.report
    found = list(islice(attention(results, report.language), 2 * _ATTENTION_LINES))
    fill, ink = (theme.WARN_SOFT, theme.WARN) if found else (theme.GOOD_SOFT, theme.GOOD)
    if results.as_of is None:
        found, fill, ink = (
            [report.translate("数据里还没有任何日期，暂时算不出指标。")],
            theme.AUTOMATIC_FILL,
            theme.MUTED,
        )
    look = {"bg_color": fill, "font_color": ink}
    last = _ATTENTION + _ATTENTION_LINES - 1
    label = report.style(bold=True, font_size=12, align="center", left=5, left_color=ink, **look)
    page.merged((_ATTENTION, _LEFT, last, _LEFT + 2), report.translate("需要注意"), label)
    told = found or [report.translate("√ 有目标的指标都已达标，没有未办结的投诉。")]
    lines = [*told, *[""] * (2 * _ATTENTION_LINES - len(told))]
    for at, text in enumerate(lines):
        row, left = _ATTENTION + at % _ATTENTION_LINES, (_LEFT + 3, 14)[at // _ATTENTION_LINES]
        right = (13, _RIGHT)[at // _ATTENTION_LINES]
        page.merged((row, left, row, right), text or None, report.style(font_size=10, **look))


def _write_charts(page: ReportPage, series: Series) -> None:
    report, translate = page.report, page.report.translate
    unit = translate(series.money.unit)
    (top, top_last), (low, low_last) = _CHARTS

    def put(box: tuple[int, int, int, int], chart: Any, told: str) -> None:
        place(page, box, chart, told)

    wide, half = GRID // 2, GRID // 4
    put((top, _LEFT, top_last, wide),
        charts.monthly(report, series.months, unit) if series.months.rows and series.months.any("orders") else None,
        translate("每月销售额（{unit}，柱）与订单数（线）", unit=unit))  # fmt: skip
    customers = translate("金额最高的客户（期内，{unit}）", unit=unit)
    put((top, _LEFT + wide, top_last, _RIGHT),
        charts.ranking(report, series.customers, customers, "#,##0.0") if series.customers.rows else None, customers)  # fmt: skip
    for at, (block, title, make) in enumerate((
        (series.lifecycle, translate("客户生命周期（家）"), charts.stages),
        (series.scores, translate("评分分布（期内，条）"), charts.ratings),
        (series.issues, translate("投诉问题类别（期内，起）"), charts.issues),
        (series.states, translate("在制订单走到哪一步（张）"), charts.states),
    )):  # fmt: skip
        first = _LEFT + at * half
        chart = make(report, block, title) if block.rows and block.any("count") else None
        put((low, first, low_last, first + half - 1), chart, title)


def place(page: ReportPage, box: tuple[int, int, int, int], chart: Any, told: str) -> None:
    """Put a chart exactly on cell borders; without one, say in its place that there is nothing to draw."""
    first_row, first, last_row, last = box
    if chart is None:
        page.merged(box, page.report.translate("{title}：还没有数据", title=told), quiet(page.report))
        return
    chart.set_size(
        {
            "width": (last - first + 1) * COLUMN_PIXELS,
            "height": sum(_PIXELS.get(row, _ROW) for row in range(first_row, last_row + 1)),
        }
    )
    page.sheet.insert_chart(first_row, first, chart, {"object_position": 1, "description": told})


def _write_foot(page: ReportPage, results: Results) -> None:
    report = page.report
    small = {"font_size": 8, "bg_color": theme.CANVAS}
    told = report.translate("“期内”的起止见右上角；取消的订单不计，销售额未扣退货。每个数从哪里来？")
    if compared := comparison_in_words(results.compared, report.language):
        told = report.translate("{compared}。{told}", compared=compared, told=told)
    page.merged((_FOOT, _LEFT, _FOOT, 19), told, report.style(font_color=theme.MUTED, **small))
    style = report.style(font_color=theme.BRAND_2, underline=1, align="right", **small)
    target = report.translate("指标口径")
    page.sheet.merge_range(_FOOT, 20, _FOOT, _RIGHT, "", style.plain)
    page.link(_FOOT, 20, target, report.translate("见「{sheet}」→", sheet=target), style)


def _set_print(page: ReportPage) -> None:
    sheet = page.sheet
    print_across(page, (1, 1))
    sheet.set_margins(left=0.3, right=0.3, top=0.3, bottom=0.45)
    sheet.center_horizontally()
    sheet.print_area(0, 0, _FOOT + 1, _RIGHT + 1)
    sheet.set_zoom(90)
    sheet.hide_row_col_headers()
    sheet.set_first_sheet()
    sheet.activate()
