"""What customers still owe (full edition), by how long it is overdue. Money in fen; of 订单记录."""

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.figure import FigureTable, Value, figure, share
from ...metrics.frames import aggregates, to_pandas
from ...metrics.snapshot import memoized
from ...metrics.window import midnight
from .facts import Snapshot, lines

AGES = (30, 60, 90)
RECEIVABLES = ("customer_id", "receivable_fen", "not_due_fen", "to_30_fen", "to_60_fen", "to_90_fen", "over_90_fen")


@memoized
def _open_lines(now: Snapshot) -> pd.DataFrame:
    """The order lines that say anything of payment, ``left`` to pay in fen, and the ``days`` they are overdue."""
    return _left(now, "amount", "paid", "payment_due_on")


def _left(now: Snapshot, *columns: str) -> pd.DataFrame:
    kinds = {"customer_id": "str", "amount": "Int64", "paid": "Int64", "payment_due_on": "datetime64[us]"}
    stated = lines(now, *columns).filter(~nw.col("paid").is_null() | ~nw.col("payment_due_on").is_null())
    table = to_pandas(stated, {name: kinds[name] for name in columns})
    left = table["amount"].fillna(0).astype("int64") - table["paid"].fillna(0).astype("int64")
    days = (pd.Timestamp(midnight(now.end)) - table["payment_due_on"]).dt.days - 1
    return table.assign(left=left.clip(lower=0), days=days.fillna(0).clip(lower=0).astype("int64"))


def receivables(now: Snapshot) -> pd.DataFrame:
    """Return what each customer still owes, by how long it is overdue, the most first; without 付款到期日 it is not due."""
    table = _left(now, "customer_id", "amount", "paid", "payment_due_on")
    table = table[table["left"] > 0]
    bounds = [(-1, 0), (0, AGES[0]), (AGES[0], AGES[1]), (AGES[1], AGES[2]), (AGES[2], 10**9)]
    for name, (above, most) in zip(RECEIVABLES[2:], bounds, strict=True):
        table = table.assign(**{name: table["left"].where((table["days"] > above) & (table["days"] <= most), 0)})
    found = table.rename(columns={"left": "receivable_fen"}).groupby("customer_id")[list(RECEIVABLES[1:])].sum()
    found = found.astype("int64").reset_index().astype({"customer_id": "str"})
    by = ["receivable_fen", "customer_id"]
    return found.sort_values(by, ascending=[False, True], ignore_index=True)[list(RECEIVABLES)]


@memoized
def _every(now: Snapshot) -> int:
    """How many order lines there are."""
    return aggregates(lines(now, "paid"), rows=nw.len())["rows"]


@figure(
    "receivable",
    "应收账款",
    unit="元",
    better="down",
    compared=False,
    definition="未取消的订单行中，总金额 − 已收金额为正的余额之和；只算填了已收金额或付款到期日的行，已收金额空着算没收。",
)
def receivable(now: Snapshot) -> Value:
    """Return what is left to pay; coverage: lines that say anything of payment."""
    table = _open_lines(now)
    return Value(int(table["left"].sum()) if len(table) else None, len(table), share(len(table), _every(now)))


@figure(
    "overdue_receivable",
    "逾期应收",
    unit="元",
    better="down",
    compared=False,
    definition="应收账款中付款到期日已过的部分；没有付款到期日的不计入。",
)
def overdue_receivable(now: Snapshot) -> Value:
    """Return what is left to pay and overdue; coverage: lines with 付款到期日."""
    table = _open_lines(now)
    dated = int(table["payment_due_on"].notna().sum())
    overdue = int(table["left"].where(table["days"] > 0, 0).sum())
    return Value(overdue if dated else None, dated, share(dated, _every(now)))


FIGURES = (receivable, overdue_receivable)
TABLES = (FigureTable("receivables", RECEIVABLES, receivables),)
