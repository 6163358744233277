"""数据质量: how good what each office sent is, how that goes over time, and which columns stay empty."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...metrics.frames import BLANK
from ...xlsx import theme
from ..data import ReportData
from ..looks import AtLeast, DataBar, Paint
from ..page import Page, PageColumn, Table, Tables
from ..values import INSUFFICIENT, abridged, rounded

TITLE = "数据质量"
_REJECTED, _COMPLETENESS, _COLUMN_COMPLETENESS = 3, 11, 4
"""Columns that are painted, counted from 0."""


def quality_page(data: ReportData) -> Tables:
    """Return a table by office, one by period, one by column."""
    offices, periods, nothing = data.rows("quality"), data.rows("quality_periods"), data.translate("没有读到任何行。")
    rejected, bar = Paint(_REJECTED, AtLeast(1, "bad")), DataBar(most=1)
    tables = (
        Table([*_group(data, "填报单位", "office", offices), *_filled(data, offices)], nothing,
              paints=(Paint(_COMPLETENESS, bar), rejected)),
        Table(_group(data, "报送期间", "period", periods), nothing, data.translate("按报送期间"), (rejected,)),
        Table(_columns(data), nothing, data.translate("按列：建议填的列有多少填了"), (Paint(_COLUMN_COMPLETENESS, bar),)),
    )  # fmt: skip
    sentence = data.translate(
        "一次通过 = 工作簿读得了而且没有错误；问题 = 错误和警告，可自动修正的不算；完整率看采用的行里建议填（☆）的列。"
    )
    return Tables(sentence, tables)


def _group(data: ReportData, header: str, name: str, rows: Sequence[Mapping[str, Any]]) -> list[PageColumn]:
    column = data.column
    labels = [data.translate(BLANK) if row[name] == BLANK else abridged(row[name], data.language, 120) for row in rows]
    return [
        column(header, "text", 130, labels),
        column("文件数", "whole", 80, [row["files"] for row in rows]),
        column("读取行", "whole", 80, [row["rows"] for row in rows]),
        column("被拒行", "whole", 80, [row["rejected"] for row in rows]),
        column("错误", "whole", 80, [row["errors"] for row in rows]),
        column("提醒", "whole", 80, [row["warnings"] for row in rows]),
        column("建议修改", "whole", 80, [row["fixes"] for row in rows]),
        column("每百行问题数", "score", 90, _rates(rows, "problems_per_100", 2)),
        column("一次通过的文件", "whole", 90, [row["first_pass"] for row in rows]),
        column("一次通过率", "rate", 90, _rates(rows, "first_pass_rate", 6)),
    ]


def _filled(data: ReportData, rows: Sequence[Mapping[str, Any]]) -> list[PageColumn]:
    cells = [data.translate("{filled} / {cells} 格", filled=row["filled"], cells=row["cells"]) for row in rows]
    return [
        data.column("已填", "centre", 110, cells),
        data.column("完整率", "rate", 90, _rates(rows, "completeness", 6)),
    ]


def _columns(data: ReportData) -> list[PageColumn]:
    column, translate, rows = data.column, data.translate, data.rows("completeness")
    sheets = [data.schema.sheet(row["table"]) for row in rows]
    return [
        column("工作表", "text", 130, [translate(sheet.title) for sheet in sheets]),
        column("列", "centre", 80, [translate(sheet.column(row["column"]).header) for sheet, row in zip(sheets, rows, strict=True)]),
        column("填了的行", "whole", 80, [row["filled"] for row in rows]),
        column("行数", "whole", 80, [row["rows"] for row in rows]),
        column("完整率", "rate", 80, _rates(rows, "completeness", 6)),
    ]  # fmt: skip


def _rates(rows: Sequence[Mapping[str, Any]], name: str, places: int) -> list[Any]:
    return [INSUFFICIENT if row[name] is None else rounded(row[name], places) for row in rows]


QUALITY = Page(
    TITLE, quality_page, place=70, frames=("quality", "quality_periods", "completeness"), tab=theme.SERIES[4]
)
