"""满意度: ratings by month, by what they are about, by product and by segment, and how many customers rated at all."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from ..metrics.results import Results
from ..metrics.windows import months_later
from ..words import Language, say
from . import charts
from .calculation import FIRST_ROW, Sheet
from .canvas import GRID, LEFT, Canvas, Span
from .details import DAY
from .facts import Facts, Row, share
from .live import Condition, between, ratio
from .phrases import cell_value
from .recent import shortened
from .writer import INSUFFICIENT, Page, rounded, rows_of

TITLE = "满意度"
UNNAMED = "未填"
_CARDS, _MONTHS, _GROUPS = 3, 6, 21
_SHOWN = 6
"""Lines of each small table."""
_CHOSEN = (("所属行业", "industry"), ("所在地区", "region"), ("企业规模", "size"))


class Group(NamedTuple):
    """Ratings that have something in common."""

    name: str | None
    ratings: int
    mean: float
    satisfied: float


def groups(rows: Iterable[Row], named: Callable[[Row], str | None], satisfied_from: int) -> list[Group]:
    """Return the groups of rated rows, the worst first."""
    scores: dict[str | None, list[int]] = defaultdict(list)
    for row in rows:
        if row["score"] is not None:
            scores[named(row)].append(row["score"])
    found = [Group(name, len(held), sum(held) / len(held), sum(score >= satisfied_from for score in held) / len(held))
             for name, held in scores.items()]  # fmt: skip
    return sorted(found, key=lambda one: (one.mean, -one.ratings, one.name or ""))


def say_choice(value: str | None, language: Language) -> str | None:
    """Return a chosen value in the language."""
    return None if value is None else say(value, language)


def products(facts: Facts) -> dict[str, str]:
    """Return the product of each order that has only one."""
    every: dict[str, set[str]] = defaultdict(set)
    for row in facts.lines():
        every[row["order_id"]].add(row["product"])
    return {order: next(iter(held)) for order, held in every.items() if len(held) == 1}


def write_contentment(page: Page, sheet: Sheet, results: Results, facts: Facts) -> None:
    """Write the page."""
    say = page.report.say
    canvas = Canvas(page, _GROUPS + 2 * (_SHOWN + 3), {5: 8})
    canvas.band(say("满意 = {score} 分及以上；条数少时请勿据此下结论", score=results.settings.csat_from))
    rated = [row for row in facts.tables["feedbacks"] if facts.within(row["given_on"])]
    _write_cards(canvas, results, facts, rated)
    _write_months(canvas, sheet, results)
    only = products(facts)
    chosen = page.report.language

    def segment(name: str) -> Callable[[Row], str | None]:
        return lambda row: facts.registered.get(row["customer_id"], {}).get(name)

    def told(name: str) -> Callable[[Row], str | None]:
        return lambda row: say_choice(segment(name)(row), chosen)

    by: list[tuple[str, Callable[[Row], str | None]]] = [
        (say("按反馈类别"), lambda row: say_choice(row["issue"], chosen)),
        (say("按产品（订单只有一种产品时）"), lambda row: only.get(row["order_id"])),
        *((say("按{what}", what=say(header)), told(name)) for header, name in _CHOSEN),
        (say("按{what}", what=say("负责人")), segment("owner")),
    ]
    for at, (title, named) in enumerate(by):
        row, first = _GROUPS + at // 3 * (_SHOWN + 3), LEFT + at % 3 * 8
        found = groups(rated, named, results.settings.csat_from)[:_SHOWN]
        _write_groups(canvas, row, first, title, found)
    canvas.finish()


def _write_cards(canvas: Canvas, results: Results, facts: Facts, rated: Sequence[Row]) -> None:
    say = canvas.report.say
    spoke = {row["customer_id"] for row in rated if row["score"] is not None}
    bought = {row["customer_id"] for row in facts.lines() if facts.within(row["day"])}
    with_score = sum(row["score"] is not None for row in rated)
    shown = [(say(results.figures[name].metric.title), cell_value(results.figures[name]), look)
             for name, look in (("csat", "rate"), ("mean_score", "score"))]  # fmt: skip
    shown += [(say("反馈条数"), len(rated), "count"), (say("有评分的条数"), with_score, "count"),
              (say("评分覆盖率"), share(with_score, len(rated)), "rate"),
              (say("下单客户中评过分的"), share(len(spoke & bought), len(bought)), "rate")]  # fmt: skip
    for at, (label, value, look) in enumerate(shown):
        canvas.card(_CARDS, LEFT + 4 * at, 4, label, say(INSUFFICIENT) if value is None else value, look)


def _write_months(canvas: Canvas, sheet: Sheet, results: Results) -> None:
    """By month: how many ratings, their mean, the share of the satisfied; formulas over 反馈."""
    report, say = canvas.report, canvas.report.say
    feedbacks, start = sheet.details["feedbacks"], sheet.next_letter(1)
    firsts = [date.fromisoformat(row["month"] + "-01") for row in rows_of(results.frames["months"])][-12:]
    counts, means, satisfied = [], [], []
    for at, first in enumerate(firsts):
        cell = f"${start}${FIRST_ROW + 1 + at}"
        month = between(DAY, first, months_later(first, 1), (cell, f"EDATE({cell},1)"))
        rated = (*month, Condition("score", ">=", 1, "1"))
        count = feedbacks.count(*rated)
        counts.append(count)
        means.append(ratio(feedbacks.total("score", *rated), count, 2))
        satisfied.append(
            ratio(feedbacks.count(*month, Condition("score", ">=", sheet.satisfied, str(sheet.satisfied))), count)
        )
    heads = [("label", say("月份"), "centre"), ("first", say("月初"), "day"), ("count", say("评分条数"), "whole"),
             ("score", say("平均评分"), "score"), ("satisfied", say("满意度"), "rate")]  # fmt: skip
    labels = [f"{first:%y-%m}" for first in firsts]
    block = sheet.block(
        heads, {"label": labels, "first": firsts, "count": counts, "score": means, "satisfied": satisfied}
    )
    half = GRID // 2
    for at, (column, title, draw) in enumerate((
        ("score", say("每月平均评分"), charts.mood), ("count", say("每月评分条数"), charts.counts))):  # fmt: skip
        drawn = draw(report, block, title) if block.rows and block.any(column) else None
        canvas.chart((_MONTHS, LEFT + at * half, _MONTHS + 12, LEFT + (at + 1) * half - 1), drawn, title)


def _write_groups(canvas: Canvas, row: int, first: int, title: str, found: Sequence[Group]) -> None:
    say = canvas.report.say
    canvas.heading(row, first, first + 6, title)
    spans = [
        Span(say("从低到高"), 3, "text"),
        Span(say("条数"), 1, "count"),
        Span(say("平均"), 1, "score"),
        Span(say("满意的"), 2, "rate"),
    ]
    lines: list[list[Any]] = [
        [shortened(one.name or say(UNNAMED), 125), one.ratings, rounded(one.mean, 2), one.satisfied] for one in found
    ]
    canvas.table(row + 1, first, spans, lines or [[say("没有评分"), None, None, None]])
