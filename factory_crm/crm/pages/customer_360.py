"""客户360: choose a customer, see everything: who it is, what it bought, what was said, what happened last, what to do next."""

from collections.abc import Sequence
from typing import Any

from ...metrics.window import months_later
from ...report.data import ReportData
from ...report.formulas.block import Block, own_row
from ...report.formulas.cached import SheetTable, between, is_
from ...report.grid import GRID, LEFT, LINKS, RIGHT, Card, Fact, GridBuilder, GridChart, HiddenColumns, Picker, Span
from ...report.page import Drawing, Page
from ...report.values import CachedFormula
from ...xlsx import theme
from ...xlsx.formula import wildcards_escaped
from .chart_data import MONTHS
from .customers import AMOUNT, LABEL, LISTED, PORTRAIT, STAGE, WINDOW_AMOUNT
from .customers import TITLE as CUSTOMERS
from .helper_columns import COUNTED, DAY, NUMBER
from .latest import (
    BRIEF,
    EVENT_DAY,
    EVENT_KIND,
    EVENT_WORDS,
    EVENTS,
    KEY,
    LATEST,
    LATEST_OF_ALL,
    RECENT,
    STRIDE,
)

TITLE = PORTRAIT
CHOICES_NAME = "FC_CUSTOMERS"
_CHOICE_ROW, _PROFILE, _CARDS, _STEP, _CHARTS, _ORDERS = 3, 5, 9, 12, 14, 26
_OTHERS = _ORDERS + LATEST["orders"] + 3
_LAST = _OTHERS + LATEST["services"] + 2
_HELP = RIGHT + 2
"""The first of the hidden columns beside the page."""
_POSITION, _NUMBER = f"$AA${_CHOICE_ROW + 1}", f"$AB${_CHOICE_ROW + 1}"
_FACTS = (
    ("联系人姓名", "text"), ("联系电话", "text"), ("电子邮箱", "text"), ("负责人", "text"), ("客户类型", "text"), ("所属行业", "text"),
    ("企业规模", "text"), ("所在地区", "text"), ("公司地址", "text"), ("需求偏好", "text"), ("注册日期", "day"), ("备注", "text"),
)  # fmt: skip
_FIGURES = (
    ("订单数", "count"), (AMOUNT, "money"), (WINDOW_AMOUNT, "money"), ("最近下单", "day"), ("RFM 类别", "centre"), ("价值等级", "centre"),
    (STAGE, "centre"), ("平均评分", "score"), ("服务数", "count"), ("投诉数", "count"),
)  # fmt: skip
_CARD_WIDTHS = (2, 3, 3, 3, 3, 2, 2, 2, 2, 2)
_ORDER_SPANS = (("order_id", "订单编号", 4, "number"), ("product", "产品型号", 4, "text"), ("quantity", "数量", 2, "quantity"),
                ("amount", "总金额(元)", 3, "money"), ("ordered_on", "下单日期", 3, "day"), ("due_on", "约定交期", 3, "day"),
                ("received_on", "收货日期", 3, "day"), ("status", "订单状态", 2, "centre"))  # fmt: skip
_SERVICE_SPANS = (
    ("received_at", "受理时间", 3, "day"),
    (BRIEF, "内容", 6, "text"),
    ("outcome", "处理结果", 3, "centre"),
)
_FEEDBACK_SPANS = (("given_on", "反馈日期", 3, "day"), (BRIEF, "内容", 6, "text"), ("outcome", "处理结果", 3, "text"))
_EVENT_SPANS = ((EVENT_DAY, "日期", 2, "day"), (EVENT_KIND, "事项", 2, "centre"), (EVENT_WORDS, "最近动态", 8, "text"))


_HIDDEN = {"font_color": theme.FAINT}


class _Portrait:
    """The page while it is made: whom it shows, and where the hidden helpers stand."""

    def __init__(self, grid: GridBuilder, listed: SheetTable, latest: SheetTable) -> None:
        self.grid, self.data = grid, grid.data
        self.listed, self.latest = listed, latest
        self.number = 1
        grid.add(HiddenColumns(_HELP, _HELP + 5, _HIDDEN))

    def help(self, row: int, column: int, live: CachedFormula) -> tuple[str, Any]:
        """Add a hidden helper; return its cell and value."""
        self.grid.text((row, _HELP + column, row, _HELP + column), live, _HIDDEN)
        return f"$A{'ABCDEF'[column]}${row + 1}", live.value

    def about(self, column: str) -> CachedFormula:
        """Return what 客户汇总 says of the chosen customer."""
        return self.listed.pick(column, _POSITION, self.number)

    def looked_up(
        self,
        detail: SheetTable,
        keys: str,
        spans: Sequence[tuple[str, str, int, str]],
        most: int,
        spot: tuple[int, int],
    ) -> list[list[CachedFormula]]:
        """Return the customer's latest rows, and add the helpers that find them below and beside a spot."""
        lines = []
        for rank in range(1, most + 1):
            live = detail.place(keys, self.number * STRIDE + rank, f"{_NUMBER}*{STRIDE}+{rank}")
            place, row = self.help(spot[0] + rank, spot[1], live)
            lines.append([detail.pick(name, place, row) for name, *_ in spans])
        return lines


def portrait_page(data: ReportData) -> Drawing:
    """Return the page for the first customer of 客户汇总; the formulas follow the choice."""
    translate = data.translate
    listed: SheetTable = data.exposed[LISTED]
    latest: SheetTable | None = data.exposed.get(EVENTS)
    grid = GridBuilder(data, _LAST, {4: 8, 8: 8, 11: 8, 13: 8, _STEP: 26, _CHOICE_ROW: 30})
    grid.band(translate(TITLE), translate("在黄色格里选一家客户，整页随之更新"))
    customers = translate(CUSTOMERS)
    grid.link(LINKS, RIGHT - 4, 5, customers, translate("见「{sheet}」→", sheet=customers))
    if not listed.rows:
        grid.nothing((_CHOICE_ROW, LEFT, _CHOICE_ROW + 3, RIGHT), translate("还没有客户。"))
        return grid.drawing()
    if latest is None or any(data.exposed[table].split for table in LATEST):
        sentence = translate("数据太多，一张表放不下，这里不能逐个客户查看；请在「{sheet}」里筛选。", sheet=customers)
        grid.nothing((_CHOICE_ROW, LEFT, _CHOICE_ROW + 3, RIGHT), sentence)
        return grid.drawing()
    portrait = _Portrait(grid, listed, latest)
    _add_choice(portrait)
    _add_profile(portrait)
    _add_charts(portrait)
    _add_tables(portrait)
    return grid.drawing(selection=(_CHOICE_ROW, LEFT + 4))


def _add_choice(portrait: _Portrait) -> None:
    grid, translate, listed = portrait.grid, portrait.data.translate, portrait.listed
    label = {"bold": True, "font_size": 11, "font_color": theme.BRAND, "bg_color": theme.CANVAS}
    grid.text((_CHOICE_ROW, LEFT, _CHOICE_ROW, LEFT + 3), translate("选择客户 ▼"), label)
    look = {"bold": True, "font_size": 13, "bg_color": theme.WARN_SOFT, "border": 2, "border_color": theme.WARN, "indent": 1,
            "num_format": "@", "shrink": True}  # fmt: skip
    refusal = translate("没有这家客户"), translate("请从下拉列表里选一家客户。")
    box = (_CHOICE_ROW, LEFT + 4, _CHOICE_ROW, RIGHT)
    grid.add(Picker(box, listed.seen[LABEL][0], look, CHOICES_NAME, listed.cells(LABEL), refusal))
    cell = wildcards_escaped(f"$F${_CHOICE_ROW + 1}")
    portrait.help(_CHOICE_ROW, 0, CachedFormula(f"IFERROR(MATCH({cell},{CHOICES_NAME},0),0)", 1))
    portrait.help(_CHOICE_ROW, 1, CachedFormula(f"IF({_POSITION}=0,0,INDEX({listed.cells('number')},{_POSITION}))", 1))


def _add_profile(portrait: _Portrait) -> None:
    grid, translate = portrait.grid, portrait.data.translate
    for at, (name, look) in enumerate(_FACTS):
        row, first = _PROFILE + at // 4, LEFT + at % 4 * 6
        grid.add(Fact(row, first, (2, 4), translate(name), portrait.about(name), look))
    names = {WINDOW_AMOUNT: "window_fen", STAGE: "lifecycle"}
    first = LEFT
    for (name, look), width in zip(_FIGURES, _CARD_WIDTHS, strict=True):
        grid.add(Card(_CARDS, first, width, translate(name), portrait.about(names.get(name, name)), look))
        first += width
    labels = {
        "bold": True,
        "font_color": theme.BRAND,
        "bg_color": theme.BRAND_SOFT,
        "indent": 1,
        "left": 5,
        "left_color": theme.BRAND,
    }
    grid.text((_STEP, LEFT, _STEP, LEFT + 3), translate("下一步建议"), labels)
    step = {"font_size": 11, "bg_color": theme.BRAND_SOFT, "shrink": True}
    grid.text((_STEP, LEFT + 4, _STEP, RIGHT), portrait.about("下一步建议"), step)


def _months(portrait: _Portrait, months: Block) -> Block:
    """Return what the chosen customer ordered in each month that the dashboard shows."""
    data = portrait.data
    orders: SheetTable = data.exposed["orders"]
    number, cell = data.reference(TITLE, _NUMBER), own_row("first")
    firsts, amounts = months.values["first"], []
    for first in firsts:
        month = between(DAY, first, months_later(first, 1), (cell, f"EDATE({cell},1)"))
        amounts.append(orders.total("amount", is_(NUMBER, portrait.number, number), is_(COUNTED, 1), *month))
    translate = data.translate
    return Block([("label", translate("月份"), "centre"), ("first", translate("月初"), "day"), ("amount", translate("金额(元)"), "money")],
                 {"label": months.values["label"], "first": firsts, "amount": amounts})  # fmt: skip


def _add_charts(portrait: _Portrait) -> None:
    grid, translate, half = portrait.grid, portrait.data.translate, GRID // 2
    title = translate("每月订单金额（元）")
    block = _months(portrait, portrait.data.exposed[MONTHS])
    chart = GridChart("columns", block, title, "amount")
    grid.chart((_CHARTS, LEFT, _CHARTS + LATEST_OF_ALL, half), chart, title, drawn=block.any("amount"))
    spans = [Span(translate(header), width, look) for _, header, width, look in _EVENT_SPANS]
    lines = portrait.looked_up(portrait.latest, KEY, _EVENT_SPANS, LATEST_OF_ALL, (_CHARTS, 0))
    grid.table(_CHARTS, LEFT + half, spans, lines)


def _add_tables(portrait: _Portrait) -> None:
    grid, translate, half = portrait.grid, portrait.data.translate, GRID // 2
    for table, spans, row, first, column, title in (
        ("orders", _ORDER_SPANS, _ORDERS, LEFT, 3, translate("最近订单（至多 {count} 行）", count=LATEST["orders"])),
        ("services", _SERVICE_SPANS, _OTHERS, LEFT, 3, translate("最近服务（至多 {count} 行）", count=LATEST["services"])),
        ("feedbacks", _FEEDBACK_SPANS, _OTHERS, LEFT + half, 4, translate("最近反馈（至多 {count} 行）", count=LATEST["feedbacks"])),
    ):  # fmt: skip
        grid.heading(row, first, first + (GRID if table == "orders" else half) - 1, title)
        shown = [Span(translate(header), width, look) for _, header, width, look in spans]
        grid.table(
            row + 1,
            first,
            shown,
            portrait.looked_up(portrait.data.exposed[table], RECENT, spans, LATEST[table], (row + 1, column)),
        )


PORTRAIT_PAGE = Page(
    TITLE, portrait_page, place=10, needs=("customers", "orders", "services", "feedbacks"), tab=theme.SERIES[3]
)
