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
from .frames import Known, Tables
from .metric import Measure
from .segments import Plan
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


class Given(NamedTuple):
    """What a report knows beside the tables as of a day."""

    tables: Tables
    plan: Plan
    origins: Sequence[Origin]


def measure(known: Known, window: Window, settings: Settings) -> dict[str, Measure]:
    """Return what these themes find in one period."""
    return {
        **segments.new_customers(known, window),
        **steps.handling(known, window, settings),
        **cases.sla_rate(known, cases.cases(known, settings), window),
        **cases.told_rate(known, window, settings),
        **voices.survey_figures(known, window, settings),
        **voices.loop_figures(known, window, settings),
        **bonds.loyalty_figures(known, window),
        **bonds.training_figures(known, window),
        **bonds.contact_figures(known, window),
        **money.pipeline_figures(known, window),
        **demand.reorder_errors(known),
    }


def current(known: Known, frames: Mapping[str, pd.DataFrame], given: Given) -> dict[str, Measure]:
    """Return the figures that are known of today only."""
    return {
        **segments.target_rate(frames["targets"]),
        **steps.in_progress(known),
        **money.receivable(known),
        **quality.quality_figures(given.origins, frames["completeness"]),
    }


def frames(
    known: Known, window: Window, settings: Settings, everyone: pd.DataFrame, given: Given
) -> dict[str, pd.DataFrame]:
    """Return the tables named in ``COLUMNS``; ``everyone`` is the table of customers."""
    services = cases.cases(known, settings)
    aims = segments.targets(known, window, given.plan)
    expected = demand.reorders(known)
    return {
        "segments": segments.segments(known, window),
        "targets": aims,
        "people": people.people(known, window, settings, services, aims),
        "cases": services,
        "sla": cases.sla(services, window),
        "complaint_products": voices.complaint_products(known, window),
        "steps": steps.steps(known, window),
        "surveys": voices.surveys(known, window, settings),
        "ratings": ratings.ratings(known, window, settings),
        "feedback_loop": voices.loop(known, window, settings),
        "pipeline": money.pipeline(known),
        "receivables": money.receivables(known),
        "loyalty": bonds.loyalty(known, window, settings),
        "trainings": bonds.trainings(known, window, settings),
        "contacts": bonds.contact_ways(known, window),
        "products_together": demand.together(known, window),
        "reorders": expected,
        "reminders": reminders.reminders(known, settings, everyone, services, expected),
        "journey": journey.journey(known, window, settings, services),
        "timeline": timeline.timeline(known),
        "quality": quality.quality(given.origins, given.tables),
        "quality_periods": quality.by_period(given.origins),
        "completeness": quality.completeness(given.tables),
    }
