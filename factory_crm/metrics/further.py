"""What ``results`` adds beside the core figures and tables: their columns, and the themes that find them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from ..merging.lines import Origin
from . import (
    bonds,
    cases,
    demand,
    journey,
    money,
    people,
    quality,
    ratings,
    reminders,
    segments,
    steps,
    timeline,
    voices,
)
from .frames import Snapshot, Tables
from .metric import MetricValue
from .segments import TargetPlan
from .settings import Settings
from .windows import Window

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "segments": segments.SEGMENTS,
    "targets": segments.TARGETS,
    "people": people.PEOPLE,
    "cases": cases.CASES,
    "sla": cases.SLA,
    "complaint_products": voices.PRODUCTS,
    "steps": steps.COLUMNS,
    "surveys": voices.SURVEYS,
    "ratings": ratings.RATINGS,
    "feedback_loop": voices.LOOP,
    "pipeline": money.PIPELINE,
    "receivables": money.RECEIVABLES,
    "loyalty": bonds.LOYALTY,
    "trainings": bonds.TRAININGS,
    "contacts": bonds.CONTACTS,
    "products_together": demand.TOGETHER,
    "reorders": demand.REORDERS,
    "reminders": reminders.COLUMNS,
    "journey": journey.COLUMNS,
    "timeline": timeline.COLUMNS,
    "quality": quality.QUALITY,
    "quality_periods": quality.PERIODS,
    "completeness": quality.COLUMNS,
}
"""The function of each theme that makes a table says what its columns mean."""


class FurtherInputs(NamedTuple):
    """What a report knows beside the tables as of a day."""

    tables: Tables
    plan: TargetPlan
    origins: Sequence[Origin]


def further_metrics(snapshot: Snapshot, window: Window, settings: Settings) -> dict[str, MetricValue]:
    """Return what these themes find in one period."""
    return {
        **segments.new_customers(snapshot, window),
        **steps.handling(snapshot, window, settings),
        **cases.sla_rate(snapshot, cases.cases(snapshot, settings), window),
        **cases.informed_rate(snapshot, window, settings),
        **voices.survey_figures(snapshot, window, settings),
        **voices.loop_figures(snapshot, window, settings),
        **bonds.loyalty_figures(snapshot, window),
        **bonds.training_figures(snapshot, window),
        **bonds.contact_figures(snapshot, window),
        **money.pipeline_figures(snapshot, window),
        **demand.reorder_errors(snapshot),
    }


def current(snapshot: Snapshot, frames: Mapping[str, pd.DataFrame], given: FurtherInputs) -> dict[str, MetricValue]:
    """Return the figures that are known of today only."""
    return {
        **segments.target_rate(frames["targets"]),
        **steps.in_progress(snapshot),
        **money.receivable(snapshot),
        **quality.quality_figures(given.origins, frames["completeness"]),
    }


def further_frames(
    snapshot: Snapshot, window: Window, settings: Settings, everyone: pd.DataFrame, given: FurtherInputs
) -> dict[str, pd.DataFrame]:
    """Return the tables named in ``COLUMNS``; ``everyone`` is the table of customers."""
    services = cases.cases(snapshot, settings)
    aims = segments.targets(snapshot, window, given.plan)
    expected = demand.reorders(snapshot)
    return {
        "segments": segments.segments(snapshot, window),
        "targets": aims,
        "people": people.people(snapshot, window, settings, services, aims),
        "cases": services,
        "sla": cases.sla(services, window),
        "complaint_products": voices.complaint_products(snapshot, window),
        "steps": steps.steps(snapshot, window),
        "surveys": voices.surveys(snapshot, window, settings),
        "ratings": ratings.ratings(snapshot, window, settings),
        "feedback_loop": voices.loop(snapshot, window, settings),
        "pipeline": money.pipeline(snapshot),
        "receivables": money.receivables(snapshot),
        "loyalty": bonds.loyalty(snapshot, window, settings),
        "trainings": bonds.trainings(snapshot, window, settings),
        "contacts": bonds.contact_ways(snapshot, window),
        "products_together": demand.bought_together(snapshot, window),
        "reorders": expected,
        "reminders": reminders.reminders(snapshot, settings, everyone, services, expected),
        "journey": journey.journey(snapshot, window, settings, services),
        "timeline": timeline.timeline(snapshot),
        "quality": quality.quality(given.origins, given.tables),
        "quality_periods": quality.by_period(given.origins),
        "completeness": quality.completeness(given.tables),
    }
