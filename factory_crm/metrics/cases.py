"""Services one by one against their time limits (SLA): how long the answer and the solution took. Of 服务记录."""

from datetime import datetime
from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd

from .frames import SECONDS_A_DAY, Known, collected, flag, timed, within
from .metric import Measure, share
from .services import HIGH, LOW, URGENCIES, days_for, prioritised
from .settings import Settings
from .windows import Window, midnight
from .worktime import day_of_work, worked

SLA = ("priority", "met", "breached", "ongoing", "rate")
STATES = MET, BREACHED, ONGOING = ("met", "breached", "ongoing")
_TEXTS = ("service_id", "customer_id", "order_id", "event", "urgency", "handler", "owner", "description", "outcome")
_DAYS = ("at", "received_at", "responded_at", "closed_at")
CASES = (*_TEXTS, *_DAYS, "response", "waited", "took", "state")


def cases(known: Known, settings: Settings) -> pd.DataFrame:
    """Return every service known, with seconds and its ``state`` against its time limits; ``owner`` is the customer's.

    ``response``: to the first answer, working time where there is a calendar · ``waited``: without one so far ·
    ``took``: to the end, whole days where a time is missing · each blank where it cannot be known.
    """
    owners = known.customers.select("customer_id", "owner")
    services = prioritised(known.services).join(owners, on="customer_id", how="left")
    services = services.with_columns(
        asked=flag(timed("received_at")), answered=flag(timed("responded_at")), ended=flag(timed("closed_at"))
    )
    kinds = dict.fromkeys(_TEXTS, "str") | dict.fromkeys(_DAYS, "datetime64[us]")
    kinds |= dict.fromkeys(("asked", "answered", "ended"), "int64")
    table = collected(services, kinds).sort_values(["at", "service_id", "customer_id", "event"], ignore_index=True)
    end = midnight(known.end)
    found = [_judged(known, row, end, settings) for row in table.itertuples(index=False)]
    spans = pd.DataFrame(found, columns=["response", "waited", "took", "state"])
    spans = spans.astype({"response": "Int64", "waited": "Int64", "took": "Int64", "state": "str"})
    return pd.concat([table, spans], axis=1)[list(CASES)]


def _judged(
    known: Known, row: Any, end: datetime, settings: Settings
) -> tuple[int | None, int | None, int | None, str | None]:
    """Seconds to the answer, without one, and to the end; and what came of the time limits."""
    received, responded, closed = (_moment(getattr(row, name)) for name in ("received_at", "responded_at", "closed_at"))
    if received is None:
        return None, None, None, None
    asked = bool(row.asked)
    response = waited = took = None
    if asked and responded is not None and row.answered:
        response = worked(known.calendar, received, responded)
    if asked and responded is None and closed is None:
        waited = worked(known.calendar, received, pd.Timestamp(end))
    if closed is not None:
        both = asked and row.ended
        took = (
            int((closed - received).total_seconds())
            if both
            else (closed.normalize() - received.normalize()).days * SECONDS_A_DAY
        )
    days = days_for(row.urgency, settings)
    limit = response_limit(row.urgency, known, settings)
    age = (pd.Timestamp(end) - received.normalize()).days - 1
    late = max(response or 0, waited or 0) > limit or (took is not None and took > days * SECONDS_A_DAY)
    if late or (closed is None and age > days):
        return response, waited, took, BREACHED
    return response, waited, took, MET if closed is not None else ONGOING


def _moment(value: Any) -> pd.Timestamp | None:
    return None if pd.isna(value) else pd.Timestamp(value)


def response_limit(urgency: str, known: Known, settings: Settings) -> float:
    """Return the seconds until a service of this urgency has to be answered."""
    if urgency == LOW:
        return settings.low_response_days * day_of_work(known.calendar)
    return 3600 * (settings.high_response_hours if urgency == HIGH else settings.mid_response_hours)


def sla(table: pd.DataFrame, window: Window) -> pd.DataFrame:
    """Return how many services received in the period met their limits, broke them or may still meet them, by 优先级."""
    came = received_in(table, window)
    counted = came.groupby(["urgency", "state"]).size()
    rows = [(urgency, *(int(counted.get((urgency, state), 0)) for state in STATES)) for urgency in URGENCIES]
    found = pd.DataFrame(rows, columns=list(SLA[:-1])).astype({"priority": "str"})
    done = found["met"] + found["breached"]
    return found.assign(rate=found["met"] / done.where(done > 0))


def received_in(table: pd.DataFrame, window: Window) -> pd.DataFrame:
    """Return the services of ``cases`` that were received in the period."""
    since = table["received_at"]
    return table[(since >= midnight(window.start)) & (since < midnight(window.end))]


def sla_rate(known: Known, table: pd.DataFrame, window: Window) -> dict[str, Measure]:
    """Return the share of the judged services that met their limits; coverage: services with 受理时间."""
    found = sla(table, window)
    met, late = int(found["met"].sum()), int(found["breached"].sum())
    came = int(table["at"].between(midnight(window.start), midnight(window.end), inclusive="left").sum())
    coverage = share(len(received_in(table, window)), came)
    return {"sla_rate": Measure(share(met, met + late), met + late, coverage)}


def told_rate(known: Known, window: Window, settings: Settings) -> dict[str, Measure]:
    """Return the share of the complaints closed in the period whose customer was told in time; needs 告知日期."""
    if "services.told_on" not in known.has:
        return {"told_rate": Measure(None)}
    closed = known.services.filter(nw.col("event") == "投诉", within("closed_at", window))
    table = collected(closed, {"closed_at": "datetime64[us]", "told_on": "datetime64[us]"})
    days = (table["told_on"] - table["closed_at"].dt.normalize()).dt.days
    return {"told_rate": Measure(share(int((days <= settings.inform_days).sum()), len(table)), len(table))}
