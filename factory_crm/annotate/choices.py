"""Write and read the sheet that groups equal problems: one chosen value corrects all cells of a group."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..i18n.translate import Language, translate
from ..problems import codes
from ..problems.codes import Severity
from ..problems.problem import Problem, column_letters
from ..reading.opening import open_workbook
from ..schema.copy_mark import CHOICES, own_sheets
from ..schema.parsers.suggest import similar
from ..schema.parsers.text import display_text
from ..schema.workbook import WorkbookSchema
from ..validation.workbook import WorkbookResult
from ..xlsx import theme
from .cell_changes import ChosenValues, column_of, group_of, language_of
from .sheet_builder import RowBuilder, height, sheet, titled
from .sheets import EditableWorkbook
from .styles import Styles
from .targets import shown

TITLE = "一次改多处"
_HEADERS = ("序号", "工作表", "字段", "现在的内容", "处数", "改成（选或填）", "位置")
_WIDTHS = (6, 14, 18, 32, 8, 32, 40)
_CHOSEN_AT, _CONTENT_AT, _FIELD_AT, _SHEET_AT = 6, 4, 3, 2
_MOST, _PLACES = 6, 8
_FIRST = 5
_ALWAYS = (codes.NOT_A_CHOICE, codes.UNKNOWN_REFERENCE)
"""Worth a choice even where they stand once: the answer is on a list."""


class Group(NamedTuple):
    """Problems that one answer mends."""

    sheet: str
    header: str
    content: str
    problems: Sequence[Problem]
    likely: Sequence[str]


def groups(book: WorkbookResult, schema: WorkbookSchema) -> list[Group]:
    """Return the equal problems with what was likely meant, those with the most cells first."""
    language = language_of(book.stamp)
    same: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in book.problems:
        column = column_of(problem, schema)
        if problem.severity is not Severity.ERROR or problem.code.name[0] not in "CK" or column is None:
            continue
        if problem.first_row is None and (problem.code is not codes.OVERWRITTEN or column.lookup):
            key = group_of(problem, language)
            if key[2]:
                same.setdefault(key, []).append(problem)
    repeated = [Group(*key, problems, similar(key[2], _likely_values(problems[0], book, schema, language), most=_MOST))
             for key, problems in same.items() if len(problems) > 1 or problems[0].code in _ALWAYS]  # fmt: skip
    return sorted(repeated, key=lambda group: -len(group.problems))


def _likely_values(problem: Problem, book: WorkbookResult, schema: WorkbookSchema, language: Language) -> list[str]:
    """Return what may stand in the problem's cell, as far as that is known."""
    checked, column = book.sheets.get(problem.table), column_of(problem, schema)
    if checked is None or column is None:
        return []
    if column.lookup:
        return [shown(problem.after, language)]
    if target := book.sheets.get(column.references):
        key = target.sheet.key()[0].name
        return [display_text(value) for row in target.rows if (value := target.value(row, key)) is not None]
    if column.choices:
        return [translate(value, language) for value in schema.choices_of(column).values]
    values = (checked.value(row, column.name) for row in checked.rows)
    return [value for value in values if isinstance(value, str)]


def write_choices(
    workbook: EditableWorkbook,
    styles: Styles,
    book: WorkbookResult,
    schema: WorkbookSchema,
    language: Language,
    chosen: ChosenValues,
) -> None:
    """Add the sheet of equal problems, if there are any, with what was chosen before."""
    repeated = groups(book, schema)
    if not repeated:
        return
    plain, centred = styles.cell(), styles.cell(centre=True)
    answer = styles.cell(fill=theme.WARN_SOFT, text=True)
    top = (styles.cell(bold=True, size=16, colour=theme.BRAND, border=False),
           styles.cell(size=9, colour=theme.MUTED, border=False),
           styles.cell(bold=True, colour=theme.WHITE, fill=theme.BRAND, centre=True))  # fmt: skip
    note = translate(
        "相同的问题只列一次：在“改成”里选一个或自己填，保存后交回；运行 factory-crm validate --apply --fix，就会一处不漏地改好。",
        language,
    )
    rows = titled(translate(TITLE, language), note, [translate(header, language) for header in _HEADERS], top)
    for number, group in enumerate(repeated, 1):
        cells = [problem.location.cell for problem in group.problems]
        places = ", ".join(cells[:_PLACES]) + (" …" if len(cells) > _PLACES else "")
        row = RowBuilder(_FIRST - 1 + number, height([(group.content, _WIDTHS[3]), (places, _WIDTHS[6])]))
        row.number(number, centred)
        row.text(group.sheet, centred)
        row.text(group.header, centred)
        row.text(group.content, plain)
        row.number(len(cells), centred)
        if choice := chosen.get((group.sheet, group.header, group.content)):
            row.text(choice, answer)
        else:
            row.blank(answer)
        row.text(places, plain)
        for value in group.likely:
            row.text(value)
        rows.append(row)
    last = _FIRST - 1 + len(repeated)
    content = sheet(rows, (*_WIDTHS, *[12] * _MOST), header=_FIRST - 1, last=last, hidden=_MOST,
                    more=_dropdowns(repeated, language), colour=theme.WARN)  # fmt: skip
    workbook.add_sheet(workbook.free_title(translate(TITLE, language)), content, name=CHOICES)


def _dropdowns(repeated: Sequence[Group], language: Language) -> str:
    """Return the validation that offers each row's likely values and takes any other."""
    first, answer = column_letters(len(_WIDTHS) + 1), column_letters(_CHOSEN_AT)
    offered = [
        f'<dataValidation type="list" allowBlank="1" showInputMessage="1" sqref="{answer}{row}">'
        f"<formula1>${first}${row}:${column_letters(len(_WIDTHS) + len(group.likely))}${row}</formula1></dataValidation>"
        for row, group in enumerate(repeated, _FIRST)
        if group.likely
    ]
    return f'<dataValidations count="{len(offered)}">{"".join(offered)}</dataValidations>' if offered else ""


def read_choices(source: Path, workbook: EditableWorkbook) -> ChosenValues:
    """Return what the clerk chose in an open workbook; nothing where it has no such sheet. Raises ``Refused``."""
    title = own_sheets(workbook.names).get(CHOICES, "")
    if title not in {tab.title for tab in workbook.tabs}:
        return {}
    chosen: dict[tuple[str, str, str], str] = {}
    with open_workbook(source) as opened:
        for row in opened.grid(title).rows():
            texts = {cell.column: display_text(cell.value) for cell in row.cells if not isinstance(cell.value, tuple)}
            if row.number >= _FIRST and texts.get(_CHOSEN_AT):
                key = (texts.get(_SHEET_AT, ""), texts.get(_FIELD_AT, ""), texts.get(_CONTENT_AT, ""))
                chosen[key] = texts[_CHOSEN_AT]
    return chosen
