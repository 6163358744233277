"""Validate one row: its cells, its computed cells and its rules, in one pass; one bad cell hides nothing else."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ...i18n.translate import LazyText, TextList
from ...problems import codes
from ...problems.code import Code
from ...problems.problem import Location, Problem, column_letters
from ..column import Column
from ..column_type import Choices
from ..parsers.text import display_text, strip_blanks
from ..sheet import DeclaredSheet
from . import not_records
from .bounded_cache import BoundedCache
from .cell import NEEDS_FULL_CHECK, CellValidator, FastValues, ValueFormatter, expectation
from .header_layout import HeaderLayout
from .not_records import text_of
from .row_plan import MOST_PLANS, RowPlan, RowSignature
from .row_program import INVALID, row_program
from .rule_errors import RuleError
from .values import BrokenCell, GridRow, Raw

_new = tuple.__new__  # Row's own constructor is a Python function
_NOTHING: Mapping[str, str] = {}


class ValidatedRow(NamedTuple):
    """A checked row. ``values`` follow the sheet's columns; ``None`` is blank or unusable."""

    number: int
    values: tuple[Any, ...]
    extra: str = ""
    """Unknown columns, as ``header=text``."""
    overwritten: Mapping[str, str] = {}
    """What was typed over an echo (ⓐ), by column."""
    rejected_for: tuple[Problem, ...] = ()
    shown: tuple[tuple[str, str], ...] = ()
    """Header and text of each filled cell, kept for rejected rows."""


class RowValidator:
    """Checks the rows of one sheet of one workbook."""

    def __init__(
        self,
        sheet: type[DeclaredSheet],
        choices: Mapping[str, Choices],
        layout: HeaderLayout,
        location: Location,
        default_references: Mapping[str, str] = _NOTHING,
        missing_columns: tuple[Problem, ...] = (),
    ) -> None:
        """``choices``: the lists by the names that columns call them · ``location``: the file and sheet.

        ``default_references``: what a blank reference means (a one-customer card) · ``missing_columns``: the required
        columns that the sheet has not; every row is rejected for them.
        """
        self._sheet, self._columns, self._layout, self._location = sheet, sheet.columns, layout, location
        self._defaults: list[Any] = [
            default_references.get(c.name) if c.default is None else c.default for c in sheet.columns
        ]
        chosen = [(c, choices[c.choices] if c.choices else Choices()) for c in sheet.columns]
        self._validators = [CellValidator(column, choices) for column, choices in chosen]
        self._wants = [expectation(column, choices) for column, choices in chosen]
        self._formatters = [ValueFormatter.of(column, choices) for column, choices in chosen]
        slots = sheet.record_layout.index
        self._slot_at = {at: slots[column.name] for at, column in layout.columns.items()}
        self._at = {slot: at for at, slot in self._slot_at.items()}
        self._inputs = {
            at: (slot, FastValues(self._validators[slot], layout.headers[at], unique=sheet.columns[slot].key))
            for at, slot in self._slot_at.items()
            if not sheet.columns[slot].automatic
        }
        inputs = [(at, slot, sheet.columns[slot]) for at, (slot, _) in self._inputs.items()]
        self._required = [at for at, _, column in inputs if column.required]
        self._wanted = [
            slot
            for _, slot, column in inputs
            if (column.required or column.recommended_for) and self._defaults[slot] is None
        ]
        self._automatic = {at: column for at, column in layout.columns.items() if column.automatic}
        self._computed = [
            (at, slots[column.name], FastValues(self._validators[slots[column.name]], ""))
            for at, column in self._automatic.items()
            if column.formula
        ]
        self._unread = {*layout.unknown, *layout.duplicates}
        self._own = layout.headers.keys() - layout.columns.keys() - self._unread
        rules, self._run_rules = row_program(sheet, frozenset(column.name for column in layout.columns.values()))
        self._breaches = [RuleError(rule, sheet.table, layout, slots, self._formatters) for rule in rules]
        self._missing_columns = missing_columns
        self._plans = BoundedCache[RowSignature, RowPlan](MOST_PLANS)
        self.expected_cells, self.blanks = len(self._wanted), 0
        """How many cells of a record should be filled (★☆), and how many were blank in the records so far."""

    def check(self, rows: Iterable[GridRow]) -> tuple[list[ValidatedRow], list[Problem]]:
        """Return the typed records among these rows and their problems. Every row of every workbook passes here."""
        records: list[ValidatedRow] = []
        problems: list[Problem] = []
        plans, defaults, run_rules = self._plans, self._defaults, self._run_rules
        for row in rows:
            number, cells, formulas = row
            signature, values = (tuple(cells), tuple(formulas)), defaults.copy()
            plan = plans.get(signature) or plans.put(signature, self._plan(signature))
            unusual: list[int] = []
            for at, slot, plain in plan.inputs:
                value = plain[cells[at]]
                if value is NEEDS_FULL_CHECK:
                    unusual.append(at)
                else:
                    values[slot] = value
            broken = () if unusual else run_rules(values)
            if unusual or broken or not plan.complete or (plan.computed and plan.overwritten(cells, values)):
                record, row_problems = self._full_check(row, plan, values, unusual, broken)
                problems += row_problems
                if record:
                    records.append(record)
            else:
                records.append(_new(ValidatedRow, (number, tuple(values), "", _NOTHING, (), ())))
        return records, problems

    def _plan(self, signature: RowSignature) -> RowPlan:
        """Return how to read the rows of a signature."""
        columns, formulas = signature
        inputs = tuple((at, *self._inputs[at]) for at in columns if at in self._inputs)
        others = tuple(at for at in columns if at not in self._inputs and at not in self._own)
        echoes = [at for at in others if at in self._automatic and self._automatic[at].lookup]
        plain = (
            {slot for _, slot, _ in inputs}.issuperset(self._wanted)
            and self._automatic.keys() >= {*others, *formulas}
            and set(formulas).issuperset(echoes)
            and not self._missing_columns
        )
        return RowPlan(inputs, tuple(one for one in self._computed if one[0] in others), others, plain)

    def _full_check(
        self, row: GridRow, plan: RowPlan, values: list[Any], unusual: list[int], broken: Sequence[int]
    ) -> tuple[ValidatedRow | None, Sequence[Problem]]:
        """Return the record of a row that may have problems, ``None`` where it is none, and its problems."""
        problems: list[Problem] = []
        others = {at: row.values[at] for at in plan.others}
        if unusual or not (plan.complete or all(values[slot] is not None for slot in self._wanted)):
            cells = not_records.filled_cells(row.values)
            if self._inputs.keys().isdisjoint(cells) or not_records.is_header(cells, self._layout.headers):
                return None, ()
            if at := not_records.footer(cells, self._inputs, self._required):
                return None, [self._problem(codes.NOT_A_RECORD, row.number, at, value=text_of(cells[at]))]
            problems = self._check_unusual(row, [at for at in unusual if at in cells], values)
        for at in row.formulas:
            if at in self._inputs and at not in unusual:
                problems.append(
                    self._problem(codes.FORMULA, row.number, at, value=self._display_text(self._slot_at[at], values))
                )
        if unusual:
            bad = any(value is INVALID for value in values)
            broken = self._run_rules.one_by_one(values) if bad else self._run_rules(values)
        for at, slot, plain in plan.computed:
            if plain[others[at]] != values[slot]:
                problems += self._compare(slot, row, values)
        if broken:
            breaches = [self._breaches[number] for number in broken]
            problems = self._without_blanks({breach.at for breach in breaches}, problems)
            problems += [breach.problem(self._location, row.number, values) for breach in breaches]
        key = not_records.key_texts(self._sheet, [None if value is INVALID else value for value in values])
        problems = [problem._replace(row_key=key) for problem in problems]
        return self._row(row, values, others, problems), problems

    def _check_unusual(self, row: GridRow, unusual: list[int], values: list[Any]) -> list[Problem]:
        """Put the values of unusual cells into ``values`` and return their problems and those of blank cells."""
        problems: list[Problem] = []
        reported = set()
        for at in unusual:
            slot, result = self._slot_at[at], self._validators[self._slot_at[at]](row.values[at])
            if result.invalid:
                values[slot] = INVALID
            elif result.value is not None:
                values[slot] = result.value
            blank = result.code is codes.FIX_BLANK and values[slot] is None
            if result.code is not None and not (blank and self._columns[slot].required):
                problems.append(self._problem(result.code, row.number, at, **result.params))
                reported.add(slot)
            elif at in row.formulas and result.value is not None:
                problems.append(self._problem(codes.FORMULA, row.number, at, value=self._display_text(slot, values)))
        blank_slots = [slot for slot in self._wanted if values[slot] is None]
        self.blanks += len(blank_slots)
        return problems + [self._blank(slot, row.number) for slot in blank_slots if slot not in reported]

    def _blank(self, slot: int, number: int) -> Problem:
        column = self._columns[slot]
        if column.required:
            return self._problem(codes.BLANK, number, self._at[slot], **self._wants[slot])
        costs = LazyText(column.recommended_for)
        return self._problem(codes.BLANK_RECOMMENDED, number, self._at[slot], costs=costs, **self._wants[slot])

    def _compare(self, slot: int, row: GridRow, values: list[Any]) -> Iterator[Problem]:
        """Yield the problem of a computed cell that holds another value than its formula gives."""
        at, computed = self._at[slot], values[slot]
        raw = row.values[at]
        if isinstance(raw, BrokenCell) and raw.code is codes.NOT_CALCULATED:
            return
        if computed is None and (at in row.formulas or self._is_input_missing(self._columns[slot], values)):
            return
        written = self._validators[slot](raw)
        if (
            written.invalid and computed is not None and self._validators[slot].parsed_value(raw) == computed
        ):  # nobody overwrote it
            yield self._problem(written.code or codes.OUT_OF_RANGE, row.number, at, **written.params)
        elif written.invalid or written.value != computed:
            after = display_text(computed) if computed is not None else LazyText("空白")
            yield self._problem(codes.OVERWRITTEN, row.number, at, value=text_of(raw), after=after)

    def _is_input_missing(self, computed: Column, values: list[Any]) -> bool:
        """Whether what a computed cell needs is bad or has to be filled in: that is told there already."""
        names = computed.formula.names if computed.formula else ()
        needed = [self._sheet.record_layout.index[name] for name in names]
        return any(values[i] is INVALID or (values[i] is None and self._columns[i].required) for i in needed)

    def _without_blanks(self, broken: Collection[int], problems: list[Problem]) -> list[Problem]:
        """Return the problems without blanks at cells where a rule is broken, which says more."""
        return [p for p in problems if p.code is not codes.BLANK_RECOMMENDED or p.location.column not in broken]

    def _display_text(self, slot: int, values: list[Any]) -> str | TextList:
        return self._formatters[slot](values[slot])

    def _row(self, row: GridRow, values: list[Any], others: Mapping[int, Raw], problems: list[Problem]) -> ValidatedRow:
        extra = self._extra(others) if others and (self._unread or len(others) > len(self._automatic)) else ""
        echoed = self._overwritten(row, others) if others else _NOTHING
        if not (problems or self._missing_columns):
            return _new(ValidatedRow, (row.number, tuple(values), extra, echoed, (), ()))
        typed = tuple([None if value is INVALID else value for value in values])
        rejecting = (*self._missing_columns, *[problem for problem in problems if problem.code.rejects])
        return ValidatedRow(row.number, typed, extra, echoed, rejecting, self._shown(row) if rejecting else ())

    def _problem(self, code: Code, row: int, column: int, **facts: Any) -> Problem:
        if column in self._layout.headers:
            facts = {"header": self._layout.headers[column], **facts}
        name = self._layout.columns[column].name if column in self._layout.columns else ""
        problem = Problem.of(code, Location(self._location.file, self._location.sheet, row, column), **facts)
        return problem.about(self._sheet.table, name)

    def _extra(self, others: Mapping[int, Raw]) -> str:
        unread = {at: text_of(raw) for at, raw in others.items() if at not in self._automatic}
        headers = self._layout.headers
        return "; ".join(
            [f"{headers.get(at) or column_letters(at)}={text}" for at, text in unread.items() if strip_blanks(text)]
        )

    def _overwritten(self, row: GridRow, others: Mapping[int, Raw]) -> dict[str, str]:
        typed = [(at, c) for at, c in self._automatic.items() if c.lookup and at in others and at not in row.formulas]
        return {column.name: text for at, column in typed if (text := strip_blanks(text_of(others[at])))}

    def _shown(self, row: GridRow) -> tuple[tuple[str, str], ...]:
        cells = not_records.filled_cells(row.values)
        return tuple((header, text_of(cells[at])) for at, header in self._layout.headers.items() if at in cells)
