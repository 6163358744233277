"""Live checks of rules and of computed columns."""

from collections.abc import Iterator

from ...problems import codes
from ...schema.column import Column
from ...schema.rule import Rule, RuleCondition
from ...schema.rules.to_excel import excel
from .cells import Branch, LiveProblem
from .excel import all_of, is_blank, means_nothing
from .plan import (
    CheckPlan,
)
from .values import Plans, cells_in_order, input_columns, is_filled, spellings_of, value_of


def rule_violation(plans: Plans, plan: CheckPlan, rule: Rule, cells: str) -> Branch:
    """Return the check of a rule; it waits until its cells are in order and those it needs are filled."""
    sheet = plan.page.sheet
    values = {name: value_of(plans, plan, sheet.column(name)) for name in rule.expression.names}
    condition = excel(
        rule.expression,
        values.__getitem__,
        sheet.base_type,
        spellings=lambda name, written: spellings_of(plan, sheet.column(name), written),
        filled=lambda name: is_filled(plans, plan, name),
    )
    needed = [is_filled(plans, plan, name) for name in rule.expression.needed]
    there = [*cells_in_order(plan, rule.expression.names, cells), *needed]
    facts = {"condition": RuleCondition(rule.expression, sheet.headers())}
    return all_of((*there, f"NOT(IFERROR({condition},TRUE))")), LiveProblem(rule.code, sheet.column(rule.at), facts)


def recomputed(plans: Plans, plan: CheckPlan, column: Column, cells: str) -> Iterator[Branch]:
    """Yield the checks of a computed column: a value other than the formula's, or one out of range.

    They wait until the inputs are in order.
    """
    formula = column.formula
    if formula is None:
        return
    cell, result, limits = plan.cell(column), value_of(plans, plan, column), column.limits
    bounds = [f"{cell}{sign}{limits[limit]}" for limit, sign in (("ge", "<"), ("le", ">")) if limit in limits]
    differs = f"IF(ISNUMBER({cell}),{cell}<>{result},TRUE)"
    wrong = f"NOT(EXACT({cell},{result}))" if column.column_type.base_type == "text" else differs
    there = all_of(is_filled(plans, plan, name) for name in input_columns(plan, formula.names))
    something = all_of((f"NOT({is_blank(cell)})", f"NOT({means_nothing(cell)})"))
    met = (*cells_in_order(plan, formula.names, cells), f"LEN({cell})>0")
    yield all_of((*met, f"IF({there},IFERROR({wrong},TRUE),{something})")), LiveProblem(codes.OVERWRITTEN, column, {})
    if bounds:
        yield (
            all_of((*met, f"ISNUMBER({cell})", f"OR({','.join(bounds)})")),
            LiveProblem(codes.OUT_OF_RANGE, column, {}),
        )
