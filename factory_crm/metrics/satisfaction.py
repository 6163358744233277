"""Satisfaction: what customers rate, of 反馈评价. The share of the satisfied is the figure, the mean stands beside it."""

import narwhals.stable.v2 as nw

from .frames import Known, counts, feedbacks_in, filled, numbers, once
from .metric import FEW_RATINGS, PLAIN, Measure, share
from .settings import Settings
from .windows import Window

SCORES = (5, 4, 3, 2, 1)


@once
def scores(known: Known, window: Window) -> dict[int, int]:
    """Return how often each rating was given in the period, the best first."""
    rated = feedbacks_in(known, window).filter(filled("score"))
    found = {int(score): int(rows) for score, rows in counts(rated, "score")}
    return {score: found.get(score, 0) for score in SCORES}


def satisfaction(known: Known, window: Window, settings: Settings) -> dict[str, Measure]:
    """Return the share of satisfied ratings and their mean; coverage: feedbacks of the period that have a rating."""
    found = scores(known, window)
    rated = sum(found.values())
    happy = sum(rows for score, rows in found.items() if score >= settings.csat_from)
    mean = share(sum(score * rows for score, rows in found.items()), rated)
    coverage = share(rated, numbers(feedbacks_in(known, window), n=nw.len())["n"])
    note = FEW_RATINGS if 0 < rated < settings.csat_min_n else PLAIN
    return {
        "csat": Measure(share(happy, rated), rated, coverage, note),
        "mean_score": Measure(mean, rated, coverage, note),
    }
