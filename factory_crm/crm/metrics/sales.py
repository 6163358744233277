"""Sales: orders by distinct number, amounts by line in fen, returns not taken off. Of every sheet 订单记录 only."""

from collections.abc import Mapping

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.figure import FigureTable, Value, figure, share
from ...metrics.frames import BLANK, Frame, aggregates, as_integers, flag, is_filled, to_pandas
from ...metrics.snapshot import memoized
from .facts import Snapshot, customers, lines, lines_in

PRODUCTS = ("product", "orders", "amount_fen", "quantity_4")
REGIONS = ("region", "orders", "amount_fen")


def _counted(now: Snapshot, column: str, counted: nw.Expr) -> Value:
    """An aggregate of one column of the period's lines; coverage: lines with a day."""
    found, dated = aggregates(lines_in(now, column), n=nw.len(), value=counted), _dated(now)
    return Value(found["value"] if dated["dated"] else None, found["n"], share(dated["dated"], dated["rows"]))


@memoized
def _dated(now: Snapshot) -> Mapping[str, int]:
    """How many lines there are, and how many have a day; the others are in no period."""
    return aggregates(lines(now, "day"), rows=nw.len(), dated=flag(is_filled("day")).sum())


@figure(
    "orders",
    "订单数",
    unit="单",
    better="up",
    definition="期内下单、未取消的订单，按不同的订单编号计数；没有下单日期的行按发货日期归期，两者都没有的不计入。",
)
def orders(now: Snapshot) -> Value:
    """Return the orders of the period."""
    return _counted(now, "order_id", nw.col("order_id").n_unique())


@figure(
    "amount",
    "销售额",
    unit="元",
    better="up",
    definition="期内未取消的订单行的总金额之和，未扣退货；没有下单日期的行按发货日期归期，两者都没有的不计入。",
)
def amount(now: Snapshot) -> Value:
    """Return the amount of the period in fen."""
    return _counted(now, "amount", nw.col("amount").sum())


@figure(
    "order_value",
    "平均订单额",
    unit="元",
    better="up",
    definition="平均订单额 = 销售额 ÷ 订单数，四舍五入到分。",
)
def order_value(now: Snapshot) -> Value:
    """Return the average order value of the period in whole fen."""
    sold, ordered = now.figure("amount"), now.figure("orders")
    return sold._replace(value=rounded(int(sold.value or 0), int(ordered.value)) if ordered.value else None)


@figure(
    "buyers",
    "下单客户数",
    unit="家",
    better="up",
    definition="期内有未取消订单的客户，按不同的客户编号计数，含未登记客户。",
)
def buyers(now: Snapshot) -> Value:
    """Return the customers who ordered in the period."""
    return _counted(now, "customer_id", nw.col("customer_id").n_unique())


def rounded(part: int, whole: int) -> int:
    """Return the quotient of two whole numbers, half rounded up."""
    return (2 * part + whole) // (2 * whole)


def by_product(now: Snapshot) -> pd.DataFrame:
    """Return the sales of the period by 产品型号, the largest first; ``quantity_4`` counts 1/10000."""
    found = (
        lines_in(now, "product", "order_id", "amount", "quantity")
        .group_by("product")
        .agg(
            orders=nw.col("order_id").n_unique(), amount_fen=nw.col("amount").sum(), quantity_4=nw.col("quantity").sum()
        )
    )
    kinds = {"product": "str", "orders": "int64", "amount_fen": "int64", "quantity_4": "int64"}
    return largest_first(as_integers(found, "amount_fen", "quantity_4"), kinds, "amount_fen", "product")


def by_region(now: Snapshot) -> pd.DataFrame:
    """Return the sales of the period by the customer's 所在地区, the largest first; 未填 where it is not known."""
    found = (
        lines_in(now, "customer_id", "order_id", "amount")
        .join(customers(now, "region"), on="customer_id", how="left")
        .with_columns(nw.col("region").fill_null(BLANK))
        .group_by("region")
        .agg(orders=nw.col("order_id").n_unique(), amount_fen=nw.col("amount").sum())
    )
    kinds = {"region": "str", "orders": "int64", "amount_fen": "int64"}
    return largest_first(as_integers(found, "amount_fen"), kinds, "amount_fen", "region")


def largest_first(frame: Frame, kinds: dict[str, str], by: str, then: str) -> pd.DataFrame:
    """Collect a table and sort it, equal ones by their name."""
    table = to_pandas(frame, kinds)
    return table.sort_values([by, then], ascending=[False, True], ignore_index=True)


FIGURES = (orders, amount, order_value, buyers)
TABLES = (FigureTable("products", PRODUCTS, by_product), FigureTable("regions", REGIONS, by_region))
