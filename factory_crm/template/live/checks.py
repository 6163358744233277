"""The live checks of a workbook: every problem of a row in words, derived from the columns, lists, keys and rules.

They are reckoned on a hidden sheet, so that nothing pasted over an entry sheet can break them; the entry sheets show
them, and the self-check counts them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...i18n.translate import translate
from ...problems import codes
from ...problems.codes import Severity
from ...schema.column import Column
from ...xlsx.formula import quote_text, quote_title
from ...xlsx.limits import DEEPEST_FORMULA
from ...xlsx.writer import StrictWorkbook, StrictWorksheet
from ..page import FIRST_ROW, EntryPage
from . import keys, references, rules
from .cells import WARNS, Branch, LiveProblem, if_chain, live_problems
from .lookups import write_signs
from .plan import (
    CHECK_SHEET,
    CheckPlan,
    begun_name,
    block_name,
    is_number_of_record,
    keys_name,
    message_name,
    numbers_name,
)
from .types import branches
from .values import cell_check, default_reference

GOOD, BAD = "√", "×"
_LONGEST = 7_600
"""Characters of joined formulas: some less than Excel takes, for what is put around them."""

_STRINGS = re.compile(r'"[^"]*"')

FormulaPiece = tuple[str, tuple[LiveProblem, ...]]
"""A formula of what is wrong with one thing, and the problems it can name."""


@dataclass(frozen=True)
class PageCheck:
    """The live checks of one page."""

    plan: CheckPlan
    items: tuple[LiveProblem, ...]
    """Every problem that can be named, errors first."""
    formulas: Mapping[str, str]
    """By column of the plan; the message comes last, in as many parts as it takes."""
    parts: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many columns it takes on the check sheet."""
        return len(self.formulas) + len(self.parts)


def live_checks(pages: tuple[EntryPage, ...]) -> tuple[PageCheck, ...]:
    """Return the live checks of every page, one beside the other."""
    plans: dict[str, CheckPlan] = {page.sheet.table: CheckPlan(page, 1) for page in pages}
    checks: list[PageCheck] = []
    first = 1
    for page in pages:
        plan = plans[page.sheet.table] = CheckPlan(page, first)
        checks.append(_page_check(plans, plan))
        first += checks[-1].width
    return tuple(checks)


def _page_check(plans: Mapping[str, CheckPlan], plan: CheckPlan) -> PageCheck:
    of_cells = tuple(_of_cells(plans, plan))
    groups = _grouped(of_cells)
    cells = plan.cell_at(len(plan.names) + len(groups) - 2)
    of_row = sorted(_of_row(plans, plan, cells), key=lambda piece: _warns(piece[1]))
    pieces = (*of_cells, *of_row)
    items = tuple(
        dict.fromkeys(
            (item.code.name, item.column.name, item.in_language(plan.page.language)) for _, i in pieces for item in i
        )
    )
    by_text = {
        (i.code.name, i.column.name, i.in_language(plan.page.language)): i for _, problems in pieces for i in problems
    }
    return PageCheck(
        plan,
        tuple(by_text[item] for item in items),
        dict(_helpers(plans, plan)),
        tuple(_parts(plan, groups, _grouped(of_row))),
    )


def _warns(items: tuple[LiveProblem, ...]) -> bool:
    return any(item.code.severity is Severity.WARNING for item in items)


def _helpers(plans: Mapping[str, CheckPlan], plan: CheckPlan) -> Iterator[tuple[str, str]]:
    sheet = plan.page.sheet
    for name in plan.names:
        if name == "begun":
            yield name, keys.is_begun(plan)
        elif name == "number":
            yield name, keys.row_id(plans, plan)
        elif name == "key":
            yield name, keys.row_key(plans, plan)
    for part, names in sheet.consistent_within.items():
        for name in names:
            yield f"same.{name}", keys.consistency_key(plans, plan, part, name)


def _of_cells(plans: Mapping[str, CheckPlan], plan: CheckPlan) -> Iterator[FormulaPiece]:
    """Yield the checks of single cells, column by column."""
    for column in plan.page.sheet.columns:
        if column.lookup:
            yield _piece(plan, column, references.overwritten_lookup(plans, plan, column))
        elif not column.formula:
            cell_branches = [
                *branches(cell_check(plan, column), default_reference=default_reference(plans, plan, column))
            ]
            if is_number_of_record(column):
                cell_branches += references.unknown_reference(plans, plan, column)
            yield _piece(plan, column, cell_branches)


def _piece(plan: CheckPlan, column: Column, cell_branches: Iterable[Branch]) -> FormulaPiece:
    steps, broken = list(cell_branches), LiveProblem(codes.ERROR_VALUE, column, {})
    language = plan.page.language
    return f"IFERROR({if_chain(steps, language)},{quote_text(broken.in_language(language))})", (
        *live_problems(steps),
        broken,
    )


def _of_row(plans: Mapping[str, CheckPlan], plan: CheckPlan, cells: str) -> Iterator[FormulaPiece]:
    """Yield the checks between cells and between rows; ``cells`` is the check sheet's cell of the problems of single cells."""
    for column in plan.page.sheet.columns:
        if column.formula:
            yield _piece(plan, column, rules.recomputed(plans, plan, column, cells))
    for step in (
        *keys.duplicate_key(plan),
        *keys.inconsistent(plan),
        *references.unknown_lines(plans, plan, cells),
        *(rules.rule_violation(plans, plan, rule, cells) for rule in plan.page.sheet.rules),
    ):
        yield f'IFERROR({if_chain([step], plan.page.language)},"")', tuple(live_problems([step]))


def _grouped(pieces: Iterable[FormulaPiece]) -> list[list[str]]:
    """Group formulas into joined ones that are short enough for Excel."""
    groups: list[list[str]] = [[]]
    for formula, _ in pieces:
        if groups[-1] and sum(map(len, groups[-1])) + len(formula) > _LONGEST:
            groups.append([])
        groups[-1].append(formula)
    return groups


def _parts(plan: CheckPlan, of_cells: list[list[str]], of_row: list[list[str]]) -> Iterator[str]:
    """Yield formulas none of which is longer or deeper than Excel allows: the last of cells joins those, the very last all."""
    at, ahead = len(plan.names) - 1, list[str]()
    for groups in (of_cells, of_row):
        for group in groups[:-1]:
            yield _part(plan, group)
            ahead.append(plan.cell_at(at))
            at += 1
        yield _part(plan, [*ahead, *groups[-1]])
        ahead, at = [plan.cell_at(at)], at + 1


def _part(plan: CheckPlan, joined: list[str]) -> str:
    unclear = quote_text(translate("检查公式出错；", plan.page.language))
    formula = f'IF({plan.own("begun")}=1,IFERROR({"&".join(joined)},{unclear}),"")'
    if depth(formula) > DEEPEST_FORMULA:
        raise ValueError(f"a check of {plan.page.sheet.table} is nested too deeply for Excel")
    return formula


def depth(formula: str) -> int:
    """Return how deep a formula's brackets are nested."""
    deepest = level = 0
    for sign in _STRINGS.sub("", formula):
        level += (sign == "(") - (sign == ")")
        deepest = max(deepest, level)
    return deepest


def write_checks(workbook: StrictWorkbook, sheet: StrictWorksheet, checks: tuple[PageCheck, ...]) -> None:
    """Write the check sheet, with what it looks up, and name what other sheets want of it."""
    title = quote_title(sheet.get_name())
    for check in checks:
        plan, table = check.plan, check.plan.page.sheet.table
        every = [*check.formulas.values(), *check.parts]
        for at, formula in enumerate(every):
            sheet.write_shared(FIRST_ROW - 1, plan.last_row - 1, plan.first + at - 1, formula, None, None)
        ranges = {begun_name(table): plan.range_at(0), message_name(table): plan.range_at(len(every) - 1)}
        if "number" in plan.names:
            ranges[numbers_name(table)] = plan.range("number")
        if "key" in plan.names:
            ranges[keys_name(table)] = plan.range("key")
        for name, cells in ranges.items():
            workbook.define_name(name, f"={title}!{cells}")
        workbook.define_name(block_name(table), f"={quote_title(plan.page.title)}!{plan.block}")
    write_signs(workbook, sheet, checks[-1].plan.first + checks[-1].width + 1, checks[0].plan.page.schema)
    sheet.very_hidden()


__all__ = ["BAD", "CHECK_SHEET", "GOOD", "WARNS", "PageCheck", "depth", "live_checks", "write_checks"]
