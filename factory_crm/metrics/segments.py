"""Sales by what customers are and by who looks after them, and against targets. Money in fen; of 订单记录 and 客户信息."""

from collections.abc import Mapping
from datetime import date

import narwhals.stable.v2 as nw
import pandas as pd

from .frames import BLANK, Known, collected, filled, flag, numbers, within
from .metric import Measure, share
from .sales import whole
from .windows import Window

BY = ("customer_type", "industry", "size", "region", "needs", "owner")
"""Several 需求偏好 count in each of them; ``owner`` is 业务员, else the customer's 负责人 of today (按现负责人)."""
SEGMENTS = ("by", "value", "customers", "buyers", "orders", "amount_fen")
TARGETS = ("owner", "month", "target_fen", "amount_fen", "rate")
EVERYONE = ""
"""The owner of a target that names nobody."""
Plan = Mapping[str, Mapping[str, int]]
_SEVERAL = "、"


def new_customers(known: Known, window: Window) -> dict[str, Measure]:
    """Return how many customers were registered in the period; coverage: customers with 注册日期."""
    found = numbers(
        known.customers,
        rows=nw.len(),
        dated=flag(filled("registered_on")).sum(),
        new=flag(within("registered_on", window)).sum(),
    )
    value = found["new"] if found["dated"] else None
    return {"new_customers": Measure(value, found["dated"], share(found["dated"], found["rows"]))}


def sold(known: Known, window: Window) -> pd.DataFrame:
    """Return the sales of the period: one row for each customer, order, month and ``owner``; blank owners are 未填."""
    owners = known.customers.select("customer_id", "owner")
    lines = known.lines.filter(within("day", window)).select("customer_id", "order_id", "amount", "salesperson", "day")
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
    table = collected(whole(summed, "amount_fen"), kinds)
    table["month"] = table["month"].dt.strftime("%Y-%m").astype("str")
    return table.sort_values(["customer_id", "order_id", "owner", "month"], ignore_index=True)


def people_of(known: Known) -> pd.DataFrame:
    """Return each registered customer with the columns of ``BY``, blanks as 未填."""
    table = collected(known.customers, {"customer_id": "str", **dict.fromkeys(BY, "str")})
    return table.fillna(BLANK).sort_values("customer_id", ignore_index=True)


def segments(known: Known, window: Window) -> pd.DataFrame:
    """Return customers, buyers, orders and amount of the period for each value of each of ``BY``, the largest first.

    ``customers`` counts the registered ones, ``buyers`` those with an order in the period, registered or not.
    """
    sales, customers = sold(known, window), people_of(known)
    return pd.concat([_by(name, sales, customers) for name in BY], ignore_index=True)[list(SEGMENTS)]


def grouped(name: str, customers: pd.DataFrame) -> pd.DataFrame:
    """Return ``customer_id`` and ``value`` of the customers of ``people_of``, several values in a row each."""
    groups = customers[["customer_id", name]].rename(columns={name: "value"})
    if name == "needs":
        groups = groups.assign(value=groups["value"].str.split(_SEVERAL)).explode("value")
        groups["value"] = groups["value"].astype("str")
    return groups


def _by(name: str, sales: pd.DataFrame, customers: pd.DataFrame) -> pd.DataFrame:
    groups = grouped(name, customers)
    joined = (
        sales.rename(columns={"owner": "value"})
        if name == "owner"
        else sales.drop(columns="owner").merge(groups, on="customer_id", how="left").fillna({"value": BLANK})
    )
    found = joined.groupby("value").agg(
        buyers=("customer_id", "nunique"), orders=("order_id", "nunique"), amount_fen=("amount_fen", "sum")
    )
    known = groups.groupby("value").agg(customers=("customer_id", "nunique"))
    table = known.join(found, how="outer").fillna(0).astype("int64").rename_axis("value").reset_index()
    table.insert(0, "by", pd.Series([name] * len(table), dtype="str"))
    return table.sort_values(["amount_fen", "customers", "value"], ascending=[False, False, True])


def targets(known: Known, window: Window, plan: Plan) -> pd.DataFrame:
    """Return each target of a month that begins in the period beside the sales; ``rate`` NaN of a target of 0.

    ``plan`` is what factory.toml says, by owner and month; the sheet 销售目标 wins. An empty owner is everyone.
    """
    kinds = {"owner": "str", "month": "datetime64[us]", "amount": "int64"}
    stated = collected(whole(known.extra["sales_targets"].filter(filled("owner", "month")), "amount"), kinds)
    aims = {(owner, month): fen for owner, months in plan.items() for month, fen in months.items()}
    aims |= {(owner, f"{month:%Y-%m}"): int(fen) for owner, month, fen in stated.itertuples(index=False, name=None)}
    chosen = {key: fen for key, fen in sorted(aims.items()) if window.start <= _first(key[1]) < window.end}
    sales = sold(known, window)
    by_owner = sales.groupby(["owner", "month"])["amount_fen"].sum()
    by_month = sales.groupby("month")["amount_fen"].sum()
    rows = [
        (owner, month, fen, int(by_month.get(month, 0) if owner == EVERYONE else by_owner.get((owner, month), 0)))
        for (owner, month), fen in chosen.items()
    ]
    table = pd.DataFrame(rows, columns=list(TARGETS[:-1]))
    table = table.astype({"owner": "str", "month": "str", "target_fen": "int64", "amount_fen": "int64"})
    return table.assign(rate=table["amount_fen"] / table["target_fen"].where(table["target_fen"] > 0))


def target_rate(table: pd.DataFrame) -> dict[str, Measure]:
    """Return the sales of those who have targets by their targets; those of everyone count only where no person has one."""
    of_people = table[table["owner"] != EVERYONE]
    chosen = of_people if len(of_people) else table
    amount, target = int(chosen["amount_fen"].sum()), int(chosen["target_fen"].sum())
    return {"target_rate": Measure(share(amount, target), len(chosen))}


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
