"""Compile the formulas and rules of a sheet into one function over the values of a row."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from ..rule import Rule
from ..rules.compile import PythonSource
from ..rules.expression import Expression
from ..sheet import DeclaredSheet


class Invalid:
    """The value of a cell that cannot be used."""


INVALID: Final = Invalid()


class RowProgram:
    """A function of a row's values, in the order of the columns.

    It is compiled: rules that are looked at one by one make the whole of a validation 1.2 times as long.
    """

    def __init__(
        self, columns: Mapping[str, int], formulas: Mapping[str, Expression], rules: Sequence[Expression]
    ) -> None:
        """``columns``: the index of each by its name · ``formulas``: by the name of the column that each fills."""
        self._columns, self._formulas, self._rules = columns, formulas, rules
        source = PythonSource(columns)
        self._all_values = source.function([*_formulas(source, columns, formulas), *_rules(source, rules)], "values")

    def __call__(self, values: list[Any]) -> Sequence[int]:
        """Fill in what the formulas give; return the numbers of the broken rules. No value may be ``INVALID``."""
        try:
            broken: Sequence[int] = self._all_values(values)
        except ArithmeticError:
            return self.one_by_one(values)
        return broken

    def one_by_one(self, values: list[Any]) -> Sequence[int]:
        """Do the same where values are ``INVALID`` or something cannot be computed: what needs it waits."""
        row = {name: value for name, value in zip(self._columns, values, strict=True) if value is not INVALID}
        for name, formula in self._formulas.items():
            values[self._columns[name]] = row[name] = formula.value(row)
        return [number for number, rule in enumerate(self._rules) if not rule.holds(row)]


def _formulas(source: PythonSource, columns: Mapping[str, int], formulas: Mapping[str, Expression]) -> list[str]:
    lines = [f"[{', '.join(source.variables.values())}] = values"]
    for name, formula in formulas.items():
        value = f"None if {source.missing(formula.names)} else {source.value(formula.tree)}"
        lines.append(f"{source.variables[name]} = values[{columns[name]}] = {value}")
    return lines


def _rules(source: PythonSource, rules: Sequence[Expression]) -> list[str]:
    conditions = [f"({source.missing(rule.needed)} or {source.truth(rule.tree)})" for rule in rules]
    if not conditions:
        return ["return ()"]
    return [
        f"if {' and '.join(conditions)}: return ()",
        f"return [number for number, held in enumerate(({', '.join(conditions)},)) if not held]",
    ]


@lru_cache(64)
def row_program(sheet: type[DeclaredSheet], there: frozenset[str]) -> tuple[tuple[Rule, ...], RowProgram]:
    """Return the rules that can be judged by the columns that are there, and all that is to be reckoned."""
    rules = tuple(rule for rule in sheet.rules if there.issuperset((rule.at, *rule.expression.names)))
    formulas = {column.name: column.formula for column in sheet.columns if column.formula}
    return rules, RowProgram(sheet.record_layout.index, formulas, [rule.expression for rule in rules])
