"""What customers say beyond ratings: surveys with NPS, the feedback loop, and what complaints were about by product."""

from datetime import timedelta

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.figure import FigureTable, Value, figure, share
from ...metrics.frames import BLANK, Frame, is_filled, to_pandas, within
from ...metrics.quantiles import Distribution
from ...metrics.snapshot import memoized
from .facts import Snapshot, complaints, in_period, placed
from .satisfaction import few

DIMENSIONS = ("quality", "response", "service", "overall")
SURVEYS = ("dimension", "n", "mean", "satisfied_rate")
LOOP = ("issue", "feedbacks", "rated", "mean_score", "replied", "analysed", "improved", "evaluated", "recurred")
PRODUCTS = ("product", "complaints", "open")
UNASSIGNED = "未归属"
_PROMOTER, _DETRACTOR = 9, 6


@memoized
def _answers(now: Snapshot, question: str) -> tuple[pd.Series, int]:
    """What was answered to a question in the surveys of the period, and how many surveys there were."""
    answered = now.sheet("surveys", question, "answered_on").filter(within("answered_on", now.window))
    found = to_pandas(answered, {question: "Int64"})[question]
    return found.dropna().astype("int64"), len(found)


def surveys(now: Snapshot) -> pd.DataFrame:
    """Return each dimension of the surveys of the period: answers, mean, and the share of satisfied ones; NaN of none."""
    rows = []
    for name in DIMENSIONS:
        given, _ = _answers(now, name)
        happy = int((given >= now.settings.csat_from).sum())
        rows.append((name, len(given), share(int(given.sum()), len(given)), share(happy, len(given))))
    return pd.DataFrame(rows, columns=list(SURVEYS)).astype(
        {"dimension": "str", "mean": "float64", "satisfied_rate": "float64"}
    )


@figure(
    "nps",
    "净推荐值",
    unit="点",
    better="up",
    compared=False,
    definition="期内调查中推荐意愿 9–10 的百分比 − 0–6 的百分比，在 −100 与 100 之间。不到 {csat_min_n} 份时仅供参考。",
)
def nps(now: Snapshot) -> Value:
    """Return the share of promoters less that of detractors, from −100 to 100."""
    given, surveyed = _answers(now, "recommendation")
    net = int((given >= _PROMOTER).sum()) - int((given <= _DETRACTOR).sum())
    return Value(share(100 * net, len(given)), len(given), share(len(given), surveyed), few(len(given), now))


@figure(
    "survey_csat",
    "调查满意度",
    unit="%",
    better="up",
    compared=False,
    definition="期内调查中总体满意度不低于 {csat_from} 分的份数 ÷ 填了总体满意度的份数。不到 {csat_min_n} 份时仅供参考。",
)
def survey_csat(now: Snapshot) -> Value:
    """Return the share of surveys whose 总体满意度 is satisfied."""
    given, surveyed = _answers(now, "overall")
    happy = int((given >= now.settings.csat_from).sum())
    return Value(share(happy, len(given)), len(given), share(len(given), surveyed), few(len(given), now))


_SAME = ["customer_id", "issue", "given_on"]


@memoized
def _again(now: Snapshot) -> pd.DataFrame:
    """Return each customer, 反馈类别 and day of feedbacks, all filled, and whether the same came up before (``again``)."""
    kinds = {"customer_id": "str", "issue": "str", "given_on": "datetime64[us]"}
    every = to_pandas(now.sheet("feedbacks", "issue", "customer_id", "given_on"), kinds)
    distinct = every.dropna().drop_duplicates().sort_values(_SAME, ignore_index=True)
    gap = distinct["given_on"] - distinct.groupby(["customer_id", "issue"])["given_on"].shift()
    return distinct.assign(again=(gap <= timedelta(days=now.settings.recurrence_days)).astype("int64"))


def loop(now: Snapshot) -> pd.DataFrame:
    """Return the feedbacks of the period by 反馈类别 and how far each came: 回应, 分析, 改进, 评估; the most first."""
    days, texts = ("given_on", "replied_on", "done_on"), ("customer_id", "issue", "cause", "effect")
    kinds = dict.fromkeys(days, "datetime64[us]") | dict.fromkeys(texts, "str") | {"score": "Int64"}
    every = to_pandas(now.sheet("feedbacks", *kinds), kinds).sort_values(_SAME, ignore_index=True)
    came = in_period(every, "given_on", now.window).merge(_again(now), on=_SAME, how="left", validate="many_to_one")
    table = came.assign(issue=came["issue"].fillna(BLANK), score=came["score"].astype("float64"))
    found = table.groupby("issue").agg(
        feedbacks=("given_on", "size"),
        rated=("score", "count"),
        mean_score=("score", "mean"),
        replied=("replied_on", "count"),
        analysed=("cause", "count"),
        improved=("done_on", "count"),
        evaluated=("effect", "count"),
        recurred=("again", "sum"),
    )
    found = found.reset_index().astype({"issue": "str", "recurred": "int64", "mean_score": "float64"})
    return found.sort_values(["feedbacks", "issue"], ascending=[False, True], ignore_index=True)[list(LOOP)]


@figure(
    "closure_rate",
    "反馈闭环率",
    unit="%",
    better="up",
    definition="期内的反馈中，改进已经完成（填了完成日期）的占多少。",
)
def closure_rate(now: Snapshot) -> Value:
    """Return the share of the feedbacks of the period whose improvement is done; needs 完成日期."""
    kinds = dict.fromkeys(("done_on", "given_on"), "datetime64[us]")
    came = in_period(to_pandas(now.sheet("feedbacks", *kinds), kinds), "given_on", now.window)
    done = int(came["done_on"].notna().sum())
    return Value(share(done, len(came)) if now.has("feedbacks", "done_on") else None, len(came))


@figure(
    "closure_days",
    "反馈闭环天数中位数",
    unit="天",
    better="down",
    definition="期内完成改进的反馈，完成日期 − 反馈日期的中位数。",
)
def closure_days(now: Snapshot) -> Value:
    """Return the median of the days from 反馈 to 完成, of improvements done in the period."""
    kinds = dict.fromkeys(("done_on", "given_on"), "datetime64[us]")
    ended = to_pandas(now.sheet("feedbacks", *kinds).filter(within("done_on", now.window)), kinds)
    days = (ended["done_on"] - ended["given_on"]).dt.days
    spread = Distribution.of((int(day), 1) for day in days if day >= 0)
    return Value(spread.at(0.5), spread.n)


@figure(
    "recurrence_rate",
    "反馈复发率",
    unit="%",
    better="down",
    definition="期内填了反馈类别的反馈中，同一客户 {recurrence_days} 天内曾有过同类反馈的占多少；当天的不算。",
)
def recurrence_rate(now: Snapshot) -> Value:
    """Return the share of the feedbacks of the period whose class came up before; coverage: those with 反馈类别."""
    kinds = {"customer_id": "str", "issue": "str", "given_on": "datetime64[us]"}
    came = in_period(
        to_pandas(now.sheet("feedbacks", "issue", "customer_id", "given_on"), kinds), "given_on", now.window
    )
    classed = came.dropna(subset="issue").merge(_again(now), on=_SAME, how="left", validate="many_to_one")
    return Value(share(int(classed["again"].sum()), len(classed)), len(classed), share(len(classed), len(came)))


@memoized
def only_products(now: Snapshot) -> Frame:
    """Return the orders that have one product only, and that product as ``only``."""
    pairs = placed(now, "order_id", "product").filter(is_filled("product")).unique()
    single = pairs.group_by("order_id").agg(products=nw.len()).filter(nw.col("products") == 1).select("order_id")
    return pairs.join(single, on="order_id", how="inner").select("order_id", only=nw.col("product"))


def complaint_products(now: Snapshot) -> pd.DataFrame:
    """Return the complaints of the period by product: its own, else its order's only one, else 未归属; the most first."""
    came = complaints(now, "order_id", "product", "at", "closed_at").filter(within("at", now.window))
    named = came.join(only_products(now), on="order_id", how="left").with_columns(
        product=nw.coalesce("product", "only").fill_null(UNASSIGNED)
    )
    table = to_pandas(named, {"product": "str", "closed_at": "datetime64[us]"})
    found = table.groupby("product").agg(complaints=("product", "size"), closed=("closed_at", "count"))
    found = found.assign(open=found["complaints"] - found["closed"]).reset_index().astype({"product": "str"})
    return found.sort_values(["complaints", "product"], ascending=[False, True], ignore_index=True)[list(PRODUCTS)]


FIGURES = (nps, survey_csat, closure_rate, closure_days, recurrence_rate)
TABLES = (
    FigureTable("surveys", SURVEYS, surveys),
    FigureTable("feedback_loop", LOOP, loop),
    FigureTable("complaint_products", PRODUCTS, complaint_products),
)
