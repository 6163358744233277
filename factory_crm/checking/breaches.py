"""What is told of a row that breaks a rule."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..contract.reckoning import BAD
from ..contract.sheet import Condition, Rule
from ..problems import Place, Problem
from ..reading.headers import Layout
from ..words import Language, Listed, Phrase, Word
from .cells import Sayer


class Found(NamedTuple):
    """What stands in the cells that a rule names; put in words only where somebody is told."""

    cells: tuple[tuple[str, Sayer], ...]
    """The header of each, and what says its value."""
    values: tuple[Any, ...]

    def say(self, language: Language) -> str:
        """Return the cells that hold something usable, each after its header."""
        told = Listed(
            Phrase("{header} {value}", {"header": header, "value": said(value)})
            for (header, said), value in zip(self.cells, self.values, strict=True)
            if value is not None
        )
        return (told or Word("都没有填")).say(language)


class Breach:
    """Tells of the rows of one sheet that break one rule."""

    def __init__(self, rule: Rule, layout: Layout, slots: Mapping[str, int], sayers: Sequence[Sayer]) -> None:
        """``slots``: where a column's value stands in a row, by its name · ``sayers``: by such a slot."""
        headers = {column.name: layout.headers[at] for at, column in layout.columns.items()}
        self._code, self.at = rule.code, layout.position(rule.at)
        self._slots = [slots[name] for name in rule.expression.names]
        self._cells = tuple((headers[name], sayers[slots[name]]) for name in rule.expression.names)
        self._facts = {"header": layout.headers[self.at], "condition": Condition(rule.expression, headers)}

    def problem(self, place: Place, number: int, values: Sequence[Any]) -> Problem:
        """Return the problem of the row of that number; ``place`` is its sheet."""
        found = tuple([None if (value := values[slot]) is BAD else value for slot in self._slots])
        facts = {"values": Found(self._cells, found), **self._facts}
        return Problem(self._code, Place(place.file, place.sheet, number, self.at), facts)
