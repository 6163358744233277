"""The formulas of an entry sheet, as text: √ or ×, what is wrong, totals and echoed names.

Every cell is reached through ``INDEX(…,ROW())``: cutting, dragging and inserting rows don't lead them astray.
"""

from ..i18n.translate import Language, translate
from ..schema.column import Column
from ..schema.rules.expression import Expression
from ..schema.rules.to_excel import excel
from ..xlsx.formula import quote_text, wildcards_escaped
from .live.cells import WARNS
from .live.checks import BAD, GOOD
from .live.excel import without_blanks
from .live.plan import begun_name, block_name, default_reference_name, means_only_row, message_name, numbers_name
from .page import CHECK_COLUMN, FIRST_ROW, EntryPage, only_name


def sentence(template: str, language: Language, **parts: str) -> str:
    """Return a formula (without ``=``) that says the template, its ``{facts}`` being formulas."""
    return quote_text(translate(template, language)).format_map({name: f'"&{part}&"' for name, part in parts.items()})


def row_begun(page: EntryPage) -> str:
    """Return the condition that something has been typed into the row; an error value counts."""
    return f"INDEX({begun_name(page.sheet.table)},ROW())=1"


def message(page: EntryPage) -> str:
    """Return the formula that names every problem of the row, empty for one that is in order."""
    beyond = quote_text(translate("这一行超出了检查范围，请再用一份模板；", page.language))
    return f'=IFERROR(INDEX({message_name(page.sheet.table)},ROW())&"",{beyond})'


def check(page: EntryPage) -> str:
    """Return the formula of √ or ×, empty for a row not yet begun; what is only worth a look is no ×."""
    problem_text = f"INDEX({message_name(page.sheet.table)},ROW())"
    verdict = f'IF(LEN({problem_text})=0,"{GOOD}",IF(LEFT({problem_text},1)="{WARNS}","{GOOD}","{BAD}"))'
    return f'=IFERROR(IF({row_begun(page)},{verdict},""),"{BAD}")'


def automatic(page: EntryPage, column: Column) -> str:
    """Return the formula of a column that fills itself."""
    return _computed(page, column.formula) if column.formula else _echo(page, column)


def _computed(page: EntryPage, formula: Expression) -> str:
    """Return the formula of a computed column, empty until every cell it reads is usable."""
    there = ",".join(_usable(page, name) for name in formula.names)
    return f'=IFERROR(IF(AND({there}),{excel(formula, page.here, page.sheet.base_type)},""),"")'


def _usable(page: EntryPage, name: str) -> str:
    cell = page.here(name)
    return f"LEN(TRIM({cell}))>0" if page.sheet.base_type(name) == "text" else f"ISNUMBER({cell})"


def _echo(page: EntryPage, column: Column) -> str:
    """Return the formula of a lookup; a blank reference means the only record there is, if it may."""
    reference = page.sheet.column(column.lookup)
    cell, table = page.here(reference.name), reference.references
    place = label_place(page, table)
    label = f'INDEX({block_name(table)},MATCH({wildcards_escaped(without_blanks(cell))},{numbers_name(table)},0),{place})&""'
    alone = f'IF({row_begun(page)},{only_name(table)},"")' if means_only_row(page.schema, reference) else quote_text("")
    return f"=IFERROR(IF(LEN({without_blanks(cell)})=0,{alone},{label}),{quote_text(unknown_text(page, column))})"


def unknown_text(page: EntryPage, column: Column) -> str:
    """Return what a lookup shows where the number it goes by is not registered."""
    target = page.schema.sheet(page.sheet.column(column.lookup).references)
    return translate(target.unknown_text, page.language)


def label_place(page: EntryPage, table: str) -> int:
    """Return the number of the column by which people know the rows of a table."""
    target = page.schema.sheet(table)
    return EntryPage(page.schema, target, page.language, page.rows).place(target.display_column)


def default_reference(table: str) -> str:
    """Return the formula of the number of the only row of a table, empty while there is not exactly one."""
    rows = begun_name(table)
    return f'=IFERROR(IF(SUM({rows})=1,INDEX({numbers_name(table)},MATCH(1,{rows},0)),""),"")'


def only_label(table: str, place: int) -> str:
    """Return the formula of the label of that row."""
    label = f'INDEX({block_name(table)},MATCH(1,{begun_name(table)},0),{place})&""'
    return f'=IFERROR(IF(LEN({default_reference_name(table)})>0,{label},""),"")'


def first_problem(page: EntryPage) -> str:
    """Return the formula that repeats the first problem of the sheet where it is always in sight."""
    checks, messages = page.range(CHECK_COLUMN), page.range(page.message_column)
    position = f'MATCH("{BAD}",{checks},0)'
    words = sentence(
        "第 {row} 行：{problem}",
        page.language,
        row=f"({position}+{FIRST_ROW - 1})",
        problem=f"INDEX({messages},{position})",
    )
    return f'=IFERROR({words},"")'


def count(page: EntryPage, what: str = "?*") -> str:
    """Return the formula part that counts rows by their check, as any sheet may write it; all begun ones by default."""
    return f'COUNTIF({page.outside(CHECK_COLUMN)},"{what}")'


def last_filled(cells: str) -> str:
    """Return the formula of the position of the last filled cell, 0 while there is none."""
    return f"=IFERROR(SUMPRODUCT(MAX((LEN(TRIM({cells}))>0)*(ROW({cells})-MIN(ROW({cells}))+1))),ROWS({cells}))"
