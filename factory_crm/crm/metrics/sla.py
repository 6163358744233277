"""Services one by one against their time limits (SLA): how long the answer and the solution took. Of 服务记录."""

from collections.abc import Mapping
from datetime import datetime

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.figure import FigureTable, Value, figure, share
from ...metrics.frames import SECONDS_A_DAY, Frame, is_filled, to_pandas, within
from ...metrics.snapshot import memoized
from ...metrics.window import midnight
from ...metrics.working_hours import day_of_work, worked
from ..settings import Settings
from .facts import COMPLAINT, REPAIR, Snapshot, complaints, customers, in_period, services

HIGH, MIDDLE, LOW = URGENCIES = ("高", "中", "低")
SLA = ("priority", "met", "breached", "ongoing", "rate")
STATES = MET, BREACHED, ONGOING = ("met", "breached", "ongoing")
MOMENTS = ("received_at", "responded_at", "closed_at")
_TIMED = tuple(f"{name}_timed" for name in MOMENTS)
_DAYS = ("at", *MOMENTS)
_TEXTS = ("service_id", "customer_id", "order_id", "event", "urgency", "handler", "owner", "description", "outcome")
CASES = (*_TEXTS, *_DAYS, "response", "waited", "took", "state")


@memoized
def spans(now: Snapshot) -> pd.DataFrame:
    """Return the moments of every service known, and the seconds between them.

    ``at``: the first of them · ``response``: to the first answer, working time where there is a calendar · ``waited``:
    without one so far · ``took``: to the end, whole days where a time is missing · each blank where it cannot be known.
    """
    return _timed(now, _collected(now, services(now, *_DAYS, *_TIMED), ()))


@memoized
def judged(now: Snapshot) -> pd.DataFrame:
    """Return the same with ``event``, ``urgency`` and the ``state`` against the time limits.

    ``urgency``: 优先级, else 高 for 投诉, 中 for 售后服务, 低 for 咨询.
    """
    frame = _prioritised(services(now, *_DAYS, *_TIMED, "event", "priority"))
    return _judged(now, _timed(now, _collected(now, frame, ("event", "urgency"))))


def cases(now: Snapshot) -> pd.DataFrame:
    """Return every service known, with what ``spans`` and ``judged`` say of it; ``owner`` is the customer's."""
    own = (name for name in _TEXTS if name not in {"urgency", "owner"})
    frame = _prioritised(services(now, *_DAYS, *_TIMED, *own, "priority"))
    frame = frame.join(customers(now, "owner"), on="customer_id", how="left")
    table = _collected(now, frame, _TEXTS).sort_values(["at", "service_id", "customer_id", "event"], ignore_index=True)
    return _judged(now, _timed(now, table))[list(CASES)]


def _collected(now: Snapshot, frame: Frame, texts: tuple[str, ...]) -> pd.DataFrame:
    frame = frame.with_columns(nw.col(name).fill_null(value=False).cast(nw.Int64) for name in _TIMED)
    kinds = dict.fromkeys(texts, "str") | dict.fromkeys(_DAYS, "datetime64[us]") | dict.fromkeys(_TIMED, "bool")
    return to_pandas(frame, kinds)


def _prioritised(frame: Frame) -> Frame:
    own = nw.when(nw.col("event") == COMPLAINT).then(nw.lit(HIGH)).otherwise(nw.lit(LOW))
    own = nw.when(nw.col("event") == REPAIR).then(nw.lit(MIDDLE)).otherwise(own)
    return frame.with_columns(urgency=nw.when(is_filled("priority")).then(nw.col("priority")).otherwise(own))


def _timed(now: Snapshot, table: pd.DataFrame) -> pd.DataFrame:
    """Add the seconds to the answer, without one, and to the end."""
    received, responded, closed = (table[name] for name in MOMENTS)
    asked, answered, ended = (table[name] for name in _TIMED)
    today = pd.Series(pd.Timestamp(midnight(now.end)), index=table.index)
    days = (closed.dt.normalize() - received.dt.normalize()).dt.days.astype("Int64") * SECONDS_A_DAY
    exact = _natural_seconds(received, closed)
    return table.assign(
        response=_seconds(now, received.where(asked), responded.where(answered)),
        waited=_seconds(now, received.where(asked & responded.isna() & closed.isna()), today),
        took=exact.where(asked & ended, days),
    )


def _natural_seconds(starts: pd.Series, stops: pd.Series) -> pd.Series:
    return (stops - starts).dt.total_seconds().astype("float64").astype("Int64")


def _seconds(now: Snapshot, starts: pd.Series, stops: pd.Series) -> pd.Series:
    """Return the seconds between moments, working ones where there is a calendar; blank where one is missing."""
    if now.calendar is None:
        return _natural_seconds(starts, stops)
    seconds = _working_seconds(now)
    found: list[int | None] = []
    for start, stop in zip(starts, stops, strict=True):
        if pd.isna(start) or pd.isna(stop):
            found.append(None)
            continue
        if (start, stop) not in seconds:
            seconds[start, stop] = worked(now.calendar, start, stop)
        found.append(seconds[start, stop])
    return pd.Series(found, index=starts.index, dtype="Int64")


@memoized
def _working_seconds(now: Snapshot) -> dict[tuple[datetime, datetime], int]:
    """The working seconds between moments, as far as somebody has asked for them."""
    return {}


def _judged(now: Snapshot, table: pd.DataFrame) -> pd.DataFrame:
    """Add what came of the time limits; blank where 受理时间 is."""
    limits = by_urgency(
        table, {urgency: response_limit(urgency, now) for urgency in URGENCIES}, response_limit("", now)
    )
    days = allowed_days(table, now.settings)
    age = (pd.Timestamp(midnight(now.end)) - table["received_at"].dt.normalize()).dt.days - 1
    waited = table[["response", "waited"]].fillna(0).max(axis=1)
    is_open = table["closed_at"].isna()
    late = (waited > limits) | (table["took"] > days * SECONDS_A_DAY).fillna(value=False) | (is_open & (age > days))
    state = is_open.map({True: ONGOING, False: MET}).mask(late.astype("bool"), BREACHED)
    return table.assign(state=state.where(table["received_at"].notna()).astype("str"))


def by_urgency(table: pd.DataFrame, values: Mapping[str, float], otherwise: float) -> pd.Series:
    """Return the value of each row's urgency."""
    return table["urgency"].map(values).fillna(otherwise)


def allowed_days(table: pd.DataFrame, settings: Settings) -> pd.Series:
    """Return the days that each service may take."""
    days = {urgency: days_for(urgency, settings) for urgency in URGENCIES}
    return by_urgency(table, days, days_for("", settings)).astype("int64")


def days_for(urgency: str, settings: Settings) -> int:
    """Return the days that a service of this urgency may take."""
    return {HIGH: settings.complaint_days, LOW: settings.question_days}.get(urgency, settings.repair_days)


def response_limit(urgency: str, now: Snapshot) -> float:
    """Return the seconds until a service of this urgency has to be answered."""
    if urgency == LOW:
        return now.settings.low_response_days * day_of_work(now.calendar)
    return 3600 * (now.settings.high_response_hours if urgency == HIGH else now.settings.mid_response_hours)


def received_in(table: pd.DataFrame, now: Snapshot) -> pd.DataFrame:
    """Return the services that were received in the period."""
    found: pd.DataFrame = in_period(table, "received_at", now.window)
    return found


def sla(now: Snapshot) -> pd.DataFrame:
    """Return how many services received in the period met their limits, broke them or may still meet them, by 优先级."""
    counted = received_in(judged(now), now).groupby(["urgency", "state"]).size()
    rows = [(urgency, *(int(counted.get((urgency, state), 0)) for state in STATES)) for urgency in URGENCIES]
    found = pd.DataFrame(rows, columns=list(SLA[:-1])).astype({"priority": "str"})
    done = found["met"] + found["breached"]
    return found.assign(rate=found["met"] / done.where(done > 0))


@figure(
    "sla_rate",
    "服务时限达标率",
    unit="%",
    better="up",
    goal="sla_goal",
    definition="达标率 = 达标 ÷（达标 + 超时）；只算期内受理的服务。首次响应和办结都没有超时的算达标；没办结而已超时的算超时，"
    "没办结也没超时的不计入；缺钟点的不看响应。响应时限：高 {high_response_hours} 小时，中 {mid_response_hours} 小时，低 {low_response_days} 天，"
    "有工作日历时按工作时间；办结时限：高 {complaint_days} 天，中 {repair_days} 天，低 {question_days} 天。"
    "没有优先级的，投诉按高、售后服务按中、咨询按低。",
)
def sla_rate(now: Snapshot) -> Value:
    """Return the share of the judged services that met their limits; coverage: services with 受理时间."""
    found, table = now.table("sla"), judged(now)
    met, late = int(found["met"].sum()), int(found["breached"].sum())
    coverage = share(len(received_in(table, now)), len(in_period(table, "at", now.window)))
    return Value(share(met, met + late), met + late, coverage)


@figure(
    "informed_rate",
    "投诉告知及时率",
    unit="%",
    better="up",
    definition="期内办结的投诉中，办结后 {inform_days} 天内把结果告诉客户的占多少；没填告知日期的算没有告知。",
)
def informed_rate(now: Snapshot) -> Value:
    """Return the share of the complaints closed in the period whose customer was informed in time; needs 告知日期."""
    closed = complaints(now, "closed_at", "told_on").filter(within("closed_at", now.window))
    if not now.has("services", "told_on"):
        return Value(None)
    table = to_pandas(closed, {"closed_at": "datetime64[us]", "told_on": "datetime64[us]"})
    days = (table["told_on"] - table["closed_at"].dt.normalize()).dt.days
    return Value(share(int((days <= now.settings.inform_days).sum()), len(table)), len(table))


FIGURES = (sla_rate, informed_rate)
TABLES = (FigureTable("cases", CASES, cases), FigureTable("sla", SLA, sla))
