"""计算: the hidden sheet that charts and cards stand on, live wherever the detail sheets can say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .. import theme
from ..metrics.results import Results
from ..metrics.windows import first_day, months_later
from ..problems import letters
from .details import COMPLAINT, DAY, FIRST, ON_TIME, Row
from .live import Condition, Detail, agreeing, between, is_, ratio
from .table import LOOKS, print_across
from .writer import Live, Page, Report, rounded, rows_of, yuan

TITLE = "计算"
CHARTED_MONTHS, CHARTED_CUSTOMERS = 12, 10
TEN_THOUSAND = 10_000
START_CELL, END_CELL = "$B$2", "$B$3"
_HEADER_ROW, _FIRST_ROW = 4, 5
_NAME_LENGTH = 11
BLANK = "未填"


@dataclass(frozen=True)
class Block:
    """A table on the sheet: the cells of its columns, the first of which names the rows."""

    cells: Mapping[str, str]
    values: Mapping[str, Sequence[Any]]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(next(iter(self.values.values()), ()))

    def any(self, name: str) -> bool:
        """Whether a column holds anything but zeros and blanks."""
        return any(_number(value) for value in self.values[name])

    def points(self, name: str) -> int:
        """How many cells of a column are filled."""
        return sum(_number(value) is not None for value in self.values[name])


def _number(value: Any) -> Any:
    return value.value if isinstance(value, Live) else value


@dataclass(frozen=True)
class Money:
    """In what amounts are shown: 元, or 万元 where they are large."""

    unit: str
    divisor: int
    number_format: str

    def of(self, fen: float) -> float:
        """Return an amount in this unit."""
        return fen / 100 / self.divisor

    def live(self, live: Live) -> Live:
        """Return a formula of yuan in this unit."""
        if self.divisor == 1:
            return live
        return Live(f"ROUND({live.formula}/{self.divisor},6)", rounded(float(live.value) / self.divisor, 6))


YUAN, LARGE = Money("元", 1, "#,##0.00"), Money("万元", TEN_THOUSAND, "#,##0.0")


def money_for(largest_fen: float | None) -> Money:
    """Return the unit in which an amount reads best."""
    return LARGE if abs(largest_fen or 0) >= 100 * TEN_THOUSAND else YUAN


class Sheet:
    """The sheet while it is written."""

    def __init__(self, report: Report, results: Results, details: Mapping[str, Detail]) -> None:
        self.report = report
        self.page = report.page(TITLE, theme.SERIES[5])
        self.details = details
        self.start = results.start
        self.satisfied = results.settings.csat_from
        self.end = results.as_of + timedelta(days=1) if results.as_of else None
        self._column = 0
        self._write_dates()

    def _write_dates(self) -> None:
        page, report = self.page, self.report
        page.text(0, 0, report.say("图表所用的数（隐藏表）"), report.style(bold=True, font_color=theme.BRAND))
        style = report.style(**LOOKS["day"])
        for row, (label, day) in enumerate((("统计起日", self.start), ("截止次日", self.end)), 1):
            page.text(row, 0, report.say(label), report.style())
            page.put(row, 1, day, style)

    def within(self, column: str) -> tuple[Condition, ...]:
        """Return the conditions that a day falls in the period of the report."""
        if self.start is None or self.end is None:
            return ()
        return between(column, self.start, self.end, (self.page.reference(START_CELL), self.page.reference(END_CELL)))

    def block(self, heads: Sequence[tuple[str, str, str]], rows: Mapping[str, Sequence[Any]]) -> Block:
        """Write a table beside the others: name, header and look of each column, and its values."""
        cells = {}
        for name, header, look in heads:
            self.page.text(_HEADER_ROW, self._column, header, self.report.style(bold=True, bg_color=theme.BRAND_SOFT))
            style = self.report.style(**LOOKS[look])
            for row, value in enumerate(rows[name], _FIRST_ROW):
                self.page.put(row, self._column, value, style)
            letter = letters(self._column + 1)
            last = _FIRST_ROW + max(len(rows[name]), 1)
            cells[name] = self.page.reference(f"${letter}${_FIRST_ROW + 1}:${letter}${last}")
            self._column += 1
        self._column += 1
        return Block(cells, rows)

    @property
    def next_letter(self) -> str:
        """The letters of the column that the next table begins in."""
        return letters(self._column + 1)


def months(sheet: Sheet, results: Results, money: Money) -> Block:
    """Write the monthly table: orders, amount, punctuality, rating, complaints; the charted months last."""
    rows = rows_of(results.frames["months"])[-CHARTED_MONTHS:]
    firsts = [date(*map(int, row["month"].split("-")), 1) for row in rows]
    at = letters(sheet._column + 2)  # noqa: SLF001 - the column of the first days, written just below
    lives = [_month(sheet, day, f"${at}${_FIRST_ROW + 1 + i}", row) for i, (day, row) in enumerate(zip(firsts, rows, strict=True))]
    values = {name: [live[name] for live in lives] for name in ("orders", "amount", "order_value", "on_time", "score", "complaints")}
    values["shown"] = [_in(money, value) for value in values["amount"]]
    say = sheet.report.say
    return sheet.block(
        [("label", say("月份"), "centre"), ("first", say("月初"), "day"), ("orders", say("订单数"), "whole"),
         ("amount", say("金额(元)"), "money"), ("shown", say("金额（{unit}）", unit=say(money.unit)), "money"),
         ("order_value", say("平均订单额(元)"), "money"), ("on_time", say("准时交付率"), "rate"),
         ("score", say("平均评分"), "score"), ("complaints", say("投诉数"), "whole")],
        {"label": [row["month"][2:] for row in rows], "first": firsts, **values},
    )  # fmt: skip


def _in(money: Money, amount: Any) -> Any:
    return money.live(amount) if isinstance(amount, Live) else amount / money.divisor


def _month(sheet: Sheet, first: date, cell: str, row: Row) -> dict[str, Any]:
    """One month: formulas where they come to the figure."""
    orders, services, feedbacks = (sheet.details[table] for table in ("orders", "services", "feedbacks"))
    following = months_later(first_day(first.year * 12 + first.month - 1), 1)

    def month(column: str) -> tuple[Condition, ...]:
        return between(column, first, following, (cell, f"EDATE({cell},1)"))

    due = (*month("due_on"), *sheet.within("due_on")[1:])
    judged = orders.count(*due, Condition(ON_TIME, ">=", 0, "0"))
    rated = (*month(DAY), Condition("score", ">=", 1, "1"))
    amount, count = orders.total("amount", *month(DAY)), orders.total(FIRST, *month(DAY))
    told_score = None if row["mean_score"] is None else rounded(row["mean_score"], 2)
    complaint = is_("event", COMPLAINT, quoted(sheet.report.say(COMPLAINT)))
    return {
        "orders": agreeing(count, row["orders"]),
        "amount": agreeing(amount, yuan(row["amount_fen"])),
        "order_value": ratio(amount, count, 2),
        "on_time": agreeing(ratio(orders.total(ON_TIME, *due), judged), row["on_time_rate"]),
        "score": agreeing(ratio(feedbacks.total("score", *rated), feedbacks.count(*rated), 2), told_score),
        "complaints": agreeing(services.count(complaint, *month(DAY)), row["complaints"]),
    }


def quoted(text: str) -> str:
    """Return a text as formulas write it."""
    return '"' + text.replace('"', '""') + '"'


def top_customers(sheet: Sheet, customers: Sequence[Row], listed: Detail, money: Money) -> Block:
    """Write the customers with the largest revenue of the period."""
    best = [row for row in customers if row["window_fen"]][:CHARTED_CUSTOMERS]
    number = sheet.next_letter
    amounts = [money.live(listed.total("window_fen", is_("number", at, f"${number}${_FIRST_ROW + at}"))) for at in range(1, len(best) + 1)]
    say = sheet.report.say
    return sheet.block(
        [("number", say("序号"), "whole"), ("name", say("客户名称"), "text"),
         ("amount", say("金额（{unit}）", unit=say(money.unit)), "money")],
        {"number": list(range(1, len(best) + 1)), "name": [_short(say(row["name"] or row["customer_id"])) for row in best],
         "amount": amounts},
    )  # fmt: skip


def _short(name: str) -> str:
    wide = theme.pixels(name) > theme.letters_pixels(2 * _NAME_LENGTH + 4)
    return next((name[:cut] + "…" for cut in range(len(name), 0, -1)
                 if theme.pixels(name[:cut]) <= theme.letters_pixels(2 * _NAME_LENGTH + 2)), name) if wide else name


def tally(sheet: Sheet, frame: Any, named: str, counted: str, heads: tuple[str, str], lives: Sequence[Live | None] = ()) -> Block:
    """Write a small table of counts; ``lives`` are formulas for its rows, where they come to the count."""
    rows = rows_of(frame)
    names = [str(row[named]) for row in rows]
    found = [agreeing(live, row[counted]) for live, row in zip(lives, rows, strict=True)] if lives else [row[counted] for row in rows]
    say = sheet.report.say
    return sheet.block([("name", say(heads[0]), "text"), ("count", say(heads[1]), "whole")],
                       {"name": [say(name) for name in names], "count": found})  # fmt: skip


def scores(sheet: Sheet, results: Results) -> Block:
    """Write how often each rating was given in the period, the best first."""
    feedbacks, rows = sheet.details["feedbacks"], rows_of(results.frames["scores"])
    found = [agreeing(feedbacks.count(is_("score", row["score"]), *sheet.within(DAY)), row["count"]) for row in rows]
    say = sheet.report.say
    return sheet.block([("name", say("评分"), "text"), ("count", say("条数"), "whole")],
                       {"name": [say("{score} 分", score=row["score"]) for row in rows], "count": found})  # fmt: skip


def issues(sheet: Sheet, results: Results) -> Block:
    """Write what the complaints of the period are about."""
    services, say = sheet.details["services"], sheet.report.say
    complaint = is_("event", COMPLAINT, quoted(say(COMPLAINT)))
    lives = [None if row["issue"] == BLANK else
             services.count(complaint, is_("issue", row["issue"], quoted(say(row["issue"]))), *sheet.within(DAY))
             for row in rows_of(results.frames["issues"])]  # fmt: skip
    return tally(sheet, results.frames["issues"], "issue", "complaints", ("问题类别", "投诉数"), lives)


def lifecycle(sheet: Sheet, results: Results, listed: Detail) -> Block:
    """Write how many customers are at each stage."""
    rows = rows_of(results.frames["lifecycle"])
    lives = [listed.count(is_("lifecycle", row["stage"], quoted(sheet.report.say(row["stage"])))) for row in rows]
    return tally(sheet, results.frames["lifecycle"], "stage", "customers", ("生命周期", "客户数"), lives)


def states(sheet: Sheet, results: Results) -> Block:
    """Write how many orders stand at each step now, leaving out steps without any."""
    frame = results.frames["status"]
    return tally(sheet, frame[frame["orders"] > 0], "status", "orders", ("订单状态", "订单数"))


def finish(sheet: Sheet) -> None:
    """Set widths, hide the sheet."""
    page: Page = sheet.page
    page.sheet.set_column_pixels(0, 60, 96)
    print_across(page, (1, 0))
    page.sheet.hide()
