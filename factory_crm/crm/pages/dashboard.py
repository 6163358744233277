"""经营看板: one printed page that says how things stand, what needs attention and where each number comes from."""

from itertools import islice

from ...report.data import ReportData
from ...report.format import comparison_in_words
from ...report.formulas.block import Block
from ...report.grid import GRID, LEFT, RIGHT, Band, Box, GridBuilder, GridChart
from ...report.page import HOME, Drawing, Page
from ...report.pages.definitions import TITLE as DEFINITIONS
from ...report.pages.home import add_links, link_rows, period
from ...xlsx import theme
from .attention import attention
from .cards import FIRST_ROW, SECOND_ROW, add_cards
from .chart_data import ISSUES, LIFECYCLE, MONTHS, SCORES, STATES, TOP_CUSTOMERS, money_unit_of

RATING_RAMP = ("#0B6B3A", "#4C9F70", "#A7ADB8", "#E8974E", "#B3261E")
"""From 5 to 1."""
STAGE_COLOURS = ("#A7ADB8", "#1D70B8", "#0B6B3A", "#E8974E", "#B3261E", "#6F777B")
_NAVIGATION = 2
_ATTENTION_LINES = 3
_BELOW = {
    -1: 20,
    0: 20,
    1: 20,
    2: 20,
    3: 8,
    4: 20,
    5: 32,
    6: 18,
    7: 26,
    8: 8,
    9: 20,
    10: 32,
    11: 18,
    12: 8,
    24: 8,
    36: 22,
}
"""Heights of rows, counted from the first below the links."""
_FIRST_CARDS, _SECOND_CARDS, _CHARTS, _FOOT = 4, 9, ((13, 23), (25, 35)), 36
"""Where the parts stand, counted likewise."""


def dashboard_page(data: ReportData) -> Drawing:
    """Return the page."""
    links = data.titles
    rows = link_rows(links)
    top = _NAVIGATION + rows
    heights = {_NAVIGATION + at: 20 for at in range(rows)} | {top + at: height for at, height in _BELOW.items()}
    grid = GridBuilder(data, top + _FOOT + 1, heights)
    grid.add(Band(data.translate("客户管理经营看板"), period(data), split=11, size=20))
    add_links(grid, _NAVIGATION, links)
    _add_attention(grid, top)
    add_cards(grid, top + _FIRST_CARDS, LEFT, tuple(FIRST_ROW), data.exposed[MONTHS])
    add_cards(grid, top + _SECOND_CARDS, LEFT, SECOND_ROW, None)
    _add_charts(grid, top)
    _add_foot(grid, top + _FOOT)
    return grid.drawing(first=True)


def _add_attention(grid: GridBuilder, top: int) -> None:
    """A few sentences in words, in two columns."""
    data = grid.data
    attention_lines = list(islice(attention(data.results, data.language), 2 * _ATTENTION_LINES))
    fill, ink = (theme.WARN_SOFT, theme.WARN) if attention_lines else (theme.GOOD_SOFT, theme.GOOD)
    if data.results.as_of is None:
        attention_lines, fill, ink = (
            [data.translate("数据里还没有任何日期，暂时算不出指标。")],
            theme.AUTOMATIC_FILL,
            theme.MUTED,
        )
    look = {"bg_color": fill, "font_color": ink}
    label = {"bold": True, "font_size": 12, "align": "center", "left": 5, "left_color": ink, **look}
    grid.text((top, LEFT, top + _ATTENTION_LINES - 1, LEFT + 2), data.translate("需要注意"), label)
    texts = attention_lines or [data.translate("√ 有目标的指标都已达标，没有未办结的投诉。")]
    lines = [*texts, *[""] * (2 * _ATTENTION_LINES - len(texts))]
    for at, text in enumerate(lines):
        row, half = top + at % _ATTENTION_LINES, at // _ATTENTION_LINES
        grid.text((row, (LEFT + 3, 14)[half], row, (13, RIGHT)[half]), text or None, {"font_size": 10, **look})


def _add_charts(grid: GridBuilder, top: int) -> None:
    data, translate = grid.data, grid.data.translate
    unit = translate(money_unit_of(data).unit)
    (high, high_last), (low, low_last) = ((top + first, top + last) for first, last in _CHARTS)
    wide, half = GRID // 2, GRID // 4
    months: Block = data.exposed[MONTHS]
    customers: Block = data.exposed[TOP_CUSTOMERS]
    sales = GridChart("combined", months, translate("每月销售额与订单数"), "shown", line=(translate("订单数"), "orders"),
                  name=translate("金额（{unit}）", unit=unit))  # fmt: skip
    grid.chart((high, LEFT, high_last, wide), sales,
               translate("每月销售额（{unit}，柱）与订单数（线）", unit=unit), drawn=months.any("orders"))  # fmt: skip
    title = translate("金额最高的客户（期内，{unit}）", unit=unit)
    best = GridChart("bars", customers, title, "amount", "#,##0.0")
    grid.chart((high, LEFT + wide, high_last, RIGHT), best, title, drawn=bool(customers.rows))
    for at, chart in enumerate((
        GridChart("bars", data.exposed[LIFECYCLE], translate("客户生命周期（家）"), colours=STAGE_COLOURS),
        GridChart("labelled", data.exposed[SCORES], translate("评分分布（期内，条）"), colours=RATING_RAMP),
        GridChart("bars", data.exposed[ISSUES], translate("投诉问题类别（期内，起）"), colours=(theme.SERIES[1],)),
        GridChart("bars", data.exposed[STATES], translate("在制订单走到哪一步（张）"), colours=(theme.SERIES[2],)),
    )):  # fmt: skip
        first = LEFT + at * half
        box: Box = (low, first, low_last, first + half - 1)
        grid.chart(box, chart, chart.title, drawn=chart.block.any("count"))


def _add_foot(grid: GridBuilder, row: int) -> None:
    data = grid.data
    small = {"font_size": 8, "bg_color": theme.CANVAS}
    sentence = data.translate("“期内”的起止见右上角；取消的订单不计，销售额未扣退货。每个数从哪里来？")
    if compared := comparison_in_words(data.results.compared, data.language):
        sentence = data.translate("{compared}。{told}", compared=compared, told=sentence)
    grid.text((row, LEFT, row, 19), sentence, {"font_color": theme.MUTED, **small})
    target = data.translate(DEFINITIONS)
    style = {"font_color": theme.BRAND_2, "underline": 1, "align": "right", **small}
    grid.link(row, 20, RIGHT - 19, target, data.translate("见「{sheet}」→", sheet=target), style)


DASHBOARD = Page(HOME, dashboard_page, place=0, needs=("customers", "orders", "services", "feedbacks"), tab=theme.BRAND)
