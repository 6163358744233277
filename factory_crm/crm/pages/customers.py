"""客户汇总: one line a customer, with live totals over the detail sheets and what to do next."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...i18n.translate import LazyText, TextList
from ...report.formulas.cached import WORTH_FORMULAS, Criterion, SheetTable, formula_if_equal, is_, ratio
from ...report.render.cells import (
    INSUFFICIENT,
    CachedFormula,
    ReportPage,
    SummaryReport,
    abridged,
    only_day,
    rounded,
    yuan,
)
from ...report.render.table import FIRST_ROW, PageColumn, head, set_columns, set_up, write_table
from ...xlsx import theme
from ...xlsx.formula import quote_text
from .details import data_bar
from .helper_columns import COMPLAINT, COUNTED, FIRST, NUMBER, Row
from .latest import shortened
from .names import named

TITLE, PORTRAIT = "客户汇总", "客户360"
OWNER, LABEL = "负责人", "选择用"
_CHOSEN: Mapping[str, str] = {
    "客户类型": "customer_type",
    "所属行业": "industry",
    "企业规模": "size",
    "需求偏好": "needs",
}
_LABEL_PIXELS = 420
STAGE = "生命周期"
AMOUNT, WINDOW_AMOUNT = "订单金额(元)", "期内金额(元)"
_STAGES: Mapping[str, tuple[str, str]] = {
    "新客户": (theme.BRAND_2, theme.BRAND_SOFT), "活跃": (theme.GOOD, theme.GOOD_SOFT),
    "沉睡": (theme.WARN, theme.WARN_SOFT), "流失": (theme.BAD, theme.BAD_SOFT),
}  # fmt: skip
Live_ = Callable[[Sequence[Criterion]], CachedFormula | None]


def write_customers(
    page: ReportPage, customers: Sequence[Row], known: Mapping[str, Row], details: Mapping[str, SheetTable]
) -> SheetTable:
    """Write the sheet; ``known`` are the registered customers by number."""
    report = page.report
    titled = _columns(report, customers, known, details)
    columns = list(titled.values())
    told = report.translate(
        "{count} 家客户，按期内金额从高到低。金额单位：元。数字由订单、服务、反馈三张表算出。", count=len(customers)
    )
    head(page, page.title, told, len(columns) - 1)
    portrait = report.translate(PORTRAIT)
    page.link(2, 2, portrait, report.translate("选一家客户看全貌：{sheet} →", sheet=portrait),
              report.style(font_color=theme.BRAND_2, underline=1, font_size=9))  # fmt: skip
    set_columns(page, columns)
    write_table(page, columns)
    if not customers:
        page.text(FIRST_ROW, 0, report.translate("还没有客户。"), report.style(font_color=theme.MUTED))
    set_up(page, rows=len(customers), columns=len(columns), frozen=3)
    _mark(page, [column.header for column in columns], len(customers))
    return _told(page, titled, customers)


def _told(page: ReportPage, columns: Mapping[str, PageColumn], customers: Sequence[Row]) -> SheetTable:
    """What other sheets may reckon with: numbers, revenue, stages."""
    names = {"序号": "number", WINDOW_AMOUNT: "window_fen", STAGE: "lifecycle"}
    values: dict[str, list[Any]] = {"number": list(range(1, len(customers) + 1)),
              **{name: [row[name] for row in customers] for name in ("window_fen", "lifecycle")},
              OWNER: list(columns[OWNER].values)}  # fmt: skip
    seen = {names.get(title, title): [page.report.translate(INSUFFICIENT) if value is INSUFFICIENT else value
            for value in column.values] for title, column in columns.items()}  # fmt: skip
    return SheetTable(page.title, FIRST_ROW + 1, tuple(seen), values, {"window_fen": 100}, seen)


class _Maker:
    """Makes the columns, by their Chinese headers."""

    def __init__(self, report: SummaryReport, customers: Sequence[Row], known: Mapping[str, Row]) -> None:
        self.report, self._customers, self._known = report, customers, known

    def column(
        self, header: str, look: str, width: int, values: Sequence[Any], *, folded: bool = False
    ) -> tuple[str, PageColumn]:
        """Return a column; one that is folded away is for 客户360."""
        return header, PageColumn(self.report.translate(header), look, width, values, automatic=folded, hidden=folded)

    def of(self, name: str) -> list[Any]:
        """Return what the figures say of each customer."""
        return [only_day(row[name]) for row in self._customers]

    def said(self, name: str) -> list[Any]:
        """Return a class of each customer in words."""
        return [
            INSUFFICIENT if row[name] in (None, "数据不足") else self.report.translate(row[name])
            for row in self._customers
        ]

    def registered(self, name: str) -> list[Any]:
        """Return what 客户信息 says of each customer."""
        return [self._known.get(row["customer_id"], {}).get(name) for row in self._customers]

    def chosen(self, name: str) -> list[Any]:
        """Return what is chosen for each customer on 客户信息."""
        found = self.registered(name)
        return [None if value is None else TextList(map(self.report.word, value.split("、"))).in_language(self.report.language)
                for value in found]  # fmt: skip  # zh only


def _columns(
    report: SummaryReport, customers: Sequence[Row], known: Mapping[str, Row], details: Mapping[str, SheetTable]
) -> dict[str, PageColumn]:
    make = _Maker(report, customers, known)
    column = make.column
    return dict([
        column("序号", "count", 48, list(range(1, len(customers) + 1))),
        column("客户编号", "number", 80, make.of("customer_id")),
        column("客户名称", "text", 178, [named(report, row) for row in customers]),
        column(OWNER, "centre", 64, make.registered("owner")),
        column("所在地区", "centre", 60, [report.translate(region) if region else None for region in make.registered("region")]),
        *_counted(make, customers, details),
        *_folded(make, customers),
        column("下一步建议", "text", 380, make.said("next_step")),
    ])  # fmt: skip


def _counted(make: _Maker, customers: Sequence[Row], details: Mapping[str, SheetTable]) -> list[tuple[str, PageColumn]]:
    """The numbers of each customer, live where the details can say them."""
    column, counted = make.column, is_(COUNTED, 1)
    orders, services, feedbacks = (details[table] for table in ("orders", "services", "feedbacks"))
    complaint = is_("event", COMPLAINT, quote_text(make.report.translate(COMPLAINT)))

    def live(name: str, of: SheetTable, total: Live_) -> Sequence[Any]:
        return _live(customers, of, name, total)

    return [
        column("订单数", "count", 60, live("orders", orders, lambda one: orders.total(FIRST, *one, counted))),
        column(AMOUNT, "money", 106, _money(customers, orders, "amount_fen", counted)),
        column("期内订单", "count", 60, make.of("window_orders")),
        column(WINDOW_AMOUNT, "money", 106, [yuan(row["window_fen"] or 0) for row in customers]),
        column("最近下单", "day", 88, make.of("last_order")),
        column("RFM 得分", "count", 62, [_score(row) for row in customers]),
        column("RFM 类别", "centre", 76, make.said("rfm_class")),
        column("价值等级", "centre", 60, make.said("value_class")),
        column(STAGE, "centre", 66, make.said("lifecycle")),
        column("平均评分", "score", 66, _scores(customers, feedbacks)),
        column("评价数", "count", 60, live("rated", feedbacks, lambda one: feedbacks.count(*one, counted, _RATED))),
        column("服务数", "count", 60, live("services", services, lambda one: services.count(*one, counted))),
        column("投诉数", "count", 60, live("complaints", services, lambda one: services.count(*one, counted, complaint))),
    ]  # fmt: skip


def _folded(make: _Maker, customers: Sequence[Row]) -> list[tuple[str, PageColumn]]:
    """What 客户360 shows besides."""
    report, own = make.report, make.registered
    columns = (
        ("联系人姓名", "text", 80, own("contact")),
        ("联系电话", "text", 110, own("phone")),
        ("电子邮箱", "text", 130, own("email")),
        ("公司地址", "text", 160, own("address")),
        ("注册日期", "day", 88, [only_day(day) for day in own("registered_on")]),
        *((header, "text", 80, make.chosen(name)) for header, name in _CHOSEN.items()),
        ("备注", "text", 120, [abridged(note, report.language) if note else None for note in own("note")]),
        (LABEL, "text", 120, [label(report, row) for row in customers]),
    )
    return [make.column(*one, folded=True) for one in columns]


def label(report: SummaryReport, row: Row) -> str:
    """Return by what a customer is chosen from a list: number and name, short enough to be looked up."""
    return shortened(f"{row['customer_id']} {named(report, row)}", _LABEL_PIXELS)


def _score(row: Row) -> int | None:
    """R, F and M side by side, as one number: 545."""
    return None if row["r"] is None else 100 * row["r"] + 10 * row["f"] + row["m"]


_RATED = Criterion("score", ">=", 1, "1")


def _conditions(row: int) -> list[Criterion]:
    """The customer of the line with that number (from 0), told by the number in its first cell."""
    return [is_(NUMBER, row + 1, f"$A{FIRST_ROW + 1 + row}")]


def _live(customers: Sequence[Row], detail: SheetTable, name: str, live: Live_) -> list[Any]:
    """Return formulas where they come to the figure and are not too many, else the figures."""
    if detail.rows * len(customers) > WORTH_FORMULAS or not detail.rows:
        return [row[name] for row in customers]
    return [formula_if_equal(live(_conditions(at)), row[name]) for at, row in enumerate(customers)]


def _money(customers: Sequence[Row], orders: SheetTable, name: str, counted: Criterion) -> list[Any]:
    held = [{name: yuan(row[name] or 0)} for row in customers]
    return _live(held, orders, name, lambda one: orders.total("amount", *one, counted))


def _scores(customers: Sequence[Row], feedbacks: SheetTable) -> list[Any]:
    def mean(one: Sequence[Criterion]) -> CachedFormula | None:
        conditions = (*one, is_(COUNTED, 1), _RATED)
        return ratio(feedbacks.total("score", *conditions), feedbacks.count(*conditions), 2)

    held = [{"mean": None if row["mean_score"] is None else rounded(row["mean_score"], 2)} for row in customers]
    return [INSUFFICIENT if value is None else value for value in _live(held, feedbacks, "mean", mean)]


def _mark(page: ReportPage, headers: Sequence[str], rows: int) -> None:
    if not rows:
        return
    report, last = page.report, FIRST_ROW + rows - 1

    def mark(header: str, options: dict[str, Any]) -> None:
        at = headers.index(report.translate(header))
        page.sheet.conditional_format(FIRST_ROW, at, last, at, options)

    mark(WINDOW_AMOUNT, data_bar())
    for stage, (ink, fill) in _STAGES.items():
        style = report.formats.mark(font_color=ink, bg_color=fill)
        mark(
            STAGE,
            {
                "type": "cell",
                "criteria": "==",
                "value": quote_text(LazyText(stage).in_language(report.language)),
                "format": style,
            },
        )
    mark(
        "价值等级",
        {
            "type": "cell",
            "criteria": "==",
            "value": '"A"',
            "format": report.formats.mark(bold=True, font_color=theme.BRAND),
        },
    )
    mark(
        "平均评分",
        {"type": "cell", "criteria": "between", "minimum": 1, "maximum": 2.99, "format": report.formats.bad()},
    )
    mark(
        "投诉数",
        {"type": "cell", "criteria": ">=", "value": 1, "format": report.formats.mark(font_color=theme.BAD, bold=True)},
    )
