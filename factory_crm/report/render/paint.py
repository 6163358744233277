"""Rules that paint cells by their values, as conditional formats."""

from typing import TYPE_CHECKING, Any

from ...xlsx.formula import quote_text
from ..looks import AtLeast, Between, DataBar, Equals, FormatRule, Heat, Tone
from .cells import SummaryReport

if TYPE_CHECKING:
    from ...xlsx.backend import Format

_BAR = "#BBD4EA"


def painted(report: SummaryReport, rule: FormatRule) -> dict[str, Any]:
    """Return the conditional format of a rule."""
    match rule:
        case DataBar(most):
            bar = {"type": "data_bar", "bar_color": _BAR, "bar_solid": True, "data_bar_2010": True, "bar_border_color": _BAR,
                   "min_type": "num", "min_value": 0}  # fmt: skip
            return bar if most is None else {**bar, "max_type": "num", "max_value": most}
        case Equals(text, tone):
            return {"type": "cell", "criteria": "==", "value": quote_text(text), "format": _format(report, tone)}
        case AtLeast(least, tone):
            return {"type": "cell", "criteria": ">=", "value": least, "format": _format(report, tone)}
        case Between(low, high, tone):
            return {
                "type": "cell",
                "criteria": "between",
                "minimum": low,
                "maximum": high,
                "format": _format(report, tone),
            }
        case Heat(low, middle, high):
            return {"type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num", "min_value": low, "mid_value": middle,
                    "max_value": high, "min_color": "#F2B8B0", "mid_color": "#FFF7E0", "max_color": "#A9D8B8"}  # fmt: skip


def _format(report: SummaryReport, tone: Tone) -> "Format":
    match tone:
        case "good":
            return report.formats.good()
        case "bad":
            return report.formats.bad()
        case "missing":
            return report.formats.missing()
        case mark:
            return report.formats.mark(**mark.properties())
