"""Loyalty (full edition): points and tiers of members, trainings, and contacts. Money in fen."""

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.figure import FigureTable, Value, figure, share
from ...metrics.frames import BLANK, aggregates, as_integers, flag, is_filled, to_pandas, within
from ...metrics.snapshot import memoized
from ..lists.order import DONE
from .facts import Snapshot, lines
from .lifecycle import ordering_days
from .purchases import spending

TIERS = ("普通", "银", "金", "钻")
LOYALTY = ("customer_id", "points", "earned", "booked", "window_fen", "tier")
TRAININGS = ("topic", "sessions", "people", "gain", "csat_before", "csat_after")
CONTACTS = ("way", "contacts", "customers")
_WAN = 10_000 * 100
_AROUND_DAYS = 90
_TENTHS = 10


@memoized
def _points(now: Snapshot) -> pd.DataFrame:
    """The points booked for each member."""
    entries = now.sheet("loyalty", "customer_id", "points").filter(is_filled("customer_id"))
    summed = as_integers(entries.group_by("customer_id").agg(booked=nw.col("points").sum()), "booked")
    return to_pandas(summed, {"customer_id": "str", "booked": "int64"})


def loyalty(now: Snapshot) -> pd.DataFrame:
    """Return each member: points earned by finished orders less refunds, booked ones, and the tier by spend of the period."""
    finished = lines(now, "customer_id", "amount", "status").filter(nw.col("status").fill_null("") == DONE)
    spent = finished.group_by("customer_id").agg(fen=nw.col("amount").sum())
    refunds = now.sheet("returns", "customer_id", "refund").filter(is_filled("customer_id")).group_by("customer_id")
    table = _points(now)
    for part, name in (
        (spent, "fen"), (refunds.agg(refund=nw.col("refund").sum()), "refund"), (spending(now), "window_fen"),
    ):  # fmt: skip
        found = to_pandas(as_integers(part, name), {"customer_id": "str", name: "int64"})
        table = table.merge(found, on="customer_id", how="left")
    table = table.fillna({"fen": 0, "refund": 0, "window_fen": 0})
    table = table.astype({"fen": "int64", "refund": "int64", "window_fen": "int64"})
    earned = (table["fen"] - table["refund"]) // (now.settings.yuan_a_point * 100)
    bounds = [now.settings.silver_wan, now.settings.gold_wan, now.settings.diamond_wan]
    tiers = [TIERS[sum(int(fen) >= bound * _WAN for bound in bounds)] for fen in table["window_fen"]]
    table = table.assign(earned=earned, points=earned + table["booked"], tier=pd.Series(tiers, dtype="str"))
    by = ["points", "customer_id"]
    return table.sort_values(by, ascending=[False, True], ignore_index=True)[list(LOYALTY)]


@figure(
    "members",
    "会员数",
    unit="家",
    better="up",
    compared=False,
    definition="有积分记录的客户数。积分 = ⌊（已完成订单金额 − 退款）÷ {yuan_a_point} 元⌋ + 积分记录之和。",
)
def members(now: Snapshot) -> Value:
    """Return how many members there are."""
    found = len(_members(now))
    return Value(found or None, found)


@memoized
def _members(now: Snapshot) -> frozenset[str]:
    """The customers with 积分记录."""
    entries = now.sheet("loyalty", "customer_id").filter(is_filled("customer_id")).unique()
    return frozenset(to_pandas(entries, {"customer_id": "str"})["customer_id"])


def _repeat(now: Snapshot, *, member: bool) -> Value:
    """The share of the period's buyers, members or others, who ordered on two days or more."""
    known = _members(now)
    table = to_pandas(ordering_days(now), {"customer_id": "str", "days": "int64"})
    rows = table[table["customer_id"].isin(known) == member]
    again = int((rows["days"] > 1).sum())
    return Value(share(again, len(rows)) if known else None, len(rows))


@figure(
    "member_repeat_rate",
    "会员复购率",
    unit="%",
    better="up",
    compared=False,
    definition="有积分记录的客户的复购率，算法同复购率。",
)
def member_repeat_rate(now: Snapshot) -> Value:
    """Return the repeat purchase of members."""
    return _repeat(now, member=True)


@figure(
    "other_repeat_rate",
    "非会员复购率",
    unit="%",
    better="up",
    compared=False,
    definition="没有积分记录的客户的复购率，与会员复购率对照；没有任何积分记录时算不出。",
)
def other_repeat_rate(now: Snapshot) -> Value:
    """Return the repeat purchase of those who are no members."""
    return _repeat(now, member=False)


@memoized
def _sessions(now: Snapshot, *columns: str) -> pd.DataFrame:
    """Columns of the trainings of the period."""
    texts = {"customer_id": "str", "topic": "str", "held_on": "datetime64[us]"}
    kinds = {name: texts.get(name, "Int64") for name in columns}
    held = now.sheet("trainings", "held_on", *columns).filter(within("held_on", now.window))
    return to_pandas(held, kinds)


def _people(table: pd.DataFrame) -> pd.Series:
    """The people of each training, at least 1."""
    return table["people"].fillna(1).astype("int64")


def _gain(table: pd.DataFrame) -> pd.Series:
    """What each training added to the score, in points from 0 to 100."""
    return (table["after"] - table["before"]).astype("float64") / _TENTHS


def trainings(now: Snapshot) -> pd.DataFrame:
    """Return each topic of the period: sessions, people, mean gain, and how satisfied those customers were.

    ``csat_before``, ``csat_after``: the satisfied share of the ratings that the trained customers gave in the 90 days
    before the training, and from that day on in as many after; NaN of none.
    """
    table = _sessions(now, "customer_id", "topic", "held_on", "people", "before", "after")
    table = table.assign(people=_people(table), gain=_gain(table))
    rated = now.sheet("feedbacks", "customer_id", "given_on", "score").filter(is_filled("score"))
    scores = to_pandas(rated, {"customer_id": "str", "given_on": "datetime64[us]", "score": "int64"})
    pairs = table[["customer_id", "topic", "held_on"]].dropna().merge(scores, on="customer_id")
    pairs = pairs.assign(
        days=(pairs["given_on"] - pairs["held_on"]).dt.days,
        happy=(pairs["score"] >= now.settings.csat_from).astype("float64"),
    )
    found = table.groupby("topic").agg(sessions=("topic", "size"), people=("people", "sum"), gain=("gain", "mean"))
    for name, first, last in (("csat_before", -_AROUND_DAYS, -1), ("csat_after", 0, _AROUND_DAYS - 1)):
        found[name] = pairs[pairs["days"].between(first, last)].groupby("topic")["happy"].mean()
    found = found.reset_index().astype({"topic": "str", "gain": "float64"})
    return found.sort_values(["people", "topic"], ascending=[False, True], ignore_index=True)[list(TRAININGS)]


@figure(
    "trained",
    "培训人次",
    unit="人次",
    better="up",
    compared=False,
    definition="期内各次培训的参训人数之和；没填人数的按一人算。",
)
def trained(now: Snapshot) -> Value:
    """Return the people trained in the period."""
    table = _sessions(now, "people")
    return Value(int(_people(table).sum()) if len(table) else None, len(table))


@figure(
    "training_gain",
    "培训提分",
    unit="点",
    better="up",
    compared=False,
    definition="期内两项得分都填了的培训，培训后得分 − 培训前得分的平均数，不按人数加权。",
)
def training_gain(now: Snapshot) -> Value:
    """Return the mean gain of score, from 0 to 100; coverage: trainings with both scores."""
    table = _sessions(now, "before", "after")
    gains = _gain(table).dropna()
    return Value(float(gains.mean()) if len(gains) else None, len(gains), share(len(gains), len(table)))


def contact_ways(now: Snapshot) -> pd.DataFrame:
    """Return the contacts of the period by 沟通方式, and how many customers they reached; the most first."""
    logs = now.sheet("contact_logs", "way", "customer_id", "held_at").filter(within("held_at", now.window))
    table = to_pandas(logs.with_columns(nw.col("way").fill_null(BLANK)), {"way": "str", "customer_id": "str"})
    found = table.groupby("way").agg(contacts=("way", "size"), customers=("customer_id", "nunique"))
    found = found.reset_index().astype({"way": "str"})
    return found.sort_values(["contacts", "way"], ascending=[False, True], ignore_index=True)[list(CONTACTS)]


@figure(
    "contacts_made",
    "沟通次数",
    unit="次",
    better="up",
    compared=False,
    definition="期内的沟通记录条数。",
)
def contacts_made(now: Snapshot) -> Value:
    """Return the contacts of the period; nothing where there is no 沟通记录 at all."""
    logs = now.sheet("contact_logs", "held_at")
    found = aggregates(logs, rows=nw.len(), came=flag(within("held_at", now.window)).sum())
    return Value(found["came"] if found["rows"] else None, found["rows"])


FIGURES = (members, member_repeat_rate, other_repeat_rate, trained, training_gain, contacts_made)
TABLES = (
    FigureTable("loyalty", LOYALTY, loyalty),
    FigureTable("trainings", TRAININGS, trainings),
    FigureTable("contacts", CONTACTS, contact_ways),
)
