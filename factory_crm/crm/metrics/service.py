"""Services: how soon answered, how soon and how well solved, and complaints. Of 服务记录, and 订单记录 for deliveries.

Response in working hours where there is a calendar, else in natural ones; resolution in days. A moment without a time
counts by whole days where it counts at all.
"""

from collections.abc import Mapping
from datetime import timedelta

import narwhals.stable.v2 as nw
import pandas as pd

from ...i18n.translate import LazyText
from ...metrics.figure import Value, figure, share
from ...metrics.frames import SECONDS_A_DAY, aggregates, flag, is_filled, within
from ...metrics.quantiles import Distribution
from ...metrics.snapshot import memoized
from ...metrics.window import Window, midnight
from .facts import Snapshot, in_period, lines, services
from .facts import complaints as every_complaint
from .sla import allowed_days, judged, received_in, spans

YES = "是"
ESTIMATED = LazyText("估算：没有重开日期，按同类问题是否再次受理推断")
_HOUR = 3600


@memoized
def _responses(now: Snapshot) -> tuple[Distribution, int]:
    """The seconds until the services received in the period were answered, and how many services came in it.

    Only those whose moments have a time. One closed without 首次响应时间 says nothing, so it is in neither.
    """
    table = spans(now)
    return _spread(received_in(table, now)["response"]), len(in_period(table, "at", now.window))


@figure(
    "response_mean",
    "平均首次响应时间",
    unit="小时",
    better="down",
    definition="首次响应时间 − 受理时间的平均数，有工作日历时按工作小时，否则按自然小时；只算期内受理、两者都填了钟点的服务。",
)
def response_mean(now: Snapshot) -> Value:
    """Return the mean hours to the first answer."""
    spread, came = _responses(now)
    return Value(spread.mean(_HOUR), spread.n, share(spread.n, came))


@figure(
    "response_median",
    "首次响应时间中位数",
    unit="小时",
    better="down",
    definition="首次响应时间 − 受理时间的中位数，有工作日历时按工作小时，否则按自然小时；只算期内受理、两者都填了钟点的服务。",
)
def response_median(now: Snapshot) -> Value:
    """Return the median of the hours to the first answer."""
    spread, came = _responses(now)
    return Value(spread.at(0.5, _HOUR), spread.n, share(spread.n, came))


@figure(
    "response_p90",
    "首次响应时间 P90",
    unit="小时",
    better="down",
    definition="九成的首次响应不超过这么久（同 Excel 的 PERCENTILE.INC），有工作日历时按工作小时，否则按自然小时；只算期内受理、两者都填了钟点的服务。",
)
def response_p90(now: Snapshot) -> Value:
    """Return the hours that nine in ten answers did not exceed."""
    spread, came = _responses(now)
    return Value(spread.at(0.9, _HOUR), spread.n, share(spread.n, came))


@figure(
    "response_rate",
    "及时响应率",
    unit="%",
    better="up",
    goal="response_goal",
    definition="及时响应率 = {response_target_hours} 小时内响应的服务数 ÷（已响应的 + 未响应、未办结且已超时的）；"
    "只算期内受理、填了钟点的服务；有工作日历时按工作小时，否则按自然小时。",
)
def response_rate(now: Snapshot) -> Value:
    """Return the share answered in time."""
    spread, came = _responses(now)
    target = now.settings.response_target_hours * _HOUR
    due = spread.n + int((received_in(spans(now), now)["waited"] > target).sum())
    return Value(share(spread.up_to_value(int(target)), due), due, share(spread.n, came))


@memoized
def _resolutions(now: Snapshot) -> tuple[Distribution, float | None]:
    """The seconds it took to close what was closed in the period, and the share of it for which they are known."""
    closed = in_period(spans(now), "closed_at", now.window)
    spread = _spread(closed["took"])
    return spread, share(spread.n, len(closed))


@figure(
    "resolution_median",
    "解决时间中位数",
    unit="天",
    better="down",
    definition="期内办结的服务，处理日期 − 受理时间的中位数；有一项没填钟点的按整天算，缺受理时间的不计入。",
)
def resolution_median(now: Snapshot) -> Value:
    """Return the median of the days to the end."""
    spread, coverage = _resolutions(now)
    return Value(spread.at(0.5, SECONDS_A_DAY), spread.n, coverage)


@figure(
    "resolution_p90",
    "解决时间 P90",
    unit="天",
    better="down",
    definition="期内办结的服务，九成的处理日期 − 受理时间不超过它（同 Excel 的 PERCENTILE.INC）；有一项没填钟点的按整天算。",
)
def resolution_p90(now: Snapshot) -> Value:
    """Return the days that nine in ten did not exceed."""
    spread, coverage = _resolutions(now)
    return Value(spread.at(0.9, SECONDS_A_DAY), spread.n, coverage)


def _spread(seconds: pd.Series) -> Distribution:
    found = seconds.dropna().astype("int64").value_counts()
    return Distribution.of(zip(found.index, found, strict=True))


@figure(
    "resolution_rate",
    "按时办结率",
    unit="%",
    better="up",
    definition="按时办结率 = 按时办结的服务数 ÷（已办结的 + 未办结且已超时的）；只算期内受理的服务。时限："
    "高 {complaint_days} 天，中 {repair_days} 天，低 {question_days} 天；没有优先级的，投诉按高、售后服务按中、咨询按低。",
)
def resolution_rate(now: Snapshot) -> Value:
    """Return the share of the services received in the period that were closed in time; open ones count once overdue."""
    table = judged(now)
    came = received_in(table, now)
    days = allowed_days(came, now.settings)
    age = (pd.Timestamp(midnight(now.window.as_of)) - came["received_at"].dt.normalize()).dt.days
    met = int((came["took"] <= days * SECONDS_A_DAY).sum())
    due = int(came["took"].notna().sum()) + int((came["closed_at"].isna() & (age > days)).sum())
    return Value(share(met, due), due, share(len(came), len(in_period(table, "at", now.window))))


@figure(
    "fcr_rate",
    "一次解决率",
    unit="%",
    better="up",
    definition="一次解决率 = “一次解决”填“是”、且办结后 {fcr_days} 天内没有重开的服务数 ÷ 期内满 {fcr_days} 天的已办结、填了“一次解决”的服务数；"
    "没有“重开日期”一列时，看同一客户同一订单有没有再来同类服务，属估算。",
)
def fcr_rate(now: Snapshot) -> Value:
    """Return the share solved at the first contact, of those closed in the period and some days past.

    Solved is 一次解决 = 是 and not reopened until ``fcr_days`` after; without 重开日期, no other service of the same customer,
    kind and order from then on.
    """
    fcr_days = now.settings.fcr_days
    settled = Window(now.window.start, now.window.end - timedelta(days=fcr_days))
    if stated := now.has("services", "reopened_on"):
        chain = services(now, "first_contact", "closed_at", "reopened_on").with_columns(again=nw.col("reopened_on"))
    else:
        by = ("customer_id", "event", "order_id")
        chain = services(now, "first_contact", "closed_at", *by, "at", "file", "sheet", "row").filter(is_filled("at"))
        chain = chain.with_columns(nw.col("order_id").fill_null(""))
        following = nw.col("at").shift(-1).over(*by, order_by=["at", "file", "sheet", "row"])
        chain = chain.with_columns(again=following)
    closed = chain.filter(within("closed_at", settled))
    said = closed.filter(is_filled("first_contact"))
    limit = nw.col("closed_at").dt.truncate("1d").dt.offset_by(f"{fcr_days + 1}d")
    returned = is_filled("again") & (nw.col("again") < limit)
    solved = said.filter((nw.col("first_contact") == YES) & ~returned)
    n, good, rows = (aggregates(frame, n=nw.len())["n"] for frame in (said, solved, closed))
    return Value(share(good, n), n, share(n, rows), ESTIMATED if n and not stated else LazyText(""))


@memoized
def _came(now: Snapshot) -> int:
    """How many complaints came in the period."""
    return aggregates(every_complaint(now, "at").filter(within("at", now.window)), n=nw.len())["n"]


@memoized
def _dated(now: Snapshot) -> Mapping[str, int]:
    """How many services there are, and how many have a day; the others are in no period."""
    return aggregates(services(now, "at"), rows=nw.len(), dated=flag(is_filled("at")).sum())


@figure(
    "complaints",
    "投诉数",
    unit="起",
    better="down",
    definition="期内的投诉。按受理时间归期，没有的按首次响应时间或处理日期，都没有的不计入。",
)
def complaints(now: Snapshot) -> Value:
    """Return the complaints of the period."""
    came, dated = _came(now), _dated(now)
    return Value(came if dated["dated"] else None, came, share(dated["dated"], dated["rows"]))


@figure(
    "complaint_rate",
    "每百单投诉",
    unit="起/百单",
    better="down",
    definition="每百单投诉 = 期内投诉数 ÷ 期内有收货的订单数 × 100。",
)
def complaint_rate(now: Snapshot) -> Value:
    """Return the complaints of the period per hundred orders received in it."""
    came, dated = _came(now), _dated(now)
    received = lines(now, "order_id", "received_on").filter(within("received_on", now.window))
    orders = aggregates(received, orders=nw.col("order_id").n_unique())["orders"]
    rate = share(100 * came, orders) if dated["dated"] else None
    return Value(rate, orders, share(dated["dated"], dated["rows"]))


@figure(
    "open_complaints",
    "未办结投诉",
    unit="起",
    better="down",
    definition="到期末还没有处理日期的投诉，不论何时受理。",
)
def open_complaints(now: Snapshot) -> Value:
    """Return the complaints still open at the end of the period, whenever they came."""
    found = aggregates(every_complaint(now, "closed_at"), rows=nw.len(), open=flag(nw.col("closed_at").is_null()).sum())
    return Value(found["open"] if _dated(now)["rows"] else None, found["rows"])


FIGURES = (
    response_mean,
    response_median,
    response_p90,
    response_rate,
    resolution_median,
    resolution_p90,
    resolution_rate,
    fcr_rate,
    complaints,
    complaint_rate,
    open_complaints,
)
