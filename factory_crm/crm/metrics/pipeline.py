"""What is still to come in (full edition): receivables by age, and the pipeline of 销售机会. Money in fen."""

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.metric import MetricValue, share
from ...metrics.snapshot import Snapshot, is_filled, memoized, to_pandas, within
from ...metrics.window import Window, midnight
from ..lists.full import LOST, STAGES, WON
from .sales import rounded

AGES = (30, 60, 90)
RECEIVABLES = ("customer_id", "receivable_fen", "not_due_fen", "to_30_fen", "to_60_fen", "to_90_fen", "over_90_fen")
PIPELINE = ("stage", "count", "amount_fen", "weighted_fen", "conversion")
CHANCES = dict(zip(STAGES, (10, 20, 50, 80, 100, 100), strict=True))
"""Percent, by the stage that was reached."""


@memoized
def _open_lines(snapshot: Snapshot) -> pd.DataFrame:
    """The order lines with something left to pay, ``left`` in fen, and the ``days`` they are overdue."""
    lines = snapshot.lines.filter(~nw.col("paid").is_null() | ~nw.col("payment_due_on").is_null())
    kinds = {"customer_id": "str", "amount": "Int64", "paid": "Int64", "payment_due_on": "datetime64[us]"}
    table = to_pandas(lines, kinds)
    left = table["amount"].fillna(0).astype("int64") - table["paid"].fillna(0).astype("int64")
    days = (pd.Timestamp(midnight(snapshot.end)) - table["payment_due_on"]).dt.days - 1
    return table.assign(left=left.clip(lower=0), days=days.fillna(0).clip(lower=0).astype("int64"))


def receivables(snapshot: Snapshot) -> pd.DataFrame:
    """Return what each customer still owes, by how long it is overdue, the most first; without 付款到期日 it is not due."""
    table = _open_lines(snapshot)
    table = table[table["left"] > 0]
    bounds = [(-1, 0), (0, AGES[0]), (AGES[0], AGES[1]), (AGES[1], AGES[2]), (AGES[2], 10**9)]
    for name, (above, most) in zip(RECEIVABLES[2:], bounds, strict=True):
        table = table.assign(**{name: table["left"].where((table["days"] > above) & (table["days"] <= most), 0)})
    found = table.rename(columns={"left": "receivable_fen"}).groupby("customer_id")[list(RECEIVABLES[1:])].sum()
    found = found.astype("int64").reset_index().astype({"customer_id": "str"})
    by = ["receivable_fen", "customer_id"]
    return found.sort_values(by, ascending=[False, True], ignore_index=True)[list(RECEIVABLES)]


def receivable(snapshot: Snapshot) -> dict[str, MetricValue]:
    """Return what is left to pay and what of it is overdue; coverage: lines that say anything of payment."""
    table = _open_lines(snapshot)
    every = len(to_pandas(snapshot.lines, {"order_id": "str"}))
    coverage = share(len(table), every)
    dated = int(table["payment_due_on"].notna().sum())
    owed, overdue = int(table["left"].sum()), int(table["left"].where(table["days"] > 0, 0).sum())
    return {
        "receivable": MetricValue(owed if len(table) else None, len(table), coverage),
        "overdue_receivable": MetricValue(overdue if dated else None, dated, share(dated, every)),
    }


@memoized
def _chances(snapshot: Snapshot) -> pd.DataFrame:
    """The opportunities; a result whose day lies ahead has not happened yet."""
    kinds = {"stage": "str", "amount": "Int64", "result": "str", "ended_on": "datetime64[us]"}
    table = to_pandas(snapshot.extra["opportunities"].filter(is_filled("stage")), kinds)
    result = table["result"].where(table["ended_on"].notna())
    return table.assign(
        amount=table["amount"].fillna(0).astype("int64"),
        result=result,
        place=table["stage"].map({stage: place for place, stage in enumerate(STAGES)}).fillna(-1).astype("int64"),
        chance=table["stage"].map(CHANCES).fillna(0).astype("int64").where(result != LOST, 0),
    )


def pipeline(snapshot: Snapshot) -> pd.DataFrame:
    """Return each stage with the opportunities that reached it or a later one; ``conversion`` of those one stage earlier.

    Lost ones keep their stage and weigh nothing. ``conversion`` is NaN for the first stage and after an empty one.
    """
    table = _chances(snapshot)
    rows = []
    for place, stage in enumerate(STAGES):
        there = table[table["place"] >= place]
        weighted = rounded(int((there["amount"] * there["chance"]).sum()), 100)
        rows.append((stage, len(there), int(there["amount"].sum()), weighted))
    found = pd.DataFrame(rows, columns=list(PIPELINE[:-1])).astype({"stage": "str"})
    earlier = found["count"].shift()
    return found.assign(conversion=found["count"] / earlier.where(earlier > 0))


def pipeline_figures(snapshot: Snapshot, window: Window) -> dict[str, MetricValue]:
    """Return the weighted amount of what is undecided, and won ÷ (won + lost) of what ended in the period."""
    table = _chances(snapshot)
    undecided = table[table["result"].isna()]
    weighted = rounded(int((undecided["amount"] * undecided["chance"]).sum()), 100)
    ended = to_pandas(snapshot.extra["opportunities"].filter(within("ended_on", window)), {"result": "str"})["result"]
    won, lost = int((ended == WON).sum()), int((ended == LOST).sum())
    return {
        "pipeline_amount": MetricValue(weighted if len(table) else None, len(undecided)),
        "win_rate": MetricValue(share(won, won + lost), won + lost),
    }
