"""What is to be done, by whom and until when: pure functions over what had happened."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ..contract.choices import DONE
from ..metrics.settings import Settings
from ..words import Language, Word, say
from .facts import Facts
from .forecast import likely

REVISIT_DAYS: Mapping[str, int] = {"A": 30, "B": 60, "C": 90}
"""A customer of a value class is called on so many days after the last contact."""
_AHEAD = 14
_LIVING = ("新客户", "活跃", "沉睡")
_WAITING: Mapping[str, Word] = {"投诉": Word("投诉未办结，已等 {days} 天"), "咨询": Word("咨询未办结，已等 {days} 天"),
                                "售后服务": Word("售后服务未办结，已等 {days} 天")}  # fmt: skip
KINDS = ("服务待办结", "交货逾期", "即将交货", "即将沉睡", "可能再订", "该回访")
"""In the order in which they matter."""


class Todo(NamedTuple):
    """One thing to do. ``customer_id`` and ``about`` may be foreign text."""

    due: date
    kind: str
    owner: str | None
    customer_id: str
    about: str
    why: Word
    days: int
    """How many days the reason speaks of."""

    def reason(self, language: Language) -> str:
        """Return why it is to be done."""
        return say(self.why, language, days=self.days)


def todos(facts: Facts, settings: Settings) -> list[Todo]:
    """Return everything to do, what is due first on top; nothing where there is no as-of day."""
    if facts.as_of is None:
        return []
    today = facts.as_of
    found = [*_services(facts, settings, today), *_deliveries(facts, today), *_sleepy(facts, settings, today),
             *_reorders(facts, today), *_revisits(facts, today)]  # fmt: skip
    return sorted(found, key=lambda one: (one.due, KINDS.index(one.kind), one.customer_id, one.about))


def _services(facts: Facts, settings: Settings, today: date) -> Iterator[Todo]:
    limits = {"投诉": settings.complaint_days, "咨询": settings.question_days}
    for row in facts.tables["services"]:
        if row["closed_at"] is None and row["received_at"] is not None:
            due = row["received_at"].date() + timedelta(days=limits.get(row["event"], settings.repair_days))
            waited = (today - row["received_at"].date()).days
            why = _WAITING[row["event"]]
            yield Todo(due, KINDS[0], row["handler"], row["customer_id"], row["description"], why, waited)


def _deliveries(facts: Facts, today: date) -> Iterator[Todo]:
    """One for each order that is late or due soon."""
    late: dict[tuple[str, str], date] = {}
    for row in facts.lines():
        if row["received_on"] is None and row["due_on"] is not None and row["status"] != DONE:
            key, due = (row["order_id"], row["customer_id"]), row["due_on"].date()
            late[key] = min(due, late.get(key, due))
    for (order, customer), due in late.items():
        days = (today - due).days
        if days > 0:
            yield Todo(
                due, KINDS[1], facts.owner(customer), customer, order, Word("过约定交期 {days} 天，还没有收货"), days
            )
        elif days >= -_AHEAD:
            yield Todo(due, KINDS[2], facts.owner(customer), customer, order, Word("还有 {days} 天到约定交期"), -days)


def _sleepy(facts: Facts, settings: Settings, today: date) -> Iterator[Todo]:
    for row in facts.customers:
        idle = row["recency_days"]
        if row["lifecycle"] == "活跃" and idle is not None and settings.t1_days - _AHEAD <= idle:
            due = today + timedelta(days=settings.t1_days - idle)
            number = row["customer_id"]
            yield Todo(due, KINDS[3], facts.owner(number), number, "", Word("已 {days} 天没有下单，快要沉睡"), idle)


def _reorders(facts: Facts, today: date) -> Iterator[Todo]:
    for one in likely(facts):
        if abs((one.day - today).days) <= _AHEAD:
            why = Word("通常每 {days} 天下单一次")
            yield Todo(
                one.day, KINDS[4], facts.owner(one.customer_id), one.customer_id, one.product, why, round(one.interval)
            )


def _revisits(facts: Facts, today: date) -> Iterator[Todo]:
    last = contacts(facts)
    for row in facts.customers:
        every = REVISIT_DAYS.get(row["value_class"])
        moment = last.get(row["customer_id"])
        if every and moment and row["lifecycle"] in _LIVING:
            due = moment.date() + timedelta(days=every)
            if due <= today + timedelta(days=7):
                number = row["customer_id"]
                days = (today - moment.date()).days
                yield Todo(due, KINDS[5], facts.owner(number), number, "", Word("距上次联系 {days} 天"), days)


def contacts(facts: Facts) -> dict[str, datetime]:
    """Return the last contact with each customer: an order, a service or a feedback."""
    last: dict[str, datetime] = {}
    for rows in facts.tables.values():
        for row in rows:
            if row["day"] is not None:
                number = row["customer_id"]
                last[number] = max(row["day"], last.get(number, row["day"]))
    return last
