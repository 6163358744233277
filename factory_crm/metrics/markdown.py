"""The page of every figure, from the declarations."""

from ..crm.metrics.figures import METRICS
from ..crm.metrics.settings import Settings
from ..i18n.translate import Language, LazyText, translate

_TITLE = LazyText("每一项指标怎么算")
_HEADS = tuple(map(LazyText, ("指标", "单位", "定义", "用到的表和列", "好坏")))
_BETTER = {"up": LazyText("越高越好"), "down": LazyText("越低越好"), "neither": LazyText("")}


def markdown(language: Language) -> str:
    """Return the page of every figure in that language, with the thresholds that hold where nothing is set."""
    settings = Settings()
    rows = [
        (
            f"{translate(metric.title, language)} `{name}`",
            translate(metric.unit, language),
            metric.define(settings, language),
            metric.source(language),
            translate(_BETTER[metric.better], language) if metric.better != "neither" else "",
        )
        for name, metric in METRICS.items()
    ]
    lines = [
        f"# {translate(_TITLE, language)}",
        "",
        "| " + " | ".join(translate(head, language) for head in _HEADS) + " |",
        "| --- " * len(_HEADS) + "|",
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
    return "\n".join(lines) + "\n"
