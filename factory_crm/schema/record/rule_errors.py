"""Report the rules that a row breaks, with the values they were broken by."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ...i18n.translate import Language, LazyFormat, LazyText, TextList
from ...problems.problem import Location, Problem
from ..rule import Rule, RuleCondition
from .cell import ValueFormatter
from .header_layout import HeaderLayout
from .row_program import INVALID


class RuleValues(NamedTuple):
    """What stands in the cells that a rule names; put in words only where somebody is told."""

    cells: tuple[tuple[str, ValueFormatter], ...]
    """The header of each, and what says its value."""
    values: tuple[Any, ...]

    def in_language(self, language: Language) -> str:
        """Return the cells that hold something usable, each after its header."""
        assignments = TextList(
            LazyFormat("{header} {value}", {"header": header, "value": said(value)})
            for (header, said), value in zip(self.cells, self.values, strict=True)
            if value is not None
        )
        return (assignments or LazyText("都没有填")).in_language(language)


class RuleError:
    """Tells of the rows of one sheet that break one rule."""

    def __init__(
        self, rule: Rule, table: str, layout: HeaderLayout, slots: Mapping[str, int], sayers: Sequence[ValueFormatter]
    ) -> None:
        """``slots``: where a column's value stands in a row, by its name · ``sayers``: by such a slot."""
        headers = {column.name: layout.headers[at] for at, column in layout.columns.items()}
        self._code, self.at, self._column, self._table = rule.code, layout.position(rule.at), rule.at, table
        self._slots = [slots[name] for name in rule.expression.names]
        self._cells = tuple((headers[name], sayers[slots[name]]) for name in rule.expression.names)
        self._params = {"header": layout.headers[self.at], "condition": RuleCondition(rule.expression, headers)}

    def problem(self, location: Location, number: int, values: Sequence[Any]) -> Problem:
        """Return the problem of the row of that number; ``location`` is its sheet."""
        typed = tuple([None if (value := values[slot]) is INVALID else value for slot in self._slots])
        facts = {"values": RuleValues(self._cells, typed), **self._params}
        problem = Problem.of(self._code, Location(location.file, location.sheet, number, self.at), **facts)
        return problem.about(self._table, self._column)
