"""What each person did in the period (绩效): sales, response, resolution, satisfaction. Money in fen."""

import pandas as pd

from ...metrics.figure import FigureTable
from ...metrics.frames import SECONDS_A_DAY, is_filled, to_pandas
from .facts import Snapshot, customers, feedbacks_in
from .segments import sold
from .sla import BREACHED, MET, received_in

PEOPLE = (
    "person", "customers", "orders", "amount_fen", "target_fen", "target_rate", "services", "response_hours", "sla_rate",
    "resolution_days", "rated", "csat",
)  # fmt: skip
_HOUR = 3600
_COUNTED = ("customers", "orders", "amount_fen", "target_fen", "services", "rated")


def people(now: Snapshot) -> pd.DataFrame:
    """Return one row for each person named anywhere, the largest sales first.

    Sales are those of 业务员, else of the customer's 负责人 today; ``customers`` bought of them. Services are 处理人员's,
    those received in the period: medians of hours to the answer and of days to the end. Satisfaction is that of the
    customers a person is 负责人 of. Rates are NaN of nothing.
    """
    aims = now.table("targets")
    parts = [
        _sales(now),
        aims[aims["owner"] != ""].groupby("owner").agg(target_fen=("target_fen", "sum"), reached=("amount_fen", "sum")),
        _services(received_in(now.table("cases"), now)),
        _ratings(now),
    ]
    names = sorted({str(name) for part in parts for name in part.index})
    found = pd.DataFrame(index=pd.Index(names, dtype="str", name="person"))
    for part in parts:
        found = found.join(part)
    found[list(_COUNTED)] = found[list(_COUNTED)].fillna(0).astype("int64")
    found["target_rate"] = found["reached"] / found["target_fen"].where(found["target_fen"] > 0)
    found["csat"] = found["happy"] / found["rated"].where(found["rated"] > 0)
    for name in ("target_rate", "response_hours", "sla_rate", "resolution_days", "csat"):
        found[name] = found[name].astype("float64")
    order = found.reset_index().sort_values(["amount_fen", "services", "person"], ascending=[False, False, True])
    return order[list(PEOPLE)].reset_index(drop=True)


def _sales(now: Snapshot) -> pd.DataFrame:
    return (
        sold(now)
        .groupby("owner")
        .agg(customers=("customer_id", "nunique"), orders=("order_id", "nunique"), amount_fen=("amount_fen", "sum"))
    )


def _services(came: pd.DataFrame) -> pd.DataFrame:
    marked = came.dropna(subset="handler").assign(
        met=lambda rows: (rows["state"] == MET).astype("int64"),
        judged=lambda rows: rows["state"].isin([MET, BREACHED]).astype("int64"),
        hours=lambda rows: rows["response"].astype("float64") / _HOUR,
        days=lambda rows: rows["took"].astype("float64") / SECONDS_A_DAY,
    )
    found = marked.groupby("handler").agg(
        services=("handler", "size"),
        met=("met", "sum"),
        judged=("judged", "sum"),
        response_hours=("hours", "median"),
        resolution_days=("days", "median"),
    )
    return found.assign(sla_rate=found["met"] / found["judged"].where(found["judged"] > 0)).drop(
        columns=["met", "judged"]
    )


def _ratings(now: Snapshot) -> pd.DataFrame:
    owners = customers(now, "owner").filter(is_filled("owner"))
    rated = feedbacks_in(now, "customer_id", "score").filter(is_filled("score"))
    table = to_pandas(rated.join(owners, on="customer_id", how="inner"), {"owner": "str", "score": "int64"})
    table["happy"] = (table["score"] >= now.settings.csat_from).astype("int64")
    return table.groupby("owner").agg(rated=("score", "size"), happy=("happy", "sum"))


TABLES = (FigureTable("people", PEOPLE, people),)
