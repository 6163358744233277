"""The figures and the summary of a merge, of whatever trade its schema is."""

from collections.abc import Sequence
from typing import Any

from ..merge.result import MergeResult
from ..metrics.figure import Figure
from ..metrics.results import PlainSettings, Results
from ..metrics.results import compute as compute_registry
from ..metrics.snapshot import Inputs, Registry
from ..schema.workbook import WorkbookSchema


def is_customer_workbook(schema: WorkbookSchema) -> bool:
    """Whether it has every sheet of the customer workbook, whatever else it has: then that trade's figures apply."""
    from ..crm import schema as standard

    return {sheet.table for sheet in standard().sheets} <= {sheet.table for sheet in schema.sheets}


def compute(schema: WorkbookSchema, result: MergeResult, figures: Sequence[Figure[Any]]) -> Results:
    """Return the figures and tables of the schema's trade, where it has one, and the given figures after them."""
    sheets = {sheet.table: sheet for sheet in schema.sheets}
    if not is_customer_workbook(schema):
        registry: Registry[Any] = Registry(tuple(figures))
        settings = schema.extension(PlainSettings)
        given = Inputs(result.tables, sheets, settings, registry, calendar=schema.calendar, origins=result.origins)
        return compute_registry(given, result.as_of)
    from ..crm.metrics.registry import REGISTRY, sheets_of
    from ..crm.metrics.registry import compute as compute_trade
    from ..crm.settings import SalesTargets, Settings

    return compute_trade(
        result.tables,
        result.as_of,
        schema.extension(Settings),
        calendar=schema.calendar,
        plan=schema.extension(SalesTargets).months,
        origins=result.origins,
        registry=REGISTRY.extended(figures),
        sheets=sheets_of(schema),
    )
