"""What stands in a row's cells, as parts of formulas: values, defaults, numbers (编号) as they are compared, cells in order."""

from collections.abc import Iterable, Mapping

from ...i18n.translate import LANGUAGES, translate
from ...problems import codes
from ...schema.column import Column
from ...schema.rules.to_excel import excel
from ...xlsx.formula import quote_text, substitute
from ...xlsx.limits import DIGITS
from .cells import CellCheck, LiveProblem
from .excel import all_of, fits, is_blank, means_nothing, segments, without_blanks
from .plan import (
    CheckPlan,
    default_reference_name,
    is_number_of_record,
    means_only_row,
)

_DIGITS_LOST = f"1E{DIGITS}"

Plans = Mapping[str, CheckPlan]
"""The plans of every page, by table, in the order of the sheets."""


def default_reference(plans: Plans, plan: CheckPlan, column: Column) -> str:
    """Return the cell of what a blank reference means: the number of the only row there; empty where it means nothing."""
    return default_reference_name(column.references) if means_only_row(plan.page.schema, column) else ""


def default_of(plans: Plans, plan: CheckPlan, column: Column) -> str:
    """Return the formula of what a blank cell of the column means, empty where it means nothing."""
    if column.default is None:
        return default_reference(plans, plan, column)
    return quote_text(column.default) if isinstance(column.default, str) else str(column.default)


def value_of(plans: Plans, plan: CheckPlan, column: Column) -> str:
    """Return the formula of a column's value: of a computed one what its formula gives, whatever was typed over it."""
    if column.formula:
        formula = excel(
            column.formula, lambda name: value_of(plans, plan, plan.page.sheet.column(name)), plan.page.sheet.base_type
        )
        return f"({formula})"
    cell, meant = plan.cell(column), default_of(plans, plan, column)
    return f"IF({is_blank(cell)},{meant},{cell})" if meant else cell


def is_filled(plans: Plans, plan: CheckPlan, name: str) -> str:
    """Return the condition that a cell in order is filled; of a computed column, that all its inputs are."""
    column = plan.page.sheet.column(name)
    if column.formula:
        return all_of(is_filled(plans, plan, source) for source in input_columns(plan, [name]))
    value = value_of(plans, plan, column)
    return f"NOT({is_blank(value)})" if column.column_type.base_type == "text" else f"ISNUMBER({value})"


def spellings_of(plan: CheckPlan, column: Column, written: str) -> tuple[str, ...]:
    """Return how a text may stand in the cells of a column: a choice in every language."""
    value = next((value for value in plan.page.schema.choices_of(column).values if value == written), None)
    if value is None:
        return (written,)
    return tuple(
        dict.fromkeys(translate(value, language) for language in LANGUAGES)
    )  # a factory's own brings its English


def input_columns(plan: CheckPlan, names: Iterable[str]) -> dict[str, None]:
    """Return the names of the columns behind some columns, in order: those themselves, or the inputs of their formulas."""
    columns: dict[str, None] = {}
    for name in names:
        formula = plan.page.sheet.column(name).formula
        columns |= input_columns(plan, formula.names) if formula else {name: None}
    return columns


def is_in_order(plan: CheckPlan, column: Column, cells: str) -> str:
    """Return the condition that nothing is wrong with a cell by itself; ``cells`` is what is told of the row's cells."""
    mark = LiveProblem(codes.BLANK, column, {}).mark(plan.page.language)
    between = translate("{problem}；", plan.page.language, problem="")
    return f"ISERR(FIND({quote_text(between + mark)},{quote_text(between)}&{cells}))"


def cells_in_order(plan: CheckPlan, names: Iterable[str], cells: str) -> list[str]:
    """Return the conditions that the cells behind some columns are in order: those themselves, or a formula's inputs."""
    return [is_in_order(plan, plan.page.sheet.column(name), cells) for name in input_columns(plan, names)]


def _plain_text(cell: str) -> str:
    """Return the formula of a cell's text, with other signs for what MATCH takes for wildcards."""
    return f'IFERROR({substitute(cell, {"~": "-", "*": "×", "?": "-"})},"")'


def normalized_id(cell: str, column: Column) -> str:
    """Return the formula of a number (编号) as it is compared, empty for one that is none."""
    text = without_blanks(cell)
    runs = segments(column.limits.get("pattern", ""))
    good = fits(text, runs) if runs else None
    is_short = f"IF(ISNUMBER({cell}),ABS({cell})<{_DIGITS_LOST},TRUE)"
    conditions = [f"NOT(ISLOGICAL({cell}))", is_short, f"LEN({text})>0", f"NOT({means_nothing(text)})"]
    if good:
        conditions.insert(3, good)
    if (longest := column.limits.get("max_length")) is not None:
        conditions.append(f"LEN({text})<={longest}")
    return f'IFERROR(IF({all_of(conditions)},{text},""),"")'


def key_part(plans: Plans, plan: CheckPlan, column: Column) -> str:
    """Return the formula of a column's part of the key, as keys are compared."""
    cell = plan.cell(column)
    part = normalized_id(cell, column) if is_number_of_record(column) else _plain_text(cell)
    meant = default_of(plans, plan, column)
    return f"IF({is_blank(cell)},{meant},{part})" if meant else part


def has_key_part(plans: Plans, plan: CheckPlan, column: Column) -> str:
    """Return the condition that a column has a usable part of the key."""
    cell = plan.cell(column)
    usable = (
        f"ISNUMBER({cell})" if column.column_type.base_type != "text" else f"LEN({key_part(plans, plan, column)})>0"
    )
    return f"IF({is_blank(cell)},TRUE,{usable})" if isinstance(column.default, int) else usable


def cell_check(plan: CheckPlan, column: Column) -> CellCheck:
    """Return a column as its cell is asked."""
    first = plan.page.sheet.key()[:1]
    return CellCheck(plan.page, column, plan.cell(column), plan.own("number") if (column,) == first else "")
