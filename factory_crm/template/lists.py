"""The hidden sheet of choice lists, and the defined names through which formulas and drop-downs reach other sheets."""

from collections.abc import Iterator

from ..i18n.translate import Language, translate
from ..problems.problem import column_letters
from ..schema.layout import CHOICES_TITLE
from ..schema.workbook import WorkbookSchema
from ..xlsx import theme
from ..xlsx.formula import quote_title
from ..xlsx.writer import StrictWorkbook, StrictWorksheet
from .formulas import default_reference, last_filled, only_label
from .live.plan import default_reference_name
from .page import FIRST_ROW, EntryPage, choices_name, group_names, list_name, only_name, referred

TITLE = CHOICES_TITLE
_NAME_ROW, _FIRST_CHOICE_ROW = 3, 4
_COLUMN_PIXELS = 110


def write_lists(
    workbook: StrictWorkbook, sheet: StrictWorksheet, schema: WorkbookSchema, language: Language, formats: theme.Formats
) -> None:
    """Write one column a list, and name each."""
    title = translate(TITLE, language)
    sheet.set_tab_color(theme.FAINT)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, translate("下拉选项（由模板维护，请勿改动）", language), formats.title())
    for column, (name, called, texts) in enumerate(_columns(schema), 1):
        values, header = [translate(text, language) for text in texts], translate(called, language)
        sheet.set_column_pixels(column - 1, column - 1, max(_COLUMN_PIXELS, *map(theme.pixels, [header, *values])))
        sheet.write_string(_NAME_ROW - 1, column - 1, header, formats.head())
        for row, value in enumerate(values, _FIRST_CHOICE_ROW - 1):
            sheet.write_string(row, column - 1, value, formats.cell(align="center"))
        letter, last = column_letters(column), _FIRST_CHOICE_ROW + len(values) - 1
        if values:
            workbook.define_name(name, f"={quote_title(title)}!${letter}${_FIRST_CHOICE_ROW}:${letter}${last}")
    sheet.freeze_panes(_NAME_ROW, 0)
    sheet.protect("", {"select_locked_cells": True})
    sheet.hide()


def _columns(schema: WorkbookSchema) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield each column's name, its header and what stands in it; a dependent list has two more, line by line."""
    for name, choices in schema.choices.items():
        header = _header(schema, name)
        yield choices_name(name), header, choices.values
        if choices.groups:
            pairs = [(above, member) for above, members in choices.groups.items() for member in members]
            for called, texts in zip(group_names(name), zip(*pairs, strict=True), strict=True):
                yield called, header, texts


def _header(schema: WorkbookSchema, choices: str) -> str:
    """Return the header of the first column that uses the list."""
    columns = (column for sheet in (schema.cover, *schema.sheets) for column in sheet.columns)
    return next((column.header for column in columns if column.choices == choices), choices)


def write_counters(
    workbook: StrictWorkbook, sheet: StrictWorksheet, row: int, schema: WorkbookSchema, every: tuple[EntryPage, ...]
) -> None:
    """Write, from that row on, what formulas want to know of a sheet that others refer to, and name it all.

    It is reckoned here once, not in every row: where the last number is, and whose is the only one.
    """
    for table in (target.table for target in referred(schema)):
        page = next(page for page in every if page.sheet.table == table)
        key = page.place(page.sheet.key()[0].name)
        title = quote_title(sheet.get_name())
        facts: list[tuple[str, str, str, str | int]] = [
            ("last", "", last_filled(page.outside(key)), 0),
            ("presumed", default_reference_name(table), default_reference(table), ""),
        ]
        if page.sheet.display_column:
            facts.append(("only", only_name(table), only_label(table, page.place(page.sheet.display_column)), ""))
        for offset, (fact, name, formula, value) in enumerate(facts):
            sheet.write_string(row + offset, 0, f"{table}.{fact}")
            sheet.write_formula(row + offset, 1, formula, None, value)
            if name:
                workbook.define_name(name, f"={title}!$B${row + offset + 1}")
        first = f"{quote_title(page.title)}!${column_letters(key)}${FIRST_ROW}"
        workbook.define_name(list_name(table), f"=OFFSET({first},0,0,MAX(1,{title}!$B${row + 1}),1)")
        row += len(facts)
