"""The page of every figure, from the declarations and from what each asks a snapshot for."""

from typing import TypeVar

from ..i18n.translate import Language, LazyText, translate
from .figure import source_text
from .results import Periods, needs_of, sources
from .snapshot import Inputs

S = TypeVar("S", bound=Periods)
_TITLE = LazyText("每一项指标怎么算")
_HEADS = tuple(map(LazyText, ("指标", "单位", "定义", "用到的表和列", "好坏")))
_BETTER = {"up": LazyText("越高越好"), "down": LazyText("越低越好"), "neither": LazyText("")}


def markdown(inputs: Inputs[S], language: Language) -> str:
    """Return the page of every figure in that language, with the thresholds that hold where nothing is set."""
    needs = needs_of(inputs)
    rows = [
        (
            f"{translate(figure.title, language)} `{figure.name}`",
            translate(figure.unit, language),
            figure.define(inputs.settings, language),
            source_text(sources(needs[figure.name], inputs.sheets), language),
            translate(_BETTER[figure.better], language) if figure.better != "neither" else "",
        )
        for figure in inputs.registry.figures
    ]
    lines = [
        f"# {translate(_TITLE, language)}",
        "",
        "| " + " | ".join(translate(head, language) for head in _HEADS) + " |",
        "| --- " * len(_HEADS) + "|",
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
    return "\n".join(lines) + "\n"
