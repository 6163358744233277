"""Native charts in our palette and font, each told in words for those who cannot see it."""

from collections.abc import Sequence
from types import MethodType
from typing import Any

from ...xlsx import theme
from ...xlsx.theme import SERIES
from ..formulas.calc_sheet import Block
from .cells import SummaryReport

RATING_RAMP = ("#0B6B3A", "#4C9F70", "#A7ADB8", "#E8974E", "#B3261E")
"""From 5 to 1."""
STAGE_COLOURS = ("#A7ADB8", "#1D70B8", "#0B6B3A", "#E8974E", "#B3261E", "#6F777B")
_LABELS = {"name": theme.FONT, "size": 9, "color": theme.MUTED}
_TITLE = {"name": theme.FONT, "size": 11, "bold": True, "color": theme.INK}
_AXIS: dict[str, Any] = {
    "line": {"none": True},
    "major_tick_mark": "none",
    "minor_tick_mark": "none",
    "num_font": _LABELS,
}
_BASE = {"line": {"color": theme.LINE}}
_GRID = {"major_gridlines": {"visible": True, "line": {"color": theme.GRID, "width": 0.75}}}
_FEW = 3
_WIDE, _NARROW = 576, 288
"""Pixels of the charts of the two rows."""
_HIDDEN = {"visible": False, "major_gridlines": {"visible": False}}


def _chart(report: SummaryReport, kind: str, **more: str) -> Any:
    """Make a chart whose texts name the font for Chinese too; XlsxWriter names it for Latin letters only."""
    chart = report.workbook.add_chart({"type": kind, **more})
    chart._write_a_latin = MethodType(_both_fonts, chart)  # type: ignore[method-assign]  # noqa: SLF001 - see xlsx.backend
    return chart


def _both_fonts(chart: Any, attributes: Any) -> None:
    chart._xml_empty_tag("a:latin", attributes)  # noqa: SLF001
    chart._xml_empty_tag("a:ea", attributes)  # noqa: SLF001


def _style(chart: Any, title: str, plot: tuple[float, float, float, float]) -> None:
    chart.set_title({"name": title, "name_font": _TITLE, "overlay": True, "layout": {"x": 0.02, "y": 0.03}})
    chart.set_chartarea({"border": {"color": theme.LINE}, "fill": {"color": theme.WHITE}})
    layout = dict(zip(("x", "y", "width", "height"), plot, strict=True))
    chart.set_plotarea({"fill": {"none": True}, "layout": layout})
    chart.set_legend({"none": True})


def monthly(report: SummaryReport, block: Block, unit: str) -> Any:
    """Return columns of amounts and a line of orders, by month."""
    translate = report.translate
    columns, line = _chart(report, "column"), _chart(report, "line")
    columns.add_series({"name": translate("金额（{unit}）", unit=unit), "categories": "=" + block.cells["label"],
                        "values": "=" + block.cells["shown"], "fill": {"color": SERIES[0]}, "gap": _gap(block)})  # fmt: skip
    line.add_series({
        "name": translate("订单数"), "categories": "=" + block.cells["label"], "values": "=" + block.cells["orders"], "y2_axis": True,
        "line": {"color": SERIES[1], "width": 2.25},
        "marker": {"type": "circle", "size": 5, "fill": {"color": SERIES[1]}, "border": {"color": theme.WHITE}},
    })  # fmt: skip
    columns.combine(line)
    _style(columns, translate("每月销售额与订单数"), (0.09, 0.2, 0.83, 0.66))
    columns.set_legend(
        {"position": "top", "font": _LABELS, "layout": {"x": 0.56, "y": 0.03, "width": 0.42, "height": 0.11}}
    )
    columns.set_x_axis({**_AXIS, **_BASE})
    columns.set_y_axis({**_AXIS, **_GRID, "num_format": "#,##0", "min": 0})
    line.set_y2_axis({**_AXIS, "num_format": "#,##0", "min": 0, "major_gridlines": {"visible": False}})
    return columns


def ranking(report: SummaryReport, block: Block, title: str, number_format: str) -> Any:
    """Return bars of amounts, the largest on top."""
    return _bars(report, block, title, "amount", number_format)


def stages(report: SummaryReport, block: Block, title: str) -> Any:
    """Return bars of customers by stage of life, each in its colour."""
    return _bars(report, block, title, "count", colours=STAGE_COLOURS)


def issues(report: SummaryReport, block: Block, title: str) -> Any:
    """Return bars of complaints by what they are about."""
    return _bars(report, block, title, "count", colours=(SERIES[1],))


def states(report: SummaryReport, block: Block, title: str) -> Any:
    """Return bars of orders by the step they are at."""
    return _bars(report, block, title, "count", colours=(SERIES[2],))


def _bars(report: SummaryReport, block: Block, title: str, values: str, number_format: str = "#,##0", *,
          colours: Sequence[str] = (SERIES[0],)) -> Any:  # fmt: skip
    """Horizontal bars in the order of the table, with their names left and their values right of them."""
    chart = _chart(report, "bar")
    points = [{"fill": {"color": colours[at % len(colours)]}} for at in range(block.rows)]
    chart.add_series({"name": title, "categories": "=" + block.cells["name"], "values": "=" + block.cells[values],
                      "fill": {"color": colours[0]}, "gap": _gap(block), "points": points,
                      "data_labels": {"value": True, "font": _LABELS, "num_format": number_format}})  # fmt: skip
    start = _room_for(block.values["name"], wide=values == "amount")
    _style(chart, title, (start, 0.15, 0.86 - start, 0.81))
    chart.set_x_axis({**_HIDDEN, "min": 0})  # of a bar chart the values', the y axis being the names'
    chart.set_y_axis({**_AXIS, **_BASE, "reverse": True, "major_gridlines": {"visible": False}})
    return chart


def _gap(block: Block) -> int:
    """The space between bars, in hundredths of one: few bars would else be walls."""
    return 55 if block.rows > _FEW else 300


def _room_for(names: Sequence[str], *, wide: bool) -> float:
    """The share of a chart's width that its names need."""
    longest = max((theme.pixels(name, 9) for name in names), default=0)
    return min(max((longest + 14) / (_WIDE if wide else _NARROW), 0.2), 0.46)


def ratings(report: SummaryReport, block: Block, title: str) -> Any:
    """Return columns of how often each rating was given, best first."""
    chart = _chart(report, "column")
    points = [{"fill": {"color": RATING_RAMP[at % len(RATING_RAMP)]}} for at in range(block.rows)]
    chart.add_series({"name": title, "categories": "=" + block.cells["name"], "values": "=" + block.cells["count"], "gap": 50,
                      "fill": {"color": SERIES[0]}, "points": points,
                      "data_labels": {"value": True, "font": _LABELS, "num_format": "#,##0"}})  # fmt: skip
    _style(chart, title, (0.05, 0.24, 0.9, 0.6))
    chart.set_x_axis({**_AXIS, **_BASE})
    chart.set_y_axis({**_HIDDEN, "min": 0})
    return chart


def columns(report: SummaryReport, block: Block, title: str, values: str, number_format: str = "#,##0") -> Any:
    """Return columns over the rows of a table, without labels."""
    chart = _chart(report, "column")
    chart.add_series({"name": title, "categories": "=" + block.cells["label"], "values": "=" + block.cells[values],
                      "fill": {"color": SERIES[0]}, "gap": _gap(block)})  # fmt: skip
    _style(chart, title, (0.14, 0.16, 0.83, 0.7))
    chart.set_x_axis({**_AXIS, **_BASE})
    chart.set_y_axis({**_AXIS, **_GRID, "num_format": number_format, "min": 0})
    return chart


def funnel(report: SummaryReport, block: Block, title: str) -> Any:
    """Return bars around a middle line, the widest on top; each stands on a white one that keeps it there."""
    chart = _chart(report, "bar", subtype="stacked")
    chart.add_series({"categories": "=" + block.cells["name"], "values": "=" + block.cells["pad"],
                      "fill": {"color": theme.WHITE}, "gap": 25})  # fmt: skip
    chart.add_series({"name": title, "categories": "=" + block.cells["name"], "values": "=" + block.cells["count"],
                      "fill": {"color": SERIES[0]},
                      "data_labels": {"value": True, "position": "inside_base", "font": {**_LABELS, "color": theme.WHITE}}})  # fmt: skip
    _style(chart, title, (0.2, 0.15, 0.76, 0.8))
    chart.set_x_axis({**_HIDDEN, "min": 0, "max": max(block.values["count"])})
    chart.set_y_axis({**_AXIS, "reverse": True, "major_gridlines": {"visible": False}})
    return chart


def counts(report: SummaryReport, block: Block, title: str) -> Any:
    """Return columns of how many there were in each month."""
    return columns(report, block, title, "count")


def mood(report: SummaryReport, block: Block, title: str) -> Any:
    """Return a line of ratings from 1 to 5 over stages, each with its number."""
    chart = _chart(report, "line")
    chart.add_series({"name": title, "categories": "=" + block.cells["label"], "values": "=" + block.cells["score"],
                      "line": {"color": SERIES[0], "width": 2.5},
                      "marker": {"type": "circle", "size": 8, "fill": {"color": SERIES[0]}, "border": {"color": theme.WHITE}},
                      "data_labels": {"value": True, "position": "above", "font": _LABELS, "num_format": "0.00"}})  # fmt: skip
    _style(chart, title, (0.05, 0.2, 0.92, 0.64))
    chart.set_x_axis({**_AXIS, **_BASE})
    chart.set_y_axis({**_AXIS, **_GRID, "num_format": "0", "min": 1, "max": 5.5, "major_unit": 1})
    chart.show_blanks_as("span")
    return chart


def trend(report: SummaryReport, block: Block, column: str, name: str) -> Any:
    """Return a tiny line without axes, for a card."""
    chart = _chart(report, "line")
    chart.add_series({"name": name, "categories": "=" + block.cells["label"], "values": "=" + block.cells[column],
                      "line": {"color": theme.BRAND_2, "width": 1.5}})  # fmt: skip
    chart.set_title({"none": True})
    chart.set_legend({"none": True})
    chart.set_x_axis({"visible": False})
    chart.set_y_axis(_HIDDEN)
    chart.show_blanks_as("span")
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"fill": {"none": True}, "layout": {"x": 0.02, "y": 0.12, "width": 0.94, "height": 0.76}})
    return chart
