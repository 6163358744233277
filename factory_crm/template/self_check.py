"""The self-check sheet: may this workbook be submitted, and if not, where to begin."""

from ..i18n.translate import translate
from ..problems.problem import column_letters
from ..schema.layout import HEADER_ROW, SELF_CHECK_TITLE
from ..xlsx import theme
from ..xlsx.formula import escape_wildcards, link_to, quote_text, quote_title
from ..xlsx.limits import LAST_ROW
from ..xlsx.writer import StrictWorksheet
from .checklist import COUNT, LEFT, LINK, PIXELS, RESULT, ROW, WHAT, Checklist, ChecklistLine
from .entry import page_footer
from .formulas import sentence
from .live.checks import BAD, GOOD, WARNS, PageCheck
from .live.plan import begun_name, block_name, message_name
from .page import CHECK_COLUMN, FIRST_ROW, SPARE_ROWS, EntryPage

TITLE = SELF_CHECK_TITLE
_VERDICT_ROW, _SHEETS_ROW = 2, 5
_SHAPE = (
    ("表头被改动", "恢复原来的表头"),
    ("有内容但没有检查公式的行", "从上一行复制整行"),
    ("检查列被改写的行", "从上一行复制检查列"),
    ("预留区以下的内容", "移到新的模板里"),
)
EMPTY = "○ 还没有填写"
_LONGEST_CRITERION = 250
_PATTERN = 7
"""The column of what is searched for where it is not the words themselves."""


def status_cell(number: int) -> str:
    """Return the cell that says how far a sheet has come; ``number`` counts the entry sheets from 0."""
    return f"$C${_SHEETS_ROW + 1 + number}"


VERDICT_CELL = f"$B${_VERDICT_ROW}"


def shape_row(checks: tuple[PageCheck, ...], number: int) -> int:
    """Return the first row of what is told of a sheet's shape; ``number`` counts the entry sheets from 0."""
    return _SHEETS_ROW + len(checks) + 5 + number * len(_SHAPE)


def write_self_check(
    sheet: StrictWorksheet, checks: tuple[PageCheck, ...], formats: theme.Formats, *, home: str, footer: str
) -> None:
    """Write the sheet; ``home`` is the title of the cover."""
    language = checks[0].plan.page.language
    checklist = Checklist(sheet, formats, language)
    sheet.set_tab_color(theme.GOOD)
    sheet.hide_gridlines(2)
    for column, width in enumerate(PIXELS):
        sheet.set_column_pixels(column, column, width)
    sheet.set_row_pixels(0, 40)
    sheet.write_string(0, LEFT, checklist.translate("提交前自检"), formats.title())
    sheet.write_url(0, LINK, link_to(home), formats.link(align="center"), f"← {home}")
    total = _write_sheets(checklist, checks)
    shape = total + 2
    row = _write_shape(checklist, checks, shape)
    faults = f"SUM($D${shape + 2}:$D${row - 1})"
    _write_verdict(checklist, total, faults)
    heads = row + 2  # of the table that takes several pages
    row = _write_problems(checklist, checks, row + 1)
    marks = ((GOOD, formats.good()), (BAD, formats.bad()), (WARNS, formats.missing()))
    for sign, look in marks:
        for column in (WHAT, RESULT):
            options = {
                "type": "formula",
                "criteria": f'=LEFT({column_letters(column + 1)}6,1)="{sign}"',
                "format": look,
            }
            if column == RESULT or sign != WARNS:
                sheet.conditional_format(_SHEETS_ROW, column, row - 1, column, options)
    sheet.freeze_panes(_VERDICT_ROW, 0)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heads - 1)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer(page_footer(translate(TITLE, language), footer, language))
    sheet.print_area(0, 0, row - 1, LINK)
    sheet.protect("", {"select_locked_cells": True})


def _write_verdict(checklist: Checklist, total: int, faults: str) -> None:
    language, filled, bad = checklist.language, f"$D${total}", f"$E${total}"
    rows = sentence("× 请修改：{bad} 行有问题", language, bad=bad)
    shape = sentence("× 请修改：表格结构有 {faults} 处问题", language, faults=faults)
    both = sentence("× 请修改：{bad} 行有问题，表格结构有 {faults} 处问题", language, bad=bad, faults=faults)
    good = sentence("√ 可以提交：共 {filled} 行，没有发现问题", language, filled=filled)
    empty = checklist.translate(EMPTY)
    wrong = f"IF({faults}=0,{rows},IF({bad}=0,{shape},{both}))"
    formula = f"=IF({bad}+{faults}>0,{wrong},IF({filled}=0,{quote_text(empty)},{good}))"
    checklist.sheet.set_row_pixels(_VERDICT_ROW - 1, 46)
    style = checklist.formats.cell(bold=True, font_size=16, align="center")
    checklist.sheet.merge_range(_VERDICT_ROW - 1, LEFT, _VERDICT_ROW - 1, LINK, "", style)
    checklist.sheet.write_formula(_VERDICT_ROW - 1, LEFT, formula, style, empty)
    for sign, look in ((GOOD, checklist.formats.good()), (BAD, checklist.formats.bad())):
        criteria = f'=LEFT({VERDICT_CELL},1)="{sign}"'
        options = {"type": "formula", "criteria": criteria, "format": look}
        checklist.sheet.conditional_format(_VERDICT_ROW - 1, LEFT, _VERDICT_ROW - 1, LINK, options)


def _write_sheets(checklist: Checklist, checks: tuple[PageCheck, ...]) -> int:
    """Write one line a sheet and one for all; return the row of the last."""
    sheet, formats = checklist.sheet, checklist.formats
    checklist.heads(_SHEETS_ROW, ("工作表", "填写情况", "已填行数", "问题行数", "第一处问题"))
    centred = formats.cell(align="center")
    for row, check in enumerate(checks, _SHEETS_ROW + 1):
        page = check.plan.page
        table = page.sheet.table
        filled, bad = f"$D{row}", f"$E{row}"
        link = formats.link(border=1, border_color=theme.LINE, align="center")
        sheet.write_url(row - 1, LEFT, link_to(page.title, f"B{FIRST_ROW}"), link, page.title)
        mend = sentence("× {m} 行待修改", checklist.language, m=bad)
        done = sentence("√ 已填 {n} 行，没有发现问题", checklist.language, n=filled)
        status = f"=IF({filled}=0,{quote_text(checklist.translate(EMPTY))},IF({bad}>0,{mend},{done}))"
        sheet.write_formula(row - 1, WHAT, status, formats.cell(indent=1), checklist.translate(EMPTY))
        sheet.write_formula(row - 1, COUNT, f"=SUM({begun_name(table)})", centred, 0)
        sheet.write_formula(row - 1, RESULT, f"={bad_rows(table)}", centred, 0)
        position = f'MATCH("{BAD}",{page.outside(CHECK_COLUMN)},0)+{FIRST_ROW - 1}'
        jump = _jump(checklist, page, CHECK_COLUMN, f"({position})")
        sheet.write_formula(row - 1, LINK, f'=IF({bad}=0,"—",IFERROR({jump},"—"))', link, "—")
        sheet.set_row_pixels(row - 1, 24)
    total = _SHEETS_ROW + 1 + len(checks)
    sheet.write_string(total - 1, LEFT, checklist.translate("合计"), formats.cell(bold=True, align="center"))
    sheet.write_blank(total - 1, WHAT, None, formats.cell())
    sheet.write_blank(total - 1, LINK, None, formats.cell())
    for column in (COUNT, RESULT):
        letter = column_letters(column + 1)
        formula = f"=SUM({letter}{_SHEETS_ROW + 1}:{letter}{total - 1})"
        sheet.write_formula(total - 1, column, formula, formats.cell(bold=True, align="center"), 0)
    return total


def bad_rows(table: str) -> str:
    """Return the formula of how many rows have a problem that makes them ×."""
    return f'COUNTIF({message_name(table)},"?*")-COUNTIF({message_name(table)},"{WARNS}*")'


def _jump(checklist: Checklist, page: EntryPage, column: int, row: str) -> str:
    target = quote_text(f"#{quote_title(page.title)}!{column_letters(column)}")
    words = sentence("第 {row} 行 →", checklist.language, row=row)
    return f"HYPERLINK({target}&{row},{words})"


def _write_shape(checklist: Checklist, checks: tuple[PageCheck, ...], row: int) -> int:
    """Write what can go wrong with the sheets themselves; return the row below."""
    row = checklist.section(row, "表格结构", ("工作表", "检查项", "处数", "结果", "怎么改"))
    lines: list[ChecklistLine] = []
    for check in checks:
        page, table = check.plan.page, check.plan.page.sheet.table
        checked = f"{quote_title(page.title)}!$A${FIRST_ROW}:$A${page.last_row + SPARE_ROWS}"
        shown = f'(COUNTIF({checked},"{GOOD}")+COUNTIF({checked},"{BAD}"))'
        lacking = f"MAX(0,SUM({begun_name(table)})-{shown})"
        differs = f'IF({lacking}>0,0,ABS(COUNTIF({checked},"{BAD}")-({bad_rows(table)})))'
        first = page.last_row + 1
        below = f"{quote_title(page.title)}!$B${first}:${column_letters(page.message_column - 1)}${LAST_ROW}"
        inserted = f"MAX(0,ROWS({block_name(table)})-{check.plan.last_row + SPARE_ROWS})"
        counts = (_headers_changed(page), lacking, differs, f"COUNTA({below})+{inserted}")
        for (what, how), count in zip(_SHAPE, counts, strict=True):
            lines.append(
                ChecklistLine(
                    page, checklist.translate(what), f"IFERROR({count},1)", quote_text(checklist.translate(how))
                )
            )
    return checklist.lines(row, lines)


def _headers_changed(page: EntryPage) -> str:
    """Return the formula of how many headers are changed, and one more where the table was moved."""
    block = block_name(page.sheet.table)
    headers = ((page.place(column.name), translate(column.header, page.language)) for column in page.sheet.columns)
    changed = (
        f"IFERROR(IF(EXACT(INDEX({block},{HEADER_ROW},{place}),{quote_text(header)}),0,1),1)"
        for place, header in headers
    )
    corner = f"INDEX({block},1,1)"
    return "+".join((*changed, f"IF(ROW({corner})+COLUMN({corner})=2,0,1)"))


def _write_problems(checklist: Checklist, checks: tuple[PageCheck, ...], row: int) -> int:
    """Write how many rows have each problem, and a link to the first; return the row below."""
    row = checklist.section(row, "逐项检查", ("工作表", "检查项", "行数", "结果", "第一处问题"))
    between = quote_text("*" + checklist.translate("{problem}；", problem=""))
    lines: list[ChecklistLine] = []
    for check in checks:
        page, said = check.plan.page, message_name(check.plan.page.sheet.table)
        for item in check.items:
            words, pattern = item.in_language(page.language).rstrip("；; "), f"$C{ROW}"
            if words != (searched := _pattern(words)):
                checklist.sheet.write_string(row + len(lines) - 1, _PATTERN, searched)
                pattern = f"${column_letters(_PATTERN + 1)}{ROW}"
            patterns = (f'{pattern}&"*"', f'{between}&{pattern}&"*"')
            count = "+".join(f"COUNTIF({said},{one})" for one in patterns)
            places = ",".join(f"IFERROR(MATCH({one},{said},0),9999999)" for one in patterns)
            jump = _jump(checklist, page, page.place(item.column.name), f"MIN({places})")
            lines.append(ChecklistLine(page, words, count, jump))
    return checklist.lines(row, lines)


def _pattern(words: str) -> str:
    """Return the search pattern of some words, no longer than COUNTIF takes."""
    return escape_wildcards(words)[:_LONGEST_CRITERION]
