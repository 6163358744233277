"""What is still to come in by 销售机会 (full edition): the pipeline by stage, weighted by chance. Money in fen."""

import pandas as pd

from ...metrics.figure import FigureTable, Value, figure, share
from ...metrics.frames import is_filled, to_pandas, within
from ...metrics.snapshot import memoized
from ..lists.sales import LOST, STAGES, WON
from .facts import Snapshot
from .sales import rounded

PIPELINE = ("stage", "count", "amount_fen", "weighted_fen", "conversion")
CHANCES = dict(zip(STAGES, (10, 20, 50, 80, 100, 100), strict=True))
"""Percent, by the stage that was reached."""


@memoized
def _chances(now: Snapshot) -> pd.DataFrame:
    """The opportunities; a result whose day lies ahead has not happened yet."""
    kinds = {"stage": "str", "amount": "Int64", "result": "str", "ended_on": "datetime64[us]"}
    table = to_pandas(now.sheet("opportunities", *kinds).filter(is_filled("stage")), kinds)
    result = table["result"].where(table["ended_on"].notna())
    return table.assign(
        amount=table["amount"].fillna(0).astype("int64"),
        result=result,
        place=table["stage"].map({stage: place for place, stage in enumerate(STAGES)}).fillna(-1).astype("int64"),
        chance=table["stage"].map(CHANCES).fillna(0).astype("int64").where(result != LOST, 0),
    )


def pipeline(now: Snapshot) -> pd.DataFrame:
    """Return each stage with the opportunities that reached it or a later one; ``conversion`` of those one stage earlier.

    Lost ones keep their stage and weigh nothing. ``conversion`` is NaN for the first stage and after an empty one.
    """
    table = _chances(now)
    rows = []
    for place, stage in enumerate(STAGES):
        there = table[table["place"] >= place]
        weighted = rounded(int((there["amount"] * there["chance"]).sum()), 100)
        rows.append((stage, len(there), int(there["amount"].sum()), weighted))
    found = pd.DataFrame(rows, columns=list(PIPELINE[:-1])).astype({"stage": "str"})
    earlier = found["count"].shift()
    return found.assign(conversion=found["count"] / earlier.where(earlier > 0))


@figure(
    "pipeline_amount",
    "商机加权金额",
    unit="元",
    better="up",
    compared=False,
    definition="还没有结果的销售机会，预计金额 × 所在阶段的成交概率之和：客户识别 10%，客户接触 20%，需求分析 50%，方案制定 80%，"
    "合同签订和售后服务 100%。",
)
def pipeline_amount(now: Snapshot) -> Value:
    """Return the weighted amount of what is undecided, in whole fen."""
    table = _chances(now)
    undecided = table[table["result"].isna()]
    weighted = rounded(int((undecided["amount"] * undecided["chance"]).sum()), 100)
    return Value(weighted if len(table) else None, len(undecided))


@figure(
    "win_rate",
    "赢单率",
    unit="%",
    better="up",
    definition="赢单率 = 结束日期在期内的赢单数 ÷（赢单数 + 输单数）。",
)
def win_rate(now: Snapshot) -> Value:
    """Return won ÷ (won + lost) of what ended in the period."""
    ended = now.sheet("opportunities", "result", "ended_on").filter(within("ended_on", now.window))
    results = to_pandas(ended, {"result": "str"})["result"]
    won, lost = int((results == WON).sum()), int((results == LOST).sum())
    return Value(share(won, won + lost), won + lost)


FIGURES = (pipeline_amount, win_rate)
TABLES = (FigureTable("pipeline", PIPELINE, pipeline),)
