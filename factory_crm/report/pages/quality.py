"""数据质量: how good what each office sent is, how that goes over time, and which columns stay empty."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...crm.metrics.results import SHEETS
from ...crm.pages.details import data_bar
from ...metrics.frames import BLANK
from ...metrics.results import Results
from ..render.cells import INSUFFICIENT, ReportPage, abridged, rounded, rows_of
from ..render.table import PageColumn
from ..render.table_page import ColumnMaker, StackedTable, paint, write_stack

TITLE = "数据质量"


def write_quality(page: ReportPage, results: Results) -> None:
    """Write a table by office, one by period, one by column."""
    translate = page.report.translate
    offices, periods = (rows_of(results.frames[name]) for name in ("quality", "quality_periods"))
    parts = [
        StackedTable(
            "", [*_group(page, "填报单位", "office", offices), *_filled(page, offices)], translate("没有读到任何行。")
        ),
        StackedTable(
            translate("按报送期间"), _group(page, "报送期间", "period", periods), translate("没有读到任何行。")
        ),
        StackedTable(translate("按列：建议填的列有多少填了"), _columns(page, results), translate("没有读到任何行。")),
    ]
    told = translate(
        "一次通过 = 工作簿读得了而且没有错误；问题 = 错误和警告，可自动修正的不算；完整率看采用的行里建议填（☆）的列。"
    )
    starts = write_stack(page, told, parts)
    bar = {**data_bar(), "max_type": "num", "max_value": 1}
    paint(page, parts[0], 11, bar)
    paint(page, parts[2], 4, bar, starts[2])
    bad = {"type": "cell", "criteria": ">=", "value": 1, "format": page.report.formats.bad()}
    for part, first in zip(parts[:2], starts, strict=False):
        paint(page, part, 3, bad, first)


def _group(page: ReportPage, header: str, name: str, rows: Sequence[Mapping[str, Any]]) -> list[PageColumn]:
    column, translate, language = ColumnMaker(page), page.report.translate, page.report.language
    told = [translate(BLANK) if row[name] == BLANK else abridged(row[name], language, 120) for row in rows]
    return [
        column(header, "text", 130, told),
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


def _filled(page: ReportPage, rows: Sequence[Mapping[str, Any]]) -> list[PageColumn]:
    column = ColumnMaker(page)
    cells = [page.report.translate("{filled} / {cells} 格", filled=row["filled"], cells=row["cells"]) for row in rows]
    return [column("已填", "centre", 110, cells), column("完整率", "rate", 90, _rates(rows, "completeness", 6))]


def _columns(page: ReportPage, results: Results) -> list[PageColumn]:
    column, translate, rows = ColumnMaker(page), page.report.translate, rows_of(results.frames["completeness"])
    return [
        column("工作表", "text", 130, [translate(SHEETS[row["table"]].title) for row in rows]),
        column("列", "centre", 80, [translate(SHEETS[row["table"]].column(row["column"]).header) for row in rows]),
        column("填了的行", "whole", 80, [row["filled"] for row in rows]),
        column("行数", "whole", 80, [row["rows"] for row in rows]),
        column("完整率", "rate", 80, _rates(rows, "completeness", 6)),
    ]


def _rates(rows: Sequence[Mapping[str, Any]], name: str, places: int) -> list[Any]:
    return [INSUFFICIENT if row[name] is None else rounded(row[name], places) for row in rows]
