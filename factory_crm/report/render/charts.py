"""Native charts in our palette and font, each told in words for those who cannot see it."""

from collections.abc import Callable, Mapping, Sequence
from types import MethodType
from typing import TYPE_CHECKING, Any

from ...xlsx import theme
from ...xlsx.theme import SERIES
from ..formulas.block import Block
from ..grid import ChartKind, GridChart
from .cells import SummaryReport

if TYPE_CHECKING:
    from ...xlsx.backend import Chart as NativeChart

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
BlockCells = Mapping[str, str]
"""Where the columns of the chart's block stand."""


def draw(report: SummaryReport, chart: GridChart, cells: BlockCells) -> "NativeChart":
    """Return the native chart."""
    return _KINDS[chart.kind](report, chart, cells)


def _chart(report: SummaryReport, kind: str, **more: str) -> "NativeChart":
    """Make a chart whose texts name the font for Chinese too; XlsxWriter names it for Latin letters only."""
    chart = report.workbook.add_chart({"type": kind, **more})
    chart._write_a_latin = MethodType(_both_fonts, chart)  # type: ignore[method-assign]  # noqa: SLF001 - see xlsx.backend
    return chart


def _both_fonts(chart: "NativeChart", attributes: Sequence[tuple[str, Any]]) -> None:
    chart._xml_empty_tag("a:latin", attributes)  # noqa: SLF001
    chart._xml_empty_tag("a:ea", attributes)  # noqa: SLF001


def _style(chart: "NativeChart", title: str, plot: tuple[float, float, float, float]) -> None:
    chart.set_title({"name": title, "name_font": _TITLE, "overlay": True, "layout": {"x": 0.02, "y": 0.03}})
    chart.set_chartarea({"border": {"color": theme.LINE}, "fill": {"color": theme.WHITE}})
    layout = dict(zip(("x", "y", "width", "height"), plot, strict=True))
    chart.set_plotarea({"fill": {"none": True}, "layout": layout})
    chart.set_legend({"none": True})


def _series(chart: GridChart, cells: BlockCells) -> dict[str, Any]:
    """Return what every series needs: its name, its categories, its values."""
    names = cells["name"] if "name" in cells else cells["label"]
    return {"name": chart.name or chart.title, "categories": "=" + names, "values": "=" + cells[chart.values]}


def _points(chart: GridChart) -> list[dict[str, Any]]:
    colours = chart.colours or (SERIES[0],)
    return [{"fill": {"color": colours[at % len(colours)]}} for at in range(chart.block.rows)]


def _combined(report: SummaryReport, chart: GridChart, cells: BlockCells) -> "NativeChart":
    """Columns, and a line on an axis of its own."""
    columns, line = _chart(report, "column"), _chart(report, "line")
    name, values = chart.line
    columns.add_series({**_series(chart, cells), "fill": {"color": SERIES[0]}, "gap": _gap(chart.block)})
    line.add_series({
        **_series(chart._replace(name=name, values=values), cells), "y2_axis": True, "line": {"color": SERIES[1], "width": 2.25},
        "marker": {"type": "circle", "size": 5, "fill": {"color": SERIES[1]}, "border": {"color": theme.WHITE}},
    })  # fmt: skip
    columns.combine(line)
    _style(columns, chart.title, (0.09, 0.2, 0.83, 0.66))
    columns.set_legend(
        {"position": "top", "font": _LABELS, "layout": {"x": 0.56, "y": 0.03, "width": 0.42, "height": 0.11}}
    )
    columns.set_x_axis({**_AXIS, **_BASE})
    columns.set_y_axis({**_AXIS, **_GRID, "num_format": "#,##0", "min": 0})
    line.set_y2_axis({**_AXIS, "num_format": "#,##0", "min": 0, "major_gridlines": {"visible": False}})
    return columns


def _bars(report: SummaryReport, chart: GridChart, cells: BlockCells) -> "NativeChart":
    """Horizontal bars in the order of the table, with their names left and their values right of them."""
    drawn, colours = _chart(report, "bar"), chart.colours or (SERIES[0],)
    drawn.add_series({**_series(chart, cells), "fill": {"color": colours[0]}, "gap": _gap(chart.block), "points": _points(chart),
                      "data_labels": {"value": True, "font": _LABELS, "num_format": chart.number_format}})  # fmt: skip
    start = _room_for(chart.block.values["name"], wide=chart.values == "amount")
    _style(drawn, chart.title, (start, 0.15, 0.86 - start, 0.81))
    drawn.set_x_axis({**_HIDDEN, "min": 0})  # of a bar chart the values', the y axis being the names'
    drawn.set_y_axis({**_AXIS, **_BASE, "reverse": True, "major_gridlines": {"visible": False}})
    return drawn


def _gap(block: Block) -> int:
    """The space between bars, in hundredths of one: few bars would else be walls."""
    return 55 if block.rows > _FEW else 300


def _room_for(names: Sequence[str], *, wide: bool) -> float:
    """The share of a chart's width that its names need."""
    longest = max((theme.pixels(name, 9) for name in names), default=0)
    return min(max((longest + 14) / (_WIDE if wide else _NARROW), 0.2), 0.46)


def _labelled(report: SummaryReport, chart: GridChart, cells: BlockCells) -> "NativeChart":
    """Columns in colours, each with its number."""
    drawn = _chart(report, "column")
    drawn.add_series({**_series(chart, cells), "gap": 50, "fill": {"color": SERIES[0]}, "points": _points(chart),
                      "data_labels": {"value": True, "font": _LABELS, "num_format": chart.number_format}})  # fmt: skip
    _style(drawn, chart.title, (0.05, 0.24, 0.9, 0.6))
    drawn.set_x_axis({**_AXIS, **_BASE})
    drawn.set_y_axis({**_HIDDEN, "min": 0})
    return drawn


def _columns(report: SummaryReport, chart: GridChart, cells: BlockCells) -> "NativeChart":
    """Columns without labels."""
    drawn = _chart(report, "column")
    drawn.add_series({**_series(chart, cells), "fill": {"color": SERIES[0]}, "gap": _gap(chart.block)})
    _style(drawn, chart.title, (0.14, 0.16, 0.83, 0.7))
    drawn.set_x_axis({**_AXIS, **_BASE})
    drawn.set_y_axis({**_AXIS, **_GRID, "num_format": chart.number_format, "min": 0})
    return drawn


def _funnel(report: SummaryReport, chart: GridChart, cells: BlockCells) -> "NativeChart":
    """Bars around a middle line, the widest on top; each stands on a white one (``pad``) that keeps it there."""
    drawn = _chart(report, "bar", subtype="stacked")
    drawn.add_series({"categories": "=" + cells["name"], "values": "=" + cells["pad"],
                      "fill": {"color": theme.WHITE}, "gap": 25})  # fmt: skip
    drawn.add_series({**_series(chart, cells), "fill": {"color": SERIES[0]},
                      "data_labels": {"value": True, "position": "inside_base", "font": {**_LABELS, "color": theme.WHITE}}})  # fmt: skip
    _style(drawn, chart.title, (0.2, 0.15, 0.76, 0.8))
    drawn.set_x_axis({**_HIDDEN, "min": 0, "max": max(chart.block.values[chart.values])})
    drawn.set_y_axis({**_AXIS, "reverse": True, "major_gridlines": {"visible": False}})
    return drawn


def _line(report: SummaryReport, chart: GridChart, cells: BlockCells) -> "NativeChart":
    """A line of ratings from 1 to 5, each with its number."""
    drawn = _chart(report, "line")
    drawn.add_series({**_series(chart, cells), "line": {"color": SERIES[0], "width": 2.5},
                      "marker": {"type": "circle", "size": 8, "fill": {"color": SERIES[0]}, "border": {"color": theme.WHITE}},
                      "data_labels": {"value": True, "position": "above", "font": _LABELS, "num_format": "0.00"}})  # fmt: skip
    _style(drawn, chart.title, (0.05, 0.2, 0.92, 0.64))
    drawn.set_x_axis({**_AXIS, **_BASE})
    drawn.set_y_axis({**_AXIS, **_GRID, "num_format": "0", "min": 1, "max": 5.5, "major_unit": 1})
    drawn.show_blanks_as("span")
    return drawn


def _trend(report: SummaryReport, chart: GridChart, cells: BlockCells) -> "NativeChart":
    """A tiny line without axes, for a card."""
    drawn = _chart(report, "line")
    drawn.add_series({**_series(chart, cells), "line": {"color": theme.BRAND_2, "width": 1.5}})
    drawn.set_title({"none": True})
    drawn.set_legend({"none": True})
    drawn.set_x_axis({"visible": False})
    drawn.set_y_axis(_HIDDEN)
    drawn.show_blanks_as("span")
    drawn.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    drawn.set_plotarea({"fill": {"none": True}, "layout": {"x": 0.02, "y": 0.12, "width": 0.94, "height": 0.76}})
    return drawn


_KINDS: Mapping[ChartKind, Callable[[SummaryReport, GridChart, BlockCells], "NativeChart"]] = {
    "bars": _bars, "columns": _columns, "labelled": _labelled, "line": _line, "combined": _combined, "funnel": _funnel, "trend": _trend,
}  # fmt: skip
