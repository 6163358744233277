"""What the detail pages 订单, 服务, 反馈 have beside their columns: helpers that formulas count by, and what is painted."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from ...report.data import ReportData
from ...report.looks import AtLeast, Between, DataBar, Equals, FormatRule
from ...report.pages.details import DetailForm, DetailPages, Helper
from ...xlsx import theme
from ..metrics.facts import COMPLAINT
from .helper_columns import COUNTED, DAY, DUE, FIRST, HELPERS, NUMBER, ON_TIME, OPEN, HelperInputs, Row, helper_inputs
from .latest import BRIEF, RECENT, recent

_ADDED: Mapping[str, tuple[str, str]] = {
    NUMBER: ("客户序号", "whole"), COUNTED: ("计入统计", "whole"), DAY: ("归期", "day"), FIRST: ("订单首行", "whole"),
    DUE: ("计算交期", "day"), ON_TIME: ("准时交付", "whole"), OPEN: ("未办结", "whole"), RECENT: ("本表动态序", "whole"),
    BRIEF: ("摘要", "text"),
}  # fmt: skip
_MOMENTS: Mapping[str, tuple[str, ...]] = {
    "orders": ("ordered_on", "shipped_on", "received_on"),
    "services": ("received_at", "responded_at", "closed_at"),
    "feedbacks": ("given_on",),
}
"""When a row happened: the first of these that is filled."""


def _helpers(table: str, data: ReportData) -> Mapping[str, Helper]:
    inputs, rows = helper_inputs(data), data.records(table)
    values = {
        **HELPERS[table](rows, inputs),
        **recent(data, table, [_moment(table, row, inputs) for row in rows], inputs),
    }
    return {name: Helper(*_ADDED[name], column) for name, column in values.items()}


def _moment(table: str, row: Row, inputs: HelperInputs) -> datetime | None:
    moment = next((row[name] for name in _MOMENTS[table] if row[name] is not None), None)
    return moment if moment is not None and moment < inputs.end else None


def _amounts(_data: ReportData) -> Sequence[tuple[str, FormatRule]]:
    return (("amount", DataBar()),)


def _complaints(data: ReportData) -> Sequence[tuple[str, FormatRule]]:
    return (("event", Equals(data.translate(COMPLAINT), "bad")), *_scores(data))


def _scores(_data: ReportData) -> Sequence[tuple[str, FormatRule]]:
    return (("score", Between(1, 2, "bad")), ("score", AtLeast(4, "good")))


def _form(
    table: str, tab: str, counted: Sequence[str], paints: Callable[[ReportData], Sequence[tuple[str, FormatRule]]]
) -> DetailForm:
    return DetailForm(tab, partial(_helpers, table), counted, paints)


DETAILS = DetailPages({
    "orders": _form("orders", theme.SERIES[0], ("amount", "status"), _amounts),
    "services": _form("services", theme.SERIES[2], ("event", "issue"), _complaints),
    "feedbacks": _form("feedbacks", theme.SERIES[1], ("score",), _scores),
})  # fmt: skip
"""A detail page for every sheet; those of the figures first."""
