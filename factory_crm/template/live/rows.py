"""What may be wrong between the cells of a row, and between rows: keys, references, rules, and formulas typed over."""

from collections.abc import Iterable, Iterator, Mapping

from ...i18n.translate import LANGUAGES, LazyText, translate
from ...problems import codes
from ...schema.model import Column, Rule, RuleCondition
from ...schema.rules.to_excel import excel
from .cells import Branch, CellCheck, LiveProblem
from .excel import all_of, fits, is_blank, literal, means_nothing, segments, text, without_blanks
from .plan import (
    CheckPlan,
    block_name,
    default_reference_name,
    is_number_of_record,
    keys_name,
    means_the_card,
    numbers_name,
)

_TEMPORAL = ("day", "moment")
_END_OF_DAYS = 2_958_466
_DIGITS_LOST = "1E15"  # Excel keeps no more than fifteen

Plans = Mapping[str, CheckPlan]
"""The plans of every page, by table, in the order of the sheets."""


def default_reference(plans: Plans, plan: CheckPlan, column: Column) -> str:
    """Return the cell of what a blank reference means: the number of the only row there; empty where it means nothing."""
    return default_reference_name(column.references) if means_the_card(column) else ""


def is_begun(plan: CheckPlan) -> str:
    """Return the formula of 1 where something stands in the row, else 0; an error value counts.

    Where rows were deleted, the page ends further up than the check sheet; where it was deleted, nothing stands in it.
    """
    everything = "&".join(plan.cell(column) for column in plan.page.inputs)
    last = f"ROWS({block_name(plan.page.sheet.table)})"
    return f"IFERROR(IF(ROW()>{last},0,IFERROR(IF(LEN({without_blanks(f'({everything})')})>0,1,0),1)),0)"


def normal(cell: str, column: Column) -> str:
    """Return the formula of a number (编号) as it is compared, empty for one that is none."""
    found = without_blanks(cell)
    runs = segments(column.limits.get("pattern", ""))
    good = fits(found, runs) if runs else None
    whole = f"IF(ISNUMBER({cell}),ABS({cell})<{_DIGITS_LOST},TRUE)"
    asked = [f"NOT(ISLOGICAL({cell}))", whole, f"LEN({found})>0", f"NOT({means_nothing(found)})"]
    if good:
        asked.insert(3, good)
    if (longest := column.limits.get("max_length")) is not None:
        asked.append(f"LEN({found})<={longest}")
    return f'IFERROR(IF({all_of(asked)},{found},""),"")'


def number(plans: Plans, plan: CheckPlan) -> str:
    """Return the formula of the row's number: the first part of its key."""
    return _part(plans, plan, plan.page.sheet.key()[0])


def _text(cell: str) -> str:
    """The text of a cell, without what MATCH takes for wildcards."""
    for sign, other in (("~", "-"), ("*", "×"), ("?", "-")):
        cell = f'SUBSTITUTE({cell},"{sign}","{other}")'
    return f'IFERROR({cell},"")'


def key(plans: Plans, plan: CheckPlan) -> str:
    """Return the formula of the row's whole key, empty while a part of it is missing."""
    formula = plan.own("number")
    for part in plan.page.sheet.key()[1:]:
        formula += f'&"|"&{_part(plans, plan, part)}'
    whole = [f"LEN({plan.own('number')})>0", *(_there(plans, plan, part) for part in plan.page.sheet.key()[1:])]
    return f'IFERROR(IF({all_of(whole)},{formula},""),"")'


def _part(plans: Plans, plan: CheckPlan, column: Column) -> str:
    cell = plan.cell(column)
    found = normal(cell, column) if is_number_of_record(column) else _text(cell)
    meant = _meant(plans, plan, column)
    return f"IF({is_blank(cell)},{meant},{found})" if meant else found


def _there(plans: Plans, plan: CheckPlan, column: Column) -> str:
    cell = plan.cell(column)
    usable = f"ISNUMBER({cell})" if column.column_type.base_type != "text" else f"LEN({_part(plans, plan, column)})>0"
    return f"IF({is_blank(cell)},TRUE,{usable})" if isinstance(column.default, int) else usable


def same(plans: Plans, plan: CheckPlan, part: str, name: str) -> str:
    """Return the formula of a row's number together with a value in which all rows of that number agree."""
    column, owner = plan.page.sheet.column(name), plan.page.sheet.column(part)
    cell, group = plan.cell(column), plan.own("number")
    if owner.name != plan.page.sheet.key()[0].name:
        group = normal(plan.cell(owner), owner)
    value = normal(cell, column) if is_number_of_record(column) else without_blanks(cell)
    if column.column_type.base_type in _TEMPORAL:
        value = f'IF(ISNUMBER({cell}),IF(AND({cell}>=1,{cell}<{_END_OF_DAYS}),INT({cell}),""),"")'
    if alone := default_reference(plans, plan, column):
        value = f"IF({is_blank(cell)},{alone},{value})"
    return f'IFERROR(IF(LEN({group})=0,"",IF(LEN({value})=0,"",{group}&"|"&{value})),"")'


def unknown_reference(plans: Plans, plan: CheckPlan, column: Column) -> Iterator[Branch]:
    """A number that no row registers, asked once its cell is in order otherwise."""
    if column.references in plans:
        registered, cell = numbers_name(column.references), plan.cell(column)
        known = f"IFERROR(INDEX({registered},MATCH({cell},{registered},0))={cell},FALSE)"
        title = LazyText(plans[column.references].page.sheet.title)
        yield f"NOT({known})", LiveProblem(codes.UNKNOWN_REFERENCE, column, {"title": title})


def in_order(plan: CheckPlan, column: Column, cells: str) -> str:
    """Return the condition that nothing is wrong with a cell by itself; ``cells`` is what is told of the row's cells."""
    mark = LiveProblem(codes.BLANK, column, {}).mark(plan.page.language)
    between = translate("{problem}；", plan.page.language, problem="")
    return f"ISERR(FIND({text(between + mark)},{text(between)}&{cells}))"


def _ready(plan: CheckPlan, names: Iterable[str], cells: str) -> list[str]:
    """The conditions that the cells behind those columns are in order: what a formula reckons, it reckons from cells."""
    return [in_order(plan, plan.page.sheet.column(name), cells) for name in _sources(plan, names)]


def _sources(plan: CheckPlan, names: Iterable[str]) -> dict[str, None]:
    found: dict[str, None] = {}
    for name in names:
        formula = plan.page.sheet.column(name).formula
        found |= _sources(plan, formula.names) if formula else {name: None}
    return found


def unknown_lines(plans: Plans, plan: CheckPlan, cells: str) -> Iterator[Branch]:
    """A line number (行号) that an order which is there has not."""
    for name, reference in plan.page.sheet.line_reference.items():
        column, owner = plan.page.sheet.column(name), plan.page.sheet.column(reference)
        if owner.references in plans and "key" in plans[owner.references].names:
            table, line = owner.references, _part(plans, plan, column)
            number = plan.cell(owner)
            known = f'ISNUMBER(MATCH({number}&"|"&{line},{keys_name(table)},0))'
            facts = {"key": LazyText(owner.header), "title": LazyText(plans[table].page.sheet.title)}
            there = (f"LEN({number})>0", *_ready(plan, (name, reference), cells))
            yield all_of((*there, f"NOT({known})")), LiveProblem(codes.UNKNOWN_LINE, column, facts)


def duplicate_key(plan: CheckPlan) -> Iterator[Branch]:
    """A key that stands further up already."""
    columns = plan.page.sheet.key()
    if not columns:
        return
    whole = "key" if len(columns) > 1 else "number"
    line = next((column for column in columns if column.default is not None), None)
    code = codes.DUPLICATE_LINE if line else codes.DUPLICATE_KEY
    facts = {"line": LazyText(line.header)} if line else {}
    met = all_of((f"LEN({plan.own(whole)})>0", f"MATCH({plan.own(whole)},{plan.range(whole)},0)<ROW()"))
    yield met, LiveProblem(code, columns[0], facts)


def inconsistent(plan: CheckPlan) -> Iterator[Branch]:
    """A value in which rows of the same number should agree; the first that has one counts."""
    for part, names in plan.page.sheet.consistent_within.items():
        for name in names:
            own, others = plan.own(f"same.{name}"), plan.range(f"same.{name}")
            group = f'LEFT({own},FIND("|",{own}))'
            met = all_of((f"LEN({own})>0", f'INDEX({others},MATCH({group}&"*",{others},0))<>{own}'))
            header = LazyText(plan.page.sheet.column(part).header)
            yield met, LiveProblem(codes.INCONSISTENT, plan.page.sheet.column(name), {"key": header})


def rule_violation(plans: Plans, plan: CheckPlan, rule: Rule, cells: str) -> Branch:
    """A rule of the row; it waits until its cells are in order, and those are filled that it needs."""
    sheet = plan.page.sheet
    values = {name: _value(plans, plan, sheet.column(name)) for name in rule.expression.names}
    condition = excel(
        rule.expression,
        values.__getitem__,
        sheet.base_type,
        spellings=lambda name, written: _spellings(plan, sheet.column(name), written),
        filled=lambda name: _filled(plans, plan, name),
    )
    needed = [_filled(plans, plan, name) for name in rule.expression.needed]
    there = [*_ready(plan, rule.expression.names, cells), *needed]
    facts = {"condition": RuleCondition(rule.expression, sheet.headers())}
    return all_of((*there, f"NOT(IFERROR({condition},TRUE))")), LiveProblem(rule.code, sheet.column(rule.at), facts)


def _filled(plans: Plans, plan: CheckPlan, name: str) -> str:
    """The condition that a cell in order is not blank; of a formula, that all it needs is there."""
    column = plan.page.sheet.column(name)
    if column.formula:
        return all_of(_filled(plans, plan, source) for source in _sources(plan, [name]))
    value = _value(plans, plan, column)
    return f"NOT({is_blank(value)})" if column.column_type.base_type == "text" else f"ISNUMBER({value})"


def _value(plans: Plans, plan: CheckPlan, column: Column) -> str:
    """What a column holds: what its formula comes to, whatever was typed over it."""
    if column.formula:
        found = excel(
            column.formula, lambda name: _value(plans, plan, plan.page.sheet.column(name)), plan.page.sheet.base_type
        )
        return f"({found})"
    cell, meant = plan.cell(column), _meant(plans, plan, column)
    return f"IF({is_blank(cell)},{meant},{cell})" if meant else cell


def _meant(plans: Plans, plan: CheckPlan, column: Column) -> str:
    """What a blank cell of the column means; empty where it means nothing."""
    if column.default is None:
        return default_reference(plans, plan, column)
    return text(column.default) if isinstance(column.default, str) else str(column.default)


def _spellings(plan: CheckPlan, column: Column, written: str) -> tuple[str, ...]:
    value = next((value for value in plan.page.schema.choices_of(column).values if value == written), None)
    if value is None:
        return (written,)
    return tuple(
        dict.fromkeys(translate(value, language) for language in LANGUAGES)
    )  # a factory's own brings its English


def overwritten_lookup(plans: Plans, plan: CheckPlan, column: Column) -> Iterator[Branch]:
    """Another name than that of the row referred to; a cleared cell is none."""
    cell, reference = plan.cell(column), plan.page.sheet.column(column.lookup)
    target = plans.get(reference.references)
    if target is None or not target.page.sheet.display_column:
        return
    wanted, registered = _value(plans, plan, reference), numbers_name(reference.references)
    place = target.page.place(target.page.sheet.display_column)
    number = without_blanks(f"({wanted})")
    label = f'INDEX({block_name(reference.references)},MATCH({literal(number)}&"",{registered},0),{place})'
    told = (f"LEN({without_blanks(cell)})>0", f"LEN({number})>0", f"LEN({label})>0")
    met = all_of((*told, f"{without_blanks(cell)}<>{without_blanks(label)}"))
    yield f"IFERROR({met},FALSE)", LiveProblem(codes.OVERWRITTEN, column, {})


def recomputed(plans: Plans, plan: CheckPlan, column: Column, cells: str) -> Iterator[Branch]:
    """Another value than a formula comes to, any where it comes to nothing, or one out of range; its inputs are in order."""
    formula = column.formula
    if formula is None:
        return
    cell, result, limits = plan.cell(column), _value(plans, plan, column), column.limits
    bounds = [f"{cell}{sign}{limits[limit]}" for limit, sign in (("ge", "<"), ("le", ">")) if limit in limits]
    differs = f"IF(ISNUMBER({cell}),{cell}<>{result},TRUE)"
    wrong = f"NOT(EXACT({cell},{result}))" if column.column_type.base_type == "text" else differs
    there = all_of(_filled(plans, plan, name) for name in _sources(plan, formula.names))
    something = all_of((f"NOT({is_blank(cell)})", f"NOT({means_nothing(cell)})"))
    met = (*_ready(plan, formula.names, cells), f"LEN({cell})>0")
    yield all_of((*met, f"IF({there},IFERROR({wrong},TRUE),{something})")), LiveProblem(codes.OVERWRITTEN, column, {})
    if bounds:
        yield (
            all_of((*met, f"ISNUMBER({cell})", f"OR({','.join(bounds)})")),
            LiveProblem(codes.OUT_OF_RANGE, column, {}),
        )


def asked(plan: CheckPlan, column: Column) -> CellCheck:
    """Return a column as its cell is asked."""
    first = plan.page.sheet.key()[:1]
    return CellCheck(plan.page, column, plan.cell(column), plan.own("number") if (column,) == first else "")
