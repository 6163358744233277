"""How satisfied customers are by what they rate and by what they are, of 反馈评价 and 客户信息."""

import narwhals.stable.v2 as nw
import pandas as pd

from .frames import BLANK, Known, collected, feedbacks_in, filled
from .segments import BY, in_groups, ranked
from .settings import Settings
from .voices import UNASSIGNED, only_products
from .windows import Window

RATINGS = ("by", "value", "rated", "mean_score", "csat")
ISSUE, PRODUCT = "issue", "product"


def ratings(known: Known, window: Window, settings: Settings) -> pd.DataFrame:
    """Return the ratings of the period by 反馈类别, by product and by each of ``BY``, the least satisfied first.

    ``by`` names a column of the customer, or ``issue`` or ``product``: a feedback's own product, else the only one of
    its order, else 未归属. A customer who is not registered counts as 未填.
    """
    rated = feedbacks_in(known, window).filter(filled("score"))
    told = rated.join(only_products(known), on="order_id", how="left").with_columns(
        nw.col(ISSUE).fill_null(BLANK), product=nw.coalesce(PRODUCT, "only").fill_null(UNASSIGNED)
    )
    table = collected(told, {**dict.fromkeys(("customer_id", ISSUE, PRODUCT), "str"), "score": "int64"})
    parts = [table[[name, "score"]].rename(columns={name: "value"}).assign(by=name) for name in (ISSUE, PRODUCT)]
    parts.append(in_groups(known, table[["customer_id", "score"]]))
    rows = pd.concat(parts, ignore_index=True)
    happy = (rows["score"] >= settings.csat_from).astype("float64")
    found = rows.assign(happy=happy).groupby(["by", "value"]).agg(
        rated=("score", "size"), mean_score=("score", "mean"), csat=("happy", "mean")
    )  # fmt: skip
    kinds = {"by": "str", "value": "str", "mean_score": "float64", "csat": "float64"}
    found = found.reset_index().astype(kinds)
    ascending = (True, False, True)
    return ranked(found, (ISSUE, PRODUCT, *BY), ("mean_score", "rated", "value"), ascending=ascending)[list(RATINGS)]
