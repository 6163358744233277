"""Everything that happened with each customer, day by day (客户360), from every sheet. Money in fen."""

from collections.abc import Iterable, Mapping

import narwhals.stable.v2 as nw
import pandas as pd

from ...i18n.translate import LazyText
from ...metrics.figure import FigureTable
from ...metrics.frames import Frame, is_filled, joined_texts, to_pandas
from .facts import Snapshot, customers, lines, services
from .sentences import HELD

COLUMNS = ("customer_id", "day", "kind", "what", "number", "detail", "days", "amount_fen")
REGISTERED, ORDERED, SHIPPED, RECEIVED, CLOSED, RATED, TALKED, SURVEYED, TRAINED, RETURNED = map(
    LazyText, ("登记", "下单", "发货", "收货", "办结", "反馈", "沟通", "满意度调查", "培训", "退换货")
)
_SAY_REGISTERED = LazyText("登记为客户")
_SAY_ORDERED = LazyText("订单 {number}：{detail}")
_SAY_SHIPPED = LazyText("订单 {number} 发货：{detail}")
_SAY_RECEIVED = LazyText("订单 {number} 收货：{detail}")
_SAY_CAME = LazyText("{detail}")
_SAY_CLOSED = LazyText("服务 {number} 办结：{detail}")
_SAY_RATED = LazyText("评 {number} 分：{detail}")
_SAY_SURVEYED = LazyText("总体满意度 {number} 分")
_SAY_TRAINED = LazyText("培训：{detail}")
_SAY_RETURNED = LazyText("退换货，详见退换货记录")
_DAYS: Mapping[str, tuple[str, str]] = {
    "day": (ORDERED, _SAY_ORDERED),
    "shipped_on": (SHIPPED, _SAY_SHIPPED),
    "received_on": (RECEIVED, _SAY_RECEIVED),
}
"""What the days of an order line are called, and said."""
_MOST_PRODUCTS = 3


def timeline(now: Snapshot) -> pd.DataFrame:
    """Return the events of every customer, each customer's latest first; ``sentences.sentence`` says ``what``.

    ``number`` is an order's, a service's, or a rating; ``detail`` products, the customer's words, or an outcome;
    ``amount_fen`` is filled for orders.
    """
    parts = [part for part in _parts(now) if len(part)]
    kinds = HELD | {"day": "datetime64[us]", "amount_fen": "Int64"}
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype=kinds[name]) for name in COLUMNS})
    table = pd.concat(parts, ignore_index=True).reindex(columns=list(COLUMNS)).astype(kinds)
    by = ["customer_id", "day", "kind", "number", "detail"]
    return table.sort_values(by, ascending=[True, False, True, True, True], ignore_index=True)


def _parts(now: Snapshot) -> Iterable[pd.DataFrame]:
    yield _events(customers(now, "registered_on"), "registered_on", REGISTERED, _SAY_REGISTERED)
    yield _orders(now)
    served = services(now, "customer_id", "service_id", "event", "description", "outcome", "at", "closed_at")
    served = served.with_columns(number=nw.col("service_id"))
    yield _events(served.with_columns(detail=nw.col("description")), "at", "", _SAY_CAME, kinds="event")
    yield _events(served.with_columns(detail=nw.col("outcome")), "closed_at", CLOSED, _SAY_CLOSED)
    rated = now.sheet("feedbacks", "customer_id", "given_on", "score", "text")
    rated = rated.with_columns(number=nw.col("score"), detail=nw.col("text"))
    yield _events(rated.filter(is_filled("score")), "given_on", RATED, _SAY_RATED)
    yield _events(rated.filter(nw.col("score").is_null()), "given_on", RATED, _SAY_CAME)
    talks = now.sheet("contact_logs", "customer_id", "held_at", "summary")
    yield _events(talks.with_columns(detail=nw.col("summary")), "held_at", TALKED, _SAY_CAME)
    overall = now.sheet("surveys", "customer_id", "answered_on", "overall").filter(is_filled("overall"))
    yield _events(overall.with_columns(number=nw.col("overall")), "answered_on", SURVEYED, _SAY_SURVEYED)
    trained = now.sheet("trainings", "customer_id", "held_on", "topic").with_columns(detail=nw.col("topic"))
    yield _events(trained, "held_on", TRAINED, _SAY_TRAINED)
    yield _events(now.sheet("returns", "customer_id", "returned_on"), "returned_on", RETURNED, _SAY_RETURNED)


def _events(frame: Frame, day: str, kind: str, what: str, kinds: str = "") -> pd.DataFrame:
    """One event a row; ``kinds`` names the column that says what kind it is."""
    there = frame.collect_schema().names()
    texts = {name: "str" for name in ("number", "detail", kinds) if name in there}
    held = {"customer_id": "str", day: "datetime64[us]"} | texts
    table = to_pandas(
        frame.filter(is_filled("customer_id", day)), {**held, **{n: "object" for n in texts if n == "number"}}
    )
    table = table.rename(columns={day: "day"})
    if "number" in table:
        table["number"] = pd.Series([None if pd.isna(n) else str(n) for n in table["number"]], dtype="str")
    table["kind"] = table[kinds] if kinds else pd.Series([str(kind)] * len(table), dtype="str")
    return table.assign(what=pd.Series([str(what)] * len(table), dtype="str"), day=table["day"].dt.normalize())


def _orders(now: Snapshot) -> pd.DataFrame:
    """One event for each order and each day of its lines, with up to three of their products; 下单 has their amount."""
    kinds = dict.fromkeys(("customer_id", "order_id", "product"), "str") | dict.fromkeys(_DAYS, "datetime64[us]")
    kinds |= {"amount": "Int64"}
    table = to_pandas(lines(now, *kinds).filter(is_filled("customer_id", "order_id")), kinds)
    held = ["customer_id", "order_id", "product", "amount"]
    events = table.melt(held, list(_DAYS), "on", "when").dropna(subset="when").rename(columns={"when": "day"})
    keys = ["customer_id", "order_id", "on", "day"]
    names = joined_texts(events, keys, "product", most=_MOST_PRODUCTS).rename(columns={"product": "detail"})
    found = events.groupby(keys).agg(amount_fen=("amount", "sum")).reset_index()
    found = found.merge(names, on=keys, how="left").rename(columns={"order_id": "number"})
    for name, of in (("kind", 0), ("what", 1)):
        found[name] = found["on"].map({day: str(words[of]) for day, words in _DAYS.items()}).astype("str")
    found["amount_fen"] = found["amount_fen"].where(found["on"] == "day")
    return found.drop(columns="on")


TABLES = (FigureTable("timeline", COLUMNS, timeline),)
