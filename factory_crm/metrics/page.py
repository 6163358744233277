"""The page of every figure, from the declarations."""

from ..words import Language, Word, say
from .figures import METRICS
from .settings import Settings

_TITLE = Word("每一项指标怎么算")
_HEADS = tuple(map(Word, ("指标", "单位", "定义", "用到的表和列", "好坏")))
_BETTER = {"up": Word("越高越好"), "down": Word("越低越好"), "neither": Word("")}


def markdown(language: Language) -> str:
    """Return the page of every figure in that language, with the thresholds that hold where nothing is set."""
    settings = Settings()
    rows = [
        (
            f"{say(metric.title, language)} `{name}`",
            say(metric.unit, language),
            metric.define(settings, language),
            metric.source(language),
            say(_BETTER[metric.better], language) if metric.better != "neither" else "",
        )
        for name, metric in METRICS.items()
    ]
    lines = [
        f"# {say(_TITLE, language)}",
        "",
        "| " + " | ".join(say(head, language) for head in _HEADS) + " |",
        "| --- " * len(_HEADS) + "|",
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
    return "\n".join(lines) + "\n"
