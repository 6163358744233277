"""Sales: orders by distinct number, amounts by line in fen, returns not taken off. Of every sheet 订单记录 only."""

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.metric import MetricValue, share
from ...metrics.snapshot import BLANK, Frame, Snapshot, aggregates, flag, is_filled, lines_in, to_pandas
from ...metrics.window import Window


def sales(snapshot: Snapshot, window: Window) -> dict[str, MetricValue]:
    """Return orders, amount, average order value and buyers of the period. Lines without a day are in none."""
    rows = aggregates(snapshot.lines, rows=nw.len(), dated=flag(is_filled("day")).sum())
    found = aggregates(
        lines_in(snapshot, window),
        n=nw.len(),
        orders=nw.col("order_id").n_unique(),
        amount=nw.col("amount").sum(),
        buyers=nw.col("customer_id").n_unique(),
    )
    coverage = share(rows["dated"], rows["rows"])
    values: dict[str, int | None] = {
        name: found[name] if rows["dated"] else None for name in ("orders", "amount", "buyers")
    }
    values["order_value"] = rounded(found["amount"], found["orders"]) if found["orders"] else None
    return {name: MetricValue(value, found["n"], coverage) for name, value in values.items()}


def rounded(part: int, whole: int) -> int:
    """Return the quotient of two whole numbers, half rounded up."""
    return (2 * part + whole) // (2 * whole)


def by_product(snapshot: Snapshot, window: Window) -> pd.DataFrame:
    """Return the sales of the period by 产品型号, the largest first; ``quantity_4`` counts 1/10000."""
    found = (
        lines_in(snapshot, window)
        .group_by("product")
        .agg(
            orders=nw.col("order_id").n_unique(), amount_fen=nw.col("amount").sum(), quantity_4=nw.col("quantity").sum()
        )
    )
    kinds = {"product": "str", "orders": "int64", "amount_fen": "int64", "quantity_4": "int64"}
    return largest_first(as_integers(found, "amount_fen", "quantity_4"), kinds, "amount_fen", "product")


def by_region(snapshot: Snapshot, window: Window) -> pd.DataFrame:
    """Return the sales of the period by the customer's 所在地区, the largest first; 未填 where it is not known."""
    regions = snapshot.customers.select("customer_id", "region")
    found = (
        lines_in(snapshot, window)
        .select("customer_id", "order_id", "amount")
        .join(regions, on="customer_id", how="left")
        .with_columns(nw.col("region").fill_null(BLANK))
        .group_by("region")
        .agg(orders=nw.col("order_id").n_unique(), amount_fen=nw.col("amount").sum())
    )
    kinds = {"region": "str", "orders": "int64", "amount_fen": "int64"}
    return largest_first(as_integers(found, "amount_fen"), kinds, "amount_fen", "region")


def as_integers(frame: Frame, *names: str) -> Frame:
    """Return the frame with these sums as integers, blanks as 0: engines widen sums, and may return null for nothing."""
    return frame.with_columns(nw.col(name).fill_null(0).cast(nw.Int64) for name in names)


def largest_first(frame: Frame, kinds: dict[str, str], by: str, then: str) -> pd.DataFrame:
    """Collect a table and sort it, equal ones by their name."""
    table = to_pandas(frame, kinds)
    return table.sort_values([by, then], ascending=[False, True], ignore_index=True)
