"""Services one by one against their time limits (SLA): how long the answer and the solution took. Of 服务记录."""

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.metric import MetricValue, share
from ...metrics.snapshot import SECONDS_A_DAY, Frame, Snapshot, is_filled, memoized, to_pandas, within
from ...metrics.window import Window, midnight
from ...metrics.working_hours import day_of_work, worked
from ...schema.calendar import Calendar
from .settings import Settings

COMPLAINT, QUESTION, REPAIR = "投诉", "咨询", "售后服务"
HIGH, MIDDLE, LOW = URGENCIES = ("高", "中", "低")
SLA = ("priority", "met", "breached", "ongoing", "rate")
STATES = MET, BREACHED, ONGOING = ("met", "breached", "ongoing")
_TEXTS = ("service_id", "customer_id", "order_id", "event", "urgency", "handler", "owner", "description", "outcome")
_DAYS = ("at", "received_at", "responded_at", "closed_at")
CASES = (*_TEXTS, *_DAYS, "response", "waited", "took", "state")


@memoized
def cases(snapshot: Snapshot, settings: Settings) -> pd.DataFrame:
    """Return every service known, with seconds and its ``state`` against its time limits; ``owner`` is the customer's.

    ``response``: to the first answer, working time where there is a calendar · ``waited``: without one so far ·
    ``took``: to the end, whole days where a time is missing · each blank where it cannot be known.
    """
    owners = snapshot.customers.select("customer_id", "owner")
    services = _prioritised(snapshot.services).join(owners, on="customer_id", how="left")
    timed = tuple(f"{name}_timed" for name in _DAYS[1:])
    services = services.with_columns(nw.col(name).fill_null(value=False).cast(nw.Int64) for name in timed)
    kinds = dict.fromkeys(_TEXTS, "str") | dict.fromkeys(_DAYS, "datetime64[us]") | dict.fromkeys(timed, "bool")
    table = to_pandas(services, kinds).sort_values(["at", "service_id", "customer_id", "event"], ignore_index=True)
    return _judged(snapshot, _timed(snapshot, table), settings)[list(CASES)]


def _prioritised(services: Frame) -> Frame:
    """Add ``urgency``: 优先级, else 高 for 投诉, 中 for 售后服务, 低 for 咨询."""
    own = nw.when(nw.col("event") == COMPLAINT).then(nw.lit(HIGH)).otherwise(nw.lit(LOW))
    own = nw.when(nw.col("event") == REPAIR).then(nw.lit(MIDDLE)).otherwise(own)
    return services.with_columns(urgency=nw.when(is_filled("priority")).then(nw.col("priority")).otherwise(own))


def _timed(snapshot: Snapshot, table: pd.DataFrame) -> pd.DataFrame:
    """Add the seconds to the answer, without one, and to the end."""
    received, responded, closed = (table[name] for name in _DAYS[1:])
    asked, answered, ended = (table[f"{name}_timed"] for name in _DAYS[1:])
    now = pd.Series(pd.Timestamp(midnight(snapshot.end)), index=table.index)
    days = (closed.dt.normalize() - received.dt.normalize()).dt.days.astype("Int64") * SECONDS_A_DAY
    exact = _seconds(None, received, closed)
    return table.assign(
        response=_seconds(snapshot.calendar, received.where(asked), responded.where(answered)),
        waited=_seconds(snapshot.calendar, received.where(asked & responded.isna() & closed.isna()), now),
        took=exact.where(asked & ended, days),
    )


def _seconds(calendar: Calendar | None, starts: pd.Series, stops: pd.Series) -> pd.Series:
    """Return the seconds between moments, working ones where there is a calendar; blank where one is missing."""
    if calendar is None:
        return (stops - starts).dt.total_seconds().astype("float64").astype("Int64")
    spans = [
        None if pd.isna(start) or pd.isna(stop) else worked(calendar, start, stop)
        for start, stop in zip(starts, stops, strict=True)
    ]
    return pd.Series(spans, index=starts.index, dtype="Int64")


def _judged(snapshot: Snapshot, table: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Add what came of the time limits; blank where 受理时间 is."""
    limits = table["urgency"].map(lambda urgency: response_limit(urgency, snapshot, settings))
    days = table["urgency"].map(lambda urgency: days_for(urgency, settings)).astype("int64")
    age = (pd.Timestamp(midnight(snapshot.end)) - table["received_at"].dt.normalize()).dt.days - 1
    waited = table[["response", "waited"]].fillna(0).max(axis=1)
    is_open = table["closed_at"].isna()
    late = (waited > limits) | (table["took"] > days * SECONDS_A_DAY).fillna(value=False) | (is_open & (age > days))
    state = is_open.map({True: ONGOING, False: MET}).mask(late.astype("bool"), BREACHED)
    return table.assign(state=state.where(table["received_at"].notna()).astype("str"))


def days_for(urgency: str, settings: Settings) -> int:
    """Return the days that a service of this urgency may take."""
    return {HIGH: settings.complaint_days, LOW: settings.question_days}.get(urgency, settings.repair_days)


def response_limit(urgency: str, snapshot: Snapshot, settings: Settings) -> float:
    """Return the seconds until a service of this urgency has to be answered."""
    if urgency == LOW:
        return settings.low_response_days * day_of_work(snapshot.calendar)
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


def sla_rate(snapshot: Snapshot, table: pd.DataFrame, window: Window) -> dict[str, MetricValue]:
    """Return the share of the judged services that met their limits; coverage: services with 受理时间."""
    found = sla(table, window)
    met, late = int(found["met"].sum()), int(found["breached"].sum())
    came = int(table["at"].between(midnight(window.start), midnight(window.end), inclusive="left").sum())
    coverage = share(len(received_in(table, window)), came)
    return {"sla_rate": MetricValue(share(met, met + late), met + late, coverage)}


def informed_rate(snapshot: Snapshot, window: Window, settings: Settings) -> dict[str, MetricValue]:
    """Return the share of the complaints closed in the period whose customer was told in time; needs 告知日期."""
    if "services.told_on" not in snapshot.has:
        return {"told_rate": MetricValue(None)}
    closed = snapshot.services.filter(nw.col("event") == COMPLAINT, within("closed_at", window))
    table = to_pandas(closed, {"closed_at": "datetime64[us]", "told_on": "datetime64[us]"})
    days = (table["told_on"] - table["closed_at"].dt.normalize()).dt.days
    return {"told_rate": MetricValue(share(int((days <= settings.inform_days).sum()), len(table)), len(table))}
