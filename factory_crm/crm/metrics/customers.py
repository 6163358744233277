"""One row a customer: what was bought, how it is judged, what was said, and what to do next."""

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.figure import FigureTable, Value, figure, share
from ...metrics.frames import Frame, aggregates, flag, is_filled, to_pandas, within
from ...metrics.window import Window, midnight
from . import lifecycle, rfm, value
from .facts import COMPLAINT, Snapshot, placed, services
from .facts import customers as registered
from .next_action import NEXT_STEPS
from .purchases import purchases

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


@figure(
    "new_customers",
    "新客户数",
    unit="家",
    better="up",
    definition="注册日期在期内的客户数，按不同的客户编号计数。",
)
def new_customers(now: Snapshot) -> Value:
    """Return how many customers were registered in the period; coverage: customers with 注册日期."""
    found = aggregates(
        registered(now, "registered_on"),
        rows=nw.len(),
        dated=flag(is_filled("registered_on")).sum(),
        new=flag(within("registered_on", now.window)).sum(),
    )
    value = found["new"] if found["dated"] else None
    return Value(value, found["dated"], share(found["dated"], found["rows"]))


def customers(now: Snapshot) -> pd.DataFrame:
    """Return every customer, registered or only referred to, the largest of the period first.

    Money in fen; ``r``, ``f``, ``m`` blank where there are no fifths; ``recency_days`` from the last order to the
    end of the period. Cancelled orders are in no number.
    """
    judged, in_fifths = rfm.scored(now)
    found = _every_id(now)
    for more in (
        purchases(now),
        lifecycle.staged(now).select("customer_id", "stage"),
        judged.select("customer_id", "rfm", *(_SCORES if in_fifths else ())),
        value.valued(now).select("customer_id", "value"),
        _services(now),
        _ratings(now),
    ):
        found = found.join(more, on="customer_id", how="left")
    blank = dict.fromkeys(_WHOLE, 0) | {"stage": lifecycle.POTENTIAL}
    found = found.with_columns(nw.col(name).fill_null(value).cast(nw.Int64) for name, value in blank.items())
    table = to_pandas(found, _KINDS | (_SCORES if in_fifths else {}))
    return _shown(table, now.window)


def _every_id(now: Snapshot) -> Frame:
    """Every 客户编号 that stands anywhere, with the customer's name."""
    sheets = (registered(now), placed(now, "customer_id"), services(now, "customer_id"))
    ids = nw.concat([*sheets, now.sheet("feedbacks", "customer_id")]).unique("customer_id")
    named = ids.join(registered(now, "name", "owner"), on="customer_id", how="left")
    return named.with_columns(nw.col("name").fill_null(UNREGISTERED))


def _services(now: Snapshot) -> Frame:
    marked = services(now, "customer_id", "event").with_columns(complaint=flag(nw.col("event") == COMPLAINT))
    return marked.group_by("customer_id").agg(services=nw.len(), complaints=nw.col("complaint").sum())


def _ratings(now: Snapshot) -> Frame:
    rated = now.sheet("feedbacks", "customer_id", "score").filter(is_filled("score"))
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


def _stages(now: Snapshot) -> pd.DataFrame:
    return by_stage(now.table("customers"))


def _value_classes(now: Snapshot) -> pd.DataFrame:
    return by_class(now.table("customers"), "value_class", value.CLASSES)


def _rfm_classes(now: Snapshot) -> pd.DataFrame:
    return by_class(now.table("customers"), "rfm_class", rfm.SHOWN)


FIGURES = (new_customers,)
TABLES = (
    FigureTable("customers", COLUMNS, customers),
    FigureTable("lifecycle", ("stage", "customers"), _stages),
    FigureTable("value_classes", ("value_class", "customers", "amount_fen"), _value_classes),
    FigureTable("rfm_classes", ("rfm_class", "customers", "amount_fen"), _rfm_classes),
)
