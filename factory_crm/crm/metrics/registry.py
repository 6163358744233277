"""Every figure and table of the customer workbook, in the order they are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from ...merge.record import Origin
from ...metrics import results, window
from ...metrics.frames import Frame
from ...metrics.snapshot import Inputs, Registry, TargetPlan
from ...schema.calendar import Calendar
from ...schema.cover import Cover
from ...schema.model import Sheet
from ...schema.workbook import WorkbookSchema
from ..settings import Settings
from ..sheets import SHEETS as FULL
from . import (
    breakdowns,
    clv,
    customers,
    delivery,
    demand,
    feedback,
    journey,
    lifecycle,
    loyalty,
    months,
    order_flow,
    people,
    pipeline,
    quality,
    ratings,
    receivables,
    reminders,
    rfm,
    sales,
    satisfaction,
    segments,
    service,
    sla,
    timeline,
    value,
)
from .facts import TIMES, Snapshot, first_events

FIGURES = (
    *sales.FIGURES,
    *lifecycle.FIGURES,
    *rfm.FIGURES,
    *value.FIGURES,
    *delivery.FIGURES,
    *service.FIGURES,
    *satisfaction.FIGURES,
    *customers.FIGURES,
    *clv.FIGURES,
    *segments.FIGURES,
    *order_flow.FIGURES,
    *sla.FIGURES,
    *feedback.FIGURES,
    *pipeline.FIGURES,
    *receivables.FIGURES,
    *loyalty.FIGURES,
    *demand.FIGURES,
    *quality.FIGURES,
)
TABLES = (
    *months.TABLES,
    *sales.TABLES,
    *customers.TABLES,
    *breakdowns.TABLES,
    *segments.TABLES,
    *people.TABLES,
    *sla.TABLES,
    *order_flow.TABLES,
    *feedback.TABLES,
    *ratings.TABLES,
    *pipeline.TABLES,
    *receivables.TABLES,
    *loyalty.TABLES,
    *demand.TABLES,
    *reminders.TABLES,
    *journey.TABLES,
    *timeline.TABLES,
    *quality.TABLES,
)
REGISTRY: Registry[Settings] = Registry(FIGURES, TABLES)
_EVERY: tuple[type[Sheet], ...] = (*FULL, Cover)
SHEETS: Mapping[str, type[Sheet]] = {sheet.table: sheet for sheet in _EVERY}
"""Every sheet that figures ask for; the columns that a basic workbook lacks are blank."""


def sheets_of(schema: WorkbookSchema) -> Mapping[str, type[Sheet]]:
    """Return every sheet that figures of a schema may ask for: ours with the columns the schema adds, and its own."""
    own = {sheet.table: sheet for sheet in schema.sheets}
    return {**own, **{table: _with_columns_of(own.get(table), sheet) for table, sheet in SHEETS.items()}}


def _with_columns_of(own: type[Sheet] | None, ours: type[Sheet]) -> type[Sheet]:
    added = {} if own is None else {c.name: c.declared() for c in own.columns if c.name not in ours.record_layout.index}
    return ours.with_fields({**{c.name: c.declared() for c in ours.columns}, **added}) if added else ours


def compute(  # noqa: PLR0913 - each is a fact of its own
    tables: Mapping[str, Frame],
    as_of: date | None,
    settings: Settings | None = None,
    *,
    calendar: Calendar | None = None,
    plan: TargetPlan | None = None,
    origins: Sequence[Origin] = (),
    registry: Registry[Settings] = REGISTRY,
    sheets: Mapping[str, type[Sheet]] = SHEETS,
) -> results.Results:
    """Return every figure and table as of the end of that day; nothing but 数据不足 where there is no such day.

    ``calendar``: working hours, else natural ones · ``plan``: targets in fen by owner (empty for everyone) and month,
    beside those of 销售目标 · ``origins``: the files, for the quality of the data · ``registry``, ``sheets``: where a
    factory has figures or sheets of its own.
    """
    chosen = settings or Settings()
    given = Inputs(tables, sheets, chosen, registry, TIMES, calendar=calendar, targets=plan or {}, origins=origins)
    if as_of is not None and chosen.adaptive:
        now = Snapshot(given, window.window_to(as_of, chosen.window_months))
        given = replace(given, settings=clv.adaptive_thresholds(now))
    return results.compute(given, as_of, first_events)
