"""What binds customers to us (full edition): points and tiers, trainings, and how often we talk. Money in fen."""

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.metric import MetricValue, share
from ...metrics.snapshot import BLANK, Snapshot, aggregates, flag, is_filled, memoized, to_pandas, within
from ...metrics.window import Window
from ..lists.core import DONE
from .lifecycle import ordering_days
from .purchases import purchases
from .sales import as_integers
from .settings import Settings

TIERS = ("普通", "银", "金", "钻")
LOYALTY = ("customer_id", "points", "earned", "booked", "window_fen", "tier")
TRAININGS = ("topic", "sessions", "people", "gain", "csat_before", "csat_after")
CONTACTS = ("way", "contacts", "customers")
_WAN = 10_000 * 100
_AROUND_DAYS = 90
_TENTHS = 10


@memoized
def _members(snapshot: Snapshot) -> pd.DataFrame:
    entries = snapshot.extra["loyalty"].filter(is_filled("customer_id"))
    summed = as_integers(entries.group_by("customer_id").agg(booked=nw.col("points").sum()), "booked")
    return to_pandas(summed, {"customer_id": "str", "booked": "int64"})


def loyalty(snapshot: Snapshot, window: Window, settings: Settings) -> pd.DataFrame:
    """Return each member: points earned by finished orders less refunds, booked ones, and the tier by spend of the period."""
    finished = snapshot.lines.filter(nw.col("status").fill_null("") == DONE)
    spent = finished.group_by("customer_id").agg(fen=nw.col("amount").sum())
    refunds = snapshot.extra["returns"].filter(is_filled("customer_id")).group_by("customer_id")
    lately = purchases(snapshot, window).select("customer_id", "window_fen")
    table = _members(snapshot)
    for part, name in (
        (spent, "fen"), (refunds.agg(refund=nw.col("refund").sum()), "refund"), (lately, "window_fen"),
    ):  # fmt: skip
        found = to_pandas(as_integers(part, name), {"customer_id": "str", name: "int64"})
        table = table.merge(found, on="customer_id", how="left")
    table = table.fillna({"fen": 0, "refund": 0, "window_fen": 0})
    table = table.astype({"fen": "int64", "refund": "int64", "window_fen": "int64"})
    earned = (table["fen"] - table["refund"]) // (settings.yuan_a_point * 100)
    bounds = [settings.silver_wan, settings.gold_wan, settings.diamond_wan]
    tiers = [TIERS[sum(int(fen) >= bound * _WAN for bound in bounds)] for fen in table["window_fen"]]
    table = table.assign(earned=earned, points=earned + table["booked"], tier=pd.Series(tiers, dtype="str"))
    by = ["points", "customer_id"]
    return table.sort_values(by, ascending=[False, True], ignore_index=True)[list(LOYALTY)]


def loyalty_figures(snapshot: Snapshot, window: Window) -> dict[str, MetricValue]:
    """Return how many members there are, and repeat purchase of members and of others."""
    members = set(_members(snapshot)["customer_id"])
    table = to_pandas(ordering_days(snapshot, window), {"customer_id": "str", "days": "int64"})
    inside = table["customer_id"].isin(members)

    def repeat(rows: pd.DataFrame) -> MetricValue:
        again = int((rows["days"] > 1).sum())
        return MetricValue(share(again, len(rows)) if members else None, len(rows))

    return {
        "members": MetricValue(len(members) or None, len(members)),
        "member_repeat_rate": repeat(table[inside]),
        "other_repeat_rate": repeat(table[~inside]),
    }


@memoized
def _sessions(snapshot: Snapshot, window: Window) -> pd.DataFrame:
    """The trainings of the period: ``people`` at least 1, scores in points."""
    kinds = {"customer_id": "str", "topic": "str", "held_on": "datetime64[us]"}
    kinds |= dict.fromkeys(("people", "before", "after"), "Int64")
    table = to_pandas(snapshot.extra["trainings"].filter(within("held_on", window)), kinds)
    gain = (table["after"] - table["before"]).astype("float64") / _TENTHS
    return table.assign(people=table["people"].fillna(1).astype("int64"), gain=gain)


def trainings(snapshot: Snapshot, window: Window, settings: Settings) -> pd.DataFrame:
    """Return each topic of the period: sessions, people, mean gain, and how satisfied those customers were.

    ``csat_before``, ``csat_after``: the satisfied share of the ratings that the trained customers gave in the 90 days
    before the training, and from that day on in as many after; NaN of none.
    """
    table = _sessions(snapshot, window)
    rated = snapshot.feedbacks.filter(is_filled("score")).select("customer_id", "given_on", "score")
    scores = to_pandas(rated, {"customer_id": "str", "given_on": "datetime64[us]", "score": "int64"})
    pairs = table[["customer_id", "topic", "held_on"]].dropna().merge(scores, on="customer_id")
    pairs = pairs.assign(
        days=(pairs["given_on"] - pairs["held_on"]).dt.days,
        happy=(pairs["score"] >= settings.csat_from).astype("float64"),
    )
    found = table.groupby("topic").agg(sessions=("topic", "size"), people=("people", "sum"), gain=("gain", "mean"))
    for name, first, last in (("csat_before", -_AROUND_DAYS, -1), ("csat_after", 0, _AROUND_DAYS - 1)):
        found[name] = pairs[pairs["days"].between(first, last)].groupby("topic")["happy"].mean()
    found = found.reset_index().astype({"topic": "str", "gain": "float64"})
    return found.sort_values(["people", "topic"], ascending=[False, True], ignore_index=True)[list(TRAININGS)]


def training_figures(snapshot: Snapshot, window: Window) -> dict[str, MetricValue]:
    """Return the people trained and the mean gain of score, from 0 to 100."""
    table = _sessions(snapshot, window)
    gains = table["gain"].dropna()
    return {
        "trained": MetricValue(int(table["people"].sum()) if len(table) else None, len(table)),
        "training_gain": MetricValue(
            float(gains.mean()) if len(gains) else None, len(gains), share(len(gains), len(table))
        ),
    }


def contact_ways(snapshot: Snapshot, window: Window) -> pd.DataFrame:
    """Return the contacts of the period by 沟通方式, and how many customers they reached; the most first."""
    logs = snapshot.extra["contact_logs"].filter(within("held_at", window))
    table = to_pandas(logs.with_columns(nw.col("way").fill_null(BLANK)), {"way": "str", "customer_id": "str"})
    found = table.groupby("way").agg(contacts=("way", "size"), customers=("customer_id", "nunique"))
    found = found.reset_index().astype({"way": "str"})
    return found.sort_values(["contacts", "way"], ascending=[False, True], ignore_index=True)[list(CONTACTS)]


def contact_figures(snapshot: Snapshot, window: Window) -> dict[str, MetricValue]:
    """Return the contacts of the period; nothing where there is no 沟通记录 at all."""
    logs = snapshot.extra["contact_logs"]
    found = aggregates(logs, rows=nw.len(), came=flag(within("held_at", window)).sum())
    return {"contacts_made": MetricValue(found["came"] if found["rows"] else None, found["rows"])}
