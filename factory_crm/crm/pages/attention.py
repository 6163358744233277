"""What needs attention, in sentences: missed goals, open complaints, changes for the worse, customers that wait."""

from collections.abc import Iterator, Mapping

from ...i18n.translate import Language, LazyText, translate
from ...metrics.figure import FigureResult
from ...metrics.results import Results
from ...metrics.window import Comparison
from ...report.format import A_YEAR, goal_of, in_words, meets, relative_change
from ..metrics.lifecycle import ASLEEP, STAGES

_FALL, _RISE = 0.10, 0.20
"""From which share on a change for the worse is worth a word: of amounts and counts, of complaints."""
_FALLING, _RISING = ("amount", "orders", "buyers"), ("complaints", "complaint_rate")
_WORSE: Mapping[tuple[bool, bool], LazyText] = {
    (True, True): LazyText("▼ {title}近 {months} 个月比去年同期少 {change}%"),
    (True, False): LazyText("▼ {title}近 {months} 个月比之前少 {change}%"),
    (False, True): LazyText("▲ {title}近 {months} 个月比去年同期多 {change}%"),
    (False, False): LazyText("▲ {title}近 {months} 个月比之前多 {change}%"),
}
"""By whether it falls, and whether with the year before."""


def attention(results: Results, language: Language) -> Iterator[str]:
    """Yield what needs attention, the missed goals first."""
    for result in results.figures.values():
        if not meets(result):
            above = result.figure.better == "down"
            yield translate("× {title} {value}，高于目标 {goal}" if above else "× {title} {value}，低于目标 {goal}", language,
                      title=result.figure.title, value=in_words(result, result.value, language),
                      goal=goal_of(result, language))  # fmt: skip
    waiting = results.figures.get("open_complaints")
    if waiting and waiting.value:
        yield translate(
            "× {count} 起投诉还没有办结，见「{sheet}」", language, count=int(waiting.value), sheet=LazyText("服务")
        )
    for name in (*_FALLING, *_RISING):
        changed = results.figures.get(name)
        if changed and (sentence := _worse(changed, results.compared, language)):
            yield sentence
    yield from _waiting(results, language)


def _waiting(results: Results, language: Language) -> Iterator[str]:
    """Whom somebody should call: the best customers first, then those asleep, then what is overdue."""
    customers, reminders = results.frames["customers"], results.frames["reminders"]
    asleep = customers[customers["lifecycle"] == STAGES[ASLEEP]]
    best = int((asleep["value_class"] == "A").sum())
    if best:
        yield translate("▲ {count} 家 A 类客户超过 {days} 天没有下单，见「{sheet}」", language, count=best,
                  days=results.settings.t1_days, sheet=LazyText("客户汇总"))  # fmt: skip
    if late := int(reminders["overdue"].astype("bool").sum()):
        yield translate("▲ {count} 件待办已过期，见「{sheet}」", language, count=late, sheet=LazyText("待办"))
    if len(asleep):
        yield translate(
            "▲ {count} 家客户正在沉睡，宜尽快联系，见「{sheet}」",
            language,
            count=len(asleep),
            sheet=LazyText("客户汇总"),
        )


def _worse(result: FigureResult, compared: Comparison | None, language: Language) -> str:
    change = relative_change(result) if result.before else None
    if change is None or compared is None:
        return ""
    falls, year = result.figure.better == "up", compared.apart == A_YEAR
    if (falls and change <= -_FALL * 100) or (not falls and change >= _RISE * 100):
        template = _WORSE[falls, year]
        return translate(
            template, language, title=result.figure.title, change=f"{abs(change):.1f}", months=compared.months
        )
    return ""
