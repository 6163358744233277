"""管理架构: departments by layer with their duties and sheets, and what flows between them, counted for the period."""

from collections.abc import Mapping

from .. import theme
from ..contract.choices import DONE
from ..merging.merged import Merged
from .canvas import GRID, LEFT, RIGHT, Canvas, Span
from .departments import DEPARTMENTS, FLOWS, LAYERS, Department
from .details import COMPLAINT
from .facts import Facts
from .writer import Page

TITLE = "管理架构"
_LOW = 2
_LAYERS, _LAYER_ROWS, _FLOWS = 3, 6, 22
_COLOURS: Mapping[str, str] = dict(zip(LAYERS, (theme.BRAND, theme.BRAND_2, theme.OPTIONAL), strict=True))


def flow_counts(facts: Facts, merged: Merged) -> dict[str, int]:
    """Return how much flowed in the period, by the names that ``departments.Flow`` uses."""
    lines = facts.lines()
    placed = [row for row in lines if facts.within(row["day"])]
    feedbacks = [row for row in facts.tables["feedbacks"] if facts.within(row["given_on"])]
    return {
        "orders": len({row["order_id"] for row in placed}),
        "lines": len(placed),
        "finished": len({row["order_id"] for row in lines if row["status"] in ("包装发货", "物流跟踪", DONE) and facts.within(row["shipped_on"])}),
        "received": len({row["order_id"] for row in lines if facts.within(row["received_on"])}),
        "complaints": sum(row["event"] == COMPLAINT and facts.within(row["day"]) for row in facts.tables["services"]),
        "feedbacks": len(feedbacks),
        "low": sum(row["score"] is not None and row["score"] <= _LOW for row in feedbacks),
        "files": sum(origin.status == "merged" for origin in merged.origins),
        "rows": sum(counts.accepted.rows for origin in merged.origins for counts in origin.counts.values()),
    }  # fmt: skip


def write_structure(page: Page, facts: Facts, merged: Merged) -> None:
    """Write the page."""
    say = page.report.say
    gaps = {_LAYERS + at * _LAYER_ROWS + 5: 18 for at in range(len(LAYERS))}
    canvas = Canvas(
        page, _FLOWS + len(FLOWS) + 2, {**gaps, **{_LAYERS + at * _LAYER_ROWS + 2: 34 for at in range(len(LAYERS))}}
    )
    canvas.band(say("谁填、谁看、信息怎么走；数字是期内的实际数量"))
    for at, layer in enumerate(LAYERS):
        _write_layer(canvas, _LAYERS + at * _LAYER_ROWS, layer, last=at == len(LAYERS) - 1)
    _write_flows(canvas, flow_counts(facts, merged))
    canvas.finish()


def _write_layer(canvas: Canvas, row: int, layer: str, *, last: bool) -> None:
    report, page = canvas.report, canvas.page
    side = report.style(
        bold=True, font_size=11, font_color=theme.WHITE, bg_color=_COLOURS[layer], align="center", rotation=0
    )
    page.merged((row, LEFT, row + 4, LEFT + 1), report.say(layer), side)
    mine = [department for department in DEPARTMENTS if department.layer == layer]
    room = GRID - 2
    for at, department in enumerate(mine):
        edges = [LEFT + 3 + number * room // len(mine) for number in (at, at + 1)]
        _write_department(canvas, row, (edges[0], edges[1] - 2), department)
    if not last:
        arrow = report.style(font_size=11, font_color=theme.MUTED, align="center", bg_color=theme.CANVAS)
        page.merged((row + 5, LEFT + 3, row + 5, RIGHT), "↑　↓", arrow)


def _write_department(canvas: Canvas, row: int, across: tuple[int, int], department: Department) -> None:
    report, page, (first, last) = canvas.report, canvas.page, across
    say = report.say
    colour = _COLOURS[department.layer]
    edge = {
        "left": 1,
        "right": 1,
        "left_color": colour,
        "right_color": colour,
        "bg_color": theme.WHITE,
        "text_wrap": True,
        "align": "center",
    }
    name = report.style(bold=True, font_size=11, font_color=theme.WHITE, bg_color=colour, align="center")
    page.merged((row, first, row, last), say(department.name), name)
    page.merged((row + 1, first, row + 2, last), say(department.duties), report.style(font_size=9, **edge))
    fills = report.style(font_size=9, font_color=theme.WARN, shrink=True, **{**edge, "text_wrap": False})
    reads = report.style(
        font_size=9, font_color=theme.GOOD, shrink=True, bottom=1, bottom_color=colour, **{**edge, "text_wrap": False}
    )
    listed = [" · ".join(say(sheet) for sheet in sheets) or "—" for sheets in (department.fills, department.reads)]
    page.merged((row + 3, first, row + 3, last), say("填：{sheets}", sheets=listed[0]), fills)
    page.merged((row + 4, first, row + 4, last), say("看：{sheets}", sheets=listed[1]), reads)


def _write_flows(canvas: Canvas, counts: Mapping[str, int]) -> None:
    say = canvas.report.say
    canvas.heading(_FLOWS, LEFT, RIGHT, say("信息怎么走"))
    spans = [
        Span(say("从"), 6, "centre"),
        Span("", 2, "centre"),
        Span(say("到"), 6, "centre"),
        Span(say("什么"), 7, "text"),
        Span(say("期内数量"), 3, "count"),
    ]
    lines = [[say(flow.source), "→", say(flow.target), say(flow.what), counts[flow.counted]] for flow in FLOWS]
    canvas.table(_FLOWS + 1, LEFT, spans, lines)
