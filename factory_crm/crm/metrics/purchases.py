"""What each customer bought: the frame that lifecycle, RFM and value class stand on."""

import narwhals.stable.v2 as nw

from ...metrics.frames import Frame, as_integers
from ...metrics.snapshot import memoized
from .facts import Snapshot, lines, lines_in


@memoized
def order_days(now: Snapshot) -> Frame:
    """Return each customer with an order that is not cancelled, and the days of the first and the last.

    ``first_order``, ``last_order``: blank where no line has a day.
    """
    spans = lines(now, "customer_id", "day").group_by("customer_id")
    return spans.agg(first_order=nw.col("day").min(), last_order=nw.col("day").max())


@memoized
def spending(now: Snapshot) -> Frame:
    """Return ``window_fen``, what each customer who ordered in the period spent in it."""
    spent = lines_in(now, "customer_id", "amount").group_by("customer_id").agg(window_fen=nw.col("amount").sum())
    return as_integers(spent, "window_fen")


@memoized
def purchases(now: Snapshot) -> Frame:
    """Return the customers of ``order_days`` with their orders.

    ``orders``, ``amount_fen``: of all time · ``window_orders``, ``window_fen``: of the period.
    """
    ever = lines(now, "customer_id", "order_id", "amount", "day").group_by("customer_id").agg(
        orders=nw.col("order_id").n_unique(),
        amount_fen=nw.col("amount").sum(),
        first_order=nw.col("day").min(),
        last_order=nw.col("day").max(),
    )  # fmt: skip
    lately = (
        lines_in(now, "customer_id", "order_id", "amount")
        .group_by("customer_id")
        .agg(window_orders=nw.col("order_id").n_unique(), window_fen=nw.col("amount").sum())
    )
    joined = ever.join(lately, on="customer_id", how="left")
    return as_integers(joined, "amount_fen", "window_orders", "window_fen")
