"""The further pages between the details and the sources: how they follow each other, and what each is written from."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ...merge.result import Merged
from ...report.formulas.calc_sheet import CalculationSheet
from ...report.render.cells import ReportPage, SummaryReport
from ...schema.workbook import WorkbookSchema
from ...xlsx import theme
from ..metrics.results import Results
from . import (
    forecast,
    funnel,
    journey,
    loyalty,
    order_flow,
    organisation,
    performance,
    receivables,
    sales,
    satisfaction,
    todo,
)


class PageInputs(NamedTuple):
    """All that a page may be written from."""

    sheet: CalculationSheet
    results: Results
    merged: Merged
    schema: WorkbookSchema

    @property
    def tables(self) -> frozenset[str]:
        """The tables of the schema."""
        return frozenset(sheet.table for sheet in self.schema.sheets)


_PAGES: Mapping[str, Callable[[ReportPage, PageInputs], None]] = {
    sales.TITLE: lambda page, by: sales.write_analysis(page, by.results),
    funnel.TITLE: lambda page, by: funnel.write_funnel(page, by.sheet, by.results),
    journey.TITLE: lambda page, by: journey.write_journey(page, by.sheet, by.results),
    organisation.TITLE: lambda page, by: organisation.write_structure(page, by.results, by.merged, by.schema),
    order_flow.TITLE: lambda page, by: order_flow.write_flow(page, by.sheet, by.results),
    satisfaction.TITLE: lambda page, by: satisfaction.write_contentment(
        page, by.sheet, by.results, full="surveys" in by.tables
    ),
    loyalty.TITLE: lambda page, by: loyalty.write_loyalty(page, by.results),
    receivables.TITLE: lambda page, by: receivables.write_receivables(page, by.results),
    forecast.TITLE: lambda page, by: forecast.write_forecast(page, by.results),
    performance.TITLE: lambda page, by: performance.write_performance(page, by.results),
    todo.TITLE: lambda page, by: todo.write_todo(page, by.results),
}
"""In the order in which they stand."""
_ONLY_WITH: Mapping[str, str] = {
    funnel.TITLE: "opportunities",
    loyalty.TITLE: "loyalty",
    receivables.TITLE: "shipments",
}
"""What only the full edition can tell, and a sheet by which it is known."""


def titles(schema: WorkbookSchema) -> tuple[str, ...]:
    """Return the titles of the pages under this schema, in their order."""
    tables = {sheet.table for sheet in schema.sheets}
    return tuple(title for title in _PAGES if _ONLY_WITH.get(title, "orders") in tables)


def add_pages(report: SummaryReport, schema: WorkbookSchema) -> Mapping[str, ReportPage]:
    """Add the sheets where they are to stand; ``write_pages`` fills them once everything they name stands."""
    return {title: report.page(title, theme.SERIES[2]) for title in titles(schema)}


def write_pages(pages: Mapping[str, ReportPage], by: PageInputs) -> None:
    """Write them all."""
    for title, page in pages.items():
        _PAGES[title](page, by)
