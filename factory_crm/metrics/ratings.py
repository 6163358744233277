"""How satisfied customers are by what they rate and by what they are, of 反馈评价 and 客户信息."""

import narwhals.stable.v2 as nw
import pandas as pd

from .frames import BLANK, Known, collected, filled, within
from .segments import BY, grouped, people_of
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
    rated = known.feedbacks.filter(within("given_on", window), filled("score"))
    told = rated.join(only_products(known), on="order_id", how="left").with_columns(
        nw.col(ISSUE).fill_null(BLANK), product=nw.coalesce(PRODUCT, "only").fill_null(UNASSIGNED)
    )
    table = collected(told, {**dict.fromkeys(("customer_id", ISSUE, PRODUCT), "str"), "score": "int64"})
    customers = people_of(known)
    groups = [table[[name, "score"]].rename(columns={name: "value"}) for name in (ISSUE, PRODUCT)]
    for name in BY:
        joined = table[["customer_id", "score"]].merge(grouped(name, customers), on="customer_id", how="left")
        groups.append(joined.fillna({"value": BLANK}))
    parts = [_judged(by, group, settings) for by, group in zip((ISSUE, PRODUCT, *BY), groups, strict=True)]
    return pd.concat(parts, ignore_index=True)[list(RATINGS)]


def _judged(by: str, table: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    happy = (table["score"] >= settings.csat_from).astype("float64")
    found = table.assign(happy=happy).groupby("value").agg(
        rated=("score", "size"), mean_score=("score", "mean"), csat=("happy", "mean")
    )  # fmt: skip
    found = found.reset_index().astype({"value": "str", "mean_score": "float64", "csat": "float64"})
    found.insert(0, "by", pd.Series([by] * len(found), dtype="str"))
    return found.sort_values(["mean_score", "rated", "value"], ascending=[True, False, True])
