"""Satisfaction: what customers rate, of 反馈评价. The share of the satisfied is the figure, the mean stands beside it."""

import narwhals.stable.v2 as nw

from ...metrics.metric import FEW_RATINGS, PLAIN, MetricValue, share
from ...metrics.snapshot import Snapshot, aggregates, feedbacks_in, is_filled, memoized, value_counts
from ...metrics.window import Window
from .settings import Settings

SCORES = (5, 4, 3, 2, 1)


@memoized
def scores(snapshot: Snapshot, window: Window) -> dict[int, int]:
    """Return how often each rating was given in the period, the best first."""
    rated = feedbacks_in(snapshot, window).filter(is_filled("score"))
    found = {int(score): int(rows) for score, rows in value_counts(rated, "score")}
    return {score: found.get(score, 0) for score in SCORES}


def satisfaction(snapshot: Snapshot, window: Window, settings: Settings) -> dict[str, MetricValue]:
    """Return the share of satisfied ratings and their mean; coverage: feedbacks of the period that have a rating."""
    found = scores(snapshot, window)
    rated = sum(found.values())
    happy = sum(rows for score, rows in found.items() if score >= settings.csat_from)
    mean = share(sum(score * rows for score, rows in found.items()), rated)
    coverage = share(rated, aggregates(feedbacks_in(snapshot, window), n=nw.len())["n"])
    note = FEW_RATINGS if 0 < rated < settings.csat_min_n else PLAIN
    return {
        "csat": MetricValue(share(happy, rated), rated, coverage, note),
        "mean_score": MetricValue(mean, rated, coverage, note),
    }
