"""疑似重复: pairs of numbers that are probably one company, with a dropdown for what people know."""

from collections.abc import Sequence

from ...merge.previous import CHOSEN, DUPLICATES, IDENTITY, VERDICTS
from ...merge.result import CustomerEntry
from ...xlsx import theme
from ..data import ReportData
from ..looks import Dropdown
from ..page import Page, PageColumn, Table, Tables
from ..values import abridged

_CHOSEN = 2
"""The column in which people decide, counted from 0."""


def dropdown(data: ReportData, column: int, choices: Sequence[Sequence[str] | None]) -> Dropdown:
    """Return the dropdowns of a column in which people decide what the next merge obeys."""
    return Dropdown(column, choices, data.translate(CHOSEN), data.translate("从列表里选；下次合并时加 --previous 就照办"),
                    data.translate("请从列表里选，或清空这一格"))  # fmt: skip


def duplicates_page(data: ReportData) -> Tables:
    """Return the list of pairs."""
    verdicts = [data.translate(text) for text in VERDICTS.values()]
    sentence = data.translate(
        "两个编号可能是同一家客户，程序不会自行合并。请在「选定」里选；下次合并时加 --previous 就照办。客户名称改动后会再问一次。"
    )
    table = Table(
        _columns(data), data.translate("√ 没有发现疑似重复的客户。"), good_if_empty=True,
        dropdown=dropdown(data, _CHOSEN, [verdicts] * len(data.merged.candidates)),
    )  # fmt: skip
    return Tables(sentence, (table,), frozen=3)


def _columns(data: ReportData) -> list[PageColumn]:
    candidates, column = data.merged.candidates, data.column

    def short(texts: Sequence[str]) -> list[str | None]:
        return [abridged(text, data.language, 200) or None for text in texts]

    def of(party: Sequence[CustomerEntry], heads: tuple[str, str, str]) -> list[PageColumn]:
        places = [" · ".join(filter(None, (one.office, str(one.location)))) for one in party]
        return [
            column(heads[0], "number", 96, short([one.number for one in party])),
            column(heads[1], "text", 180, short([one.name for one in party])),
            column(heads[2], "text", 190, places, automatic=True),
        ]

    verdicts = [data.translate(VERDICTS[one.verdict]) if one.verdict else None for one in candidates]
    return [
        column("序号", "count", 44, list(range(1, len(candidates) + 1))),
        column("相似度", "count", 60, [one.score for one in candidates]),
        column(CHOSEN, "centre", 130, verdicts),
        *of([one.first for one in candidates], ("编号一", "名称一", "出处一")),
        *of([one.second for one in candidates], ("编号二", "名称二", "出处二")),
        column(IDENTITY, "text", 80, [one.identity for one in candidates], hidden=True),
        column("理由", "text", 220, [one.reasons.in_language(data.language) for one in candidates]),
    ]


DUPLICATES_PAGE = Page(DUPLICATES, duplicates_page, place=62, tab=theme.SERIES[4])
