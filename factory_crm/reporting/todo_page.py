"""待办: what is to be done, with owner and due day, the overdue first; 预测: what customers will probably order."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from .. import theme
from .facts import Facts
from .forecast import NEAR_DAYS, Errors, Likely
from .table import FIRST_ROW, Column, head, set_columns, set_up, write_table
from .todo import Todo
from .writer import Page, abridged, rounded

TITLE, FORECAST = "待办", "预测"
_COLOURS: Mapping[str, tuple[str, str]] = {
    "已过期": (theme.BAD, theme.BAD_SOFT),
    "七天内": (theme.WARN, theme.WARN_SOFT),
}
_SOON = 7


def write_todos(page: Page, todos: Sequence[Todo], facts: Facts) -> None:
    """Write the list."""
    report, names = page.report, facts.names(page.report.language)
    urgency = [_urgency(todo.due, facts.as_of) for todo in todos]

    def column(header: str, look: str, width: int, values: Sequence[Any]) -> Column:
        return Column(report.say(header), look, width, values)

    columns = [
        column("到期日", "day", 92, [todo.due for todo in todos]),
        column("缓急", "centre", 66, [report.say(word) for word in urgency]),
        column("事项", "centre", 84, [report.say(todo.kind) for todo in todos]),
        column("负责人", "centre", 76, [todo.owner for todo in todos]),
        column("客户编号", "number", 84, [todo.customer_id for todo in todos]),
        column("客户名称", "text", 180, [names.get(todo.customer_id) for todo in todos]),
        column("事由", "text", 170, [todo.reason(report.language) for todo in todos]),
        column("订单、产品或内容", "text", 200, [abridged(todo.about, report.language, 200) or None for todo in todos]),
        column("完成打 √", "count", 96, [None] * len(todos)),
    ]
    overdue = sum(word == "已过期" for word in urgency)
    told = report.say("共 {count} 件，其中已过期 {overdue} 件；截至 {day}。服务找处理人员，其他找客户的负责人。",
                      count=len(todos), overdue=overdue, day=facts.as_of or "—")  # fmt: skip
    _finish(page, columns, told, "没有要办的事。")
    for word, (ink, fill) in _COLOURS.items() if todos else ():
        style = report.formats.mark(font_color=ink, bg_color=fill)
        options = {"type": "cell", "criteria": "==", "value": f'"{report.say(word)}"', "format": style}
        page.sheet.conditional_format(FIRST_ROW, 1, FIRST_ROW + len(todos) - 1, 1, options)


def _urgency(due: date, today: date | None) -> str:
    days = (due - today).days if today else 0
    return "已过期" if days < 0 else "七天内" if days <= _SOON else "以后"


def write_forecast(page: Page, expected: Sequence[Likely], wrong: Errors, facts: Facts) -> None:
    """Write the orders to be expected, and how far the method was off."""
    report, names = page.report, facts.names(page.report.language)

    def column(header: str, look: str, width: int, values: Sequence[Any]) -> Column:
        return Column(report.say(header), look, width, values)

    columns = [
        column("可能下单日", "day", 96, [one.day for one in expected]),
        column("客户编号", "number", 84, [one.customer_id for one in expected]),
        column("客户名称", "text", 190, [names.get(one.customer_id) for one in expected]),
        column("负责人", "centre", 76, [facts.owner(one.customer_id) for one in expected]),
        column("产品型号", "text", 100, [one.product for one in expected]),
        column("可能数量", "quantity", 86, [rounded(one.quantity, 4) for one in expected]),
        column("上次下单", "day", 92, [one.last for one in expected]),
        column("通常间隔（天）", "score", 86, [one.interval for one in expected]),
        column("下过几次", "count", 76, [one.orders for one in expected]),
    ]
    _finish(page, columns, _method(page, wrong), "下单次数还不够，暂时推算不出。")


def _method(page: Page, wrong: Errors) -> str:
    say = page.report.say
    method = say("同一客户同一产品下单至少 4 次，按间隔的中位数推算下一次。")
    if wrong.days is None or wrong.near is None:
        return method + say("历史数据还不够，误差未知。")
    return method + say("用过去的数据检验 {count} 次：误差中位数 {days} 天，{near} 的误差不超过 {week} 天。",
                         count=wrong.n, days=f"{wrong.days:.1f}", near=f"{wrong.near:.0%}", week=NEAR_DAYS)  # fmt: skip


def _finish(page: Page, columns: Sequence[Column], told: str, nothing: str) -> None:
    rows = len(columns[0].values)
    head(page, page.title, told, len(columns) - 1)
    set_columns(page, columns)
    write_table(page, columns)
    if not rows:
        page.text(FIRST_ROW, 0, page.report.say(nothing), page.report.style(font_color=theme.MUTED))
    set_up(page, rows=rows, columns=len(columns))
