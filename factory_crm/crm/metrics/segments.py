"""Sales by what customers are and by who looks after them, and against targets. Money in fen; of 订单记录 and 客户信息."""

from collections.abc import Sequence
from datetime import date

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.figure import FigureTable, Value, figure, share
from ...metrics.frames import BLANK, as_integers, is_filled, to_pandas
from ...metrics.snapshot import memoized
from .facts import Snapshot, customers, lines_in

BY = ("customer_type", "industry", "size", "region", "needs", "owner")
"""Several 需求偏好 count in each of them; ``owner`` is 业务员, else the customer's 负责人 of today (按现负责人)."""
SEGMENTS = ("by", "value", "customers", "buyers", "orders", "amount_fen")
TARGETS = ("owner", "month", "target_fen", "amount_fen", "rate")
EVERYONE = ""
"""The owner of a target that names nobody."""
_SEVERAL = "、"


@memoized
def sold(now: Snapshot) -> pd.DataFrame:
    """Return the sales of the period: one row for each customer, order, month and ``owner``; blank owners are 未填."""
    lines = lines_in(now, "customer_id", "order_id", "amount", "salesperson", "day")
    lines = lines.join(customers(now, "owner"), on="customer_id", how="left").with_columns(
        owner=nw.coalesce("salesperson", "owner").fill_null(BLANK), month=nw.col("day").dt.truncate("1mo")
    )
    summed = lines.group_by("customer_id", "order_id", "owner", "month").agg(amount_fen=nw.col("amount").sum())
    kinds = {
        "customer_id": "str",
        "order_id": "str",
        "owner": "str",
        "month": "datetime64[us]",
        "amount_fen": "int64",
    }
    table = to_pandas(as_integers(summed, "amount_fen"), kinds)
    table["month"] = table["month"].dt.strftime("%Y-%m").astype("str")
    return table.sort_values(["customer_id", "order_id", "owner", "month"], ignore_index=True)


@memoized
def groups_of(now: Snapshot) -> pd.DataFrame:
    """Return ``customer_id``, ``by`` and ``value`` of each registered customer for each of ``BY``, blanks as 未填."""
    table = to_pandas(customers(now, *BY), {"customer_id": "str", **dict.fromkeys(BY, "str")}).fillna(BLANK)
    groups = table.melt("customer_id", list(BY), "by", "value").astype("str")
    several = groups["by"] == "needs"
    groups["value"] = groups["value"].str.split(_SEVERAL).where(several, groups["value"].map(lambda value: [value]))
    return groups.explode("value", ignore_index=True).astype("str")


def in_groups(now: Snapshot, table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows once for each ``by`` and ``value`` of their customer; 未填 where that one is not registered."""
    groups = groups_of(now)
    strangers = table[~table["customer_id"].isin(groups["customer_id"])]
    blank = pd.DataFrame({"by": BY, "value": BLANK}, dtype="str")
    return pd.concat([table.merge(groups, on="customer_id"), strangers.merge(blank, how="cross")], ignore_index=True)


def ranked(table: pd.DataFrame, order: Sequence[str], by: Sequence[str], *, ascending: Sequence[bool]) -> pd.DataFrame:
    """Return a table with its rows in that order of ``by``, those of each sorted by the columns named."""
    places = table["by"].map({name: place for place, name in enumerate(order)})
    table = table.assign(place=places).sort_values(["place", *by], ascending=[True, *ascending], ignore_index=True)
    return table.drop(columns="place")


def segments(now: Snapshot) -> pd.DataFrame:
    """Return customers, buyers, orders and amount of the period for each value of each of ``BY``, the largest first.

    ``customers`` counts the registered ones, ``buyers`` those with an order in the period, registered or not.
    """
    sales = sold(now)
    joined = in_groups(now, sales.drop(columns="owner"))
    owned = sales.rename(columns={"owner": "value"}).assign(by="owner")
    found = pd.concat([joined[joined["by"] != "owner"], owned]).groupby(["by", "value"]).agg(
        buyers=("customer_id", "nunique"), orders=("order_id", "nunique"), amount_fen=("amount_fen", "sum")
    )  # fmt: skip
    everyone = groups_of(now).groupby(["by", "value"]).agg(customers=("customer_id", "nunique"))
    table = (
        everyone.join(found, how="outer")
        .fillna(0)
        .astype("int64")
        .reset_index()
        .astype(dict.fromkeys(("by", "value"), "str"))
    )
    return ranked(table, BY, ("amount_fen", "customers", "value"), ascending=(False, False, True))[list(SEGMENTS)]


def targets(now: Snapshot) -> pd.DataFrame:
    """Return each target of a month that begins in the period beside the sales; ``rate`` NaN of a target of 0.

    Those of factory.toml, and those of the sheet 销售目标, which wins. An empty owner is everyone.
    """
    kinds = {"owner": "str", "month": "datetime64[us]", "amount": "int64"}
    stated = to_pandas(
        as_integers(
            now.sheet("sales_targets", "owner", "month", "amount").filter(is_filled("owner", "month")), "amount"
        ),
        kinds,
    )
    aims = {(owner, month): fen for owner, months in now.targets.items() for month, fen in months.items()}
    aims |= {(owner, f"{month:%Y-%m}"): int(fen) for owner, month, fen in stated.itertuples(index=False, name=None)}
    chosen = {key: fen for key, fen in sorted(aims.items()) if now.window.start <= _first(key[1]) < now.window.end}
    sales = sold(now)
    by_owner = sales.groupby(["owner", "month"])["amount_fen"].sum()
    by_month = sales.groupby("month")["amount_fen"].sum()
    rows = [
        (owner, month, fen, int(by_month.get(month, 0) if owner == EVERYONE else by_owner.get((owner, month), 0)))
        for (owner, month), fen in chosen.items()
    ]
    table = pd.DataFrame(rows, columns=list(TARGETS[:-1]))
    table = table.astype({"owner": "str", "month": "str", "target_fen": "int64", "amount_fen": "int64"})
    return table.assign(rate=table["amount_fen"] / table["target_fen"].where(table["target_fen"] > 0))


@figure(
    "target_rate",
    "销售目标完成率",
    unit="%",
    better="up",
    compared=False,
    definition="期内各月有目标的人的销售额 ÷ 他们的目标金额之和；只算月初在期内的月份，最后一个月没有过完也按整月目标算。"
    "销售额归订单的业务员，没填业务员的归客户的现负责人；目标不指明负责人的，用全部销售额来比。",
)
def target_rate(now: Snapshot) -> Value:
    """Return the sales of those who have targets by their targets; those of everyone count only where no person has one."""
    table = now.table("targets")
    of_people = table[table["owner"] != EVERYONE]
    chosen = of_people if len(of_people) else table
    amount, target = int(chosen["amount_fen"].sum()), int(chosen["target_fen"].sum())
    return Value(share(amount, target), len(chosen))


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


FIGURES = (target_rate,)
TABLES = (FigureTable("segments", SEGMENTS, segments), FigureTable("targets", TARGETS, targets))
