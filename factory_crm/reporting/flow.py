"""产能与流程: where orders stand on their eight steps, how long they have waited, what is late, how long delivery takes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .. import theme
from ..contract.choices import DONE, PAUSED, STEPS
from ..metrics.results import Results
from ..words import Listed, Phrase, Word
from . import charts
from .calculation import Sheet
from .canvas import LEFT, RIGHT, Canvas, Span
from .details import COUNTED
from .facts import Facts, middle
from .live import is_, quoted_text
from .phrases import cell_value
from .recent import shortened
from .table import quiet
from .writer import INSUFFICIENT, Page

TITLE = "产能与流程"
LATE_SHOWN = 12
_TIMES = ("ship_days", "ship_days_p90", "transit_days", "transit_days_p90", "lead_days", "lead_days_p90")
_CARDS, _TELLING, _STEPS, _LATE = 3, 6, 8, 20


class Step(NamedTuple):
    """The orders that stand at a step."""

    step: str
    orders: int
    days: float | None
    """Median days since they were placed."""
    oldest: int | None


class Late(NamedTuple):
    """An order that is past its day."""

    order_id: str
    customer_id: str
    product: str
    step: str | None
    due: Any
    days: int


def steps(facts: Facts) -> list[Step]:
    """Return the eight steps and 已暂停; an order of several lines stands where the line furthest behind stands."""
    places = {state: at for at, state in enumerate((*STEPS, PAUSED, DONE))}
    behind: dict[str, int] = {}
    placed: dict[str, Any] = {}
    for row in facts.lines():
        order = row["order_id"]
        behind[order] = min(places.get(row["status"], len(places)), behind.get(order, len(places)))
        if row["ordered_on"] is not None:
            placed[order] = min(row["ordered_on"].date(), placed.get(order, row["ordered_on"].date()))
    waited: dict[int, list[int]] = defaultdict(list)
    standing: dict[int, int] = defaultdict(int)
    for order, place in behind.items():
        standing[place] += 1
        if facts.as_of and order in placed:
            waited[place].append((facts.as_of - placed[order]).days)
    return [Step(step, standing[at], middle(waited[at]), max(waited[at], default=None)) for step, at in places.items()
            if step != DONE]  # fmt: skip


def late(facts: Facts) -> list[Late]:
    """Return the order lines past their day and not received, the latest first."""
    if facts.as_of is None:
        return []
    found = [
        Late(row["order_id"], row["customer_id"], row["product"], row["status"], row["due_on"].date(), (facts.as_of - row["due_on"].date()).days)
        for row in facts.lines()
        if row["due_on"] is not None and row["received_on"] is None and row["status"] != DONE and row["due_on"].date() < facts.as_of
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.days, one.order_id, one.product))


def write_flow(page: Page, sheet: Sheet, results: Results, facts: Facts) -> None:
    """Write the page."""
    report, say = page.report, page.report.say
    overdue = late(facts)
    canvas = Canvas(page, _LATE + 2 + min(len(overdue), LATE_SHOWN) + 1, {_TELLING: 26, 5: 8, 7: 8})
    canvas.band(say("在制订单走到哪一步、等了多久；发货和交付用了几天"))
    for at, name in enumerate(_TIMES):
        figure = results.figures[name]
        value = cell_value(figure)
        label = say("{title}（{unit}）", title=figure.metric.title, unit=figure.metric.unit)
        canvas.card(_CARDS, LEFT + 4 * at, 4, label, say(INSUFFICIENT) if value is None else value, "score")
    standing = steps(facts)
    told = report.style(bold=True, font_size=11, bg_color=theme.WARN_SOFT, font_color=theme.WARN, indent=1, shrink=True)
    capacity = results.settings.capacity
    page.merged((_TELLING, LEFT, _TELLING, RIGHT), _bottleneck(page, standing, capacity), told)
    _write_steps(canvas, sheet, standing, capacity)
    _write_late(canvas, overdue, facts)
    canvas.finish(pages=(1, 0))


def _bottleneck(page: Page, standing: Sequence[Step], capacity: Mapping[str, int]) -> str:
    say = page.report.say
    busy = [one for one in standing if one.orders and one.step != PAUSED]
    if not busy:
        return say("现在没有在制订单。")
    over = [one for one in busy if one.orders > capacity.get(one.step, one.orders)]
    if over:
        told = Listed(
            Phrase("{step} {orders}/{most}", {"step": Word(one.step), "orders": one.orders, "most": capacity[one.step]})
            for one in over
        )
        return say("超过产能的步骤（在制订单/可容纳）：{steps}", steps=told)
    most = max(busy, key=lambda one: (one.orders, one.days or 0))
    whole = sum(one.orders for one in busy)
    return say("积压最多的一步：{step}，{count} 张，占在制订单的 {share}。没有每步的完成日期，各步用时暂不能算；等待从下单算起。",
               step=say(most.step), count=most.orders, share=f"{most.orders / whole:.0%}")  # fmt: skip


def _write_steps(canvas: Canvas, sheet: Sheet, standing: Sequence[Step], capacity: Mapping[str, int]) -> None:
    report, say = canvas.report, canvas.report.say
    orders = sheet.details["orders"]
    lines = []
    for one in standing:
        at_step = (is_("status", one.step, quoted_text(say(one.step))), is_(COUNTED, 1))
        amount = orders.total("amount", *at_step)
        lines.append([say(one.step), one.orders, orders.count(*at_step), amount,
                      one.days, one.oldest, *([capacity.get(one.step)] if capacity else [])])  # fmt: skip
    spans = [Span(say("步骤"), 3, "text"), Span(say("在制订单"), 2, "count"), Span(say("订单行"), 2, "count"),
             Span(say("金额(元)"), 3, "money"), Span(say("等待中位数(天)"), 2, "score"), Span(say("最久(天)"), 2, "count"),
             *([Span(say("可容纳"), 2, "count")] if capacity else [])]  # fmt: skip
    canvas.table(_STEPS, LEFT, spans, lines)
    title = say("在制订单走到哪一步（张）")
    block = sheet.block([("name", say("步骤"), "text"), ("count", say("订单数"), "whole")],
                        {"name": [say(one.step) for one in standing], "count": [one.orders for one in standing]})  # fmt: skip
    drawn = charts.states(report, block, title) if block.any("count") else None
    canvas.chart((_STEPS, LEFT + sum(span.width for span in spans), _STEPS + len(standing), RIGHT), drawn, title)


def _write_late(canvas: Canvas, overdue: Sequence[Late], facts: Facts) -> None:
    say, names = canvas.report.say, facts.names(canvas.report.language)
    title = say(
        "已过约定交期、还没有收货的订单行：{count} 行，列出最久的 {shown} 行",
        count=len(overdue),
        shown=min(len(overdue), LATE_SHOWN),
    )
    canvas.heading(_LATE, LEFT, RIGHT, title)
    if not overdue:
        canvas.page.merged((_LATE + 1, LEFT, _LATE + 1, RIGHT), say("没有逾期的订单。"), quiet(canvas.report))
        return
    spans = [Span(say("订单编号"), 4, "number"), Span(say("客户名称"), 7, "text"), Span(say("产品型号"), 4, "text"),
             Span(say("订单状态"), 3, "centre"), Span(say("约定交期"), 3, "day"), Span(say("逾期(天)"), 3, "count")]  # fmt: skip
    canvas.table(_LATE + 1, LEFT, spans, [
        [one.order_id, shortened(names.get(one.customer_id, ""), 300), shortened(one.product, 180), say(one.step or "未填"), one.due, one.days]
        for one in overdue[:LATE_SHOWN]
    ])  # fmt: skip
