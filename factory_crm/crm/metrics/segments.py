"""Sales by what customers are and by who looks after them, and against targets. Money in fen; of 订单记录 and 客户信息."""

from collections.abc import Mapping, Sequence
from datetime import date

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.metric import MetricValue, share
from ...metrics.snapshot import BLANK, Snapshot, aggregates, flag, is_filled, lines_in, memoized, to_pandas, within
from ...metrics.window import Window
from .sales import as_integers

BY = ("customer_type", "industry", "size", "region", "needs", "owner")
"""Several 需求偏好 count in each of them; ``owner`` is 业务员, else the customer's 负责人 of today (按现负责人)."""
SEGMENTS = ("by", "value", "customers", "buyers", "orders", "amount_fen")
TARGETS = ("owner", "month", "target_fen", "amount_fen", "rate")
EVERYONE = ""
"""The owner of a target that names nobody."""
TargetPlan = Mapping[str, Mapping[str, int]]
_SEVERAL = "、"


def new_customers(snapshot: Snapshot, window: Window) -> dict[str, MetricValue]:
    """Return how many customers were registered in the period; coverage: customers with 注册日期."""
    found = aggregates(
        snapshot.customers,
        rows=nw.len(),
        dated=flag(is_filled("registered_on")).sum(),
        new=flag(within("registered_on", window)).sum(),
    )
    value = found["new"] if found["dated"] else None
    return {"new_customers": MetricValue(value, found["dated"], share(found["dated"], found["rows"]))}


@memoized
def sold(snapshot: Snapshot, window: Window) -> pd.DataFrame:
    """Return the sales of the period: one row for each customer, order, month and ``owner``; blank owners are 未填."""
    owners = snapshot.customers.select("customer_id", "owner")
    lines = lines_in(snapshot, window).select("customer_id", "order_id", "amount", "salesperson", "day")
    lines = lines.join(owners, on="customer_id", how="left").with_columns(
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
def groups_of(snapshot: Snapshot) -> pd.DataFrame:
    """Return ``customer_id``, ``by`` and ``value`` of each registered customer for each of ``BY``, blanks as 未填."""
    table = to_pandas(snapshot.customers, {"customer_id": "str", **dict.fromkeys(BY, "str")}).fillna(BLANK)
    groups = table.melt("customer_id", list(BY), "by", "value").astype("str")
    several = groups["by"] == "needs"
    groups["value"] = groups["value"].str.split(_SEVERAL).where(several, groups["value"].map(lambda value: [value]))
    return groups.explode("value", ignore_index=True).astype("str")


def in_groups(snapshot: Snapshot, table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows once for each ``by`` and ``value`` of their customer; 未填 where that one is not registered."""
    groups = groups_of(snapshot)
    strangers = table[~table["customer_id"].isin(groups["customer_id"])]
    blank = pd.DataFrame({"by": BY, "value": BLANK}, dtype="str")
    return pd.concat([table.merge(groups, on="customer_id"), strangers.merge(blank, how="cross")], ignore_index=True)


def ranked(table: pd.DataFrame, order: Sequence[str], by: Sequence[str], *, ascending: Sequence[bool]) -> pd.DataFrame:
    """Return a table with its rows in that order of ``by``, those of each sorted by the columns named."""
    places = table["by"].map({name: place for place, name in enumerate(order)})
    table = table.assign(place=places).sort_values(["place", *by], ascending=[True, *ascending], ignore_index=True)
    return table.drop(columns="place")


def segments(snapshot: Snapshot, window: Window) -> pd.DataFrame:
    """Return customers, buyers, orders and amount of the period for each value of each of ``BY``, the largest first.

    ``customers`` counts the registered ones, ``buyers`` those with an order in the period, registered or not.
    """
    sales = sold(snapshot, window)
    joined = in_groups(snapshot, sales.drop(columns="owner"))
    owned = sales.rename(columns={"owner": "value"}).assign(by="owner")
    found = pd.concat([joined[joined["by"] != "owner"], owned]).groupby(["by", "value"]).agg(
        buyers=("customer_id", "nunique"), orders=("order_id", "nunique"), amount_fen=("amount_fen", "sum")
    )  # fmt: skip
    everyone = groups_of(snapshot).groupby(["by", "value"]).agg(customers=("customer_id", "nunique"))
    table = (
        everyone.join(found, how="outer")
        .fillna(0)
        .astype("int64")
        .reset_index()
        .astype(dict.fromkeys(("by", "value"), "str"))
    )
    return ranked(table, BY, ("amount_fen", "customers", "value"), ascending=(False, False, True))[list(SEGMENTS)]


def targets(snapshot: Snapshot, window: Window, plan: TargetPlan) -> pd.DataFrame:
    """Return each target of a month that begins in the period beside the sales; ``rate`` NaN of a target of 0.

    ``plan`` is what factory.toml says, by owner and month; the sheet 销售目标 wins. An empty owner is everyone.
    """
    kinds = {"owner": "str", "month": "datetime64[us]", "amount": "int64"}
    stated = to_pandas(
        as_integers(snapshot.extra["sales_targets"].filter(is_filled("owner", "month")), "amount"), kinds
    )
    aims = {(owner, month): fen for owner, months in plan.items() for month, fen in months.items()}
    aims |= {(owner, f"{month:%Y-%m}"): int(fen) for owner, month, fen in stated.itertuples(index=False, name=None)}
    chosen = {key: fen for key, fen in sorted(aims.items()) if window.start <= _first(key[1]) < window.end}
    sales = sold(snapshot, window)
    by_owner = sales.groupby(["owner", "month"])["amount_fen"].sum()
    by_month = sales.groupby("month")["amount_fen"].sum()
    rows = [
        (owner, month, fen, int(by_month.get(month, 0) if owner == EVERYONE else by_owner.get((owner, month), 0)))
        for (owner, month), fen in chosen.items()
    ]
    table = pd.DataFrame(rows, columns=list(TARGETS[:-1]))
    table = table.astype({"owner": "str", "month": "str", "target_fen": "int64", "amount_fen": "int64"})
    return table.assign(rate=table["amount_fen"] / table["target_fen"].where(table["target_fen"] > 0))


def target_rate(table: pd.DataFrame) -> dict[str, MetricValue]:
    """Return the sales of those who have targets by their targets; those of everyone count only where no person has one."""
    of_people = table[table["owner"] != EVERYONE]
    chosen = of_people if len(of_people) else table
    amount, target = int(chosen["amount_fen"].sum()), int(chosen["target_fen"].sum())
    return {"target_rate": MetricValue(share(amount, target), len(chosen))}


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
