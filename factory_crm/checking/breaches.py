"""What is told of a row that breaks a rule."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..contract.reckoning import BAD
from ..contract.sheet import Condition, Rule
from ..problems import Place, Problem
from ..reading.headers import Layout
from ..words import Listed, Phrase, Word
from .cells import Sayer


class Breach:
    """Tells of the rows of one sheet that break one rule."""

    def __init__(self, rule: Rule, layout: Layout, slots: Mapping[str, int], sayers: Sequence[Sayer]) -> None:
        """``slots``: where a column's value stands in a row, by its name · ``sayers``: by such a slot."""
        headers = {column.name: layout.headers[at] for at, column in layout.columns.items()}
        self._code, self.at = rule.code, layout.position(rule.at)
        self._named = [(headers[name], slots[name], sayers[slots[name]]) for name in rule.expression.names]
        self._facts = {"header": layout.headers[self.at], "condition": Condition(rule.expression, headers)}

    def problem(self, place: Place, number: int, values: Sequence[Any]) -> Problem:
        """Return the problem of the row of that number; ``place`` is its sheet."""
        told = [
            Phrase("{header} {value}", {"header": header, "value": said(values[slot])})
            for header, slot, said in self._named
            if values[slot] is not None and values[slot] is not BAD
        ]
        facts = {"values": Listed(told) if told else Word("都没有填"), **self._facts}
        return Problem(self._code, Place(place.file, place.sheet, number, self.at), facts)
