"""The formulas of an entry sheet, as text: what is missing, √ or ×, totals and echoed names.

Every cell is reached through ``INDEX(…,ROW())``: cutting, dragging and inserting rows don't lead them astray.
"""

from ..contract.expressions import Expression
from ..contract.renderings import excel
from ..contract.sheet import Column
from ..words import Language, Word, say
from .page import CARD_TABLE, CHECK_COLUMN, FIRST_ROW, Page, count_name, fixed_name, only_name

GOOD, BAD = "√", "×"
STRAY = "查无此客户"


def text(value: str) -> str:
    """Return a text as formulas write it."""
    return '"' + value.replace('"', '""') + '"'


def sentence(template: str, language: Language, **parts: str) -> str:
    """Return a formula (without ``=``) that says the template, its ``{facts}`` being formulas."""
    return text(say(template, language)).format_map({name: f'"&{part}&"' for name, part in parts.items()})


def blank(cell: str) -> str:
    """Return the condition that a cell holds nothing but blanks."""
    return f"LEN(TRIM({cell}))=0"


def escaped(cell: str) -> str:
    """Return a cell's text with what MATCH takes for wildcards escaped."""
    found = f"TRIM({cell})"
    for sign in "~*?":
        found = f'SUBSTITUTE({found},"{sign}","~{sign}")'
    return found


def is_card_reference(column: Column) -> bool:
    """Whether a blank cell means the only customer of the workbook."""
    return column.refers == CARD_TABLE


def filled(page: Page) -> str:
    """Return the condition that something has been typed into the row; an error value counts."""
    everything = "&".join(page.here(column.name) for column in page.inputs)
    return f"IFERROR(LEN(TRIM({everything}))>0,TRUE)"


def missing(column: Column, cell: str) -> str:
    """Return the condition that a required cell is blank, in a row that has been begun."""
    if is_card_reference(column):
        return f"AND({blank(cell)},{count_name(column.refers)}<>1)"
    return blank(cell)


def message(page: Page) -> str:
    """Return the formula that names what is missing in the row, empty for one that is in order."""
    wanted = [
        f'IF({missing(column, page.here(column.name))},{text(_lacks(column, page.language))},"")'
        for column in page.inputs
        if column.required
    ]
    names = "&".join(wanted) or text("")
    unclear = text(say("有错误值；", page.language))
    return f'=IF({filled(page)},IFERROR({names},{unclear}),"")'


def _lacks(column: Column, language: Language) -> str:
    return say("缺{header}；", language, header=Word(column.header))


def check(page: Page) -> str:
    """Return the formula of √ or ×, empty for a row not yet begun."""
    return f'=IF({filled(page)},IF(LEN({page.in_row(page.message_column)})=0,"{GOOD}","{BAD}"),"")'


def automatic(page: Page, column: Column) -> str:
    """Return the formula of a column that fills itself."""
    return _computed(page, column.formula) if column.formula else _echo(page, column)


def _computed(page: Page, formula: Expression) -> str:
    """It stays empty until all it needs is there, as numbers where numbers are wanted."""
    there = ",".join(_usable(page, name) for name in formula.names)
    return f'=IFERROR(IF(AND({there}),{excel(formula, page.here, page.sheet.basis)},""),"")'


def _usable(page: Page, name: str) -> str:
    cell = page.here(name)
    return f"LEN(TRIM({cell}))>0" if page.sheet.basis(name) == "text" else f"ISNUMBER({cell})"


def _echo(page: Page, column: Column) -> str:
    """Show the name of the customer referred to; while there is only one, a blank number means that one."""
    reference = page.sheet.column(column.echoes)
    cell, table = page.here(reference.name), reference.refers
    wanted = f"IF(ISNUMBER({cell}),{cell},{escaped(cell)})"
    target = page.contract.sheet(table)
    keys, labels = fixed_name(table, target.key()[0].name), fixed_name(table, target.label)
    found = f'INDEX({labels},MATCH({wanted},{keys},0))&""'
    alone = f'IF({filled(page)},{only_name(table)},"")' if is_card_reference(reference) else text("")
    return f"=IFERROR(IF({blank(cell)},{alone},{found}),{text(say(STRAY, page.language))})"


def first_problem(page: Page) -> str:
    """Return the formula that repeats the first problem of the sheet where it is always in sight."""
    checks, messages = page.range(CHECK_COLUMN), page.range(page.message_column)
    found = f'MATCH("{BAD}",{checks},0)'
    told = sentence(
        "第 {row} 行：{problem}", page.language, row=f"({found}+{FIRST_ROW - 1})", problem=f"INDEX({messages},{found})"
    )
    return f'=IFERROR({told},"")'


def count(page: Page, what: str = "?*") -> str:
    """Return the formula part that counts rows by their check, as any sheet may write it; all begun ones by default."""
    return f'COUNTIF({page.outside(CHECK_COLUMN)},"{what}")'


def last_filled(cells: str) -> str:
    """Return the formula of the position of the last filled cell, 0 while there is none."""
    return f"=IFERROR(SUMPRODUCT(MAX((LEN(TRIM({cells}))>0)*(ROW({cells})-MIN(ROW({cells}))+1))),ROWS({cells}))"


def how_many_filled(cells: str) -> str:
    """Return the formula of the number of filled cells."""
    return f"=IFERROR(SUMPRODUCT(--(LEN(TRIM({cells}))>0)),0)"
