"""A problem that the live checks can name, and the questions by which they find it, as one formula."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..codes import Code, Severity
from ..contract.sheet import Column
from ..words import Language, Word, say
from .asking import text
from .page import Page

WARNS = "▲"
"""Stands before what is worth a look but no reason to hold a row back."""


class Item(NamedTuple):
    """A problem that the live checks can name."""

    code: Code
    column: Column
    facts: Mapping[str, object]

    def mark(self, language: Language) -> str:
        """Return how its text begins: with the header of its column."""
        sign = WARNS if self.code.severity is Severity.WARNING else ""
        return sign + say("{header}：", language, header=Word(self.column.header))

    def say(self, language: Language) -> str:
        """Return the whole text, as it stands in the last column."""
        told = say(self.code.brief, language, **{"expected": Word(self.column.kind.expected), **self.facts})
        return self.mark(language) + say("{problem}；", language, problem=told)


Step = tuple[str, "Item | tuple[Step, ...] | None"]
"""A condition, and what it shows: a problem, further steps, or that nothing is wrong and nothing more need be asked."""


class Asked(NamedTuple):
    """One column of a page, with the formula of its cell."""

    page: Page
    column: Column
    cell: str
    normal: str = ""
    """The cell that holds its number as it is compared, for keys."""

    def item(self, code: Code, **facts: object) -> Item:
        """Return a problem of this column."""
        return Item(code, self.column, facts)

    def limit(self, name: str) -> Any:
        """Return a limit of the column, ``None`` where it has none."""
        return self.column.limits.get(name)


def told(found: Iterable[Step], language: Language) -> str:
    """Return the formula of what is wrong, empty where nothing is."""
    formula = text("")
    for condition, shown in reversed(list(found)):
        outcome = text(shown.say(language)) if isinstance(shown, Item) else told(shown or (), language)
        formula = outcome if condition == "TRUE" else f"IF({condition},{outcome},{formula})"
    return formula


def items(found: Iterable[Step]) -> Iterator[Item]:
    """Yield the problems that steps can show."""
    for _, shown in found:
        if isinstance(shown, Item):
            yield shown
        else:
            yield from items(shown or ())
