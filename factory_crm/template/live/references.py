"""Live checks of references: numbers and lines that no row registers, names typed over a lookup."""

from collections.abc import Iterator

from ...i18n.translate import LazyText
from ...problems import codes
from ...schema.column import Column
from ...xlsx.formula import wildcards_escaped
from .cells import Branch, LiveProblem
from .excel import all_of, without_blanks
from .plan import (
    CheckPlan,
    block_name,
    keys_name,
    numbers_name,
)
from .values import Plans, cells_in_order, key_part, value_of


def unknown_reference(plans: Plans, plan: CheckPlan, column: Column) -> Iterator[Branch]:
    """Yield the check for a number that no row registers; it runs once the cell itself is in order."""
    if column.references in plans:
        registered, cell = numbers_name(column.references), plan.cell(column)
        is_registered = f"IFERROR(INDEX({registered},MATCH({cell},{registered},0))={cell},FALSE)"
        title = LazyText(plans[column.references].page.sheet.title)
        yield f"NOT({is_registered})", LiveProblem(codes.UNKNOWN_REFERENCE, column, {"title": title})


def unknown_lines(plans: Plans, plan: CheckPlan, cells: str) -> Iterator[Branch]:
    """Yield the check for a line number (行号) that the record referred to does not have."""
    for name, reference in plan.page.sheet.line_reference.items():
        column, owner = plan.page.sheet.column(name), plan.page.sheet.column(reference)
        if owner.references in plans and "key" in plans[owner.references].names:
            table, line = owner.references, key_part(plans, plan, column)
            number = plan.cell(owner)
            is_registered = f'ISNUMBER(MATCH({number}&"|"&{line},{keys_name(table)},0))'
            facts = {"key": LazyText(owner.header), "title": LazyText(plans[table].page.sheet.title)}
            there = (f"LEN({number})>0", *cells_in_order(plan, (name, reference), cells))
            yield all_of((*there, f"NOT({is_registered})")), LiveProblem(codes.UNKNOWN_LINE, column, facts)


def overwritten_lookup(plans: Plans, plan: CheckPlan, column: Column) -> Iterator[Branch]:
    """Yield the check for a lookup typed over with another text; a cleared cell is in order."""
    cell, reference = plan.cell(column), plan.page.sheet.column(column.lookup)
    target = plans.get(reference.references)
    if target is None or not target.page.sheet.display_column:
        return
    wanted, registered = value_of(plans, plan, reference), numbers_name(reference.references)
    place = target.page.place(target.page.sheet.display_column)
    number = without_blanks(f"({wanted})")
    label = f'INDEX({block_name(reference.references)},MATCH({wildcards_escaped(number)}&"",{registered},0),{place})'
    conditions = (f"LEN({without_blanks(cell)})>0", f"LEN({number})>0", f"LEN({label})>0")
    met = all_of((*conditions, f"{without_blanks(cell)}<>{without_blanks(label)}"))
    yield f"IFERROR({met},FALSE)", LiveProblem(codes.OVERWRITTEN, column, {})
