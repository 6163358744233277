"""A problem that live checks can report for a cell, and the chain of IF conditions that finds it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ...i18n.translate import Language, LazyText, translate
from ...problems.codes import Code, Severity
from ...schema.column import Column
from ...xlsx.formula import quote_text
from ..page import EntryPage

WARNS = "▲"
"""Stands before what is worth a look but no reason to hold a row back."""


class LiveProblem(NamedTuple):
    """A problem that the live checks can name."""

    code: Code
    column: Column
    facts: Mapping[str, object]

    def mark(self, language: Language) -> str:
        """Return how its text begins: with the header of its column."""
        sign = WARNS if self.code.severity is Severity.WARNING else ""
        return sign + translate("{header}：", language, header=LazyText(self.column.header))

    def in_language(self, language: Language) -> str:
        """Return the whole text, as it stands in the last column."""
        problem = translate(
            self.code.brief, language, **{"expected": LazyText(self.column.column_type.expected), **self.facts}
        )
        return self.mark(language) + translate("{problem}；", language, problem=problem)


Branch = tuple[str, "LiveProblem | tuple[Branch, ...] | None"]
"""A condition, and what it shows: a problem, further steps, or that nothing is wrong and nothing more need be asked."""


class CellCheck(NamedTuple):
    """One column of a page, with the formula of its cell."""

    page: EntryPage
    column: Column
    cell: str
    normal: str = ""
    """The cell that holds its number as it is compared, for keys."""

    def item(self, code: Code, **facts: object) -> LiveProblem:
        """Return a problem of this column."""
        return LiveProblem(code, self.column, facts)

    def limit(self, name: str) -> Any:
        """Return a limit of the column, ``None`` where it has none."""
        return self.column.limits.get(name)


def if_chain(branches: Iterable[Branch], language: Language) -> str:
    """Return the formula of what is wrong, empty where nothing is."""
    formula = quote_text("")
    for condition, shown in reversed(list(branches)):
        outcome = (
            quote_text(shown.in_language(language))
            if isinstance(shown, LiveProblem)
            else if_chain(shown or (), language)
        )
        formula = outcome if condition == "TRUE" else f"IF({condition},{outcome},{formula})"
    return formula


def live_problems(branches: Iterable[Branch]) -> Iterator[LiveProblem]:
    """Yield the problems that steps can show."""
    for _, shown in branches:
        if isinstance(shown, LiveProblem):
            yield shown
        else:
            yield from live_problems(shown or ())
