"""Figures in words: values with their units, changes, goals, and what needs attention."""

from collections.abc import Mapping
from typing import Literal

from ..i18n.translate import Language, LazyText, translate
from ..metrics.figure import FigureResult
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


def money_unit(result: FigureResult) -> MoneyUnit:
    """Return the unit in which a figure of money reads best."""
    return money_for(result.value) if result.figure.unit == MONEY else YUAN


def unit_of(result: FigureResult) -> LazyText:
    """Return the unit in which a figure is shown."""
    return LazyText(money_unit(result).unit) if result.figure.unit == MONEY else result.figure.unit


def figure_title(result: FigureResult, language: Language) -> str:
    """Return the title of a figure with its unit, where the title does not tell what is counted."""
    if result.figure.unit in _PLAIN_UNITS:
        return translate(result.figure.title, language)
    return translate("{title}（{unit}）", language, title=result.figure.title, unit=unit_of(result))


def figure_format(result: FigureResult) -> str:
    """Return the number format of a figure's cell."""
    return (
        money_unit(result).number_format
        if result.figure.unit == MONEY
        else _FORMATS.get(result.figure.unit, "#,##0.##")
    )


def cell_value(result: FigureResult) -> float | None:
    """Return what stands in a figure's cell."""
    return None if result.value is None else in_unit(result, result.value)


def in_unit(result: FigureResult, value: float) -> float:
    """Return a value of a figure in the unit in which it is shown."""
    return money_unit(result).of(value) if result.figure.unit == MONEY else value


def in_words(result: FigureResult, value: float | None, language: Language) -> str:
    """Return a value of a figure with its unit, such as ``61.7%`` or ``12.5 天``."""
    if value is None:
        return translate(INSUFFICIENT, language)
    unit = result.figure.unit
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


def goal_in_words(result: FigureResult, language: Language) -> str:
    """Return the goal and whether it is met; empty where there is none."""
    if result.goal is None:
        return ""
    goal = goal_of(result, language)
    sign = "" if result.value is None else " √" if meets(result) else " ×"
    return translate("目标 {goal}{sign}", language, goal=goal, sign=sign)


def goal_of(result: FigureResult, language: Language) -> str:
    """Return the goal of a figure in words."""
    goal = result.goal or 0
    is_whole_percent = result.figure.unit == SHARE and goal == round(goal, 2)
    return f"{goal:.0%}" if is_whole_percent else in_words(result, goal, language)


def meets(result: FigureResult) -> bool:
    """Whether a figure reaches its goal; also where it has no value or no goal."""
    if result.value is None or result.goal is None:
        return True
    return result.value <= result.goal if result.figure.better == "down" else result.value >= result.goal


def change_in_words(result: FigureResult, compared: Comparison | None, language: Language) -> tuple[str, Trend]:
    """Return the change from the earlier of the periods compared to the later, and whether it is for the better."""
    if result.value is None:
        return "", "none"
    if compared is None or result.before is None or result.recent is None:
        return translate("没有可对比的数据", language), "none"
    kind = LazyText("同比" if compared.apart == A_YEAR else "环比")
    points = result.figure.unit == SHARE
    change = rounded((result.recent - result.before) * 100, 1) if points else relative_change(result)
    if change is None or not change:
        return translate("{kind}持平" if change == 0 else "对比期为 0", language, kind=kind), "none"
    sign = "▲" if change > 0 else "▼"
    template = "{sign} {change} 个百分点，{kind}" if points else "{sign} {change}%，{kind}"
    good = (change > 0) == (result.figure.better == "up")
    standing: Trend = "none" if result.figure.better == "neither" else "good" if good else "bad"
    return translate(template, language, sign=sign, change=f"{abs(change):,.1f}", kind=kind), standing


def comparison_in_words(compared: Comparison | None, language: Language) -> str:
    """Return which periods are compared; empty where none are."""
    if compared is None:
        return ""
    year = compared.apart == A_YEAR
    template = "同比：近 {months} 个月与去年同期相比" if year else "环比：近 {months} 个月与之前 {months} 个月相比"
    return translate(template, language, months=compared.months)


def relative_change(result: FigureResult) -> float | None:
    """Return by how many per cent a figure changed; None where there is nothing to compare with."""
    if not result.before or result.recent is None:
        return None if result.recent else 0.0
    return rounded((result.recent / result.before - 1) * 100, 1)
