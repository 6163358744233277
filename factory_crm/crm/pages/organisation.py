"""管理架构: departments by layer with their duties and sheets, and what flows between them, counted for the period."""

from collections.abc import Mapping, Sequence

from ...merge.result import MergeResult
from ...metrics.results import Results
from ...report.data import ReportData
from ...report.grid import GRID, LEFT, RIGHT, GridBuilder, Span
from ...report.page import Drawing, Page
from ...xlsx import theme
from ..lists.order import STEPS
from ..organisation import LAYERS, Department, Flow, Organisation

TITLE = "管理架构"
_LOW = 2
_READY = STEPS[6]
_LAYERS, _LAYER_ROWS, _FLOWS = 3, 6, 22
_COLOURS: Mapping[str, str] = dict(zip(LAYERS, (theme.BRAND, theme.BRAND_2, theme.OPTIONAL), strict=True))


def flow_counts(results: Results, merged: MergeResult) -> dict[str, int]:
    """Return how much flowed in the period, by the names of ``departments.Counted``: the figures' own numbers."""
    figures, frames = results.figures, results.frames
    status, scores = frames["status"], frames["scores"]
    return {
        "orders": int(figures["orders"].value or 0),
        "lines": figures["orders"].n,
        "waiting": int(status.loc[status["status"] == _READY, "orders"].sum()),
        "received": figures["complaint_rate"].n,
        "complaints": int(figures["complaints"].value or 0),
        "feedbacks": int(frames["feedback_loop"]["feedbacks"].sum()),
        "low": int(scores.loc[scores["score"] <= _LOW, "count"].sum()),
        "files": sum(origin.status == "merged" for origin in merged.origins),
        "rows": sum(counts.accepted.rows for origin in merged.origins for counts in origin.counts.values()),
    }


def organisation_page(data: ReportData) -> Drawing:
    """Return the page, as the schema declares it."""
    ours = data.schema.extension(Organisation)
    layers = {layer: mine for layer in LAYERS if (mine := [one for one in ours.departments if one.layer == layer])}
    tops = [_LAYERS + at * _LAYER_ROWS for at in range(len(layers))]
    heights = {top + 5: 18 for top in tops} | {top + 2: 34 for top in tops}
    grid = GridBuilder(data, _FLOWS + len(ours.flows) + 2, heights)
    grid.band(data.translate(TITLE), data.translate("谁填、谁看、信息怎么走；数字是期内的实际数量"))
    for top, (layer, mine) in zip(tops, layers.items(), strict=True):
        _add_layer(grid, top, layer, mine, last=top == tops[-1])
    _add_flows(grid, ours.flows, flow_counts(data.results, data.merged))
    return grid.drawing()


def _add_layer(grid: GridBuilder, row: int, layer: str, mine: Sequence[Department], *, last: bool) -> None:
    side = {
        "bold": True,
        "font_size": 11,
        "font_color": theme.WHITE,
        "bg_color": _COLOURS[layer],
        "align": "center",
        "rotation": 0,
    }
    grid.text((row, LEFT, row + 4, LEFT + 1), grid.data.translate(layer), side)
    room = GRID - 2
    for at, department in enumerate(mine):
        edges = [LEFT + 3 + number * room // len(mine) for number in (at, at + 1)]
        _add_department(grid, row, (edges[0], edges[1] - 2), department)
    if not last:
        arrow = {"font_size": 11, "font_color": theme.MUTED, "align": "center", "bg_color": theme.CANVAS}
        grid.text((row + 5, LEFT + 3, row + 5, RIGHT), "↑　↓", arrow)


def _add_department(grid: GridBuilder, row: int, across: tuple[int, int], department: Department) -> None:
    translate, (first, last) = grid.data.translate, across
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
    name = {"bold": True, "font_size": 11, "font_color": theme.WHITE, "bg_color": colour, "align": "center"}
    grid.text((row, first, row, last), translate(department.name), name)
    grid.text((row + 1, first, row + 2, last), translate(department.duties), {"font_size": 9, **edge})
    one_line = {"font_size": 9, "shrink": True, **edge, "text_wrap": False}
    fills = {**one_line, "font_color": theme.WARN}
    reads = {**one_line, "font_color": theme.GOOD, "bottom": 1, "bottom_color": colour}
    listed = [
        " · ".join(translate(sheet) for sheet in sheets) or "—" for sheets in (department.fills, department.reads)
    ]
    grid.text((row + 3, first, row + 3, last), translate("填：{sheets}", sheets=listed[0]), fills)
    grid.text((row + 4, first, row + 4, last), translate("看：{sheets}", sheets=listed[1]), reads)


def _add_flows(grid: GridBuilder, flows: Sequence[Flow], counts: Mapping[str, int]) -> None:
    translate = grid.data.translate
    grid.heading(_FLOWS, LEFT, RIGHT, translate("信息怎么走"))
    spans = [
        Span(translate("从"), 6, "centre"),
        Span("", 2, "centre"),
        Span(translate("到"), 6, "centre"),
        Span(translate("什么"), 7, "text"),
        Span(translate("期内数量"), 3, "count"),
    ]
    lines = [
        [translate(flow.source), "→", translate(flow.target), translate(flow.what), counts[flow.counted]]
        for flow in flows
    ]
    grid.table(_FLOWS + 1, LEFT, spans, lines)


ORGANISATION = Page(TITLE, organisation_page, place=40, needs=("orders",))
