"""客户旅程: stages of a customer's life × touchpoints, from real rows: how often, how rated, how soon answered."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from .. import theme
from ..metrics.settings import Settings
from . import charts
from .calculation import Sheet
from .canvas import LEFT, RIGHT, Canvas, Span
from .facts import Facts, Row, hours, mean
from .table import quiet
from .writer import Page, rounded

TITLE = "客户旅程"
STAGES = ("初次接触", "首次购买", "使用磨合", "重复购买", "沉睡挽回")
TOUCHPOINTS = ("咨询", "下单", "收货", "投诉", "售后服务", "评价")
_SETTLING_DAYS = 60
LEAST = 3
"""A cell is the weakest only with so many ratings."""
_NEAR_DAYS = 30
_TELLING, _RATED, _CURVE, _COUNTED = 3, 5, 14, 25


class Touch(NamedTuple):
    """One contact: at which stage and point, how it was rated, after how many hours it was answered."""

    stage: str
    point: str
    score: int | None
    hours: float | None


def touches(facts: Facts, settings: Settings) -> Iterator[Touch]:
    """Yield every contact of the period. A rating belongs to 评价 and to the service or receipt it most likely speaks of."""
    days = _order_days(facts)

    def stage(row: Row, moment: datetime) -> str:
        return stage_of(days.get(row["customer_id"], []), moment, settings)

    ratings = _ratings(facts)
    for row in facts.tables["services"]:
        if facts.within(row["day"]):
            score = ratings.get((row["customer_id"], row["event"], row["day"]))
            yield Touch(stage(row, row["day"]), row["event"], score, hours(row, "received_at", "responded_at"))
    for row in facts.lines():
        if facts.within(row["day"]):
            yield Touch(stage(row, row["day"]), TOUCHPOINTS[1], None, None)
        if facts.within(row["received_on"]):
            score = ratings.get((row["customer_id"], TOUCHPOINTS[2], row["received_on"]))
            yield Touch(stage(row, row["received_on"]), TOUCHPOINTS[2], score, None)
    for row in facts.tables["feedbacks"]:
        if facts.within(row["given_on"]):
            yield Touch(stage(row, row["given_on"]), TOUCHPOINTS[5], row["score"], None)


def _order_days(facts: Facts) -> dict[str, list[datetime]]:
    """The days on which each customer ordered."""
    found: dict[str, set[datetime]] = defaultdict(set)
    for row in facts.lines():
        if row["day"] is not None:
            found[row["customer_id"]].add(row["day"])
    return {customer: sorted(days) for customer, days in found.items()}


def stage_of(days: Sequence[datetime], moment: datetime, settings: Settings) -> str:
    """Return at which stage a customer that ordered on those days was at a moment."""
    before = bisect_right(days, moment)
    if not before:
        return STAGES[0]
    last = days[before - 1]
    if moment - last > timedelta(days=settings.t1_days):
        return STAGES[4]
    if before > 1 and last - days[before - 2] > timedelta(days=settings.t1_days) and moment.date() == last.date():
        return STAGES[4]
    if before > 1:
        return STAGES[3]
    return STAGES[1] if moment - last <= timedelta(days=_SETTLING_DAYS) else STAGES[2]


def _ratings(facts: Facts) -> dict[tuple[str, str, datetime], int]:
    """The rating that followed a contact within a month, of the same customer: the nearest contact before it."""
    contacts: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for row in facts.tables["services"]:
        if row["day"] is not None:
            contacts[row["customer_id"]].append((row["day"], row["event"]))
    for row in facts.lines():
        if row["received_on"] is not None:
            contacts[row["customer_id"]].append((row["received_on"], TOUCHPOINTS[2]))
    found = {}
    for row in facts.tables["feedbacks"]:
        end = row["given_on"] + timedelta(days=1) if row["given_on"] else None
        if row["score"] is None or end is None:
            continue
        near = [one for one in contacts[row["customer_id"]] if end - timedelta(days=_NEAR_DAYS) <= one[0] < end]
        if near:
            day, point = max(near)
            found[row["customer_id"], point, day] = row["score"]
    return found


def write_journey(page: Page, sheet: Sheet, facts: Facts, settings: Settings) -> None:
    """Write the page."""
    report, say = page.report, page.report.say
    found: dict[tuple[str, str], list[Touch]] = defaultdict(list)
    for touch in touches(facts, settings) if facts.as_of else ():
        found[touch.stage, touch.point].append(touch)
    canvas = Canvas(page, _COUNTED + 18, {_TELLING: 28, 4: 8})
    canvas.band(say("期内每个阶段、每个触点：来往次数、平均评分、平均首次响应"))
    if not found:
        page.merged((_TELLING, LEFT, _TELLING + 2, RIGHT), say("期内还没有来往的记录。"), quiet(report))
        canvas.finish()
        return
    scores = {key: [one.score for one in cell if one.score is not None] for key, cell in found.items()}
    told = report.style(bold=True, font_size=11, bg_color=theme.WARN_SOFT, font_color=theme.WARN, indent=1, shrink=True)
    page.merged((_TELLING, LEFT, _TELLING, RIGHT), _weakest(page, scores), told)
    _write_matrix(canvas, _RATED, say("平均评分（满分 5 分；空格表示没有评分）"), "score",
                  {key: mean(values) for key, values in scores.items()}, heat=True)  # fmt: skip
    curve = [mean([score for (stage, _), cell in scores.items() if stage == one for score in cell]) for one in STAGES]
    title = say("情绪曲线：各阶段的平均评分")
    block = sheet.block([("label", say("阶段"), "text"), ("score", title, "score")],
                        {"label": [say(one) for one in STAGES], "score": [None if one is None else rounded(one, 2) for one in curve]})  # fmt: skip
    canvas.chart(
        (_CURVE, LEFT, _CURVE + 9, RIGHT), charts.mood(report, block, title) if block.any("score") else None, title
    )
    _write_matrix(canvas, _COUNTED, say("来往次数"), "count", {key: len(cell) for key, cell in found.items()})
    _write_matrix(canvas, _COUNTED + 9, say("平均首次响应（小时）"), "score",
                  {key: mean([one.hours for one in cell if one.hours is not None]) for key, cell in found.items()})  # fmt: skip
    note = report.style(font_size=8, font_color=theme.MUTED, bg_color=theme.CANVAS)
    page.merged((_COUNTED + 17, LEFT, _COUNTED + 17, RIGHT), say(
        "阶段：首单之前为初次接触，首单起 {settling} 天内为首次购买，之后到第二单为使用磨合，再后为重复购买，{asleep} 天没有下单为沉睡挽回。"
        "评分记在评价上，也记在它之前 {near} 天内最近的一次服务或收货上。",
        settling=_SETTLING_DAYS, asleep=settings.t1_days, near=_NEAR_DAYS), note)  # fmt: skip
    canvas.finish()


def _weakest(page: Page, scores: Mapping[tuple[str, str], Sequence[int]]) -> str:
    say = page.report.say
    rated = [(sum(cell) / len(cell), key) for key, cell in scores.items() if len(cell) >= LEAST]
    if not rated:
        return say("评分还太少（每格至少 {count} 条），看不出最薄弱的触点。", count=LEAST)
    score, (stage, point) = min(rated)
    return say("最薄弱的触点：{stage} · {point}，平均 {score} 分（{count} 条评分）", stage=say(stage), point=say(point),
               score=f"{score:.2f}", count=len(scores[stage, point]))  # fmt: skip


def _write_matrix(canvas: Canvas, top: int, title: str, look: str, cells: Mapping[tuple[str, str], float | None],
                  *, heat: bool = False) -> None:  # fmt: skip
    say = canvas.report.say
    canvas.heading(top, LEFT, RIGHT, title)
    spans = [Span(say("阶段 ＼ 触点"), 6, "text"), *(Span(say(point), 3, look) for point in TOUCHPOINTS)]
    lines = [[say(stage), *(_shown(cells.get((stage, point)), look) for point in TOUCHPOINTS)] for stage in STAGES]
    canvas.table(top + 1, LEFT, spans, lines)
    scale = {"type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num", "min_value": 2.5, "mid_value": 3.5,
             "max_value": 4.5, "min_color": "#F2B8B0", "mid_color": "#FFF7E0", "max_color": "#A9D8B8"}  # fmt: skip
    if heat:
        canvas.page.sheet.conditional_format(top + 2, LEFT + 6, top + 1 + len(STAGES), RIGHT, scale)


def _shown(value: float | None, look: str) -> float | None:
    return value if value is None or look == "count" else rounded(value, 2)
