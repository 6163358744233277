"""Figures in words: values with their units, changes, goals, and what needs attention."""

from collections.abc import Mapping
from typing import Literal

from ..i18n.translate import Language, LazyText, translate
from ..metrics.figure import MetricResult
from ..metrics.window import Comparison
from .money_scale import YUAN, MoneyUnit, money_for
from .values import INSUFFICIENT, rounded

MONEY, SHARE = "元", "%"
_FORMATS: Mapping[str, str] = {"%": "0.0%", "单": "#,##0", "家": "#,##0", "起": "#,##0", "分": "0.00", "小时": "0.0", "天": "0.0",
                               "起/百单": "0.0", "点": "0.0", "个": "0.0", "次": "#,##0", "人次": "#,##0"}  # fmt: skip
_PLAIN_UNITS = ("%", "单", "家", "起", "起/百单", "次", "人次")
"""Of values that bear their unit, or whose title names it."""
A_YEAR = 12
Trend = Literal["good", "bad", "none"]


def money_unit(figure: MetricResult) -> MoneyUnit:
    """Return the unit in which a figure of money reads best."""
    return money_for(figure.value) if figure.metric.unit == MONEY else YUAN


def unit_of(figure: MetricResult) -> LazyText:
    """Return the unit in which a figure is shown."""
    return LazyText(money_unit(figure).unit) if figure.metric.unit == MONEY else figure.metric.unit


def metric_title(figure: MetricResult, language: Language) -> str:
    """Return the title of a figure with its unit, where the title does not tell what is counted."""
    if figure.metric.unit in _PLAIN_UNITS:
        return translate(figure.metric.title, language)
    return translate("{title}（{unit}）", language, title=figure.metric.title, unit=unit_of(figure))


def metric_format(figure: MetricResult) -> str:
    """Return the number format of a figure's cell."""
    return (
        money_unit(figure).number_format
        if figure.metric.unit == MONEY
        else _FORMATS.get(figure.metric.unit, "#,##0.##")
    )


def cell_value(figure: MetricResult) -> float | None:
    """Return what stands in a figure's cell."""
    return None if figure.value is None else in_unit(figure, figure.value)


def in_unit(figure: MetricResult, value: float) -> float:
    """Return a value of a figure in the unit in which it is shown."""
    return money_unit(figure).of(value) if figure.metric.unit == MONEY else value


def in_words(figure: MetricResult, value: float | None, language: Language) -> str:
    """Return a value of a figure with its unit, such as ``61.7%`` or ``12.5 天``."""
    if value is None:
        return translate(INSUFFICIENT, language)
    unit = figure.metric.unit
    if unit == SHARE:
        return f"{rounded(value * 100, 1):.1f}%"
    if unit == MONEY:
        money = money_for(value)
        return translate(
            "{number} {unit}",
            language,
            number=f"{money.of(value):,.{1 if money is not YUAN else 2}f}",
            unit=LazyText(money.unit),
        )
    places = {"#,##0": 0, "0.00": 2}.get(_FORMATS.get(unit, ""), 1)
    return translate("{number} {unit}", language, number=f"{rounded(value, places):,.{places}f}", unit=unit)


def goal_in_words(figure: MetricResult, language: Language) -> str:
    """Return the goal and whether it is met; empty where there is none."""
    if figure.goal is None:
        return ""
    goal = goal_of(figure, language)
    sign = "" if figure.value is None else " √" if meets(figure) else " ×"
    return translate("目标 {goal}{sign}", language, goal=goal, sign=sign)


def goal_of(figure: MetricResult, language: Language) -> str:
    """Return the goal of a figure in words."""
    goal = figure.goal or 0
    whole = figure.metric.unit == SHARE and goal == round(goal, 2)
    return f"{goal:.0%}" if whole else in_words(figure, goal, language)


def meets(figure: MetricResult) -> bool:
    """Whether a figure reaches its goal; also where it has no value or no goal."""
    if figure.value is None or figure.goal is None:
        return True
    return figure.value <= figure.goal if figure.metric.better == "down" else figure.value >= figure.goal


def change_in_words(figure: MetricResult, compared: Comparison | None, language: Language) -> tuple[str, Trend]:
    """Return the change from the earlier of the periods compared to the later, and whether it is for the better."""
    if figure.value is None:
        return "", "none"
    if compared is None or figure.before is None or figure.recent is None:
        return translate("没有可对比的数据", language), "none"
    kind = LazyText("同比" if compared.apart == A_YEAR else "环比")
    points = figure.metric.unit == SHARE
    change = rounded((figure.recent - figure.before) * 100, 1) if points else relative_change(figure)
    if change is None or not change:
        return translate("{kind}持平" if change == 0 else "对比期为 0", language, kind=kind), "none"
    sign = "▲" if change > 0 else "▼"
    template = "{sign} {change} 个百分点，{kind}" if points else "{sign} {change}%，{kind}"
    good = (change > 0) == (figure.metric.better == "up")
    standing: Trend = "none" if figure.metric.better == "neither" else "good" if good else "bad"
    return translate(template, language, sign=sign, change=f"{abs(change):,.1f}", kind=kind), standing


def comparison_in_words(compared: Comparison | None, language: Language) -> str:
    """Return which periods are compared; empty where none are."""
    if compared is None:
        return ""
    year = compared.apart == A_YEAR
    template = "同比：近 {months} 个月与去年同期相比" if year else "环比：近 {months} 个月与之前 {months} 个月相比"
    return translate(template, language, months=compared.months)


def relative_change(figure: MetricResult) -> float | None:
    """Return by how many per cent a figure changed; None where there is nothing to compare with."""
    if not figure.before or figure.recent is None:
        return None if figure.recent else 0.0
    return rounded((figure.recent / figure.before - 1) * 100, 1)
