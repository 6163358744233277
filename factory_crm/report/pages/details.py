"""The detail pages: every accepted row of a sheet, under what people know its references by, and where the row stands."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from ...i18n.translate import TextList
from ...schema.column import Column
from ...schema.model import Sheet
from ...xlsx import theme
from ..data import ReportData
from ..formulas.cached import SheetTable
from ..looks import FormatRule, Paint
from ..page import FIRST_ROW, Page, PageColumn, Table, Tables
from ..values import abridged, only_day

_CELLS_A_SHEET = 30_000_000
"""A part of more than 2 GiB needs an extension of zip that Excel takes for damage."""
_NAME_PIXELS, _PROSE_PIXELS, _FILE_PIXELS, _EXTRA_PIXELS = 184, 210, 190, 240
_EMPTY_PIXELS, _NUMBER_PIXELS = 70, 134
_PLACE = 20
TableValues = Mapping[str, Sequence[Any]]


class Helper(NamedTuple):
    """A column that is added for formulas to look at; it is folded away."""

    header: str
    look: str
    values: Sequence[Any]


@dataclass(frozen=True)
class DetailForm:
    """What the detail page of a sheet has beside the sheet's own columns."""

    tab: str = theme.SERIES[5]
    helpers: Callable[[ReportData], Mapping[str, Helper]] = lambda _data: {}
    counted: Sequence[str] = ()
    """The sheet's columns that formulas look at."""
    paints: Callable[[ReportData], Sequence[tuple[str, FormatRule]]] = lambda _data: ()
    """Rules for its columns, by their names."""


def title_of(sheet: type[Sheet]) -> str:
    """Return the title of a sheet's detail page."""
    return sheet.detail_title or sheet.title


@dataclass(frozen=True)
class DetailPages:
    """A detail page for every sheet of the schema that no other page shows whole; those with a form come first."""

    forms: Mapping[str, DetailForm]

    def pages(self, data: ReportData, shown: Collection[str], taken: Collection[str]) -> list[Page]:
        """Return the pages; ``shown`` are sheets that other pages show, ``taken`` titles of others in the report's language."""
        sheets = sorted(data.schema.sheets, key=lambda sheet: sheet.table not in self.forms)
        return [self._page(data, sheet, taken) for sheet in sheets if sheet.table not in shown]

    def _page(self, data: ReportData, sheet: type[Sheet], taken: Collection[str]) -> Page:
        form = self.forms.get(sheet.table, DetailForm())
        title = title_of(sheet)
        number = 2 if not sheet.detail_title and data.translate(title).casefold() in taken else 1
        return Page(
            title,
            lambda data: detail_tables(data, sheet, form, title, number),
            place=_PLACE,
            tab=form.tab,
            first_number=number,
        )


def detail_tables(data: ReportData, sheet: type[Sheet], form: DetailForm, title: str, number: int = 1) -> list[Tables]:
    """Return the rows of a sheet, on as many sheets of the summary as they need; nearly always on one."""
    accepted = data.columns(sheet.table)
    labels = {
        column.lookup: _labels(data, sheet.column(column.lookup).references)
        for column in sheet.columns
        if column.lookup
    }
    helpers = form.helpers(data)
    shown = [_declared_column(data, column, accepted, labels) for column in sheet.columns]
    columns = [
        *shown,
        *(_helper_column(data, helper) for helper in helpers.values()),
        *_provenance_columns(data, accepted),
    ]
    rows, fit = len(accepted["file"]), min(data.rows_a_sheet, _CELLS_A_SHEET // len(columns))
    starts = range(0, max(rows, 1), fit)
    names = (*(column.name for column in sheet.columns), *helpers)
    table = SheetTable(
        data.title(title, number), FIRST_ROW + 1, names,
        {**{name: accepted[name] for name in form.counted if name in names}, **{name: helper.values for name, helper in helpers.items()}},
        {column.name: 10**column.column_type.scale for column in sheet.columns if column.name in form.counted and column.column_type.scale},
        {name: column.values for name, column in zip(names, columns, strict=False)}, split=len(starts) > 1,
    )  # fmt: skip
    paints = [Paint(names.index(name), rule) for name, rule in form.paints(data) if name in names]
    frozen = next((at + 1 for at, column in enumerate(sheet.columns) if column.lookup), 1)
    return [
        Tables(
            _sentence(data, rows, part, len(starts)),
            (Table([replace(column, values=column.values[start : start + fit]) for column in columns],
                   data.translate("没有采用的行。"), paints=paints, large=True),),
            frozen=frozen, exposes={sheet.table: table},
        )
        for part, start in enumerate(starts, 1)
    ]  # fmt: skip


def _sentence(data: ReportData, rows: int, part: int, parts: int) -> str:
    sentence = data.translate(
        "{count} 行，来自所有工作簿中采用的行。灰色表头的列由汇总程序添加；金额单位：元。", count=f"{rows:,}"
    )
    if parts > 1:
        sentence += data.translate("一张表放不下，分在 {parts} 张表上，这是第 {number} 张。", parts=parts, number=part)
    return sentence


def _labels(data: ReportData, table: str) -> Mapping[str, str]:
    """Return what people know the rows of a sheet by."""
    sheet, accepted = data.schema.sheet(table), data.columns(table)
    key = sheet.key()[0].name
    return dict(zip(accepted[key], accepted[sheet.display_column or key], strict=True))


def _declared_column(
    data: ReportData, column: Column, accepted: TableValues, labels: Mapping[str, Mapping[str, str]]
) -> PageColumn:
    kind = column.column_type
    if column.lookup:
        return data.column(
            column.header, "text", _NAME_PIXELS, list(map(labels[column.lookup].get, accepted[column.lookup]))
        )
    values = shown_values(data, column, accepted)
    width = max(theme.letters_pixels(kind.width), theme.pixels(data.translate(column.header)))
    if column.key_from:
        width = max(width, _NUMBER_PIXELS)
    if kind.name == "prose":
        width = _PROSE_PIXELS if any(values) else _EMPTY_PIXELS
    return data.column(column.header, kind.report, width, values)


def shown_values(data: ReportData, column: Column, accepted: TableValues) -> list[Any]:
    """Return what a declared column shows: choices in the report's language, numbers unscaled, days without a time."""
    values, kind = accepted[column.name], column.column_type
    if kind.multiple:
        return _shown_once(
            values, lambda value: TextList(map(data.word, value.split("、"))).in_language(data.language)
        )  # zh only
    if column.choices:
        return _shown_once(values, data.translate)
    if kind.storage == "integer" and kind.scale:
        return _shown_once(values, lambda value: value / 10**kind.scale)
    if kind.storage == "moment":
        days, timed = _shown_once(values, datetime.date), accepted[f"{column.name}_timed"]
        return [moment if exact else day for moment, day, exact in zip(values, days, timed, strict=True)]
    return _shown_once(values, only_day)


def _shown_once(values: Sequence[Any], show: Callable[[Any], Any]) -> list[Any]:
    """Return what is shown for each value; equal ones, of which a long column has many, are looked at once."""
    shown_by_value = {value: None if value is None else show(value) for value in dict.fromkeys(values)}
    return [shown_by_value[value] for value in values]


def _helper_column(data: ReportData, helper: Helper) -> PageColumn:
    return data.column(
        helper.header, helper.look, 76, _shown_once(helper.values, only_day), automatic=True, hidden=True
    )


def _provenance_columns(data: ReportData, accepted: TableValues) -> list[PageColumn]:
    own = (("来源文件", "text", _FILE_PIXELS, "file"), ("来源表", "text", 90, "sheet"), ("来源行", "count", 60, "row"),
           ("填报单位", "text", 90, "office"))  # fmt: skip
    extra = _shown_once(accepted["extra"], lambda told: abridged(told, data.language) or None)
    width = _EXTRA_PIXELS if any(extra) else _EMPTY_PIXELS
    return [
        *(data.column(header, look, width, accepted[name], automatic=True) for header, look, width, name in own),
        data.column("其他列", "text", width, extra, automatic=True),
    ]


DETAILS = DetailPages({})
"""A detail page for every sheet, as it is declared."""
