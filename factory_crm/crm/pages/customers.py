"""客户汇总: one line a customer, with live totals over the detail sheets and what to do next."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ...i18n.translate import TextList
from ...report.data import LiveValue, ReportData
from ...report.formulas.cached import WORTH_FORMULAS, Criterion, SheetTable, is_, ratio
from ...report.looks import AtLeast, Between, DataBar, Emphasis, Equals, FormatRule, Paint
from ...report.page import FIRST_ROW, Page, PageColumn, SheetLink, Table, Tables
from ...report.pages.details import shown_values
from ...report.values import INSUFFICIENT, CachedFormula, abridged, only_day, rounded, yuan
from ...xlsx import theme
from ...xlsx.formula import quote_text
from ..metrics.facts import COMPLAINT
from ..metrics.lifecycle import ACTIVE, ASLEEP, LOST, NEW, STAGES, UNKNOWN
from .helper_columns import COUNTED, FIRST, NUMBER, Row
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
_SHOWN = (
    "customer_id",
    "name",
    "owner",
    "region",
    "contact",
    "phone",
    "email",
    "address",
    "registered_on",
    *_CHOSEN.values(),
    "note",
)
"""The columns of 客户信息 that stand here under our own headers; further ones follow under theirs."""
_LABEL_PIXELS, _FURTHER_PIXELS = 420, 100
STAGE = "生命周期"
AMOUNT, WINDOW_AMOUNT = "订单金额(元)", "期内金额(元)"
_STAGES: Mapping[int, Emphasis] = {
    NEW: Emphasis(theme.BRAND_2, theme.BRAND_SOFT), ACTIVE: Emphasis(theme.GOOD, theme.GOOD_SOFT),
    ASLEEP: Emphasis(theme.WARN, theme.WARN_SOFT), LOST: Emphasis(theme.BAD, theme.BAD_SOFT),
}  # fmt: skip
LISTED = "customers listed"
"""What it exposes: its rows, as formulas and 客户360 name them."""
LiveFormula = Callable[[Sequence[Criterion]], CachedFormula | None]


def customers_page(data: ReportData) -> Tables:
    """Return the list, and expose it to the pages that reckon with it."""
    customers = data.rows("customers")
    titled = _columns(data, customers)
    columns = list(titled.values())
    sentence = data.translate(
        "{count} 家客户，按期内金额从高到低。金额单位：元。数字由订单、服务、反馈三张表算出。", count=len(customers)
    )
    paints = [Paint(list(titled).index(title), rule) for title, rule in _paints(data)]
    table = Table(columns, data.translate("还没有客户。"), paints=paints)
    return Tables(sentence, (table,), frozen=3, links=(SheetLink(PORTRAIT, "选一家客户看全貌：{sheet} →"),),
                  exposes={LISTED: _listed(data, titled, customers)})  # fmt: skip


def _listed(data: ReportData, columns: Mapping[str, PageColumn], customers: Sequence[Row]) -> SheetTable:
    """What other sheets may reckon with: numbers, revenue, stages."""
    names = {"序号": "number", WINDOW_AMOUNT: "window_fen", STAGE: "lifecycle"}
    values: dict[str, list[Any]] = {"number": list(range(1, len(customers) + 1)),
              **{name: [row[name] for row in customers] for name in ("window_fen", "lifecycle")},
              OWNER: list(columns[OWNER].values)}  # fmt: skip
    seen = {names.get(title, title): [data.translate(INSUFFICIENT) if value is INSUFFICIENT else value
            for value in column.values] for title, column in columns.items()}  # fmt: skip
    return SheetTable(data.translate(TITLE), FIRST_ROW + 1, tuple(seen), values, {"window_fen": 100}, seen)


class _ColumnMaker:
    """Makes the columns, by their Chinese headers."""

    def __init__(self, data: ReportData, customers: Sequence[Row]) -> None:
        self.data, self._customers = data, customers
        self._registered = {row["customer_id"]: row for row in data.records("customers")}

    def column(
        self, header: str, look: str, width: int, values: Sequence[Any], *, folded: bool = False
    ) -> tuple[str, PageColumn]:
        """Return a column; one that is folded away is for 客户360."""
        return header, self.data.column(header, look, width, values, automatic=folded, hidden=folded)

    def of(self, name: str) -> list[Any]:
        """Return what the figures say of each customer."""
        return [only_day(row[name]) for row in self._customers]

    def said(self, name: str) -> list[Any]:
        """Return a class of each customer in words."""
        return [
            INSUFFICIENT if row[name] in (None, STAGES[UNKNOWN]) else self.data.translate(row[name])
            for row in self._customers
        ]

    def registered(self, name: str) -> list[Any]:
        """Return what 客户信息 says of each customer."""
        return [self._registered.get(row["customer_id"], {}).get(name) for row in self._customers]

    def chosen(self, name: str) -> list[Any]:
        """Return what is chosen for each customer on 客户信息."""
        values = self.registered(name)
        return [None if value is None else TextList(map(self.data.word, value.split("、"))).in_language(self.data.language)
                for value in values]  # fmt: skip  # zh only


def _columns(data: ReportData, customers: Sequence[Row]) -> dict[str, PageColumn]:
    make = _ColumnMaker(data, customers)
    column = make.column
    return dict([
        column("序号", "count", 48, list(range(1, len(customers) + 1))),
        column("客户编号", "number", 80, make.of("customer_id")),
        column("客户名称", "text", 178, [named(data, row) for row in customers]),
        column(OWNER, "centre", 64, make.registered("owner")),
        column("所在地区", "centre", 60, [data.translate(region) if region else None for region in make.registered("region")]),
        *_counted(make, customers),
        *_folded(make, customers),
        column("下一步建议", "text", 380, make.said("next_step")),
    ])  # fmt: skip


def _counted(make: _ColumnMaker, customers: Sequence[Row]) -> list[tuple[str, PageColumn]]:
    """The numbers of each customer, live where the details can say them."""
    column, counted = make.column, is_(COUNTED, 1)
    orders, services, feedbacks = (make.data.exposed[table] for table in ("orders", "services", "feedbacks"))
    complaint = is_("event", COMPLAINT, quote_text(make.data.translate(COMPLAINT)))

    def live(name: str, of: SheetTable, total: LiveFormula) -> Sequence[Any]:
        return _live(make.data, customers, of, name, total)

    return [
        column("订单数", "count", 60, live("orders", orders, lambda one: orders.total(FIRST, *one, counted))),
        column(AMOUNT, "money", 106, _money(make.data, customers, orders, counted)),
        column("期内订单", "count", 60, make.of("window_orders")),
        column(WINDOW_AMOUNT, "money", 106, [yuan(row["window_fen"] or 0) for row in customers]),
        column("最近下单", "day", 88, make.of("last_order")),
        column("RFM 得分", "count", 62, [_score(row) for row in customers]),
        column("RFM 类别", "centre", 76, make.said("rfm_class")),
        column("价值等级", "centre", 60, make.said("value_class")),
        column(STAGE, "centre", 66, make.said("lifecycle")),
        column("平均评分", "score", 66, _scores(make.data, customers, feedbacks)),
        column("评价数", "count", 60, live("rated", feedbacks, lambda one: feedbacks.count(*one, counted, _RATED))),
        column("服务数", "count", 60, live("services", services, lambda one: services.count(*one, counted))),
        column("投诉数", "count", 60, live("complaints", services, lambda one: services.count(*one, counted, complaint))),
    ]  # fmt: skip


def _folded(make: _ColumnMaker, customers: Sequence[Row]) -> list[tuple[str, PageColumn]]:
    """What 客户360 shows besides, and every further column of 客户信息."""
    data, own = make.data, make.registered
    columns = (
        ("联系人姓名", "text", 80, own("contact")),
        ("联系电话", "text", 110, own("phone")),
        ("电子邮箱", "text", 130, own("email")),
        ("公司地址", "text", 160, own("address")),
        ("注册日期", "day", 88, [only_day(day) for day in own("registered_on")]),
        *((header, "text", 80, make.chosen(name)) for header, name in _CHOSEN.items()),
        ("备注", "text", 120, [abridged(note, data.language) if note else None for note in own("note")]),
        (LABEL, "text", 120, [label(data, row) for row in customers]),
    )
    *folded, label_column = [make.column(*one, folded=True) for one in columns]
    return [*folded, *_further(make, customers), label_column]


def _further(make: _ColumnMaker, customers: Sequence[Row]) -> Iterator[tuple[str, PageColumn]]:
    """The columns of the full edition and of the factory's own, by their names."""
    data, accepted = make.data, make.data.columns("customers")
    for column in data.schema.sheet("customers").columns:
        if column.name not in _SHOWN and not column.lookup:
            shown = dict(zip(accepted["customer_id"], shown_values(data, column, accepted), strict=True))
            values = [shown.get(row["customer_id"]) for row in customers]
            yield (
                column.name,
                data.column(
                    column.header, column.column_type.report, _FURTHER_PIXELS, values, automatic=True, hidden=True
                ),
            )


def label(data: ReportData, row: Row) -> str:
    """Return by what a customer is chosen from a list: number and name, short enough to be looked up."""
    return shortened(f"{row['customer_id']} {named(data, row)}", _LABEL_PIXELS)


def _score(row: Row) -> int | None:
    """R, F and M side by side, as one number: 545."""
    return None if row["r"] is None else 100 * row["r"] + 10 * row["f"] + row["m"]


_RATED = Criterion("score", ">=", 1, "1")


def _conditions(row: int) -> list[Criterion]:
    """The customer of the line with that number (from 0), told by the number in its first cell."""
    return [is_(NUMBER, row + 1, f"$A{FIRST_ROW + 1 + row}")]


def _live(
    data: ReportData, customers: Sequence[Row], detail: SheetTable, name: str, live: LiveFormula
) -> list[LiveValue]:
    """Return formulas where they are not too many, else the figures."""
    if detail.rows * len(customers) > WORTH_FORMULAS or not detail.rows:
        return [row[name] for row in customers]
    return [data.formula_if_equal(f"customers.{name}", live(_conditions(at)), row[name]) for at, row in enumerate(customers)]  # fmt: skip


def _money(data: ReportData, customers: Sequence[Row], orders: SheetTable, counted: Criterion) -> list[LiveValue]:
    amounts = [{"amount": yuan(row["amount_fen"] or 0)} for row in customers]
    return _live(data, amounts, orders, "amount", lambda one: orders.total("amount", *one, counted))


def _scores(data: ReportData, customers: Sequence[Row], feedbacks: SheetTable) -> list[Any]:
    def mean(one: Sequence[Criterion]) -> CachedFormula | None:
        conditions = (*one, is_(COUNTED, 1), _RATED)
        return ratio(feedbacks.total("score", *conditions), feedbacks.count(*conditions), 2)

    means = [{"mean": None if row["mean_score"] is None else rounded(row["mean_score"], 2)} for row in customers]
    return [INSUFFICIENT if value is None else value for value in _live(data, means, feedbacks, "mean", mean)]


def _paints(data: ReportData) -> list[tuple[str, FormatRule]]:
    """What managers look for: sizes of amounts, stages, the best customers, low ratings, complaints."""
    return [
        (WINDOW_AMOUNT, DataBar()),
        *((STAGE, Equals(data.translate(STAGES[stage]), mark)) for stage, mark in _STAGES.items()),
        ("价值等级", Equals("A", Emphasis(font_color=theme.BRAND, bold=True))),
        ("平均评分", Between(1, 2.99, "bad")),
        ("投诉数", AtLeast(1, Emphasis(font_color=theme.BAD, bold=True))),
    ]


CUSTOMERS = Page(TITLE, customers_page, place=12, needs=("customers", "orders", "services", "feedbacks"), shows=("customers",), tab=theme.SERIES[3])  # fmt: skip
