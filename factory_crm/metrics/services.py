"""Services: how soon answered, how soon and how well solved, and complaints. Of 服务记录, and 订单记录 for deliveries.

Response in working hours where there is a calendar, else in natural ones; resolution in days. A moment without a time
counts by whole days where it counts at all.
"""

from collections.abc import Iterable
from datetime import timedelta

import narwhals.stable.v2 as nw

from .frames import (
    SECONDS_A_DAY,
    Frame,
    Known,
    counts,
    filled,
    flag,
    numbers,
    ordinal,
    second_of_day,
    timed,
    within,
)
from .metric import ESTIMATED, PLAIN, Measure, share
from .settings import Settings
from .spread import Spread
from .windows import Window, midnight
from .worktime import worked

COMPLAINT, QUESTION, REPAIR = "投诉", "咨询", "售后服务"
HIGH, MIDDLE, LOW = URGENCIES = ("高", "中", "低")
YES = "是"


def _days(start: str, stop: str) -> nw.Expr:
    return (ordinal(stop) - ordinal(start)) * SECONDS_A_DAY


def _seconds(start: str, stop: str) -> nw.Expr:
    return _days(start, stop) + second_of_day(stop) - second_of_day(start)


def response(known: Known, window: Window, settings: Settings) -> dict[str, Measure]:
    """Return how soon the services received in the period were answered, and the share answered in time.

    Only those whose moments have a time. One closed without 首次响应时间 says nothing, so it is in neither.
    """
    asked = known.services.filter(within("received_at", window))
    answered = asked.filter(timed("received_at", "responded_at"))
    spread = Spread.of(_waits(known, answered))
    target = timedelta(hours=settings.response_target_hours)
    waiting = asked.filter(timed("received_at"), nw.col("responded_at").is_null(), nw.col("closed_at").is_null())
    since = counts(waiting, "received_at")
    overdue = sum(
        rows for start, rows in since if worked(known.calendar, start, midnight(window.end)) > target.total_seconds()
    )
    due = spread.n + overdue
    coverage = share(spread.n, numbers(known.services.filter(within("at", window)), n=nw.len())["n"])
    return {
        "response_mean": Measure(spread.mean(3600), spread.n, coverage),
        "response_median": Measure(spread.at(0.5, 3600), spread.n, coverage),
        "response_p90": Measure(spread.at(0.9, 3600), spread.n, coverage),
        "response_rate": Measure(share(spread.up_to_value(int(target.total_seconds())), due), due, coverage),
    }


def _waits(known: Known, answered: Frame) -> Iterable[tuple[int, int]]:
    """The seconds from 受理 to 首次响应 and how often each occurs; with a calendar, those in which people work."""
    if known.calendar is None:
        return counts(answered.with_columns(span=_seconds("received_at", "responded_at")), "span")
    both = counts(answered, "received_at", "responded_at")
    return [(worked(known.calendar, start, stop), rows) for start, stop, rows in both]


def _took(closed: Frame) -> Frame:
    """Add the seconds from 受理 to 处理 as ``span``; whole days where a time is missing."""
    both = timed("received_at", "closed_at")
    span = nw.when(both).then(_seconds("received_at", "closed_at")).otherwise(_days("received_at", "closed_at"))
    return closed.filter(filled("received_at", "closed_at")).with_columns(span=span.cast(nw.Int64))


def resolution(known: Known, window: Window) -> dict[str, Measure]:
    """Return median and P90 of the days it took to close what was closed in the period."""
    closed = known.services.filter(within("closed_at", window))
    spread = Spread.of(counts(_took(closed), "span"))
    coverage = share(spread.n, numbers(closed, n=nw.len())["n"])
    return {
        "resolution_median": Measure(spread.at(0.5, SECONDS_A_DAY), spread.n, coverage),
        "resolution_p90": Measure(spread.at(0.9, SECONDS_A_DAY), spread.n, coverage),
    }


def resolved_in_time(known: Known, window: Window, settings: Settings) -> dict[str, Measure]:
    """Return the share of the services received in the period that were closed in time; open ones count once overdue."""
    received = prioritised(known.services).filter(within("received_at", window))
    met = late = 0
    for urgency, span, rows in counts(_took(received), "urgency", "span"):
        in_time = span <= days_for(urgency, settings) * SECONDS_A_DAY
        met, late = met + rows * in_time, late + rows * (not in_time)
    still_open = received.filter(nw.col("closed_at").is_null()).with_columns(since=ordinal("received_at"))
    for urgency, since, rows in counts(still_open, "urgency", "since"):
        late += rows * (window.as_of.toordinal() - since > days_for(urgency, settings))
    coverage = share(
        *(numbers(frame, n=nw.len())["n"] for frame in (received, known.services.filter(within("at", window))))
    )
    return {"resolution_rate": Measure(share(met, met + late), met + late, coverage)}


def prioritised(services: Frame) -> Frame:
    """Add ``urgency``: 优先级, else 高 for 投诉, 中 for 售后服务, 低 for 咨询."""
    own = nw.when(nw.col("event") == COMPLAINT).then(nw.lit(HIGH)).otherwise(nw.lit(LOW))
    own = nw.when(nw.col("event") == REPAIR).then(nw.lit(MIDDLE)).otherwise(own)
    return services.with_columns(urgency=nw.when(filled("priority")).then(nw.col("priority")).otherwise(own))


def days_for(urgency: str, settings: Settings) -> int:
    """Return the days that a service of this urgency may take."""
    return {HIGH: settings.complaint_days, LOW: settings.question_days}.get(urgency, settings.repair_days)


def first_contact(known: Known, window: Window, settings: Settings) -> dict[str, Measure]:
    """Return the share solved at the first contact, of those closed in the period and some days past.

    Solved is 一次解决 = 是 and not reopened until ``fcr_days`` after; without 重开日期, no other service of the same customer,
    kind and order from then on.
    """
    stated = "services.reopened_on" in known.has
    settled = Window(window.start, window.end - timedelta(days=settings.fcr_days))
    chain = known.services.filter(filled("at")).with_columns(nw.col("order_id").fill_null(""))
    following = nw.col("at").shift(-1).over("customer_id", "event", "order_id", order_by=["at", "file", "sheet", "row"])
    closed = chain.with_columns(again=nw.col("reopened_on") if stated else following).filter(
        within("closed_at", settled)
    )
    said = closed.filter(filled("first_contact"))
    limit = nw.col("closed_at").dt.truncate("1d").dt.offset_by(f"{settings.fcr_days + 1}d")
    returned = filled("again") & (nw.col("again") < limit)
    solved = said.filter((nw.col("first_contact") == YES) & ~returned)
    n, good, rows = (numbers(frame, n=nw.len())["n"] for frame in (said, solved, closed))
    return {"fcr_rate": Measure(share(good, n), n, share(n, rows), ESTIMATED if n and not stated else PLAIN)}


def complaints_of(known: Known) -> Frame:
    """Return the complaints, whenever they came."""
    return known.services.filter(nw.col("event") == COMPLAINT)


def complaints(known: Known, window: Window) -> dict[str, Measure]:
    """Return the complaints of the period, per hundred orders received in it, and those still open at its end."""
    every = complaints_of(known)
    found = numbers(
        every, rows=nw.len(), dated=flag(filled("at")).sum(), open=flag(nw.col("closed_at").is_null()).sum()
    )
    services = numbers(known.services, rows=nw.len(), dated=flag(filled("at")).sum())
    came = numbers(every.filter(within("at", window)), n=nw.len())["n"]
    received = numbers(known.lines.filter(within("received_on", window)), orders=nw.col("order_id").n_unique())[
        "orders"
    ]
    coverage = share(services["dated"], services["rows"])
    rate = share(100 * came, received) if services["dated"] else None
    return {
        "complaints": Measure(came if services["dated"] else None, came, coverage),
        "complaint_rate": Measure(rate, received, coverage),
        "open_complaints": Measure(found["open"] if services["rows"] else None, found["rows"]),
    }
