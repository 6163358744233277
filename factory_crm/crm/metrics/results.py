"""Every figure and every table of a report, from the merged tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import narwhals.stable.v2 as nw
import pandas as pd

from ...merge.record import Origin
from ...metrics import window as windows
from ...metrics.columns import CompleteTables, with_all_columns
from ...metrics.snapshot import Snapshot, Tables, snapshot_of
from ...metrics.window import Comparison, Window
from ...schema.calendar import Calendar
from . import breakdowns, clv, customers, delivery, further, lifecycle, months, rfm, sales, satisfaction, service, value
from .figures import METRICS, RATES, Metric, MetricResult, MetricValue
from .segments import TargetPlan
from .settings import Settings

_DATES = {
    "orders": ("ordered_on", "shipped_on", "received_on"),
    "services": ("received_at", "responded_at", "closed_at"),
    "feedbacks": ("given_on",),
}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "months": months.COLUMNS,
    "products": ("product", "orders", "amount_fen", "quantity_4"),
    "customers": customers.COLUMNS,
    "lifecycle": ("stage", "customers"),
    "value_classes": ("value_class", "customers", "amount_fen"),
    "rfm_classes": ("rfm_class", "customers", "amount_fen"),
    "scores": ("score", "count"),
    "issues": ("issue", "complaints"),
    "events": ("event", "count", "closed", "open"),
    "status": ("status", "orders"),
    "regions": ("region", "orders", "amount_fen"),
    **further.COLUMNS,
}
"""The tables of ``Results.frames`` and their columns."""


@dataclass(frozen=True)
class Results:
    """What a report is written from. Money is in fen everywhere."""

    as_of: date | None
    start: date | None
    """First day of the period, which ends with ``as_of``; None where there is no event."""
    first_event: date | None
    figures: Mapping[str, MetricResult]
    """One for each of ``METRICS``."""
    frames: Mapping[str, pd.DataFrame]
    """As ``COLUMNS`` says."""
    compared: Comparison | None = None
    """The periods of each figure's ``recent`` and ``before``; None where the data reach back to no earlier one."""
    settings: Settings = field(default_factory=Settings)


def compute(
    tables: Tables,
    as_of: date | None,
    settings: Settings | None = None,
    *,
    calendar: Calendar | None = None,
    plan: TargetPlan | None = None,
    origins: Sequence[Origin] = (),
) -> Results:
    """Return every figure and table as of the end of that day; nothing but 数据不足 where there is no such day.

    ``calendar``: working hours, else natural ones · ``plan``: targets in fen by owner (empty for everyone) and month,
    beside those of 销售目标 · ``origins``: the files, for the quality of the data.
    """
    settings = settings or Settings()
    if as_of is None:
        return _nothing(settings)
    window = windows.window_to(as_of, settings.window_months)
    whole = with_all_columns(tables)
    now = snapshot_of(whole, window.end, calendar)
    settings = clv.adaptive_thresholds(now, settings)
    begun = _begun(now)
    found = core_metrics(now, window, settings)
    first_event = min(begun.values(), default=None)
    compared = _comparison(as_of, first_event, settings)
    recent, before = _past(whole, calendar, compared, (window, found), begun, settings)
    frames = _frames(now, window, first_event, settings)
    handed_in = further.FurtherInputs(tables, plan or {}, origins)
    frames |= further.further_frames(now, window, settings, frames["customers"], handed_in)
    found |= further.current(now, frames, handed_in)
    figures = {
        name: _figure(metric, found[name], recent.get(name), before.get(name), settings)
        for name, metric in METRICS.items()
    }
    return Results(as_of, window.start, first_event, figures, frames, compared, settings)


def core_metrics(facts: Snapshot, window: Window, settings: Settings) -> dict[str, MetricValue]:
    """Return what every theme finds in one period, by the names of ``METRICS``; ``further.current`` has the rest."""
    lost = lifecycle.churn(facts, window, settings)
    return {
        **sales.sales(facts, window),
        **lifecycle.lifecycle(facts, window, settings),
        **lost,
        **lifecycle.repeat(facts, window),
        **rfm.rfm(facts, window, settings),
        **value.value(facts, window, settings),
        **delivery.on_time(facts, window, settings),
        **delivery.lead_times(facts, window),
        **service.response(facts, window, settings),
        **service.resolution(facts, window, settings),
        **service.resolved_in_time(facts, window, settings),
        **service.first_contact(facts, window, settings),
        **service.complaints(facts, window),
        **satisfaction.satisfaction(facts, window, settings),
        **clv.clv(facts, window, lost["churn_rate"], settings),
        **further.further_metrics(facts, window, settings),
    }


def _frames(now: Snapshot, window: Window, first_event: date | None, settings: Settings) -> dict[str, pd.DataFrame]:
    everyone = customers.customers(now, window, settings)
    shown = months.span(Window(first_event or window.as_of, window.end), settings.months_shown)
    return {
        "months": months.months(now, shown, settings),
        "products": sales.by_product(now, window),
        "customers": everyone,
        "lifecycle": customers.by_stage(everyone),
        "value_classes": customers.by_class(everyone, "value_class", value.CLASSES),
        "rfm_classes": customers.by_class(everyone, "rfm_class", rfm.SHOWN),
        "scores": breakdowns.by_score(now, window),
        "issues": breakdowns.by_issue(now, window),
        "events": breakdowns.by_event(now, window),
        "status": breakdowns.by_status(now),
        "regions": sales.by_region(now, window),
    }


def _begun(now: Snapshot) -> dict[str, date]:
    """The first event of each table that has one."""
    frames = {"orders": now.lines, "services": now.services, "feedbacks": now.feedbacks}
    found: dict[str, date] = {}
    for table, names in _DATES.items():
        first = frames[table].select(*(nw.col(name).min() for name in names)).collect(backend="pandas").to_native()
        days = [pd.Timestamp(moment).date() for moment in first.iloc[0] if not pd.isna(moment)]
        if days:
            found[table] = min(days)
    return found


def _comparison(as_of: date, first_event: date | None, settings: Settings) -> Comparison | None:
    """The best of the comparisons that the data reach back to."""
    possible = windows.comparisons(as_of, settings.window_months)
    return next((one for one in possible if _reaches(first_event, one.then, settings)), None)


def _reaches(first: date | None, past: Window, settings: Settings, *, rate: bool = False) -> bool:
    """Whether data from that day on tell of a past period; for a rate, half of it is enough."""
    grace = max(settings.before_grace_days, past.days // 2 if rate else 0)
    return first is not None and (first - past.start).days <= grace


def _past(
    tables: CompleteTables,
    calendar: Calendar | None,
    compared: Comparison | None,
    found: tuple[Window, Mapping[str, MetricValue]],
    begun: Mapping[str, date],
    settings: Settings,
) -> tuple[Mapping[str, MetricValue], Mapping[str, MetricValue]]:
    """What every theme finds in the later and in the earlier period; only of figures whose data reach back that far."""
    if compared is None:
        return {}, {}
    then = core_metrics(snapshot_of(tables, compared.then.end, calendar), compared.then, settings)
    now = found[1]
    if compared.now != found[0]:
        now = core_metrics(snapshot_of(tables, compared.now.end, calendar), compared.now, settings)
    reaching = {
        name
        for name, metric in METRICS.items()
        if not metric.current
        and _reaches(begun.get(metric.needs[0].split(".")[0]), compared.then, settings, rate=metric.unit in RATES)
    }
    return {name: now[name] for name in reaching}, {name: then[name] for name in reaching}


def _figure(
    metric: Metric, found: MetricValue, recent: MetricValue | None, before: MetricValue | None, settings: Settings
) -> MetricResult:
    goal = getattr(settings, metric.goal) if metric.goal else None
    later, earlier = (one.value if one else None for one in (recent, before))
    return MetricResult(metric, found.value, found.n, found.coverage, later, earlier, goal, found.note)


def _nothing(settings: Settings) -> Results:
    figures = {name: _figure(metric, MetricValue(None), None, None, settings) for name, metric in METRICS.items()}
    frames = {name: pd.DataFrame(columns=list(columns)) for name, columns in COLUMNS.items()}
    return Results(None, None, None, figures, frames, None, settings)
