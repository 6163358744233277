"""冲突: what contradicted, the versions side by side, with a dropdown to choose one for the next merge."""

from collections.abc import Sequence

from ...merge.previous import CHOSEN, CONFLICTS, IDENTITY
from ...merge.result import Conflict, ConflictRule, RecordVersion
from ...xlsx import theme
from ...xlsx.text import units
from ..data import ReportData
from ..page import Page, PageColumn, Table, Tables
from ..values import LONGEST_TEXT, abridged
from .duplicates import dropdown

_VERSION_PIXELS, _PLACE_PIXELS = 200, 220
_CHOSEN = 5
"""The column in which people decide, counted from 0."""
Line = tuple[int, Conflict, int]
"""Number of a conflict, the conflict, and which of its columns."""


def conflicts_page(data: ReportData) -> Tables:
    """Return one line for each column in which versions of a key differ."""
    lines = [(number, conflict, at) for number, conflict in enumerate(data.merged.conflicts, 1)
             for at in range(max(len(conflict.headers), 1))]  # fmt: skip
    sentence = data.translate(
        "同一编号在几个工作簿里内容不同，各版本并排列出；撞号的各家都保留。在「选定」里选一个版本，下次合并时加 --previous 就照办；或商定后在原表改成一致。"
    )
    choices = [None if conflict.is_id_collision else [_called(data, nth) for nth in range(len(conflict.versions))]
               for _, conflict, _ in lines]  # fmt: skip
    table = Table(
        _columns(data, lines),
        data.translate("√ 没有冲突。"),
        good_if_empty=True,
        dropdown=dropdown(data, _CHOSEN, choices),
    )
    return Tables(sentence, (table,), frozen=4)


def _columns(data: ReportData, lines: Sequence[Line]) -> list[PageColumn]:
    column, translate, language = data.column, data.translate, data.language
    most = max((len(conflict.versions) for _, conflict, _ in lines), default=2)
    return [
        column("序号", "count", 44, [number for number, _, _ in lines]),
        column("情形", "centre", 60, [translate("撞号" if conflict.is_id_collision else "冲突") for _, conflict, _ in lines]),
        column("工作表", "text", 90, [translate(data.schema.sheet(conflict.table).title) for _, conflict, _ in lines]),
        column("编号", "number", 110, [abridged(conflict.key, language) for _, conflict, _ in lines]),
        column("列", "text", 110, [translate(c.headers[at]) if c.headers else None for _, c, at in lines]),
        column(CHOSEN, "centre", 74, [_chosen(data, conflict) if at == 0 else None for _, conflict, at in lines]),
        column("采用的版本", "centre", 66, [_used(data, conflict) for _, conflict, _ in lines]),
        *(of for nth in range(most) for of in _version_columns(data, lines, nth)),
        column(IDENTITY, "text", 80, [_identity(conflict) for _, conflict, _ in lines], hidden=True),
        column("处理规则", "wrapped", 240, [translate(conflict.rule) for _, conflict, _ in lines]),
    ]  # fmt: skip


def _version_columns(data: ReportData, lines: Sequence[Line], nth: int) -> list[PageColumn]:
    def cell(conflict: Conflict, at: int) -> str | None:
        version = _nth(conflict, nth)
        if version is None or at >= len(version.cells):
            return None
        return abridged(version.cells[at], data.language) or data.translate("（空）")

    places = [None if (version := _nth(conflict, nth)) is None else _where(version) for _, conflict, _ in lines]
    came_from = data.translate("来自 {nth}", nth=nth + 1)
    return [
        PageColumn(_called(data, nth), "wrapped", _VERSION_PIXELS, [cell(conflict, at) for _, conflict, at in lines]),
        PageColumn(came_from, "wrapped", _PLACE_PIXELS, places, automatic=True),
    ]


def _called(data: ReportData, nth: int) -> str:
    return data.translate("版本 {nth}", nth=nth + 1)


def _chosen(data: ReportData, conflict: Conflict) -> str | None:
    """What somebody chose before stays chosen: the choice is carried from summary to summary."""
    return _called(data, 0) if conflict.rule is ConflictRule.DECIDED else None


def _used(data: ReportData, conflict: Conflict) -> str:
    if conflict.is_id_collision:
        return data.translate("都保留")
    return data.translate("待定") if conflict.pending else _called(data, 0)


def _identity(conflict: Conflict) -> str | None:
    """A choice among so many versions that no cell can name them is not offered."""
    return None if conflict.is_id_collision or units(conflict.identity) > LONGEST_TEXT else conflict.identity


def _nth(conflict: Conflict, nth: int) -> RecordVersion | None:
    return conflict.versions[nth] if nth < len(conflict.versions) else None


def _where(version: RecordVersion) -> str:
    office = "" if version.office in version.location.file else version.office
    return " · ".join(filter(None, (office, str(version.location))))


CONFLICTS_PAGE = Page(CONFLICTS, conflicts_page, place=61, tab=theme.SERIES[1])
