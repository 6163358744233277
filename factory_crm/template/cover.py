"""The first sheet: who fills it, how, what is there to fill and how far it has come; one printed page."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..i18n.translate import Language, LazyText, translate
from ..schema.column import Column
from ..schema.workbook import WorkbookSchema
from ..xlsx import theme
from ..xlsx.backend import Format
from ..xlsx.formula import link_to, quote_title
from ..xlsx.limits import LONGEST_MESSAGE, LONGEST_TITLE
from ..xlsx.writer import StrictWorksheet
from .data_validation import fitted
from .entry import page_footer
from .live.checks import BAD, GOOD
from .page import FIRST_ROW, EntryPage, choices_name
from .requirement import ALL, example, requirement
from .self_check import EMPTY as _EMPTY
from .self_check import TITLE as SELF_CHECK
from .self_check import VERDICT_CELL, status_cell

_SIGNS = (
    (GOOD, "good", "这一行没有发现问题"),
    (BAD, "bad", "这一行要修改，看最右边的说明"),
    ("黄底加框", "missing", "该填没填，或最好再核对的格子"),
    ("红底粗体", "bad", "填得不对的格子"),
)
_PIXELS = (24, 150, 480, 200)
_FIELD_PIXELS, _STEP_PIXELS, _SHEET_PIXELS, _LEGEND_PIXELS = 30, 34, 28, 24
_LEFT, _MIDDLE, _RIGHT = 1, 2, 3


class _CoverWriter(NamedTuple):
    sheet: StrictWorksheet
    formats: theme.Formats
    language: Language

    def translate(self, text: str, **facts: object) -> str:
        return translate(text, self.language, **facts)

    def section(self, row: int, title: str) -> int:
        """Write a section's title below a gap; return the row (from 0) under it."""
        self.sheet.set_row_pixels(row, 18)
        self.sheet.set_row_pixels(row + 1, 30)
        self.sheet.write_string(row + 1, _LEFT, self.translate(title), self.formats.title(13))
        return row + 2

    def label(self) -> Format:
        return self.formats.cell(bold=True, bg_color=theme.CANVAS, indent=1)


def write_cover(
    sheet: StrictWorksheet,
    pages: tuple[EntryPage, ...],
    formats: theme.Formats,
    *,
    values: Mapping[str, str],
    footer: str,
) -> None:
    """Write the cover; what is ``given`` is filled in, by column name."""
    schema, language = pages[0].schema, pages[0].language
    cover = _CoverWriter(sheet, formats, language)
    sheet.set_tab_color(theme.BRAND)
    sheet.hide_gridlines(2)
    for column, width in enumerate(_PIXELS):
        sheet.set_column_pixels(column, column, width)
    row = _write_title(cover, schema)
    first_field = row + 2
    row = _write_fields(cover, schema, row, values)
    facts = {"entity": LazyText(schema.entity.title if schema.entity else ""), "rows": pages[0].rows}
    row = _write_lines(cover, row, schema.cover.steps_title, schema.cover.steps, **facts)
    row = _write_contents(cover, pages, row)
    row = _write_legend(cover, row)
    row = _write_lines(cover, row, "常见问题", schema.cover.questions, **facts)
    sheet.set_selection(first_field, _MIDDLE, first_field, _MIDDLE)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.set_footer(page_footer(translate(schema.cover.title, language), footer, language))
    sheet.print_area(0, 0, row - 1, _RIGHT)
    sheet.protect("", {"select_locked_cells": True})


def _write_title(cover: _CoverWriter, schema: WorkbookSchema) -> int:
    sheet, formats = cover.sheet, cover.formats
    sheet.set_row_pixels(0, 12)
    sheet.set_row_pixels(1, 54)
    sheet.set_row_pixels(2, 28)
    band = formats(bold=True, font_size=22, font_color=theme.WHITE, bg_color=theme.BRAND, indent=1)
    sheet.merge_range(1, _LEFT, 1, _RIGHT, cover.translate(schema.product), band)
    subtitle = cover.translate("填报模板 v{version}　·　★ 必填，☆ 建议填　·　各行显示 √ 再提交", version=schema.version)
    sheet.merge_range(
        2, _LEFT, 2, _RIGHT, subtitle, formats(font_color=theme.BRAND, bg_color=theme.BRAND_SOFT, indent=1)
    )
    return 3


def _write_fields(cover: _CoverWriter, schema: WorkbookSchema, row: int, values: Mapping[str, str]) -> int:
    """Write each field of the cover: its label and, right of it, the cell to fill; readers look for the label."""
    row = cover.section(row, "本表信息")
    for column in schema.cover.columns:
        cover.sheet.set_row_pixels(row, _FIELD_PIXELS)
        cover.sheet.write_string(row, _LEFT, cover.translate(column.header), cover.label())
        style = cover.formats.mark(
            font_name=theme.FONT,
            font_size=11,
            font_color=theme.INK,
            valign="vcenter",
            indent=1,
            border=1,
            border_color=theme.BRAND_2,
            locked=False,
            num_format=column.column_type.number_format,
        )
        value = values.get(column.name, "")
        if value:
            cover.sheet.write_string(row, _MIDDLE, value, style)
        else:
            cover.sheet.write_blank(row, _MIDDLE, None, style)
        hint = f"{cover.translate(requirement(column).sign)}　{cover.translate(column.hint)}"
        cover.sheet.write_string(
            row,
            _RIGHT,
            hint,
            cover.formats(font_size=9, font_color=requirement(column).hint_colour, indent=1, text_wrap=True),
        )
        _guard_field(cover, column, row)
        row += 1
    cells = f"C{row - len(schema.cover.columns) + 1}:C{row}"
    cover.sheet.unprotect_range(cells, "FC_COVER")
    return row


def _guard_field(cover: _CoverWriter, column: Column, row: int) -> None:
    limit, header = column.limits.get("max_length"), cover.translate(column.header)
    example_text = cover.translate("例：{example}", example=example(column, cover.language))
    message = "\n".join(filter(None, [cover.translate(column.hint), example_text if column.example else ""]))
    options = {"input_title": fitted(header, LONGEST_TITLE), "input_message": fitted(message, LONGEST_MESSAGE)}
    if column.choices:
        options |= {"validate": "list", "source": f"={choices_name(column.choices)}",
                    "error_title": fitted(cover.translate("请检查{header}", header=header), LONGEST_TITLE),
                    "error_message": cover.translate("从下拉列表里选")}  # fmt: skip
    elif limit:
        options |= {"validate": "length", "criteria": "<=", "value": limit,
                    "error_title": fitted(cover.translate("请检查{header}", header=header), LONGEST_TITLE),
                    "error_message": cover.translate("最多 {limit} 个字", limit=limit)}  # fmt: skip
    cover.sheet.data_validation(row, _MIDDLE, row, _MIDDLE, {"validate": "any", **options})


def _write_lines(cover: _CoverWriter, row: int, title: str, lines: Iterable[tuple[str, str]], **facts: object) -> int:
    """Write a section of labels and texts over the rest of the width."""
    row = cover.section(row, title)
    for left, right in lines:
        cover.sheet.set_row_pixels(row, _STEP_PIXELS)
        cover.sheet.write_string(row, _LEFT, cover.translate(left), cover.label())
        look = cover.formats.cell(text_wrap=True, indent=1)
        cover.sheet.merge_range(row, _MIDDLE, row, _RIGHT, cover.translate(right, **facts), look)
        row += 1
    return row


def _write_contents(cover: _CoverWriter, pages: tuple[EntryPage, ...], row: int) -> int:
    """Write one line a sheet, with a link and its state, and one for all of them; return the row below."""
    sheet, formats = cover.sheet, cover.formats
    row = cover.section(row, "目录")
    sheet.set_row_pixels(row, _LEGEND_PIXELS)
    for column, header in ((_LEFT, "工作表"), (_MIDDLE, "填什么"), (_RIGHT, "填写情况")):
        sheet.write_string(row, column, cover.translate(header), formats.head())
    first, state = row + 1, formats.cell(align="center", shrink=True)
    review = quote_title(cover.translate(SELF_CHECK))
    for number, page in enumerate(pages):
        row += 1
        sheet.set_row_pixels(row, _purpose_pixels(cover.translate(page.sheet.purpose)))
        sheet.write_url(
            row,
            _LEFT,
            link_to(page.title, f"B{FIRST_ROW}"),
            formats.link(border=1, border_color=theme.LINE, indent=1),
            page.title,
        )
        sheet.write_string(row, _MIDDLE, cover.translate(page.sheet.purpose), formats.cell(text_wrap=True, indent=1))
        sheet.write_formula(row, _RIGHT, f"={review}!{status_cell(number)}", state, cover.translate(_EMPTY))
    row += 1
    sheet.set_row_pixels(row, _SHEET_PIXELS)
    link = formats.link(border=1, border_color=theme.LINE, indent=1, bold=True)
    sheet.write_url(row, _LEFT, link_to(cover.translate(SELF_CHECK)), link, cover.translate(SELF_CHECK))
    sentence = cover.translate("提交前必看：出现 √ 再提交；出现 × 时点链接，逐处修改。")
    sheet.write_string(row, _MIDDLE, sentence, formats.cell(indent=1, text_wrap=True))
    wrapped = formats.cell(align="center", text_wrap=True, bold=True, shrink=False)
    sheet.write_formula(row, _RIGHT, f"={review}!{VERDICT_CELL}", wrapped, cover.translate(_EMPTY))
    sheet.set_row_pixels(row, 2 * _SHEET_PIXELS)
    for sign, style in ((GOOD, formats.good(bold=True)), (BAD, formats.bad())):
        sheet.conditional_format(first, _RIGHT, row, _RIGHT, {
            "type": "formula", "criteria": f'=LEFT($D{first + 1},1)="{sign}"', "format": style})  # fmt: skip
    return row + 1


def _purpose_pixels(purpose: str) -> int:
    lines = -(-theme.pixels(purpose) // (_PIXELS[_MIDDLE] - 20))
    return max(_SHEET_PIXELS, 18 * lines + 6)


def _write_legend(cover: _CoverWriter, row: int) -> int:
    row = cover.section(row, "颜色与符号")
    looks: dict[str, dict[str, Any]] = {
        "good": {"bg_color": theme.GOOD_SOFT, "font_color": theme.GOOD},
        "bad": {"bg_color": theme.BAD_SOFT, "font_color": theme.BAD},
        "missing": {"bg_color": theme.WARN_SOFT, "font_color": theme.WARN, "border": 1, "border_color": theme.WARN},
    }
    shown = [
        (requirement.sign, {"bg_color": requirement.colour, "font_color": theme.WHITE}, requirement.meaning)
        for requirement in ALL
    ]
    shown += [(sign, looks[look], meaning) for sign, look, meaning in _SIGNS]
    for sign, look, meaning in shown:
        cover.sheet.set_row_pixels(row, _LEGEND_PIXELS)
        cover.sheet.write_string(row, _LEFT, cover.translate(sign), cover.formats(**{
            "bold": True, "align": "center", "border": 1, "border_color": theme.LINE, **look}))  # fmt: skip
        cover.sheet.merge_range(row, _MIDDLE, row, _RIGHT, cover.translate(meaning), cover.formats.cell(indent=1))
        row += 1
    return row
