"""The requirement of a column: required, expected, optional or automatic, each with its sign and colour."""

from dataclasses import dataclass
from datetime import date

from ..i18n.translate import LIST_SEPARATOR, MESSAGES, Language, translate
from ..schema.column import Column
from ..xlsx import theme
from .page import EntryPage


@dataclass(frozen=True, slots=True)
class Requirement:
    """One of the four; ``sign`` stands above the header, ``meaning`` in the legend."""

    sign: str
    colour: str
    """Of the header."""
    hint_colour: str
    meaning: str


REQUIRED = Requirement("★必填", theme.BRAND, theme.BAD, "空着算错误，提交前要补上")
EXPECTED = Requirement("☆建议填", theme.BRAND_2, theme.BRAND_2, "空着可以提交，但有的统计算不出来")
OPTIONAL = Requirement("选填", theme.OPTIONAL, theme.MUTED, "没有就空着")
AUTOMATIC = Requirement("◎自动", theme.AUTOMATIC, theme.MUTED, "灰色列由公式算出，不用填")
ALL = (REQUIRED, EXPECTED, OPTIONAL, AUTOMATIC)


def requirement(column: Column) -> Requirement:
    """Return how a column stands to the clerk."""
    if column.automatic:
        return AUTOMATIC
    if column.required:
        return REQUIRED
    return EXPECTED if column.recommended_for else OPTIONAL


def example(column: Column, language: Language) -> str:
    """Return the example of a column as a clerk would type it."""
    value = column.example
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return LIST_SEPARATOR[language].join(
        translate(part, language) for part in str(value).split(LIST_SEPARATOR[MESSAGES])
    )


def picks(page: EntryPage, column: Column) -> bool:
    """Whether the column has a drop-down list: of choices, or of what it refers to."""
    listed = bool(page.schema.choices_of(column).values) and not column.column_type.multiple
    return listed or column.references in {sheet.table for sheet in page.schema.sheets}


def hint(page: EntryPage, column: Column) -> str:
    """Return what stands above a header: the sign, and an example or where the value comes from."""
    language, sign = page.language, translate(requirement(column).sign, page.language)
    if column.automatic:
        text = translate(column.hint, language)
    elif picks(page, column) and not page.schema.choices_of(column).open_list:
        text = translate("下拉选择", language)
    else:
        text = example(column, language) or translate(column.hint, language)
    return f"{sign}　{text}" if text else sign
