"""Services: how soon answered, how soon and how well solved, and complaints. Of 服务记录, and 订单记录 for deliveries.

Response in working hours where there is a calendar, else in natural ones; resolution in days. A moment without a time
counts by whole days where it counts at all.
"""

from datetime import timedelta

import narwhals.stable.v2 as nw
import pandas as pd

from ...metrics.metric import ESTIMATED, PLAIN, MetricValue, share
from ...metrics.quantiles import Distribution
from ...metrics.snapshot import SECONDS_A_DAY, Frame, Snapshot, aggregates, flag, is_filled, within
from ...metrics.window import Window, midnight
from .settings import Settings
from .sla import COMPLAINT, cases, days_for, received_in

YES = "是"
_HOUR = 3600


def response(snapshot: Snapshot, window: Window, settings: Settings) -> dict[str, MetricValue]:
    """Return how soon the services received in the period were answered, and the share answered in time.

    Only those whose moments have a time. One closed without 首次响应时间 says nothing, so it is in neither.
    """
    table = cases(snapshot, settings)
    came = received_in(table, window)
    spread, target = _spread(came["response"]), settings.response_target_hours * _HOUR
    due = spread.n + int((came["waited"] > target).sum())
    coverage = share(spread.n, len(_in(table, "at", window)))
    return {
        "response_mean": MetricValue(spread.mean(_HOUR), spread.n, coverage),
        "response_median": MetricValue(spread.at(0.5, _HOUR), spread.n, coverage),
        "response_p90": MetricValue(spread.at(0.9, _HOUR), spread.n, coverage),
        "response_rate": MetricValue(share(spread.up_to_value(int(target)), due), due, coverage),
    }


def resolution(snapshot: Snapshot, window: Window, settings: Settings) -> dict[str, MetricValue]:
    """Return median and P90 of the days it took to close what was closed in the period."""
    closed = _in(cases(snapshot, settings), "closed_at", window)
    spread = _spread(closed["took"])
    coverage = share(spread.n, len(closed))
    return {
        "resolution_median": MetricValue(spread.at(0.5, SECONDS_A_DAY), spread.n, coverage),
        "resolution_p90": MetricValue(spread.at(0.9, SECONDS_A_DAY), spread.n, coverage),
    }


def resolved_in_time(snapshot: Snapshot, window: Window, settings: Settings) -> dict[str, MetricValue]:
    """Return the share of the services received in the period that were closed in time; open ones count once overdue."""
    table = cases(snapshot, settings)
    came = received_in(table, window)
    days = came["urgency"].map(lambda urgency: days_for(urgency, settings)).astype("int64")
    age = (pd.Timestamp(midnight(window.as_of)) - came["received_at"].dt.normalize()).dt.days
    met = int((came["took"] <= days * SECONDS_A_DAY).sum())
    due = int(came["took"].notna().sum()) + int((came["closed_at"].isna() & (age > days)).sum())
    return {"resolution_rate": MetricValue(share(met, due), due, share(len(came), len(_in(table, "at", window))))}


def _spread(spans: pd.Series) -> Distribution:
    found = spans.dropna().astype("int64").value_counts()
    return Distribution.of(zip(found.index, found, strict=True))


def _in(table: pd.DataFrame, name: str, window: Window) -> pd.DataFrame:
    return table[(table[name] >= midnight(window.start)) & (table[name] < midnight(window.end))]


def first_contact(snapshot: Snapshot, window: Window, settings: Settings) -> dict[str, MetricValue]:
    """Return the share solved at the first contact, of those closed in the period and some days past.

    Solved is 一次解决 = 是 and not reopened until ``fcr_days`` after; without 重开日期, no other service of the same customer,
    kind and order from then on.
    """
    stated = "services.reopened_on" in snapshot.has
    settled = Window(window.start, window.end - timedelta(days=settings.fcr_days))
    chain = snapshot.services.filter(is_filled("at")).with_columns(nw.col("order_id").fill_null(""))
    following = nw.col("at").shift(-1).over("customer_id", "event", "order_id", order_by=["at", "file", "sheet", "row"])
    closed = chain.with_columns(again=nw.col("reopened_on") if stated else following).filter(
        within("closed_at", settled)
    )
    said = closed.filter(is_filled("first_contact"))
    limit = nw.col("closed_at").dt.truncate("1d").dt.offset_by(f"{settings.fcr_days + 1}d")
    returned = is_filled("again") & (nw.col("again") < limit)
    solved = said.filter((nw.col("first_contact") == YES) & ~returned)
    n, good, rows = (aggregates(frame, n=nw.len())["n"] for frame in (said, solved, closed))
    return {"fcr_rate": MetricValue(share(good, n), n, share(n, rows), ESTIMATED if n and not stated else PLAIN)}


def complaints_of(snapshot: Snapshot) -> Frame:
    """Return the complaints, whenever they came."""
    return snapshot.services.filter(nw.col("event") == COMPLAINT)


def complaints(snapshot: Snapshot, window: Window) -> dict[str, MetricValue]:
    """Return the complaints of the period, per hundred orders received in it, and those still open at its end."""
    every = complaints_of(snapshot)
    found = aggregates(
        every, rows=nw.len(), dated=flag(is_filled("at")).sum(), open=flag(nw.col("closed_at").is_null()).sum()
    )
    services = aggregates(snapshot.services, rows=nw.len(), dated=flag(is_filled("at")).sum())
    came = aggregates(every.filter(within("at", window)), n=nw.len())["n"]
    received = aggregates(snapshot.lines.filter(within("received_on", window)), orders=nw.col("order_id").n_unique())[
        "orders"
    ]
    coverage = share(services["dated"], services["rows"])
    rate = share(100 * came, received) if services["dated"] else None
    return {
        "complaints": MetricValue(came if services["dated"] else None, came, coverage),
        "complaint_rate": MetricValue(rate, received, coverage),
        "open_complaints": MetricValue(found["open"] if services["rows"] else None, found["rows"]),
    }
