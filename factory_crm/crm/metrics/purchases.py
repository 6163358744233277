"""What each customer bought: the frame that lifecycle, RFM and value class stand on."""

import narwhals.stable.v2 as nw

from ...metrics.snapshot import Frame, Snapshot, lines_in, memoized
from ...metrics.window import Window
from .sales import as_integers


@memoized
def purchases(snapshot: Snapshot, window: Window) -> Frame:
    """One row for each customer with an order that is not cancelled.

    ``orders``, ``amount_fen``: of all time · ``first_order``, ``last_order``: blank where no line has a day ·
    ``window_orders``, ``window_fen``: of the period.
    """
    ever = snapshot.lines.group_by("customer_id").agg(
        orders=nw.col("order_id").n_unique(),
        amount_fen=nw.col("amount").sum(),
        first_order=nw.col("day").min(),
        last_order=nw.col("day").max(),
    )
    lately = (
        lines_in(snapshot, window)
        .group_by("customer_id")
        .agg(window_orders=nw.col("order_id").n_unique(), window_fen=nw.col("amount").sum())
    )
    joined = ever.join(lately, on="customer_id", how="left")
    return as_integers(joined, "amount_fen", "window_orders", "window_fen")
