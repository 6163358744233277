"""客户360: choose a customer, see everything: who it is, what it bought, what was said, what happened last, what to do next."""

from collections.abc import Sequence
from typing import Any

from ...metrics.window import months_later
from ...report.formulas.cached import SheetTable, between, is_
from ...report.formulas.calc_sheet import Block, CalculationSheet
from ...report.render import charts
from ...report.render.cells import CachedFormula, CellStyle, ReportPage
from ...report.render.grid_page import GRID, LEFT, LINKS, RIGHT, Canvas, Span
from ...report.render.table import quiet
from ...xlsx import theme
from ...xlsx.formula import wildcards_escaped
from .customers import AMOUNT, LABEL, PORTRAIT, STAGE, WINDOW_AMOUNT
from .customers import TITLE as CUSTOMERS
from .helper_columns import COUNTED, DAY, NUMBER
from .latest import BRIEF, EVENT_DAY, EVENT_KIND, EVENT_WORDS, KEY, LATEST, LATEST_OF_ALL, RECENT, STRIDE

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


class _Portrait:
    """The page while it is written: whom it shows, and where the hidden helpers stand."""

    def __init__(self, canvas: Canvas, sheet: CalculationSheet, listed: SheetTable, latest: SheetTable) -> None:
        page = canvas.page
        self.page, self.report, self.canvas, self.sheet = page, page.report, canvas, sheet
        self.listed, self.latest = listed, latest
        self.number = 1
        hidden = page.report.formats(font_color=theme.FAINT)
        page.sheet.set_column_pixels(_HELP, _HELP + 5, 60, hidden, {"hidden": True})
        self.hidden = CellStyle(hidden, hidden)

    def help(self, row: int, column: int, live: CachedFormula) -> tuple[str, Any]:
        """Write a hidden helper; return its cell and value."""
        self.page.put(row, _HELP + column, live, self.hidden)
        return f"$A{'ABCDEF'[column]}${row + 1}", live.value

    def about(self, column: str) -> CachedFormula:
        """Return what 客户汇总 says of the chosen customer."""
        return self.listed.pick(column, _POSITION, self.number)

    def found(
        self,
        detail: SheetTable,
        keys: str,
        spans: Sequence[tuple[str, str, int, str]],
        most: int,
        spot: tuple[int, int],
    ) -> list[list[CachedFormula]]:
        """Return the customer's latest rows, and write the helpers that find them below and beside a spot."""
        lines = []
        for rank in range(1, most + 1):
            live = detail.place(keys, self.number * STRIDE + rank, f"{_NUMBER}*{STRIDE}+{rank}")
            place, row = self.help(spot[0] + rank, spot[1], live)
            lines.append([detail.pick(name, place, row) for name, *_ in spans])
        return lines


def write_portrait(page: ReportPage, sheet: CalculationSheet, listed: SheetTable, latest: SheetTable | None) -> None:
    """Write the page for the first customer of 客户汇总; the formulas follow the choice. ``latest`` are everybody's events."""
    report = page.report
    canvas = Canvas(page, _LAST, {4: 8, 8: 8, 11: 8, 13: 8, _STEP: 26, _CHOICE_ROW: 30})
    canvas.band(report.translate("在黄色格里选一家客户，整页随之更新"))
    canvas.link(
        LINKS,
        RIGHT - 4,
        5,
        report.translate(CUSTOMERS),
        report.translate("见「{sheet}」→", sheet=report.translate(CUSTOMERS)),
    )
    if not listed.rows:
        page.merged((_CHOICE_ROW, LEFT, _CHOICE_ROW + 3, RIGHT), report.translate("还没有客户。"), quiet(report))
    elif latest is None or any(detail.split for detail in sheet.details.values()):
        told = report.translate(
            "数据太多，一张表放不下，这里不能逐个客户查看；请在「{sheet}」里筛选。", sheet=report.translate(CUSTOMERS)
        )
        page.merged((_CHOICE_ROW, LEFT, _CHOICE_ROW + 3, RIGHT), told, quiet(report))
    else:
        portrait = _Portrait(canvas, sheet, listed, latest)
        _write_choice(portrait)
        _write_profile(portrait)
        _write_charts(portrait)
        _write_tables(portrait)
        page.sheet.set_selection(_CHOICE_ROW, LEFT + 4, _CHOICE_ROW, LEFT + 4)
    canvas.finish()


def _write_choice(portrait: _Portrait) -> None:
    page, report, listed = portrait.page, portrait.report, portrait.listed
    label = report.style(bold=True, font_size=11, font_color=theme.BRAND, bg_color=theme.CANVAS)
    page.merged((_CHOICE_ROW, LEFT, _CHOICE_ROW, LEFT + 3), report.translate("选择客户 ▼"), label)
    look = report.style(bold=True, font_size=13, bg_color=theme.WARN_SOFT, border=2, border_color=theme.WARN, indent=1,
                        num_format="@", shrink=True)  # fmt: skip
    page.merged((_CHOICE_ROW, LEFT + 4, _CHOICE_ROW, RIGHT), listed.seen[LABEL][0], look)
    report.workbook.define_name(CHOICES_NAME, "=" + listed.cells(LABEL))
    page.sheet.data_validation(_CHOICE_ROW, LEFT + 4, _CHOICE_ROW, LEFT + 4, {
        "validate": "list", "source": "=" + CHOICES_NAME, "ignore_blank": False,
        "error_title": report.translate("没有这家客户"), "error_message": report.translate("请从下拉列表里选一家客户。"),
    })  # fmt: skip
    cell = wildcards_escaped(f"$F${_CHOICE_ROW + 1}")
    portrait.help(_CHOICE_ROW, 0, CachedFormula(f"IFERROR(MATCH({cell},{CHOICES_NAME},0),0)", 1))
    portrait.help(_CHOICE_ROW, 1, CachedFormula(f"IF({_POSITION}=0,0,INDEX({listed.cells('number')},{_POSITION}))", 1))


def _write_profile(portrait: _Portrait) -> None:
    canvas, translate = portrait.canvas, portrait.report.translate
    for at, (name, look) in enumerate(_FACTS):
        row, first = _PROFILE + at // 4, LEFT + at % 4 * 6
        canvas.fact(row, first, (2, 4), translate(name), portrait.about(name), look)
    names = {WINDOW_AMOUNT: "window_fen", STAGE: "lifecycle"}
    first = LEFT
    for (name, look), width in zip(_FIGURES, _CARD_WIDTHS, strict=True):
        canvas.card(_CARDS, first, width, translate(name), portrait.about(names.get(name, name)), look)
        first += width
    told = portrait.report.style(
        bold=True, font_color=theme.BRAND, bg_color=theme.BRAND_SOFT, indent=1, left=5, left_color=theme.BRAND
    )
    portrait.page.merged((_STEP, LEFT, _STEP, LEFT + 3), translate("下一步建议"), told)
    step = portrait.report.style(font_size=11, bg_color=theme.BRAND_SOFT, shrink=True)
    portrait.page.merged((_STEP, LEFT + 4, _STEP, RIGHT), portrait.about("下一步建议"), step)


def _months(portrait: _Portrait, months: Block) -> Block:
    """Write what the chosen customer ordered in each month that the dashboard shows."""
    sheet = portrait.sheet
    orders, translate = sheet.details["orders"], portrait.report.translate
    start = sheet.next_letter(1)
    number = portrait.page.reference(_NUMBER)
    firsts = months.values["first"]
    amounts = []
    for at, first in enumerate(firsts):
        cell = f"${start}${at + 6}"
        following = months_later(first, 1)
        month = between(DAY, first, following, (cell, f"EDATE({cell},1)"))
        amounts.append(orders.total("amount", is_(NUMBER, portrait.number, number), is_(COUNTED, 1), *month))
    return sheet.block([("label", translate("月份"), "centre"), ("first", translate("月初"), "day"), ("amount", translate("金额(元)"), "money")],
                       {"label": months.values["label"], "first": firsts, "amount": amounts})  # fmt: skip


def _write_charts(portrait: _Portrait) -> None:
    canvas, report = portrait.canvas, portrait.report
    half, months = GRID // 2, portrait.sheet.months
    title = report.translate("每月订单金额（元）")
    block = _months(portrait, months) if months is not None else None
    drawn = charts.columns(report, block, title, "amount") if block and block.rows and block.any("amount") else None
    canvas.chart((_CHARTS, LEFT, _CHARTS + LATEST_OF_ALL, half), drawn, title)
    spans = [Span(report.translate(header), width, look) for _, header, width, look in _EVENT_SPANS]
    canvas.table(
        _CHARTS, LEFT + half, spans, portrait.found(portrait.latest, KEY, _EVENT_SPANS, LATEST_OF_ALL, (_CHARTS, 0))
    )


def _write_tables(portrait: _Portrait) -> None:
    canvas, translate, half = portrait.canvas, portrait.report.translate, GRID // 2
    for table, spans, row, first, column, title in (
        ("orders", _ORDER_SPANS, _ORDERS, LEFT, 3, translate("最近订单（至多 {count} 行）", count=LATEST["orders"])),
        ("services", _SERVICE_SPANS, _OTHERS, LEFT, 3, translate("最近服务（至多 {count} 行）", count=LATEST["services"])),
        ("feedbacks", _FEEDBACK_SPANS, _OTHERS, LEFT + half, 4, translate("最近反馈（至多 {count} 行）", count=LATEST["feedbacks"])),
    ):  # fmt: skip
        canvas.heading(row, first, first + (GRID if table == "orders" else half) - 1, title)
        shown = [Span(translate(header), width, look) for _, header, width, look in spans]
        lines = portrait.found(portrait.sheet.details[table], RECENT, spans, LATEST[table], (row + 1, column))
        canvas.table(row + 1, first, shown, lines)
