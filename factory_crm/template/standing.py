"""How a column stands to the clerk: required, expected, optional or automatic; told by a sign and by a colour."""

from dataclasses import dataclass
from datetime import date

from .. import theme
from ..contract.sheet import Column
from ..words import JOINTS, Language, say
from .page import Page


@dataclass(frozen=True, slots=True)
class Standing:
    """One of the four; ``sign`` stands above the header, ``meaning`` in the legend."""

    sign: str
    colour: str
    """Of the header."""
    hint_colour: str
    meaning: str


REQUIRED = Standing("★必填", theme.BRAND, theme.BAD, "空着算错误，提交前要补上")
EXPECTED = Standing("☆建议填", theme.BRAND_2, theme.BRAND_2, "空着可以提交，但有的统计算不出来")
OPTIONAL = Standing("选填", theme.OPTIONAL, theme.MUTED, "没有就空着")
AUTOMATIC = Standing("◎自动", theme.AUTOMATIC, theme.MUTED, "灰色列由公式算出，不用填")
ALL = (REQUIRED, EXPECTED, OPTIONAL, AUTOMATIC)


def standing(column: Column) -> Standing:
    """Return how a column stands to the clerk."""
    if column.automatic:
        return AUTOMATIC
    if column.required:
        return REQUIRED
    return EXPECTED if column.expected else OPTIONAL


def example(column: Column, language: Language) -> str:
    """Return the example of a column as a clerk would type it."""
    found = column.example
    if found is None:
        return ""
    if isinstance(found, date):
        return found.isoformat()
    return JOINTS[language].join(say(part, language) for part in str(found).split(JOINTS["zh"]))


def picks(page: Page, column: Column) -> bool:
    """Whether the column has a drop-down list: of choices, or of what it refers to."""
    listed = bool(page.contract.choices_of(column).values) and not column.kind.several
    return listed or column.refers in {sheet.table for sheet in page.contract.sheets}


def hint(page: Page, column: Column) -> str:
    """Return what stands above a header: the sign, and an example or where the value comes from."""
    language, sign = page.language, say(standing(column).sign, page.language)
    if column.automatic:
        told = say(column.hint, language)
    elif picks(page, column) and not page.contract.choices_of(column).only_suggested:
        told = say("下拉选择", language)
    else:
        told = example(column, language) or say(column.hint, language)
    return f"{sign}　{told}" if told else sign
