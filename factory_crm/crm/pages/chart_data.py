"""The tables on 计算, live wherever the detail sheets can say them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ...metrics.window import first_day, months_later
from ...report.formulas.cached import Criterion, SheetTable, between, formula_if_equal, is_, ratio
from ...report.formulas.calc_sheet import FIRST_ROW, Block, CalculationSheet
from ...report.money_scale import MoneyUnit
from ...report.render.cells import CachedFormula, rounded, rows_of, yuan
from ...xlsx import theme
from ...xlsx.formula import quote_text
from ..lists.order import CANCELLED, DONE
from ..metrics.results import Results
from .helper_columns import COMPLAINT, DAY, DUE, FIRST, ON_TIME, Row
from .names import named

CHARTED_MONTHS, CHARTED_CUSTOMERS = 12, 10
BLANK = "未填"
_NAME_LENGTH = 11


def months(sheet: CalculationSheet, results: Results, money: MoneyUnit) -> Block:
    """Write the monthly table: orders, amount, punctuality, rating, complaints; the charted months last."""
    rows = rows_of(results.frames["months"])[-CHARTED_MONTHS:]
    firsts = [date.fromisoformat(row["month"] + "-01") for row in rows]
    at = sheet.next_letter(1)
    lives = [
        _month(sheet, day, f"${at}${FIRST_ROW + 1 + i}", row)
        for i, (day, row) in enumerate(zip(firsts, rows, strict=True))
    ]
    values = {
        name: [live[name] for live in lives]
        for name in ("orders", "amount", "order_value", "on_time", "score", "complaints")
    }
    values["shown"] = [_in(money, value) for value in values["amount"]]
    translate = sheet.report.translate
    return sheet.block(
        [("label", translate("月份"), "centre"), ("first", translate("月初"), "day"), ("orders", translate("订单数"), "whole"),
         ("amount", translate("金额(元)"), "money"), ("shown", translate("金额（{unit}）", unit=translate(money.unit)), "money"),
         ("order_value", translate("平均订单额(元)"), "money"), ("on_time", translate("准时交付率"), "rate"),
         ("score", translate("平均评分"), "score"), ("complaints", translate("投诉数"), "whole")],
        {"label": [row["month"][2:] for row in rows], "first": firsts, **values},
    )  # fmt: skip


def _in(money: MoneyUnit, amount: Any) -> Any:
    return money.live(amount) if isinstance(amount, CachedFormula) else amount / money.divisor


def _month(sheet: CalculationSheet, first: date, cell: str, row: Row) -> dict[str, Any]:
    """One month: formulas where they come to the figure."""
    if not sheet.live:
        return _plain(row)
    orders, services, feedbacks = (sheet.details[table] for table in ("orders", "services", "feedbacks"))
    following = months_later(first_day(first.year * 12 + first.month - 1), 1)

    def month(column: str) -> tuple[Criterion, ...]:
        return between(column, first, following, (cell, f"EDATE({cell},1)"))

    due = (*month(DUE), *sheet.within(DUE)[1:])
    judged = orders.count(*due, Criterion(ON_TIME, ">=", 0, "0"))
    rated = (*month(DAY), Criterion("score", ">=", 1, "1"))
    amount, count = orders.total("amount", *month(DAY)), orders.total(FIRST, *month(DAY))
    told_score = None if row["mean_score"] is None else rounded(row["mean_score"], 2)
    complaint = is_("event", COMPLAINT, quote_text(sheet.report.translate(COMPLAINT)))
    return {
        "orders": formula_if_equal(count, row["orders"]),
        "amount": formula_if_equal(amount, yuan(row["amount_fen"])),
        "order_value": ratio(amount, count, 2),
        "on_time": formula_if_equal(ratio(orders.total(ON_TIME, *due), judged), row["on_time_rate"]),
        "score": formula_if_equal(ratio(feedbacks.total("score", *rated), feedbacks.count(*rated), 2), told_score),
        "complaints": formula_if_equal(services.count(complaint, *month(DAY)), row["complaints"]),
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


def top_customers(sheet: CalculationSheet, customers: Sequence[Row], listed: SheetTable, money: MoneyUnit) -> Block:
    """Write the customers with the largest revenue of the period."""
    best = [row for row in customers if row["window_fen"]][:CHARTED_CUSTOMERS]
    number = sheet.next_letter()
    amounts = [
        money.live(listed.total("window_fen", is_("number", at, f"${number}${FIRST_ROW + at}")))
        for at in range(1, len(best) + 1)
    ]
    translate = sheet.report.translate
    return sheet.block(
        [("number", translate("序号"), "whole"), ("name", translate("客户名称"), "text"),
         ("amount", translate("金额（{unit}）", unit=translate(money.unit)), "money")],
        {"number": list(range(1, len(best) + 1)), "name": [_short(named(sheet.report, row)) for row in best],
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


def tally(
    sheet: CalculationSheet,
    frame: Any,
    named: str,
    counted: str,
    heads: tuple[str, str],
    lives: Sequence[CachedFormula | None] = (),
) -> Block:
    """Write a small table of counts; ``lives`` are formulas for its rows, where they come to the count."""
    rows = rows_of(frame)
    names = [str(row[named]) for row in rows]
    found = (
        [formula_if_equal(live, row[counted]) for live, row in zip(lives, rows, strict=True)]
        if lives
        else [row[counted] for row in rows]
    )
    translate = sheet.report.translate
    return sheet.block([("name", translate(heads[0]), "text"), ("count", translate(heads[1]), "whole")],
                       {"name": [translate(name) for name in names], "count": found})  # fmt: skip


def scores(sheet: CalculationSheet, results: Results) -> Block:
    """Write how often each rating was given in the period, the best first."""
    feedbacks, rows = sheet.details["feedbacks"], rows_of(results.frames["scores"])
    found = [
        formula_if_equal(feedbacks.count(is_("score", row["score"]), *sheet.within(DAY)), row["count"]) for row in rows
    ]
    translate = sheet.report.translate
    return sheet.block([("name", translate("评分"), "text"), ("count", translate("条数"), "whole")],
                       {"name": [translate("{score} 分", score=row["score"]) for row in rows], "count": found})  # fmt: skip


def issues(sheet: CalculationSheet, results: Results) -> Block:
    """Write what the complaints of the period are about."""
    services, translate = sheet.details["services"], sheet.report.translate
    complaint = is_("event", COMPLAINT, quote_text(translate(COMPLAINT)))
    lives = [None if row["issue"] == BLANK else
             services.count(complaint, is_("issue", row["issue"], quote_text(translate(row["issue"]))), *sheet.within(DAY))
             for row in rows_of(results.frames["issues"])]  # fmt: skip
    return tally(sheet, results.frames["issues"], "issue", "complaints", ("问题类别", "投诉数"), lives)


def lifecycle(sheet: CalculationSheet, results: Results, listed: SheetTable) -> Block:
    """Write how many customers are at each stage."""
    rows = rows_of(results.frames["lifecycle"])
    lives = [
        listed.count(is_("lifecycle", row["stage"], quote_text(sheet.report.translate(row["stage"])))) for row in rows
    ]
    return tally(sheet, results.frames["lifecycle"], "stage", "customers", ("生命周期", "客户数"), lives)


def states(sheet: CalculationSheet, results: Results) -> Block:
    """Write how many orders stand at each step on their way, leaving out steps without any."""
    frame = results.frames["status"]
    under_way = frame[(frame["orders"] > 0) & ~frame["status"].isin((DONE, CANCELLED))]
    return tally(sheet, under_way, "status", "orders", ("订单状态", "订单数"))
