"""What ``results`` adds beside the core figures and tables: their columns, and the themes that find them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from ...merge.record import Origin
from ...metrics.metric import MetricValue
from ...metrics.snapshot import Snapshot, Tables
from ...metrics.window import Window
from . import (
    demand,
    feedback,
    journey,
    loyalty,
    order_flow,
    people,
    pipeline,
    quality,
    ratings,
    reminders,
    segments,
    sla,
    timeline,
)
from .segments import TargetPlan
from .settings import Settings

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "segments": segments.SEGMENTS,
    "targets": segments.TARGETS,
    "people": people.PEOPLE,
    "cases": sla.CASES,
    "sla": sla.SLA,
    "complaint_products": feedback.PRODUCTS,
    "steps": order_flow.COLUMNS,
    "surveys": feedback.SURVEYS,
    "ratings": ratings.RATINGS,
    "feedback_loop": feedback.LOOP,
    "pipeline": pipeline.PIPELINE,
    "receivables": pipeline.RECEIVABLES,
    "loyalty": loyalty.LOYALTY,
    "trainings": loyalty.TRAININGS,
    "contacts": loyalty.CONTACTS,
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
        **order_flow.handling(snapshot, window, settings),
        **sla.sla_rate(snapshot, sla.cases(snapshot, settings), window),
        **sla.informed_rate(snapshot, window, settings),
        **feedback.survey_figures(snapshot, window, settings),
        **feedback.loop_figures(snapshot, window, settings),
        **loyalty.loyalty_figures(snapshot, window),
        **loyalty.training_figures(snapshot, window),
        **loyalty.contact_figures(snapshot, window),
        **pipeline.pipeline_figures(snapshot, window),
        **demand.reorder_errors(snapshot),
    }


def current(snapshot: Snapshot, frames: Mapping[str, pd.DataFrame], given: FurtherInputs) -> dict[str, MetricValue]:
    """Return the figures that are known of today only."""
    return {
        **segments.target_rate(frames["targets"]),
        **order_flow.in_progress(snapshot),
        **pipeline.receivable(snapshot),
        **quality.quality_figures(given.origins, frames["completeness"]),
    }


def further_frames(
    snapshot: Snapshot, window: Window, settings: Settings, everyone: pd.DataFrame, given: FurtherInputs
) -> dict[str, pd.DataFrame]:
    """Return the tables named in ``COLUMNS``; ``everyone`` is the table of customers."""
    services = sla.cases(snapshot, settings)
    aims = segments.targets(snapshot, window, given.plan)
    expected = demand.reorders(snapshot)
    return {
        "segments": segments.segments(snapshot, window),
        "targets": aims,
        "people": people.people(snapshot, window, settings, services, aims),
        "cases": services,
        "sla": sla.sla(services, window),
        "complaint_products": feedback.complaint_products(snapshot, window),
        "steps": order_flow.steps(snapshot, window),
        "surveys": feedback.surveys(snapshot, window, settings),
        "ratings": ratings.ratings(snapshot, window, settings),
        "feedback_loop": feedback.loop(snapshot, window, settings),
        "pipeline": pipeline.pipeline(snapshot),
        "receivables": pipeline.receivables(snapshot),
        "loyalty": loyalty.loyalty(snapshot, window, settings),
        "trainings": loyalty.trainings(snapshot, window, settings),
        "contacts": loyalty.contact_ways(snapshot, window),
        "products_together": demand.bought_together(snapshot, window),
        "reorders": expected,
        "reminders": reminders.reminders(snapshot, settings, everyone, services, expected),
        "journey": journey.journey(snapshot, window, settings, services),
        "timeline": timeline.timeline(snapshot),
        "quality": quality.quality(given.origins, given.tables),
        "quality_periods": quality.by_period(given.origins),
        "completeness": quality.completeness(given.tables),
    }
