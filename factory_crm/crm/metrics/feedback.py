"""What customers say beyond ratings: surveys with NPS, the feedback loop, and what complaints were about by product."""

from datetime import timedelta

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.metric import FEW_RATINGS, PLAIN, MetricValue, share
from ...metrics.quantiles import Distribution
from ...metrics.snapshot import BLANK, Frame, Snapshot, is_filled, memoized, to_pandas, within
from ...metrics.window import Window, midnight
from .service import complaints_of
from .settings import Settings

DIMENSIONS = ("quality", "response", "service", "overall")
SURVEYS = ("dimension", "n", "mean", "satisfied_rate")
LOOP = ("issue", "feedbacks", "rated", "mean_score", "replied", "analysed", "improved", "evaluated", "recurred")
PRODUCTS = ("product", "complaints", "open")
UNASSIGNED = "未归属"
_PROMOTER, _DETRACTOR = 9, 6


@memoized
def _answers(snapshot: Snapshot, window: Window) -> pd.DataFrame:
    kinds = dict.fromkeys((*DIMENSIONS, "recommendation"), "Int64")
    return to_pandas(snapshot.extra["surveys"].filter(within("answered_on", window)), kinds)


def surveys(snapshot: Snapshot, window: Window, settings: Settings) -> pd.DataFrame:
    """Return each dimension of the surveys of the period: answers, mean, and the share of satisfied ones; NaN of none."""
    answers = _answers(snapshot, window)
    rows = []
    for name in DIMENSIONS:
        given = answers[name].dropna().astype("int64")
        happy = int((given >= settings.csat_from).sum())
        rows.append((name, len(given), share(int(given.sum()), len(given)), share(happy, len(given))))
    return pd.DataFrame(rows, columns=list(SURVEYS)).astype(
        {"dimension": "str", "mean": "float64", "satisfied_rate": "float64"}
    )


def survey_figures(snapshot: Snapshot, window: Window, settings: Settings) -> dict[str, MetricValue]:
    """Return NPS, from −100 to 100, and the share of surveys whose 总体满意度 is satisfied."""
    answers = _answers(snapshot, window)
    told, overall = (answers[name].dropna().astype("int64") for name in ("recommendation", "overall"))
    net = int((told >= _PROMOTER).sum()) - int((told <= _DETRACTOR).sum())
    happy = int((overall >= settings.csat_from).sum())

    def measure(value: float | None, n: int) -> MetricValue:
        return MetricValue(value, n, share(n, len(answers)), FEW_RATINGS if 0 < n < settings.csat_min_n else PLAIN)

    return {
        "nps": measure(share(100 * net, len(told)), len(told)),
        "survey_csat": measure(share(happy, len(overall)), len(overall)),
    }


@memoized
def _feedbacks(snapshot: Snapshot, window: Window, settings: Settings) -> pd.DataFrame:
    """The feedbacks of the period, with what was done and whether the same came up before (``again``)."""
    days, texts = ("given_on", "replied_on", "done_on"), ("customer_id", "issue", "cause", "measures", "effect")
    kinds = dict.fromkeys(days, "datetime64[us]") | dict.fromkeys(texts, "str") | {"score": "Int64"}
    every = to_pandas(snapshot.feedbacks, kinds).sort_values(["customer_id", "issue", "given_on"], ignore_index=True)
    distinct = every[["customer_id", "issue", "given_on"]].dropna().drop_duplicates()
    distinct["before"] = distinct.groupby(["customer_id", "issue"])["given_on"].shift()
    gap = distinct["given_on"] - distinct["before"]
    distinct["again"] = (gap <= timedelta(days=settings.recurrence_days)).astype("int64")
    marked = every.merge(
        distinct.drop(columns="before"), on=["customer_id", "issue", "given_on"], how="left", validate="many_to_one"
    )
    since = marked["given_on"]
    return marked[(since >= midnight(window.start)) & (since < midnight(window.end))]


def loop(snapshot: Snapshot, window: Window, settings: Settings) -> pd.DataFrame:
    """Return the feedbacks of the period by 反馈类别 and how far each came: 回应, 分析, 改进, 评估; the most first."""
    table = _feedbacks(snapshot, window, settings)
    table = table.assign(issue=table["issue"].fillna(BLANK), score=table["score"].astype("float64"))
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


def loop_figures(snapshot: Snapshot, window: Window, settings: Settings) -> dict[str, MetricValue]:
    """Return closure rate and days (full edition), and the share of feedbacks that came back."""
    table = _feedbacks(snapshot, window, settings)
    done = table["done_on"].dropna()
    closed = share(len(done), len(table)) if "feedbacks.done_on" in snapshot.has else None
    ended = to_pandas(
        snapshot.feedbacks.filter(within("done_on", window)), dict.fromkeys(("given_on", "done_on"), "datetime64[us]")
    )
    days = (ended["done_on"] - ended["given_on"]).dt.days
    spread = Distribution.of((int(day), 1) for day in days if day >= 0)
    classed = table.dropna(subset="issue")
    return {
        "closure_rate": MetricValue(closed, len(table)),
        "closure_days": MetricValue(spread.at(0.5), spread.n),
        "recurrence_rate": MetricValue(
            share(int(classed["again"].sum()), len(classed)), len(classed), share(len(classed), len(table))
        ),
    }


@memoized
def only_products(snapshot: Snapshot) -> Frame:
    """Return the orders that have one product only, and that product as ``only``."""
    products = snapshot.placed.filter(is_filled("product")).group_by("order_id")
    counted = products.agg(products=nw.col("product").n_unique(), only=nw.col("product").min())
    return counted.filter(nw.col("products") == 1).select("order_id", "only")


def complaint_products(snapshot: Snapshot, window: Window) -> pd.DataFrame:
    """Return the complaints of the period by product: its own, else its order's only one, else 未归属; the most first."""
    came = complaints_of(snapshot).filter(within("at", window)).select("order_id", "product", "closed_at")
    told = came.join(only_products(snapshot), on="order_id", how="left").with_columns(
        product=nw.coalesce("product", "only").fill_null(UNASSIGNED)
    )
    table = to_pandas(told, {"product": "str", "closed_at": "datetime64[us]"})
    found = table.groupby("product").agg(complaints=("product", "size"), closed=("closed_at", "count"))
    found = found.assign(open=found["complaints"] - found["closed"]).reset_index().astype({"product": "str"})
    return found.sort_values(["complaints", "product"], ascending=[False, True], ignore_index=True)[list(PRODUCTS)]
