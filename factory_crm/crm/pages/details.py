"""The detail sheets 订单, 服务, 反馈: every accepted row, the customer's name, and where the row stands."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from ...i18n.translate import TextList
from ...merge.result import Merged
from ...report.formulas.cached import SheetTable
from ...report.render.cells import FrameRow, ReportPage, SummaryReport, abridged, columns_of, only_day
from ...report.render.table import FIRST_ROW, PageColumn, head, set_columns, set_up, write_large_table
from ...schema.model import Column as Declared
from ...schema.model import Sheet
from ...schema.workbook import WorkbookSchema
from ...xlsx import theme
from ..sheets import SHEETS
from .helper_columns import COMPLAINT, COUNTED, DAY, DUE, FIRST, HELPERS, NUMBER, ON_TIME, OPEN, HelperInputs, Row
from .latest import BRIEF, RECENT, recent

TITLES: Mapping[str, str] = {sheet.table: sheet.detail_title for sheet in SHEETS if sheet.detail_title}
COLOURS: Mapping[str, str] = {"orders": theme.SERIES[0], "services": theme.SERIES[2], "feedbacks": theme.SERIES[1]}
_ADDED: Mapping[str, tuple[str, str]] = {
    NUMBER: ("客户序号", "whole"), COUNTED: ("计入统计", "whole"), DAY: ("归期", "day"), FIRST: ("订单首行", "whole"),
    DUE: ("计算交期", "day"), ON_TIME: ("准时交付", "whole"), OPEN: ("未办结", "whole"), RECENT: ("本表动态序", "whole"),
    BRIEF: ("摘要", "text"),
}  # fmt: skip
_SUMMED = ("amount", "due_on", "event", "issue", "score", "status", "handler", "closed_at")
"""The declared columns that formulas look at."""
_MOMENTS: Mapping[str, tuple[str, ...]] = {
    "orders": ("ordered_on", "shipped_on", "received_on"),
    "services": ("received_at", "responded_at", "closed_at"),
    "feedbacks": ("given_on",),
}
"""When a row happened: the first of these that is filled."""
RecordColumns = Mapping[str, Sequence[Any]]
Labels = Mapping[str, Mapping[str, str]]
"""What the numbers of a column are known by, by the column."""
_CELLS_A_SHEET = 30_000_000
"""A part of more than 2 GiB needs an extension of zip that Excel takes for damage."""
_NAME_PIXELS, _PROSE_PIXELS, _FILE_PIXELS, _EXTRA_PIXELS = 184, 210, 190, 240
_EMPTY_PIXELS, _MADE_PIXELS = 70, 134


def write_details(
    report: SummaryReport, merged: Merged, schema: WorkbookSchema, known: HelperInputs
) -> dict[str, SheetTable]:
    """Write the three sheets; return where everything stands, by table."""
    labels = {"customer_id": _labels(merged, schema.sheet("customers"))}
    held = {table: table_columns(merged, table) for table in TITLES}
    tables = {table: _records(columns) for table, columns in held.items()}
    added = {table: HELPERS[table](rows, known) for table, rows in tables.items()}
    days = {table: [_moment(table, row, known) for row in rows] for table, rows in tables.items()}
    for table, more in recent(report, tables, days, known.numbers).items():
        added[table].update(more)
    return {table: _write(report, schema.sheet(table), held[table], labels, added[table]) for table in TITLES}


def write_own_sheets(
    report: SummaryReport, merged: Merged, schema: WorkbookSchema, taken: Collection[str]
) -> list[str]:
    """Write the rows of the factory's own sheets likewise and return their titles; ``taken`` are those of other sheets."""
    ours, written = {sheet.table for sheet in SHEETS}, []
    for sheet in schema.sheets:
        if sheet.table not in ours:
            number = 2 if report.translate(sheet.title) in taken else 1
            labels = {
                c.lookup: _labels(merged, schema.sheet(sheet.column(c.lookup).references))
                for c in sheet.columns
                if c.lookup
            }
            detail = _write(report, sheet, table_columns(merged, sheet.table), labels, {}, number)
            written.append(detail.title)
    return written


def _labels(merged: Merged, sheet: type[Sheet]) -> Mapping[str, str]:
    """Return what people know the rows of a sheet by."""
    held, key = table_columns(merged, sheet.table), sheet.key()[0].name
    return dict(zip(held[key], held[sheet.display_column or key], strict=True))


def _moment(table: str, row: Row, known: HelperInputs) -> datetime | None:
    moment = next((row[name] for name in _MOMENTS[table] if row[name] is not None), None)
    return moment if moment is not None and moment < known.end else None


def table_rows(merged: Merged, table: str) -> list[Row]:
    """Return the accepted rows of a table."""
    return _records(table_columns(merged, table))


def table_columns(merged: Merged, table: str) -> RecordColumns:
    """Return the accepted rows of a table, by column."""
    return columns_of(merged.tables[table].collect(backend="pandas").to_native())


def _records(columns: RecordColumns) -> list[Row]:
    return [FrameRow(columns, at) for at in range(len(columns["file"]))]


def _write(
    report: SummaryReport,
    sheet: type[Sheet],
    held: RecordColumns,
    labels: Labels,
    added: dict[str, list[Any]],
    first: int = 1,
) -> SheetTable:
    shown = [_declared(report, column, held, labels) for column in sheet.columns]
    helping = [_added(report, name, values) for name, values in added.items()]
    columns = [*shown, *helping, *_provenance(report, held)]
    rows, fit = len(held["file"]), min(report.rows_a_sheet, _CELLS_A_SHEET // len(columns))
    starts = range(0, max(rows, 1), fit)
    title = TITLES.get(sheet.table, sheet.title)
    pages = [report.page(title, COLOURS.get(sheet.table, theme.SERIES[5]), first + at) for at in range(len(starts))]
    for number, (page, start) in enumerate(zip(pages, starts, strict=True), 1):
        part = [replace(column, values=column.values[start : start + fit]) for column in columns]
        _write_part(page, sheet, part, (number, len(starts)), rows)
    values = {name: held[name] for name in _SUMMED if any(c.name == name for c in sheet.columns)}
    names_ = (*(c.name for c in sheet.columns), *added)
    seen = {name: column.values for name, column in zip(names_, columns, strict=False)}
    return SheetTable(
        pages[0].title, FIRST_ROW + 1, names_, {**values, **added}, {"amount": 100}, seen, split=len(starts) > 1
    )


def _write_part(
    page: ReportPage, sheet: type[Sheet], columns: list[PageColumn], part: tuple[int, int], whole: int
) -> None:
    """Write one of the sheets that a table needs; nearly always it is the only one."""
    report, (number, parts) = page.report, part
    rows = len(columns[0].values)
    told = report.translate(
        "{count} 行，来自所有工作簿中采用的行。灰色表头的列由汇总程序添加；金额单位：元。", count=f"{whole:,}"
    )
    if parts > 1:
        told += report.translate("一张表放不下，分在 {parts} 张表上，这是第 {number} 张。", parts=parts, number=number)
    head(page, page.title, told, len(columns) - 1)
    set_columns(page, columns)
    write_large_table(page, columns)
    if not rows:
        page.text(FIRST_ROW, 0, report.translate("没有采用的行。"), report.style(font_color=theme.MUTED))
    frozen = next((at + 1 for at, column in enumerate(sheet.columns) if column.lookup), 1)
    set_up(page, rows=rows, columns=len(columns), frozen=frozen)
    _mark(page, sheet, rows)


def _mark(page: ReportPage, sheet: type[Sheet], rows: int) -> None:
    """Paint what managers look for: sizes of amounts, complaints, low ratings."""
    names = [column.name for column in sheet.columns]
    last = FIRST_ROW + max(rows, 1) - 1

    def mark(name: str, options: dict[str, Any]) -> None:
        if name in names and rows:
            page.sheet.conditional_format(FIRST_ROW, names.index(name), last, names.index(name), options)

    formats = page.report.formats
    mark("amount", data_bar())
    mark(
        "event",
        {"type": "cell", "criteria": "==", "value": f'"{page.report.translate(COMPLAINT)}"', "format": formats.bad()},
    )
    mark("score", {"type": "cell", "criteria": "between", "minimum": 1, "maximum": 2, "format": formats.bad()})
    mark("score", {"type": "cell", "criteria": ">=", "value": 4, "format": formats.good()})


def data_bar() -> dict[str, Any]:
    """Return the conditional format that shows how large an amount is."""
    return {"type": "data_bar", "bar_color": "#BBD4EA", "bar_solid": True, "data_bar_2010": True, "bar_border_color": "#BBD4EA",
            "min_type": "num", "min_value": 0}  # fmt: skip


def _declared(report: SummaryReport, column: Declared, held: RecordColumns, labels: Labels) -> PageColumn:
    kind = column.column_type
    width = max(theme.letters_pixels(kind.width), theme.pixels(report.translate(column.header)))
    if column.lookup:
        return PageColumn(
            report.translate(column.header),
            "text",
            _NAME_PIXELS,
            list(map(labels[column.lookup].get, held[column.lookup])),
        )
    values = _shown(report, column, held)
    look = kind.report
    if column.key_from:
        width = max(width, _MADE_PIXELS)
    if kind.name == "prose":
        width = _PROSE_PIXELS if any(values) else _EMPTY_PIXELS
    return PageColumn(report.translate(column.header), look, width, values)


def _shown(report: SummaryReport, column: Declared, held: RecordColumns) -> list[Any]:
    values = held[column.name]
    if column.column_type.multiple:
        return _each(
            values, lambda value: TextList(map(report.word, value.split("、"))).in_language(report.language)
        )  # zh only
    if column.choices:
        return _each(values, report.translate)
    if column.column_type.storage == "integer" and column.column_type.scale:
        return _each(values, lambda value: value / 10**column.column_type.scale)
    if column.column_type.storage == "moment":
        days, timed = _each(values, datetime.date), held[f"{column.name}_timed"]
        return [moment if exact else day for moment, day, exact in zip(values, days, timed, strict=True)]
    return _each(values, only_day)


def _each(values: Sequence[Any], show: Callable[[Any], Any]) -> list[Any]:
    """Return what is shown for each value; equal ones, of which a long column has many, are looked at once."""
    known = {value: None if value is None else show(value) for value in dict.fromkeys(values)}
    return [known[value] for value in values]


def _added(report: SummaryReport, name: str, values: Sequence[Any]) -> PageColumn:
    header, look = _ADDED[name]
    return PageColumn(report.translate(header), look, 76, _each(values, only_day), automatic=True, hidden=True)


def _provenance(report: SummaryReport, held: RecordColumns) -> list[PageColumn]:
    own = [("来源文件", "text", _FILE_PIXELS, "file"), ("来源表", "text", 90, "sheet"), ("来源行", "count", 60, "row"),
           ("填报单位", "text", 90, "office")]  # fmt: skip
    columns = [
        PageColumn(report.translate(header), look, width, held[name], automatic=True)
        for header, look, width, name in own
    ]
    extra = _each(held["extra"], lambda told: abridged(told, report.language) or None)
    return [
        *columns,
        PageColumn(
            report.translate("其他列"), "text", _EXTRA_PIXELS if any(extra) else _EMPTY_PIXELS, extra, automatic=True
        ),
    ]
