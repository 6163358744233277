"""The period of the report in formulas: two cells of the hidden calculation sheet."""

from datetime import timedelta

from ...xlsx import theme
from ..data import ReportData
from ..page import Calculation, Page
from .cached import Criterion, between

TITLE = "计算"
LIVE_ROWS = 100_000
"""Beyond so many rows of a detail sheet a workbook full of formulas would open too slowly."""
_START_CELL, _END_CELL = "$B$2", "$B$3"

CALCULATION = Page(TITLE, Calculation(dates=True), place=90, tab=theme.SERIES[5], hidden=True)
"""The hidden sheet that charts and formulas look at."""


def within(data: ReportData, column: str) -> tuple[Criterion, ...]:
    """Return the conditions that a day falls in the period of the report."""
    results = data.results
    if results.start is None or results.as_of is None:
        return ()
    cells = (data.reference(TITLE, _START_CELL), data.reference(TITLE, _END_CELL))
    return between(column, results.start, results.as_of + timedelta(days=1), cells)
