"""How satisfied customers are by what they rate and by what they are, of 反馈评价 and 客户信息."""

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.figure import FigureTable
from ...metrics.frames import BLANK, is_filled, to_pandas
from .facts import Snapshot, feedbacks_in
from .feedback import UNASSIGNED, only_products
from .segments import BY, in_groups, ranked

RATINGS = ("by", "value", "rated", "mean_score", "csat")
ISSUE, PRODUCT = "issue", "product"


def ratings(now: Snapshot) -> pd.DataFrame:
    """Return the ratings of the period by 反馈类别, by product and by each of ``BY``, the least satisfied first.

    ``by`` names a column of the customer, or ``issue`` or ``product``: a feedback's own product, else the only one of
    its order, else 未归属. A customer who is not registered counts as 未填.
    """
    rated = feedbacks_in(now, "customer_id", "order_id", ISSUE, PRODUCT, "score").filter(is_filled("score"))
    named = rated.join(only_products(now), on="order_id", how="left").with_columns(
        nw.col(ISSUE).fill_null(BLANK), product=nw.coalesce(PRODUCT, "only").fill_null(UNASSIGNED)
    )
    table = to_pandas(named, {**dict.fromkeys(("customer_id", ISSUE, PRODUCT), "str"), "score": "int64"})
    parts = [table[[name, "score"]].rename(columns={name: "value"}).assign(by=name) for name in (ISSUE, PRODUCT)]
    parts.append(in_groups(now, table[["customer_id", "score"]]))
    rows = pd.concat(parts, ignore_index=True)
    happy = (rows["score"] >= now.settings.csat_from).astype("float64")
    found = rows.assign(happy=happy).groupby(["by", "value"]).agg(
        rated=("score", "size"), mean_score=("score", "mean"), csat=("happy", "mean")
    )  # fmt: skip
    kinds = {"by": "str", "value": "str", "mean_score": "float64", "csat": "float64"}
    found = found.reset_index().astype(kinds)
    ascending = (True, False, True)
    return ranked(found, (ISSUE, PRODUCT, *BY), ("mean_score", "rated", "value"), ascending=ascending)[list(RATINGS)]


TABLES = (FigureTable("ratings", RATINGS, ratings),)
