"""What somebody should do soon (待办): one row each, with who and until when. Nothing here is a figure."""

from calendar import isleap
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd

from ...i18n.translate import LazyText
from ...metrics.figure import FigureTable
from ...metrics.frames import is_filled, joined_texts, to_pandas
from ..settings import Settings
from .delivery import day_of_delivery
from .facts import Snapshot, customers, lines, services
from .lifecycle import ACTIVE, NEW, STAGES
from .sentences import HELD
from .sla import MET, days_for

COLUMNS = ("kind", "customer_id", "name", "owner", "what", "due", "overdue", "days", "number", "detail")
REVISIT, SERVICE, DELIVERY, SLEEPY, REORDER, BIRTHDAY, ANNIVERSARY, TASK = KINDS = tuple(
    map(LazyText, ("回访", "服务时限", "交货", "即将沉睡", "复购", "生日", "纪念日", "任务"))
)
_SAY_REVISIT = LazyText("{detail} 类客户，已 {days} 天没有联系，请回访")
_SAY_SERVICE = LazyText("服务 {number}（{detail}）受理已 {days} 天，还没有办结")
_SAY_DELIVERY = LazyText("订单 {number}（{detail}）还没有交付")
_SAY_SLEEPY = LazyText("已 {days} 天没有下单，再不联系就转为沉睡")
_SAY_REORDER = LazyText("预计再订 {detail}，数量约 {number}，距上次 {days} 天")
_SAY_BIRTHDAY = LazyText("联系人生日，请送上祝福")
_SAY_ANNIVERSARY = LazyText("合作 {days} 周年，请送上祝福")
_SAY_TASK = LazyText("{detail}")
_DAY = "datetime64[us]"
Rows = list[tuple[object, ...]]


def reminders(now: Snapshot) -> pd.DataFrame:
    """Return everything that is due by ``ahead_days`` after the end, the longest overdue first.

    ``owner`` is the customer's 负责人, a task's own, or else
    who handles the service; ``due`` a day, ``overdue`` whether it lies before the as-of day. ``sentences.sentence`` says
    ``what`` with the facts ``days``, ``number``, ``detail``.
    """
    today, settings, everyone = now.window.as_of, now.settings, now.table("customers")
    registered = to_pandas(
        customers(now, "owner", "birthday", "anniversary"),
        dict.fromkeys(("customer_id", "owner"), "str") | dict.fromkeys(("birthday", "anniversary"), _DAY),
    ).sort_values("customer_id")
    rows = [
        *_revisits(now, everyone, today),
        *_services(now.table("cases"), settings, today),
        *_deliveries(now, today),
        *_sleepy(everyone, settings, today),
        *_reorders(everyone, now.table("reorders"), settings, today),
        *_festive(registered, settings, today),
        *_tasks(now, today),
    ]
    table = pd.DataFrame(rows, columns=["kind", "customer_id", "owner", "what", "due", "days", "number", "detail"])
    table = table.astype(HELD | {"owner": "str", "due": _DAY})
    table["owner"] = table["customer_id"].map(dict(registered[["customer_id", "owner"]].to_numpy())).astype("str").where(
        table["kind"] != TASK, table["owner"]
    ).fillna(table["owner"])  # fmt: skip
    names = dict(everyone[["customer_id", "name"]].to_numpy())
    table["name"] = table["customer_id"].map(names).astype("str")
    table["overdue"] = table["due"] < pd.Timestamp(today)
    return table.sort_values(["due", "kind", "customer_id", "number", "detail"], ignore_index=True)[list(COLUMNS)]


def last_contacts(now: Snapshot) -> dict[str, date]:
    """Return the latest day on which each customer ordered, asked, rated or was talked with."""
    events = (
        (lines(now, "customer_id", "day"), "day"),
        (services(now, "customer_id", "at"), "at"),
        (now.sheet("feedbacks", "customer_id", "given_on"), "given_on"),
        (now.sheet("contact_logs", "customer_id", "held_at"), "held_at"),
    )
    found: dict[str, date] = {}
    for frame, name in events:
        last = frame.filter(is_filled("customer_id", name)).group_by("customer_id").agg(last=nw.col(name).max())
        for customer, moment in to_pandas(last, {"customer_id": "str", "last": _DAY}).itertuples(
            index=False, name=None
        ):
            found[customer] = max(found.get(customer, date.min), moment.date())
    return found


def _rows(table: pd.DataFrame) -> Iterator[Any]:
    return table.itertuples(index=False)


def _revisits(now: Snapshot, everyone: pd.DataFrame, today: date) -> Rows:
    settings = now.settings
    every = {"A": settings.revisit_a_days, "B": settings.revisit_b_days, "C": settings.revisit_c_days}
    last = last_contacts(now)
    rows: Rows = []
    for customer, kind in zip(everyone["customer_id"], everyone["value_class"], strict=True):
        heard = last.get(customer)
        if kind not in every or heard is None:
            continue
        due = heard + timedelta(days=every[kind])
        if due <= today + timedelta(days=settings.ahead_days):
            rows.append((REVISIT, customer, None, _SAY_REVISIT, due, (today - heard).days, None, kind))
    return rows


def _services(cases: pd.DataFrame, settings: Settings, today: date) -> Rows:
    rows: Rows = []
    still = cases[cases["closed_at"].isna() & cases["received_at"].notna() & (cases["state"] != MET)]
    for row in _rows(still):
        since = row.received_at.date()
        due = since + timedelta(days=days_for(row.urgency, settings))
        if due <= today + timedelta(days=settings.ahead_days):
            rows.append(
                (
                    SERVICE,
                    row.customer_id,
                    row.handler,
                    _SAY_SERVICE,
                    due,
                    (today - since).days,
                    row.service_id,
                    row.event,
                )
            )
    return rows


def _deliveries(now: Snapshot, today: date) -> Rows:
    done, keys = day_of_delivery(now.settings), ["order_id", "due_on", "customer_id"]
    waiting = lines(now, *keys, "product", done).filter(is_filled("due_on"), nw.col(done).is_null())
    table = to_pandas(waiting, dict.fromkeys(("order_id", "customer_id", "product"), "str") | {"due_on": _DAY})
    table = table[table["due_on"] <= pd.Timestamp(today + timedelta(days=now.settings.ahead_days))]
    products = joined_texts(table, keys, "product")
    orders = table[keys].dropna().drop_duplicates().merge(products, on=keys, how="left").fillna({"product": ""})
    return [
        (DELIVERY, customer, None, _SAY_DELIVERY, due.date(), (today - due.date()).days, order, named)
        for order, due, customer, named in orders[[*keys, "product"]].itertuples(index=False, name=None)
    ]


def _sleepy(everyone: pd.DataFrame, settings: Settings, today: date) -> Rows:
    awake = everyone[everyone["lifecycle"].isin([STAGES[NEW], STAGES[ACTIVE]])]
    rows: Rows = []
    for row in _rows(awake):
        customer, last = row.customer_id, row.last_order
        due = last.date() + timedelta(days=settings.t1_days)
        if today <= due <= today + timedelta(days=settings.ahead_days):
            rows.append((SLEEPY, customer, None, _SAY_SLEEPY, due, (today - last.date()).days, None, None))
    return rows


def _reorders(everyone: pd.DataFrame, expected: pd.DataFrame, settings: Settings, today: date) -> Rows:
    alive = set(everyone[everyone["lifecycle"].isin([STAGES[NEW], STAGES[ACTIVE]])]["customer_id"])
    rows: Rows = []
    for row in _rows(expected):
        due, since = row.next_order.date(), (today - row.last_order.date()).days
        if row.customer_id in alive and due <= today + timedelta(days=settings.reorder_ahead_days):
            quantity = f"{row.quantity_4 / 10_000:,.4f}".rstrip("0").rstrip(".")
            rows.append((REORDER, row.customer_id, None, _SAY_REORDER, due, since, quantity, row.product))
    return rows


def _festive(customers: pd.DataFrame, settings: Settings, today: date) -> Rows:
    rows: Rows = []
    for kind, name, what in ((BIRTHDAY, "birthday", _SAY_BIRTHDAY), (ANNIVERSARY, "anniversary", _SAY_ANNIVERSARY)):
        for customer, moment in customers[["customer_id", name]].dropna().itertuples(index=False, name=None):
            due = next_return(moment.date(), today)
            years = due.year - moment.year
            if due <= today + timedelta(days=settings.festive_ahead_days) and years > 0:
                rows.append((kind, customer, None, what, due, years, None, None))
    return rows


def next_return(day: date, today: date) -> date:
    """Return when a day of the year comes next, today included; 29 February is 28 in other years."""
    years = (today.year, today.year + 1)
    found = [
        day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) and not isleap(year) else day.day)
        for year in years
    ]
    return next(one for one in found if one >= today)


def _tasks(now: Snapshot, today: date) -> Rows:
    asked = now.sheet("tasks", "customer_id", "owner", "what", "due_on", "done_on")
    waiting = asked.filter(is_filled("due_on"), nw.col("done_on").is_null())
    table = to_pandas(waiting, dict.fromkeys(("customer_id", "owner", "what"), "str") | {"due_on": _DAY})
    soon = pd.Timestamp(today + timedelta(days=now.settings.ahead_days))
    return [
        (TASK, customer, owner, _SAY_TASK, due.date(), (today - due.date()).days, None, what)
        for customer, owner, what, due in table[table["due_on"] <= soon].itertuples(index=False, name=None)
    ]


TABLES = (FigureTable("reminders", COLUMNS, reminders),)
