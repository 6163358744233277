"""What may be wrong between the cells of a row, and between rows: keys, references, rules, and formulas typed over."""

from collections.abc import Iterator, Mapping

from .. import codes
from ..contract.renderings import excel
from ..contract.sheet import Column, Condition, Rule
from ..words import LANGUAGES, Word, say
from .asking import blank, every, fits, means_nothing, segments, squeezed, text
from .livecell import Asked, Item, Step
from .liveplan import Plan, block_name, is_number_of_record, keys_name, numbers_name, presumed_name

_TEMPORAL = ("day", "moment")
_END_OF_DAYS = 2_958_466

Plans = Mapping[str, Plan]
"""The plans of every page, by table, in the order of the sheets."""


def presumed(plans: Plans, plan: Plan, column: Column) -> str:
    """Return the cell of what a blank reference means: the number of the only row there; empty where it means nothing."""
    tables = list(plans)
    ahead = column.refers in tables and tables.index(column.refers) < tables.index(plan.page.sheet.table)
    return presumed_name(column.refers) if ahead and not column.may_be_blank else ""


def begun(plan: Plan) -> str:
    """Return the formula of 1 where something stands in the row, else 0; an error value counts."""
    everything = "&".join(plan.cell(column) for column in plan.page.inputs)
    return f"IFERROR(IF(LEN({squeezed(f'({everything})')})>0,1,0),1)"


def normal(cell: str, column: Column) -> str:
    """Return the formula of a number (编号) as it is compared, empty for one that is none."""
    found = squeezed(cell)
    runs = segments(column.limits.get("pattern", ""))
    good = fits(found, runs) if runs else None
    asked = [f"NOT(ISLOGICAL({cell}))", f"LEN({found})>0", f"NOT({means_nothing(found)})"]
    if good:
        asked.insert(2, good)
    return f'IFERROR(IF({every(asked)},{found},""),"")'


def number(plans: Plans, plan: Plan) -> str:
    """Return the formula of the row's number: the first part of its key."""
    return _part(plans, plan, plan.page.sheet.key()[0])


def _text(cell: str) -> str:
    """The text of a cell, without what MATCH takes for wildcards."""
    for sign, other in (("~", "-"), ("*", "×"), ("?", "-")):
        cell = f'SUBSTITUTE({cell},"{sign}","{other}")'
    return f'IFERROR({cell},"")'


def key(plans: Plans, plan: Plan) -> str:
    """Return the formula of the row's whole key, empty while a part of it is missing."""
    formula = plan.own("number")
    for part in plan.page.sheet.key()[1:]:
        formula += f'&"|"&{_part(plans, plan, part)}'
    whole = [f"LEN({plan.own('number')})>0", *(_there(plans, plan, part) for part in plan.page.sheet.key()[1:])]
    return f'IFERROR(IF({every(whole)},{formula},""),"")'


def _part(plans: Plans, plan: Plan, column: Column) -> str:
    cell = plan.cell(column)
    found = normal(cell, column) if is_number_of_record(column) else _text(cell)
    meant = _meant(plans, plan, column)
    return f"IF({blank(cell)},{meant},{found})" if meant else found


def _there(plans: Plans, plan: Plan, column: Column) -> str:
    cell = plan.cell(column)
    usable = f"ISNUMBER({cell})" if column.kind.basis != "text" else f"LEN({_part(plans, plan, column)})>0"
    return f"IF({blank(cell)},TRUE,{usable})" if isinstance(column.blank, int) else usable


def same(plans: Plans, plan: Plan, part: str, name: str) -> str:
    """Return the formula of a row's number together with a value in which all rows of that number agree."""
    column, owner = plan.page.sheet.column(name), plan.page.sheet.column(part)
    cell, group = plan.cell(column), plan.own("number")
    if owner.name != plan.page.sheet.key()[0].name:
        group = normal(plan.cell(owner), owner)
    value = normal(cell, column) if is_number_of_record(column) else squeezed(cell)
    if column.kind.basis in _TEMPORAL:
        value = f'IF(ISNUMBER({cell}),IF(AND({cell}>=1,{cell}<{_END_OF_DAYS}),INT({cell}),""),"")'
    if alone := presumed(plans, plan, column):
        value = f"IF({blank(cell)},{alone},{value})"
    return f'IFERROR(IF(LEN({group})=0,"",IF(LEN({value})=0,"",{group}&"|"&{value})),"")'


def stray(plans: Plans, plan: Plan, column: Column) -> Iterator[Step]:
    """A number that no row registers, asked once its cell is in order otherwise."""
    if column.refers in plans:
        registered, cell = numbers_name(column.refers), plan.cell(column)
        known = f"IFERROR(INDEX({registered},MATCH({cell},{registered},0))={cell},FALSE)"
        title = Word(plans[column.refers].page.sheet.title)
        yield f"NOT({known})", Item(codes.STRAY, column, {"title": title})


def stray_lines(plans: Plans, plan: Plan) -> Iterator[Step]:
    """A line number (行号) that an order which is there has not."""
    for name, reference in plan.page.sheet.line_of.items():
        column, owner = plan.page.sheet.column(name), plan.page.sheet.column(reference)
        if owner.refers in plans and "key" in plans[owner.refers].names:
            table, line = owner.refers, _part(plans, plan, column)
            group = _value(plans, plan, owner)
            there = f"ISNUMBER(MATCH({_text(group)},{numbers_name(table)},0))"
            known = f'ISNUMBER(MATCH({_text(group)}&"|"&{line},{keys_name(table)},0))'
            facts = {"key": Word(owner.header), "title": Word(plans[table].page.sheet.title)}
            yield every((there, _there(plans, plan, column), f"NOT({known})")), Item(codes.STRAY_LINE, column, facts)


def repeated(plan: Plan) -> Iterator[Step]:
    """A key that stands further up already."""
    columns = plan.page.sheet.key()
    if not columns:
        return
    whole = "key" if len(columns) > 1 else "number"
    line = next((column for column in columns if column.blank is not None), None)
    code = codes.LINE_REPEATED if line else codes.REPEATED
    facts = {"line": Word(line.header)} if line else {}
    met = every((f"LEN({plan.own(whole)})>0", f"MATCH({plan.own(whole)},{plan.range(whole)},0)<ROW()"))
    yield met, Item(code, columns[0], facts)


def disagreeing(plan: Plan) -> Iterator[Step]:
    """A value in which rows of the same number should agree; the first that has one counts."""
    for part, names in plan.page.sheet.same_for.items():
        for name in names:
            own, others = plan.own(f"same.{name}"), plan.range(f"same.{name}")
            group = f'LEFT({own},FIND("|",{own}))'
            met = every((f"LEN({own})>0", f'INDEX({others},MATCH({group}&"*",{others},0))<>{own}'))
            header = Word(plan.page.sheet.column(part).header)
            yield met, Item(codes.DISAGREEING, plan.page.sheet.column(name), {"key": header})


def broken(plans: Plans, plan: Plan, rule: Rule) -> Step:
    """A rule of the row; it waits until the cells it needs are there and of their kind."""
    sheet = plan.page.sheet
    values = {name: _value(plans, plan, sheet.column(name)) for name in rule.expression.names}
    condition = excel(
        rule.expression,
        values.__getitem__,
        sheet.basis,
        spellings=lambda name, written: _spellings(plan, sheet.column(name), written),
        filled=lambda name: f"NOT({blank(values[name])})",
    )
    there = [_usable(values[name], sheet.column(name)) for name in rule.expression.needed]
    condition = f"IFERROR({condition},TRUE)" if there else condition
    facts = {"condition": Condition(rule.expression, sheet.headers())}
    return every((*there, f"NOT({condition})")), Item(rule.code, sheet.column(rule.at), facts)


def _value(plans: Plans, plan: Plan, column: Column) -> str:
    cell, meant = plan.cell(column), _meant(plans, plan, column)
    return f"IF({blank(cell)},{meant},{cell})" if meant else cell


def _meant(plans: Plans, plan: Plan, column: Column) -> str:
    """What a blank cell of the column means; empty where it means nothing."""
    if column.blank is None:
        return presumed(plans, plan, column)
    return text(column.blank) if isinstance(column.blank, str) else str(column.blank)


def _usable(cell: str, column: Column) -> str:
    if column.kind.basis == "text":
        return every((f"NOT({blank(cell)})", f"NOT({means_nothing(cell)})"))
    return every((f"ISNUMBER({cell})", f"{cell}>=1")) if column.kind.basis in _TEMPORAL else f"ISNUMBER({cell})"


def _spellings(plan: Plan, column: Column, written: str) -> tuple[str, ...]:
    if written not in plan.page.contract.choices_of(column).values:
        return (written,)
    return tuple(dict.fromkeys(say(written, language) for language in LANGUAGES))


def overwritten(plans: Plans, plan: Plan, column: Column) -> Iterator[Step]:
    """Another value than the formula of an automatic column gives; a cleared cell is none."""
    cell, item = plan.cell(column), Item(codes.OVERWRITTEN, column, {})
    if column.formula:
        yield _recomputed(plan, column, cell), item
        return
    reference = plan.page.sheet.column(column.echoes)
    target = plans.get(reference.refers)
    if target is None or not target.page.sheet.label:
        return
    wanted, registered = _value(plans, plan, reference), numbers_name(reference.refers)
    place = target.page.place(target.page.sheet.label)
    label = f'INDEX({block_name(reference.refers)},MATCH({squeezed(wanted)}&"",{registered},0),{place})'
    met = every((f"LEN({squeezed(cell)})>0", f"LEN({label})>0", f"{squeezed(cell)}<>{squeezed(label)}"))
    yield f"IFERROR({met},FALSE)", item


def _recomputed(plan: Plan, column: Column, cell: str) -> str:
    formula, sheet = column.formula, plan.page.sheet
    if formula is None:
        raise ValueError(f"{column.name} is computed by nothing")
    inputs = [sheet.column(name) for name in formula.names]
    there = every(tuple(_usable(plan.cell(c), c) for c in inputs))
    result = excel(formula, lambda name: plan.cell(sheet.column(name)), sheet.basis)
    bounds = [
        f"{cell}{sign}{column.limits[limit]}" for limit, sign in (("ge", "<"), ("le", ">")) if limit in column.limits
    ]
    differs = f"{cell}<>{result}" if column.kind.basis != "text" else f"NOT(EXACT({cell},{result}))"
    kind = f"NOT(ISNUMBER({cell}))" if column.kind.basis != "text" else "FALSE"
    wrong = f"IF({kind},TRUE,OR({','.join([differs, *bounds])}))"
    nothing = every(
        tuple(
            f"IF({blank(plan.cell(c))},{'FALSE' if c.required else 'TRUE'},{_usable(plan.cell(c), c)})" for c in inputs
        )
    )
    return every((f"LEN({cell})>0", f"IFERROR(IF({there},{wrong},{nothing}),FALSE)"))


def asked(plan: Plan, column: Column) -> Asked:
    """Return a column as its cell is asked."""
    first = plan.page.sheet.key()[:1]
    return Asked(plan.page, column, plan.cell(column), plan.own("number") if (column,) == first else "")
