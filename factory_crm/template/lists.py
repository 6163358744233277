"""The hidden sheet of choice lists, and the defined names through which formulas and drop-downs reach other sheets."""

from typing import Any

from .. import theme
from ..contract.contract import Contract
from ..problems import letters
from ..theme import quoted
from ..words import Language, say
from .formulas import how_many_filled, last_filled
from .page import FIRST_ROW, Page, choices_name, count_name, fixed_name, list_name, only_name, referred
from .strict import StrictWorkbook

TITLE = "选项"
_NAME_ROW, _FIRST_CHOICE_ROW = 3, 4
_COLUMN_PIXELS = 110


def write_lists(
    workbook: StrictWorkbook, sheet: Any, contract: Contract, language: Language, formats: theme.Formats
) -> None:
    """Write one column a list, and name each."""
    title = say(TITLE, language)
    sheet.set_tab_color(theme.FAINT)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, say("下拉选项（由模板维护，请勿改动）", language), formats.title())
    for column, (name, choices) in enumerate(contract.choices.items()):
        values = [say(value, language) for value in choices.values]
        header = say(_header(contract, name), language)
        sheet.set_column_pixels(column, column, max(_COLUMN_PIXELS, *map(theme.pixels, [header, *values])))
        sheet.write_string(_NAME_ROW - 1, column, header, formats.head())
        for row, value in enumerate(values, _FIRST_CHOICE_ROW - 1):
            sheet.write_string(row, column, value, formats.cell(align="center"))
        letter, last = letters(column + 1), _FIRST_CHOICE_ROW + len(values) - 1
        if values:
            workbook.define_name(choices_name(name), f"={quoted(title)}!${letter}${_FIRST_CHOICE_ROW}:${letter}${last}")
    sheet.freeze_panes(_NAME_ROW, 0)
    sheet.protect("", {"select_locked_cells": True})
    sheet.hide()


def _header(contract: Contract, choices: str) -> str:
    """What the first column chosen from the list is called."""
    columns = (column for sheet in contract.sheets for column in sheet.columns)
    return next((column.header for column in columns if column.choices == choices), choices)


def write_counters(workbook: StrictWorkbook, sheet: Any, row: int, contract: Contract, every: tuple[Page, ...]) -> None:
    """Write, from that row on, what formulas want to know of a sheet that others refer to, and name it all.

    It is reckoned here once, not in every row: how many numbers are filled in, where the last is, and whose is the only.
    """
    for table in (target.table for target in referred(contract)):
        page = next(page for page in every if page.sheet.table == table)
        key = page.place(page.sheet.key()[0].name)
        keys, title = page.outside(key), quoted(sheet.get_name())
        workbook.define_name(fixed_name(table, page.sheet.key()[0].name), f"={keys}")
        counted, last, only = f"$B${row + 1}", f"$B${row + 2}", f"$B${row + 3}"
        facts: list[tuple[str, str, str | int]] = [("count", how_many_filled(keys), 0), ("last", last_filled(keys), 0)]
        if page.sheet.label:
            labels = page.outside(page.place(page.sheet.label))
            workbook.define_name(fixed_name(table, page.sheet.label), f"={labels}")
            workbook.define_name(only_name(table), f"={title}!{only}")
            facts.append(("only", f'=IF({counted}=1,IFERROR(INDEX({labels},{last})&"",""),"")', ""))
        for offset, (name, formula, value) in enumerate(facts):
            sheet.write_string(row + offset, 0, f"{table}.{name}")
            sheet.write_formula(row + offset, 1, formula, None, value)
        workbook.define_name(count_name(table), f"={title}!{counted}")
        first = f"{quoted(page.title)}!${letters(key)}${FIRST_ROW}"
        workbook.define_name(list_name(table), f"=OFFSET({first},0,0,MAX(1,{title}!{last}),1)")
        row += len(facts)
