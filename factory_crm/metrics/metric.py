"""What a figure is: its words, what it needs, which way is better, and what was found."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..crm.metrics.settings import Settings
from ..i18n.translate import Language, LazyText, TextList, translate
from .columns import SHEETS


@dataclass(frozen=True, slots=True)
class Metric:
    """What a figure means, in words for those who read it."""

    name: str
    title: LazyText
    unit: LazyText
    """Says how a value is held: 元 in whole fen, % as a share between 0 and 1, all others as they are."""
    definition: LazyText
    """Names the settings it depends on in braces; ``define`` fills them in."""
    needs: tuple[str, ...]
    """Its columns, as ``table.column``; the first names the table whose rows it counts."""
    better: Literal["up", "down", "neither"] = "neither"
    goal: str | None = None
    """The setting that holds its goal."""
    current: bool = False
    """Whether it is known of today only, so that there is no period before to compare with."""

    def define(self, settings: Settings, language: Language = "zh") -> str:
        """Return the definition with the thresholds in force."""
        return translate(self.definition, language, **settings.facts())

    def source(self, language: Language = "zh") -> str:
        """Return the sheets and columns it is made from, by the names people know them by."""
        columns: dict[str, list[str]] = {}
        for table, name in (need.split(".") for need in self.needs):
            columns.setdefault(table, []).append(SHEETS[table].column(name).header)
        told = (
            translate("{sheet}：{columns}", language, sheet=LazyText(SHEETS[table].title), columns=TextList(named))
            for table, named in columns.items()
        )
        return {"zh": "；", "en": "; "}[language].join(told)  # zh only


RATES = frozenset(map(LazyText, ("%", "分", "点", "小时", "天", "起/百单")))
"""Units of figures that do not grow with how much of a period the data hold."""
PLAIN = LazyText("")
"""Where there is nothing to tell."""


class MetricValue(NamedTuple):
    """What a theme found in one period."""

    value: float | None
    """None where the data do not suffice."""
    n: int = 0
    coverage: float | None = None
    note: LazyText = PLAIN


class MetricResult(NamedTuple):
    """One figure of the period, ready to be shown. ``metric.unit`` says how ``value`` and ``before`` are held."""

    metric: Metric
    value: float | None
    """None is 数据不足; an int where it counts something."""
    n: int
    """How many rows it rests on."""
    coverage: float | None
    """Share of the rows that have what it needs; None where there is no row to ask."""
    recent: float | None
    """What ``before`` is compared with: the value, but of the later period of ``Results.compared``."""
    before: float | None
    """The value of its earlier period, as it was known then; None where the data do not reach back."""
    goal: float | None
    note: LazyText
    """What a reader must be told beside it."""


def share(part: float, whole: float) -> float | None:
    """Return the part of the whole; None where there is no whole."""
    return part / whole if whole else None


FEW_RATINGS = LazyText("样本少，仅供参考")
NO_FIFTHS = LazyText("下单客户较少，不分五档：按最近下单、订单数、金额中位数各分高低")
ESTIMATED = LazyText("估算：没有重开日期，按同类问题是否再次受理推断")


def declare(  # noqa: PLR0913, PLR0917 - the words of one figure, in one place
    name: str,
    title: str,
    unit: str,
    needs: tuple[str, ...],
    definition: str,
    better: Literal["up", "down", "neither"] = "neither",
    goal: str | None = None,
    *,
    current: bool = False,
) -> Metric:
    """Return the declaration of a figure."""
    return Metric(name, LazyText(title), LazyText(unit), LazyText(definition), needs, better, goal, current)
