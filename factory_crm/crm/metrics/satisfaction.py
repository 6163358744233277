"""Satisfaction: what customers rate, of 反馈评价. The share of the satisfied is the figure, the mean stands beside it."""

import narwhals.stable.v2 as nw

from ...i18n.translate import LazyText
from ...metrics.figure import Value, figure, share
from ...metrics.frames import aggregates, is_filled, value_counts
from ...metrics.snapshot import memoized
from .facts import Snapshot, feedbacks_in

SCORES = (5, 4, 3, 2, 1)
FEW_RATINGS = LazyText("样本少，仅供参考")


@memoized
def scores(now: Snapshot) -> dict[int, int]:
    """Return how often each rating was given in the period, the best first."""
    rated = feedbacks_in(now, "score").filter(is_filled("score"))
    found = {int(score): int(rows) for score, rows in value_counts(rated, "score")}
    return {score: found.get(score, 0) for score in SCORES}


def few(n: int, now: Snapshot) -> LazyText:
    """Return what is said of so few ratings."""
    return FEW_RATINGS if 0 < n < now.settings.csat_min_n else LazyText("")


def _of_ratings(now: Snapshot, total: int) -> Value:
    """A mean over the ratings of the period; coverage: feedbacks of the period that have a rating."""
    rated = sum(scores(now).values())
    everything = aggregates(feedbacks_in(now, "score"), n=nw.len())["n"]
    return Value(share(total, rated), rated, share(rated, everything), few(rated, now))


@figure(
    "csat",
    "满意度",
    unit="%",
    better="up",
    definition="满意度 = 期内评分不低于 {csat_from} 分的反馈数 ÷ 有评分的反馈数；不是平均分。"
    "有评分的不到 {csat_min_n} 条时仅供参考。",
)
def csat(now: Snapshot) -> Value:
    """Return the share of satisfied ratings."""
    return _of_ratings(now, sum(rows for score, rows in scores(now).items() if score >= now.settings.csat_from))


@figure(
    "mean_score",
    "平均评分",
    unit="分",
    better="up",
    definition="期内有评分的反馈的平均评分，满分 5 分。有评分的不到 {csat_min_n} 条时仅供参考。",
)
def mean_score(now: Snapshot) -> Value:
    """Return the mean of the ratings."""
    return _of_ratings(now, sum(score * rows for score, rows in scores(now).items()))


FIGURES = (csat, mean_score)
