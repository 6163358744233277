"""The tables on 计算, live wherever the detail sheets can say them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ...metrics.frames import BLANK
from ...metrics.window import first_day, months_later
from ...report.data import LiveValue, ReportData
from ...report.formulas import period
from ...report.formulas.block import Block, own_row
from ...report.formulas.cached import Criterion, SheetTable, between, is_, ratio
from ...report.formulas.period import within
from ...report.money_scale import MoneyUnit, money_for
from ...report.page import Calculation, Page
from ...report.values import CachedFormula, rounded, yuan
from ...xlsx import theme
from ...xlsx.formula import quote_text
from ..lists.order import CANCELLED, DONE
from ..metrics.facts import COMPLAINT
from .customers import LISTED
from .helper_columns import DAY, DUE, FIRST, ON_TIME, Row
from .names import named

CHARTED_MONTHS, CHARTED_CUSTOMERS = 12, 10
_NAME_LENGTH = 11


def details(data: ReportData) -> tuple[SheetTable, SheetTable, SheetTable]:
    """Return where orders, services and feedbacks stand."""
    orders, services, feedbacks = (data.exposed[table] for table in ("orders", "services", "feedbacks"))
    return orders, services, feedbacks


def is_live(data: ReportData) -> bool:
    """Whether cards and months are formulas."""
    return all(table.rows <= period.LIVE_ROWS for table in details(data))


def complaint(data: ReportData) -> Criterion:
    """Return the condition that a service is a complaint."""
    return is_("event", COMPLAINT, quote_text(data.translate(COMPLAINT)))


def money_unit_of(data: ReportData) -> MoneyUnit:
    """Return the unit in which the dashboard's amounts read best."""
    amounts = [
        *(row["amount_fen"] for row in data.rows("months")),
        *(row["window_fen"] for row in data.rows("customers")),
    ]
    return money_for(max(amounts, default=0))


def months(data: ReportData) -> Block:
    """Return the monthly table: orders, amount, punctuality, rating, complaints; the charted months last."""
    rows, money = data.rows("months")[-CHARTED_MONTHS:], money_unit_of(data)
    firsts = [date.fromisoformat(row["month"] + "-01") for row in rows]
    lives = [_month(data, day, row) for day, row in zip(firsts, rows, strict=True)]
    values = {
        name: [live[name] for live in lives]
        for name in ("orders", "amount", "order_value", "on_time", "score", "complaints")
    }
    values["shown"] = [_in(money, value) for value in values["amount"]]
    translate = data.translate
    return Block(
        [("label", translate("月份"), "centre"), ("first", translate("月初"), "day"), ("orders", translate("订单数"), "whole"),
         ("amount", translate("金额(元)"), "money"), ("shown", translate("金额（{unit}）", unit=translate(money.unit)), "money"),
         ("order_value", translate("平均订单额(元)"), "money"), ("on_time", translate("准时交付率"), "rate"),
         ("score", translate("平均评分"), "score"), ("complaints", translate("投诉数"), "whole")],
        {"label": [row["month"][2:] for row in rows], "first": firsts, **values},
    )  # fmt: skip


def _in(money: MoneyUnit, amount: Any) -> Any:
    return money.live(amount) if isinstance(amount, CachedFormula) else amount / money.divisor


def _month(data: ReportData, first: date, row: Row) -> dict[str, Any]:
    """One month: formulas where they come to the figure."""
    if not is_live(data):
        return _plain(row)
    orders, services, feedbacks = details(data)
    following = months_later(first_day(first.year * 12 + first.month - 1), 1)
    cell = own_row("first")

    def month(column: str) -> tuple[Criterion, ...]:
        return between(column, first, following, (cell, f"EDATE({cell},1)"))

    def live(name: str, formula: CachedFormula | None, figure: float | None) -> LiveValue:
        return data.formula_if_equal(f"months.{name}", formula, figure)

    due = (*month(DUE), *within(data, DUE)[1:])
    judged = orders.count(*due, Criterion(ON_TIME, ">=", 0, "0"))
    rated = (*month(DAY), Criterion("score", ">=", 1, "1"))
    amount, count = orders.total("amount", *month(DAY)), orders.total(FIRST, *month(DAY))
    score = None if row["mean_score"] is None else rounded(row["mean_score"], 2)
    return {
        "orders": live("orders", count, row["orders"]),
        "amount": live("amount", amount, yuan(row["amount_fen"])),
        "order_value": ratio(amount, count, 2),
        "on_time": live("on_time", ratio(orders.total(ON_TIME, *due), judged), row["on_time_rate"]),
        "score": live("score", ratio(feedbacks.total("score", *rated), feedbacks.count(*rated), 2), score),
        "complaints": live("complaints", services.count(complaint(data), *month(DAY)), row["complaints"]),
    }


def _plain(row: Row) -> dict[str, Any]:
    """One month of a workbook too large for formulas."""
    score, orders = row["mean_score"], row["orders"]
    return {
        "orders": orders,
        "amount": yuan(row["amount_fen"]),
        "order_value": rounded(row["amount_fen"] / orders / 100, 2) if orders else None,
        "on_time": row["on_time_rate"],
        "score": None if score is None else rounded(score, 2),
        "complaints": row["complaints"],
    }


def top_customers(data: ReportData) -> Block:
    """Return the customers with the largest revenue of the period."""
    money, translate = money_unit_of(data), data.translate
    listed: SheetTable = data.exposed[LISTED]
    best = [row for row in data.rows("customers") if row["window_fen"]][:CHARTED_CUSTOMERS]
    amounts = [
        money.live(listed.total("window_fen", is_("number", at, own_row("number")))) for at in range(1, len(best) + 1)
    ]
    return Block(
        [("number", translate("序号"), "whole"), ("name", translate("客户名称"), "text"),
         ("amount", translate("金额（{unit}）", unit=translate(money.unit)), "money")],
        {"number": list(range(1, len(best) + 1)), "name": [_short(named(data, row)) for row in best],
         "amount": amounts},
    )  # fmt: skip


def _short(name: str) -> str:
    wide = theme.pixels(name) > theme.letters_pixels(2 * _NAME_LENGTH + 4)
    return (
        next(
            (
                name[:cut] + "…"
                for cut in range(len(name), 0, -1)
                if theme.pixels(name[:cut]) <= theme.letters_pixels(2 * _NAME_LENGTH + 2)
            ),
            name,
        )
        if wide
        else name
    )


def _tally(data: ReportData, heads: tuple[str, str], names: Sequence[str], counts: Sequence[LiveValue]) -> Block:
    """Return a small table of counts."""
    return Block([("name", data.translate(heads[0]), "text"), ("count", data.translate(heads[1]), "whole")],
                 {"name": names, "count": counts})  # fmt: skip


def scores(data: ReportData) -> Block:
    """Return how often each rating was given in the period, the best first."""
    _, _, feedbacks = details(data)
    rows = data.rows("scores")
    counts = [
        data.formula_if_equal("scores", feedbacks.count(is_("score", row["score"]), *within(data, DAY)), row["count"])
        for row in rows
    ]
    return _tally(data, ("评分", "条数"), [data.translate("{score} 分", score=row["score"]) for row in rows], counts)


def issues(data: ReportData) -> Block:
    """Return what the complaints of the period are about."""
    _, services, _ = details(data)
    rows = data.rows("issues")
    counts = []
    for row in rows:
        name = row["issue"]
        about = is_("issue", name, quote_text(data.translate(name)))
        live = None if name == BLANK else services.count(complaint(data), about, *within(data, DAY))
        counts.append(data.formula_if_equal("issues", live, row["complaints"]))
    return _tally(data, ("问题类别", "投诉数"), [data.translate(row["issue"]) for row in rows], counts)


def lifecycle(data: ReportData) -> Block:
    """Return how many customers are at each stage."""
    listed: SheetTable = data.exposed[LISTED]
    rows = data.rows("lifecycle")
    counts = []
    for row in rows:
        live = listed.count(is_("lifecycle", row["stage"], quote_text(data.translate(row["stage"]))))
        counts.append(data.formula_if_equal("lifecycle", live, row["customers"]))
    return _tally(data, ("生命周期", "客户数"), [data.translate(row["stage"]) for row in rows], counts)


def states(data: ReportData) -> Block:
    """Return how many orders stand at each step on their way, leaving out steps without any."""
    rows = [row for row in data.rows("status") if row["orders"] > 0 and row["status"] not in (DONE, CANCELLED)]
    names = [data.translate(row["status"]) for row in rows]
    return _tally(data, ("订单状态", "订单数"), names, [row["orders"] for row in rows])


MONTHS, TOP_CUSTOMERS, LIFECYCLE, SCORES, ISSUES, STATES = (
    f"chart of {name}" for name in ("months", "customers", "lifecycle", "scores", "issues", "states")
)
"""What is exposed to the pages that draw it."""


def dashboard_blocks(data: ReportData) -> Calculation:
    """Return the tables that the charts of the dashboard stand on, in the order in which they stand on 计算."""
    blocks = {MONTHS: months(data), TOP_CUSTOMERS: top_customers(data), LIFECYCLE: lifecycle(data), SCORES: scores(data),
              ISSUES: issues(data), STATES: states(data)}  # fmt: skip
    return Calculation(tuple(blocks.values()), exposes=blocks)


DASHBOARD_BLOCKS = Page(
    period.TITLE, dashboard_blocks, needs=("customers", "orders", "services", "feedbacks"), own_sheet=False
)
