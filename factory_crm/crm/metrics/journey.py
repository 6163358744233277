"""The customer's journey: five stages, the touchpoints of each, and what the rows of the period say of them.

认知 → 考虑 → 购买 → 使用 → 忠诚: from the first contact to buying again. Each row of a sheet is one touchpoint; a rating
belongs to the touchpoint that its 反馈类别 is about.
"""

from typing import Literal

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.figure import FigureTable
from ...metrics.frames import is_filled, to_pandas, within
from .facts import Snapshot, customers, feedbacks_in, in_period, is_in, lines
from .sla import received_in

STAGES = ("认知", "考虑", "购买", "使用", "忠诚")
COLUMNS = ("stage", "touchpoint", "count", "rated", "mean_score", "response_hours", "weakest")
TOUCHPOINTS: tuple[tuple[str, str], ...] = (
    ("认知", "登记建档"),
    ("认知", "首次沟通"),
    ("考虑", "售前沟通"),
    ("考虑", "售前咨询"),
    ("购买", "首次下单"),
    ("购买", "报价议价"),
    ("使用", "交付收货"),
    ("使用", "产品使用"),
    ("使用", "售后咨询"),
    ("使用", "售后服务"),
    ("使用", "投诉处理"),
    ("忠诚", "再次下单"),
    ("忠诚", "回访沟通"),
    ("忠诚", "综合评价"),
)
_ABOUT = {"价格": "报价议价", "交期": "交付收货", "物流": "交付收货", "产品质量": "产品使用", "服务": "售后服务"}
_OTHERWISE = "综合评价"
_EVENTS = {"投诉": "投诉处理", "售后服务": "售后服务"}
_ASKED_BEFORE, _ASKED_AFTER = "售前咨询", "售后咨询"
_HOUR = 3600
_DAY: Literal["datetime64[us]"] = "datetime64[us]"


def journey(now: Snapshot) -> pd.DataFrame:
    """Return each touchpoint of the period: rows, ratings with their mean, median hours to the first answer.

    ``weakest`` marks the lowest mean of those with ``csat_min_n`` ratings, or of any where none has as many; none where
    nothing was rated. 产品使用 and 报价议价 count the feedbacks about them. Before and after mean the first order.
    """
    first = _first_orders(now)
    served, hours = _rows_of_services(received_in(now.table("cases"), now), first)
    counted = _counted(now, first) | served
    rated, spoken = _ratings(now)
    rows = []
    for stage, name in TOUCHPOINTS:
        scores = rated.get(name, [])
        mean = sum(scores) / len(scores) if scores else None
        count = counted.get(name, spoken.get(name, 0))
        rows.append((stage, name, count, len(scores), mean, hours.get(name)))
    table = pd.DataFrame(rows, columns=list(COLUMNS[:-1]))
    kinds = {"stage": "str", "touchpoint": "str", "mean_score": "float64", "response_hours": "float64"}
    table = table.astype(kinds | {"count": "int64", "rated": "int64"})
    enough = table["rated"] >= now.settings.csat_min_n
    among = table["mean_score"].where(enough if enough.any() else table["rated"] > 0)
    return table.assign(weakest=(among == among.min()) & among.notna())


def _first_orders(now: Snapshot) -> dict[str, pd.Timestamp]:
    days = (
        lines(now, "customer_id", "day").filter(is_filled("day")).group_by("customer_id").agg(first=nw.col("day").min())
    )
    return dict(to_pandas(days, {"customer_id": "str", "first": _DAY}).itertuples(index=False, name=None))


def _counted(now: Snapshot, first: dict[str, pd.Timestamp]) -> dict[str, int]:
    dated = lines(now, "customer_id", "order_id", "day").filter(is_filled("day"))
    began = dated.group_by("customer_id", "order_id").agg(day=nw.col("day").min())
    orders = to_pandas(began, {"customer_id": "str", "order_id": "str", "day": _DAY})
    orders = in_period(orders, "day", now.window)
    firsts = orders["day"] == orders["customer_id"].map(first).astype(_DAY)
    talks = to_pandas(
        now.sheet("contact_logs", "customer_id", "held_at").filter(is_filled("customer_id")),
        {"customer_id": "str", "held_at": _DAY},
    ).sort_values(["customer_id", "held_at"])
    opening = ~talks.duplicated("customer_id")
    bought = talks["customer_id"].map(first).astype(_DAY)
    after = bought.notna() & (talks["held_at"].dt.normalize() > bought)
    within_period = is_in(talks["held_at"], now.window)
    delivered = lines(now, "order_id", "received_on").filter(within("received_on", now.window)).unique()
    registered = customers(now, "registered_on").filter(within("registered_on", now.window))
    return {
        "登记建档": len(to_pandas(registered, {"customer_id": "str"})),
        "首次沟通": int((opening & ~after & within_period).sum()),
        "售前沟通": int((~opening & ~after & within_period).sum()),
        "回访沟通": int((after & within_period).sum()),
        "首次下单": int(firsts.sum()),
        "再次下单": int((~firsts).sum()),
        "交付收货": len(to_pandas(delivered, {"order_id": "str"})),
    }


def _rows_of_services(came: pd.DataFrame, first: dict[str, pd.Timestamp]) -> tuple[dict[str, int], dict[str, float]]:
    """How many services each touchpoint saw, and the median hours until they were answered."""
    bought = came["customer_id"].map(first).astype(_DAY)
    before = bought.isna() | (came["received_at"].dt.normalize() < bought)
    asked = before.map({True: _ASKED_BEFORE, False: _ASKED_AFTER})
    names = came["event"].map(_EVENTS).astype("str").fillna(asked)
    hours = came["response"].astype("float64") / _HOUR
    counted = {str(name): int(rows) for name, rows in names.value_counts().items()}
    for name in (_ASKED_BEFORE, _ASKED_AFTER, *_EVENTS.values()):
        counted.setdefault(name, 0)
    return counted, {str(name): float(value) for name, value in hours.dropna().groupby(names).median().items()}


def _ratings(now: Snapshot) -> tuple[dict[str, list[int]], dict[str, int]]:
    """The ratings of each touchpoint, and how many feedbacks were about it."""
    table = to_pandas(feedbacks_in(now, "issue", "score"), {"issue": "str", "score": "Int64"})
    names = table["issue"].map(_ABOUT).astype("str").fillna(_OTHERWISE)
    rated = table.assign(name=names).dropna(subset="score")
    scores = {str(name): sorted(int(score) for score in rows["score"]) for name, rows in rated.groupby("name")}
    return scores, {str(name): int(rows) for name, rows in names.value_counts().items()}


TABLES = (FigureTable("journey", COLUMNS, journey),)
