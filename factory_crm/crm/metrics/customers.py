"""One line a customer: what was bought, how it is judged, what was said, and what to do next."""

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.snapshot import Frame, Snapshot, flag, is_filled, to_pandas
from ...metrics.window import Window, midnight
from . import lifecycle, rfm, value
from .next_action import NEXT_STEPS
from .settings import Settings
from .sla import COMPLAINT

UNREGISTERED = "未登记客户"
UNRATED = value.CLASSES[value.UNRATED]

_WHOLE = ("orders", "amount_fen", "window_orders", "window_fen", "rated", "services", "complaints", "total")
_KINDS = {
    "customer_id": "str",
    "name": "str",
    "owner": "str",
    **dict.fromkeys(_WHOLE, "int64"),
    **dict.fromkeys(("first_order", "last_order"), "datetime64[us]"),
    **dict.fromkeys(("stage", "value", "rfm"), "Int64"),
}
_SCORES = dict.fromkeys("rfm", "Int64")
COLUMNS = (
    "customer_id", "name", "owner", "orders", "amount_fen", "window_orders", "window_fen", "first_order", "last_order", "recency_days",
    "r", "f", "m", "rfm_class", "value_class", "lifecycle", "mean_score", "rated", "services", "complaints", "next_step",
)  # fmt: skip


def customers(snapshot: Snapshot, window: Window, settings: Settings) -> pd.DataFrame:
    """Return every customer, registered or only referred to, the largest of the period first.

    Money in fen; ``r``, ``f``, ``m`` blank where there are no fifths; ``recency_days`` from the last order to the
    end of the period. Cancelled orders are in no number.
    """
    judged, in_fifths = rfm.scored(snapshot, window, settings)
    found = _numbers_known(snapshot)
    for more in (
        lifecycle.staged(snapshot, window, settings),
        judged.select("customer_id", "rfm", *(_SCORES if in_fifths else ())),
        value.valued(snapshot, window, settings).select("customer_id", "value"),
        _contacts(snapshot),
        _ratings(snapshot),
    ):
        found = found.join(more, on="customer_id", how="left")
    blank = dict.fromkeys(_WHOLE, 0) | {"stage": lifecycle.POTENTIAL}
    found = found.with_columns(nw.col(name).fill_null(value).cast(nw.Int64) for name, value in blank.items())
    table = to_pandas(found, _KINDS | (_SCORES if in_fifths else {}))
    return _shown(table, window)


def _numbers_known(snapshot: Snapshot) -> Frame:
    """Every number of a customer that stands anywhere, with its name."""
    tables = (snapshot.customers, snapshot.placed, snapshot.services, snapshot.feedbacks)
    numbers = nw.concat([table.select("customer_id") for table in tables]).unique("customer_id")
    named = numbers.join(snapshot.customers.select("customer_id", "name", "owner"), on="customer_id", how="left")
    return named.with_columns(nw.col("name").fill_null(UNREGISTERED))


def _contacts(snapshot: Snapshot) -> Frame:
    marked = snapshot.services.with_columns(complaint=flag(nw.col("event") == COMPLAINT))
    return marked.group_by("customer_id").agg(services=nw.len(), complaints=nw.col("complaint").sum())


def _ratings(snapshot: Snapshot) -> Frame:
    rated = snapshot.feedbacks.filter(is_filled("score"))
    return rated.group_by("customer_id").agg(rated=nw.len(), total=nw.col("score").sum())


def _shown(table: pd.DataFrame, window: Window) -> pd.DataFrame:
    """Put numbers of classes in words, and add what follows from the rest."""
    recency = (pd.Timestamp(midnight(window.as_of)) - table["last_order"]).dt.days.astype("Int64")
    stages = _words(table["stage"], lifecycle.STAGES)
    values = _words(table["value"], value.CLASSES)
    table = table.assign(
        recency_days=recency,
        lifecycle=stages,
        value_class=values,
        rfm_class=_words(table["rfm"], rfm.CLASSES),
        mean_score=table["total"] / table["rated"].where(table["rated"] > 0),
        next_step=pd.Series([NEXT_STEPS[pair] for pair in zip(stages, values, strict=True)], dtype="str"),
    )
    for score in _SCORES:
        if score not in table:
            table[score] = pd.array([pd.NA] * len(table), dtype="Int64")
    by = ["window_fen", "amount_fen", "customer_id"]
    return table.sort_values(by, ascending=[False, False, True], ignore_index=True)[list(COLUMNS)]


def _words(numbers: pd.Series, words: tuple[str, ...]) -> pd.Series:
    return pd.Series([UNRATED if pd.isna(number) else words[number] for number in numbers], dtype="str")


def by_class(table: pd.DataFrame, column: str, order: tuple[str, ...]) -> pd.DataFrame:
    """Return how many customers each class has and their revenue of the period, in that order, empty ones too."""
    groups = table.groupby(column)["window_fen"]
    sums = pd.DataFrame({"customers": groups.size(), "amount_fen": groups.sum()})
    return sums.reindex(list(order), fill_value=0).astype("int64").rename_axis(column).reset_index()


def by_stage(table: pd.DataFrame) -> pd.DataFrame:
    """Return how many customers are at each stage; 数据不足 only where there are some."""
    found = by_class(table, "lifecycle", lifecycle.STAGES).rename(columns={"lifecycle": "stage"})
    empty = (found.index == lifecycle.UNKNOWN) & (found["customers"] == 0)
    return found.loc[~empty, ["stage", "customers"]].reset_index(drop=True)
