"""The cards at the top of 经营看板: a figure, its goal, its change, its trend; live where the details can say it."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...metrics.figure import FigureResult
from ...metrics.window import Comparison
from ...report.data import LiveValue, ReportData
from ...report.format import cell_value, change_in_words, figure_format, figure_title, goal_in_words, money_unit
from ...report.formulas.block import Block
from ...report.formulas.cached import Criterion, is_, ratio
from ...report.formulas.period import within
from ...report.grid import COLUMN_PIXELS, Box, GridBuilder, GridChart, TrendLine
from ...report.looks import Style
from ...report.values import INSUFFICIENT, CachedFormula, rounded
from ...xlsx import theme
from ..metrics.satisfaction import FEW_RATINGS
from .chart_data import complaint, details, is_live
from .helper_columns import COUNTED, DAY, DUE, FIRST, ON_TIME, OPEN

FIRST_ROW: Mapping[str, str] = {"amount": "shown", "orders": "orders", "order_value": "order_value", "on_time_rate": "on_time",
                             "mean_score": "score", "complaints": "complaints"}  # fmt: skip
"""The cards of the first row and the column of their trend."""
SECOND_ROW = ("buyers", "repeat_rate", "churn_rate", "response_rate", "csat", "open_complaints")
"""The cards of the second row."""
CARDS_A_ROW, CARD_COLUMNS = 6, 4
_INKS = {"good": theme.GOOD, "bad": theme.BAD, "none": theme.MUTED}
_LEAST_POINTS = 2
_TREND_PIXELS = (CARD_COLUMNS * COLUMN_PIXELS - 20, 24)


def live_figures(data: ReportData) -> dict[str, LiveValue]:
    """Return the values of the cards' figures: formulas where they come to the figure, else the figure itself."""
    values: dict[str, LiveValue] = {name: cell_value(result) for name, result in data.results.figures.items()}
    if data.results.as_of is None or not is_live(data):
        return values
    for name, live in _lives(data).items():
        result = data.results.figures.get(name)
        if result is not None:
            values[name] = _agreed(data, live, result)
    return values


def _agreed(data: ReportData, live: CachedFormula | None, result: FigureResult) -> LiveValue:
    name, value = result.figure.name, result.value
    if result.figure.unit == "元":
        agreed = data.formula_if_equal(name, live, None if value is None else value / 100)
        return money_unit(result).live(agreed) if isinstance(agreed, CachedFormula) else cell_value(result)
    if name == "mean_score":
        value = None if value is None else rounded(value, 2)
        agreed = data.formula_if_equal(name, live, value)
        return agreed if live is not None else cell_value(result)
    return data.formula_if_equal(name, live, value)


def _lives(data: ReportData) -> dict[str, CachedFormula | None]:
    """The formulas of figures; None where there is nothing to divide by."""
    orders, services, feedbacks = details(data)
    complaints, day, due = complaint(data), within(data, DAY), within(data, DUE)
    satisfied_from = data.results.settings.csat_from
    amount, count = orders.total("amount", *day), orders.total(FIRST, *day)
    rated = (*day, Criterion("score", ">=", 1, "1"))
    good = (*day, Criterion("score", ">=", satisfied_from, str(satisfied_from)))
    return {
        "amount": amount,
        "orders": count,
        "order_value": ratio(amount, count, 2),
        "on_time_rate": ratio(orders.total(ON_TIME, *due), orders.count(*due, Criterion(ON_TIME, ">=", 0, "0"))),
        "mean_score": ratio(feedbacks.total("score", *rated), feedbacks.count(*rated), 2),
        "csat": ratio(feedbacks.count(*good), feedbacks.count(*rated)),
        "complaints": services.count(complaints, *day),
        "open_complaints": services.count(complaints, is_(COUNTED, 1), is_(OPEN, 1)),
    }


def add_cards(grid: GridBuilder, row: int, first: int, names: Sequence[str], months: Block | None) -> None:
    """Add a row of cards; ``months`` are the monthly series their trends are drawn from, if they have any."""
    data = grid.data
    for at, name in enumerate(names[:CARDS_A_ROW]):
        result, column = data.results.figures[name], first + at * CARD_COLUMNS
        _add_card(grid, row, column, result, data.live_figures[name], data.results.compared)
        if months is not None:
            _add_trend(grid, row + 3, column, result, months)


_INSIDE: dict[str, Any] = {
    "bg_color": theme.WHITE,
    "align": "left",
    "indent": 1,
    "left": 5,
    "left_color": theme.BRAND_2,
}


def _add_card(
    grid: GridBuilder, row: int, column: int, result: FigureResult, value: LiveValue, compared: Comparison | None
) -> None:
    translate, language, few = grid.data.translate, grid.data.language, result.note == FEW_RATINGS
    goal, (change, trend) = goal_in_words(result, language), change_in_words(result, compared, language)

    def line(below: int, value: Any, style: Style, first: int = 0, last: int = CARD_COLUMNS - 1) -> None:
        box: Box = (row + below, column + first, row + below, column + last)
        grid.text(box, value, style)

    line(0, figure_title(result, language), {"font_size": 9, "font_color": theme.MUTED, **_INSIDE})
    last = CARD_COLUMNS - 1 if not goal else 1
    if value is None:
        line(1, translate(INSUFFICIENT), {"font_size": 14, "font_color": theme.FAINT, **_INSIDE}, 0, last)
    else:
        ink = theme.FAINT if few else theme.INK
        line(1, value, {"bold": True, "font_size": 20, "font_color": ink, "num_format": figure_format(result), **_INSIDE}, 0, last)  # fmt: skip
    if goal:
        ink = theme.MUTED if result.value is None else theme.GOOD if goal.endswith("√") else theme.BAD
        line(1, goal, {"font_size": 9, "bold": True, "font_color": ink, "bg_color": theme.WHITE, "align": "right", "indent": 1}, 2)  # fmt: skip
    line(2, translate(result.note) if few else change, {"font_size": 9, "font_color": _INKS[trend], **_INSIDE})


def _add_trend(grid: GridBuilder, row: int, column: int, result: FigureResult, months: Block) -> None:
    translate, values = grid.data.translate, FIRST_ROW[result.figure.name]
    style = {"left": 5, "left_color": theme.BRAND_2, "bg_color": theme.WHITE}
    grid.text((row, column, row, column + CARD_COLUMNS - 1), None, style)
    if months.points(values) < _LEAST_POINTS:
        return
    chart = GridChart("trend", months, translate(result.figure.title), values)
    description = translate("{title}：最近 {months} 个月的走势", title=result.figure.title, months=months.rows)
    grid.add(TrendLine(row, column, _TREND_PIXELS, chart, description))
