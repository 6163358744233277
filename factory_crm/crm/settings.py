"""What a factory may set of its figures; the defaults are the product's."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from ..i18n.translate import LazyText
from .lists.order import STEPS

Days = Annotated[int, Field(ge=0, le=3660, strict=True)]
WholeNumber = Annotated[int, Field(ge=1, le=1000, strict=True)]
Share = Annotated[float, Field(ge=0, le=1, strict=True)]
Step = Annotated[str, Field(pattern=f"^({'|'.join(STEPS)})$")]
Hours = Annotated[float, Field(gt=0, le=1000, strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Thresholds and goals. Days are calendar days, shares stand between 0 and 1."""

    __pydantic_config__ = ConfigDict(extra="forbid", strict=False)

    window_months: WholeNumber = 12
    """Length of the period that figures look at, ending with the as-of day."""
    months_shown: WholeNumber = 18
    """At most so many months in the monthly table."""
    before_grace_days: Days = 31
    """The period before is compared with if the data begin no later than so many days into it."""

    new_days: Days = 90
    """A customer is new for so long after the first order."""
    t1_days: Days = 90
    """Active up to so many days after the last order, then asleep."""
    t2_days: Days = 180
    """Asleep up to so many days after the last order, then lost."""
    adaptive: bool = False
    """Whether T1 and T2 are taken from the customers' own intervals between orders, where there are enough."""
    clv_cap_years: WholeNumber = 5
    """A customer's lifespan is at most so many years."""
    clv_unknown_years: WholeNumber = 2
    """The lifespan where churn is not known."""

    rfm_floor: WholeNumber = 50
    """Fewer buying customers are not scored in fifths."""
    rfm_orders: WholeNumber = 3
    """Orders that count as frequent where there are no fifths."""
    share_a: Share = 0.70
    """Class A while the customers before make less than this share of the revenue."""
    share_b: Share = 0.90
    """Class B likewise, C beyond."""

    on_time_basis: Literal["received", "shipped"] = "received"
    """Which day has to be on time: 收货 or 发货."""
    on_time_tolerance_days: Days = 0
    on_time_goal: Share = 0.85

    response_target_hours: Hours = 4
    response_goal: Share = 0.90
    complaint_days: Days = 1
    """Days a 投诉 may take; the next two likewise for 售后服务 and 咨询."""
    repair_days: Days = 3
    question_days: Days = 5
    fcr_days: Days = 7
    """A solved contact counts once so many days have passed without another."""
    high_response_hours: Hours = 1
    """Hours until the first response to what is urgent (高), then likewise 中; 低 in days."""
    mid_response_hours: Hours = 4
    low_response_days: WholeNumber = 1
    sla_goal: Share = 0.90
    inform_days: Days = 1
    """Days within which a customer should be told what became of a complaint."""
    handling_goal_days: Days = 1
    """Days that the review of an order (订单审核) should take."""

    csat_from: Annotated[int, Field(ge=1, le=5, strict=True)] = 4
    """Ratings from this one on are satisfied."""
    csat_min_n: WholeNumber = 5
    """Fewer ratings are shown as a hint only."""
    recurrence_days: Days = 90
    """The same class of feedback from the same customer within so many days came back."""

    yuan_a_point: WholeNumber = 100
    silver_wan: WholeNumber = 10
    """Tier by 12-month spend in 万元; the next two likewise."""
    gold_wan: WholeNumber = 50
    diamond_wan: WholeNumber = 200

    revisit_a_days: Days = 30
    """Days after the last contact until a customer of class A should be visited again; B and C likewise."""
    revisit_b_days: Days = 60
    revisit_c_days: Days = 90
    ahead_days: Days = 7
    """What is due within so many days stands among the reminders."""
    festive_ahead_days: Days = 30
    """Likewise for birthdays and anniversaries."""
    reorder_ahead_days: Days = 14
    capacity: Mapping[Step, WholeNumber] = field(default_factory=dict, hash=False)
    """How many orders each step can hold at a time, by its name."""

    def facts(self) -> dict[str, Any]:
        """Return every setting by its name, as the definitions name them; ``basis`` is the day that has to be on time."""
        return asdict(self) | {"basis": LazyText("收货日期" if self.on_time_basis == "received" else "发货日期")}


@dataclass(frozen=True, slots=True)
class SalesTargets:
    """Sales targets: fen by person (empty for all) and month (``2024-03``)."""

    months: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
