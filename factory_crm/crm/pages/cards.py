"""The cards at the top of 经营看板: a figure, its goal, its change, its trend; live where the details can say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...metrics.figure import MetricResult
from ...metrics.window import Comparison
from ...report.format import cell_value, change_in_words, goal_in_words, metric_format, metric_title, money_unit
from ...report.formulas.cached import Criterion, SheetTable, formula_if_equal, is_, ratio
from ...report.formulas.calc_sheet import Block, CalculationSheet
from ...report.render.cells import INSUFFICIENT, CachedFormula, ReportPage, rounded
from ...report.render.charts import trend
from ...xlsx import theme
from ...xlsx.formula import quote_text
from ..metrics.results import Results
from ..metrics.satisfaction import FEW_RATINGS
from .helper_columns import COMPLAINT, COUNTED, DAY, DUE, FIRST, ON_TIME, OPEN

TRENDS: Mapping[str, str] = {"amount": "shown", "orders": "orders", "order_value": "order_value", "on_time_rate": "on_time",
                             "mean_score": "score", "complaints": "complaints"}  # fmt: skip
"""The cards of the first row and the column of their trend."""
PLAIN = ("buyers", "repeat_rate", "churn_rate", "response_rate", "csat", "open_complaints")
"""The cards of the second row."""
CARDS, CARD_COLUMNS = 6, 4
_INKS = {"good": theme.GOOD, "bad": theme.BAD, "none": theme.MUTED}
_LEAST_POINTS = 2


@dataclass(frozen=True)
class CardPosition:
    """Where a card stands: the row of its label and its first column, counted from 0."""

    row: int
    column: int

    def box(self, below: int, first: int = 0, last: int = CARD_COLUMNS - 1) -> tuple[int, int, int, int]:
        """Return the cells of one of its lines."""
        return self.row + below, self.column + first, self.row + below, self.column + last


def live_figures(sheet: CalculationSheet, results: Results) -> dict[str, CachedFormula | float | None]:
    """Return the values of the cards' figures: formulas where they come to the figure, else the figure itself."""
    found: dict[str, CachedFormula | float | None] = {
        name: cell_value(figure) for name, figure in results.figures.items()
    }
    if sheet.end is None or not sheet.live:
        return found
    for name, live in _lives(sheet, sheet.details).items():
        figure = results.figures.get(name)
        if figure is not None and live is not None:
            found[name] = _agreed(live, figure)
    return found


def _agreed(live: CachedFormula, figure: MetricResult) -> CachedFormula | float | None:
    if figure.metric.unit == "元":
        told = None if figure.value is None else figure.value / 100
        agreed = formula_if_equal(live, told)
        return money_unit(figure).live(agreed) if isinstance(agreed, CachedFormula) else cell_value(figure)
    if figure.metric.name == "mean_score":
        return formula_if_equal(live, None if figure.value is None else rounded(figure.value, 2))
    return formula_if_equal(live, figure.value)


def _lives(sheet: CalculationSheet, details: Mapping[str, SheetTable]) -> dict[str, CachedFormula | None]:
    orders, services, feedbacks = (details[table] for table in ("orders", "services", "feedbacks"))
    complaint = is_("event", COMPLAINT, quote_text(sheet.report.translate(COMPLAINT)))
    amount, count = orders.total("amount", *sheet.within(DAY)), orders.total(FIRST, *sheet.within(DAY))
    due = sheet.within(DUE)
    rated = (*sheet.within(DAY), Criterion("score", ">=", 1, "1"))
    good = (*sheet.within(DAY), Criterion("score", ">=", sheet.satisfied, str(sheet.satisfied)))
    return {
        "amount": amount,
        "orders": count,
        "order_value": ratio(amount, count, 2),
        "on_time_rate": ratio(orders.total(ON_TIME, *due), orders.count(*due, Criterion(ON_TIME, ">=", 0, "0"))),
        "mean_score": ratio(feedbacks.total("score", *rated), feedbacks.count(*rated), 2),
        "csat": ratio(feedbacks.count(*good), feedbacks.count(*rated)),
        "complaints": services.count(complaint, *sheet.within(DAY)),
        "open_complaints": services.count(complaint, is_(COUNTED, 1), is_(OPEN, 1)),
    }


def write_cards(page: ReportPage, spots: Sequence[CardPosition], names: Sequence[str], results: Results,
                values: Mapping[str, CachedFormula | float | None], months: Block | None) -> None:  # fmt: skip
    """Write a row of cards; ``months`` are the monthly series their trends are drawn from, if they have any."""
    for spot, name in zip(spots, names, strict=False):
        figure = results.figures[name]
        _write_card(page, spot, figure, values[name], results.compared)
        if months is not None:
            _write_trend(page, spot, figure, months)


_INSIDE: dict[str, Any] = {
    "bg_color": theme.WHITE,
    "align": "left",
    "indent": 1,
    "left": 5,
    "left_color": theme.BRAND_2,
}


def _write_card(
    page: ReportPage,
    spot: CardPosition,
    figure: MetricResult,
    value: CachedFormula | float | None,
    compared: Comparison | None,
) -> None:
    report = page.report
    page.merged(
        spot.box(0), metric_title(figure, report.language), report.style(font_size=9, font_color=theme.MUTED, **_INSIDE)
    )
    goal, standing = goal_in_words(figure, report.language), change_in_words(figure, compared, report.language)
    last = CARD_COLUMNS - 1 if not goal else 1
    if value is None:
        style = report.style(font_size=14, font_color=theme.FAINT, **_INSIDE)
        page.merged(spot.box(1, 0, last), report.translate(INSUFFICIENT), style)
    else:
        ink = theme.FAINT if figure.note == FEW_RATINGS else theme.INK
        style = report.style(bold=True, font_size=20, font_color=ink, num_format=metric_format(figure), **_INSIDE)
        page.merged(spot.box(1, 0, last), value, style)
    if goal:
        ink = theme.MUTED if figure.value is None else theme.GOOD if goal.endswith("√") else theme.BAD
        page.merged(
            spot.box(1, 2),
            goal,
            report.style(font_size=9, bold=True, font_color=ink, bg_color=theme.WHITE, align="right", indent=1),
        )
    told = report.translate(figure.note) if figure.note == FEW_RATINGS else standing[0]
    page.merged(spot.box(2), told, report.style(font_size=9, font_color=_INKS[standing[1]], **_INSIDE))


def _write_trend(page: ReportPage, spot: CardPosition, figure: MetricResult, months: Block) -> None:
    report, column = page.report, TRENDS[figure.metric.name]
    style = report.style(left=5, left_color=theme.BRAND_2, bg_color=theme.WHITE)
    page.merged(spot.box(3), None, style)
    if months.points(column) < _LEAST_POINTS:
        return
    chart = trend(report, months, column, report.translate(figure.metric.title))
    chart.set_size({"width": CARD_COLUMNS * 48 - 20, "height": 24})
    told = report.translate("{title}：最近 {months} 个月的走势", title=figure.metric.title, months=months.rows)
    page.sheet.insert_chart(
        spot.row + 3, spot.column, chart, {"x_offset": 10, "object_position": 1, "description": told}
    )
