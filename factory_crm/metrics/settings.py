"""What a factory may set of its figures; the defaults are the product's."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Thresholds and goals. Days are calendar days, shares stand between 0 and 1."""

    window_months: int = 12
    """Length of the period that figures look at, ending with the as-of day."""
    months_shown: int = 18
    """At most so many months in the monthly table."""
    before_grace_days: int = 31
    """The period before is compared with if the data begin no later than so many days into it."""

    new_days: int = 90
    """A customer is new for so long after the first order."""
    t1_days: int = 90
    """Active up to so many days after the last order, then asleep."""
    t2_days: int = 180
    """Asleep up to so many days after the last order, then lost."""

    rfm_floor: int = 50
    """Fewer buying customers are not scored in fifths."""
    rfm_orders: int = 3
    """Orders that count as frequent where there are no fifths."""
    share_a: float = 0.70
    """Class A while the customers before make less than this share of the revenue."""
    share_b: float = 0.90
    """Class B likewise, C beyond."""

    on_time_tolerance_days: int = 0
    on_time_goal: float = 0.85

    response_target_hours: float = 4
    response_goal: float = 0.90
    complaint_days: int = 1
    """Days a 投诉 may take; the next two likewise for 售后服务 and 咨询."""
    repair_days: int = 3
    question_days: int = 5
    fcr_days: int = 7
    """A solved contact counts once so many days have passed without another."""

    csat_from: int = 4
    """Ratings from this one on are satisfied."""
    csat_min_n: int = 5
    """Fewer ratings are shown as a hint only."""

    def facts(self) -> dict[str, Any]:
        """Return every setting by its name, as the definitions name them."""
        return asdict(self)
