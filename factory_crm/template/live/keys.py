"""Live checks of keys: whether a row is begun, its number and key, duplicates, rows that should agree."""

from collections.abc import Iterator

from ...i18n.translate import LazyText
from ...problems import codes
from ...xlsx.dates import END_OF_SERIALS
from .cells import Branch, LiveProblem
from .excel import all_of, is_blank, without_blanks
from .plan import (
    CheckPlan,
    block_name,
    is_number_of_record,
)
from .values import Plans, default_reference, has_key_part, key_part, normalized_id

_TEMPORAL = ("day", "moment")


def is_begun(plan: CheckPlan) -> str:
    """Return the formula of 1 where something stands in the row, else 0; an error value counts.

    Where rows were deleted, the page ends further up than the check sheet; where it was deleted, nothing stands in it.
    """
    everything = "&".join(plan.cell(column) for column in plan.page.inputs)
    last = f"ROWS({block_name(plan.page.sheet.table)})"
    return f"IFERROR(IF(ROW()>{last},0,IFERROR(IF(LEN({without_blanks(f'({everything})')})>0,1,0),1)),0)"


def row_id(plans: Plans, plan: CheckPlan) -> str:
    """Return the formula of the row's number: the first part of its key."""
    return key_part(plans, plan, plan.page.sheet.key()[0])


def row_key(plans: Plans, plan: CheckPlan) -> str:
    """Return the formula of the row's whole key, empty while a part of it is missing."""
    formula = plan.own("number")
    for part in plan.page.sheet.key()[1:]:
        formula += f'&"|"&{key_part(plans, plan, part)}'
    complete = [
        f"LEN({plan.own('number')})>0",
        *(has_key_part(plans, plan, part) for part in plan.page.sheet.key()[1:]),
    ]
    return f'IFERROR(IF({all_of(complete)},{formula},""),"")'


def consistency_key(plans: Plans, plan: CheckPlan, part: str, name: str) -> str:
    """Return the formula of a row's number together with a value in which all rows of that number agree."""
    column, owner = plan.page.sheet.column(name), plan.page.sheet.column(part)
    cell, group = plan.cell(column), plan.own("number")
    if owner.name != plan.page.sheet.key()[0].name:
        group = normalized_id(plan.cell(owner), owner)
    value = normalized_id(cell, column) if is_number_of_record(column) else without_blanks(cell)
    if column.column_type.base_type in _TEMPORAL:
        value = f'IF(ISNUMBER({cell}),IF(AND({cell}>=1,{cell}<{END_OF_SERIALS}),INT({cell}),""),"")'
    if alone := default_reference(plans, plan, column):
        value = f"IF({is_blank(cell)},{alone},{value})"
    return f'IFERROR(IF(LEN({group})=0,"",IF(LEN({value})=0,"",{group}&"|"&{value})),"")'


def duplicate_key(plan: CheckPlan) -> Iterator[Branch]:
    """Yield the check for a key that a row further up has."""
    columns = plan.page.sheet.key()
    if not columns:
        return
    name = "key" if len(columns) > 1 else "number"
    line = next((column for column in columns if column.default is not None), None)
    code = codes.DUPLICATE_LINE if line else codes.DUPLICATE_KEY
    facts = {"line": LazyText(line.header)} if line else {}
    met = all_of((f"LEN({plan.own(name)})>0", f"MATCH({plan.own(name)},{plan.range(name)},0)<ROW()"))
    yield met, LiveProblem(code, columns[0], facts)


def inconsistent(plan: CheckPlan) -> Iterator[Branch]:
    """Yield the checks for values in which rows of one number must agree; the first that has a value decides."""
    for part, names in plan.page.sheet.consistent_within.items():
        for name in names:
            own, others = plan.own(f"same.{name}"), plan.range(f"same.{name}")
            group = f'LEFT({own},FIND("|",{own}))'
            met = all_of((f"LEN({own})>0", f'INDEX({others},MATCH({group}&"*",{others},0))<>{own}'))
            header = LazyText(plan.page.sheet.column(part).header)
            yield met, LiveProblem(codes.INCONSISTENT, plan.page.sheet.column(name), {"key": header})
