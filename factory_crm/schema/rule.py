"""What a rule of a sheet is: a condition on its rows, the code it breaks, and its words in every language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..i18n.translate import Language, LazyText
from ..problems.code import Code, Severity
from ..problems.declare import rule_code
from .rules.expression import Expression, ExpressionError
from .rules.to_words import words


@dataclass(frozen=True, slots=True)
class RuleCondition:
    """What a rule asks for; speaks every language."""

    expression: Expression
    headers: Mapping[str, str]
    _texts: dict[Language, str] = field(default_factory=dict, compare=False, repr=False)

    def in_language(self, language: Language) -> str:
        """Return the condition in words, which are found once."""
        if language not in self._texts:
            self._texts[language] = words(
                self.expression, lambda name: LazyText(self.headers[name]).in_language(language), language
            )
        return self._texts[language]


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition that every row of a sheet has to meet."""

    code: Code
    expression: Expression
    at: str
    """The column whose cell is shown to the clerk."""
    edition: str = ""
    """The only edition that holds rows to it; else every one that has its columns."""


def rule(  # noqa: PLR0913 - each is a fact of its own
    code: str,
    condition: str,
    *,
    at: str = "",
    severity: str = "error",
    remedy: str = "",
    named: Mapping[str, str] = {},
    edition: str = "",
) -> Rule:
    """Declare a rule, shown at the cell of ``at``, else of the first column it names; ``named`` brings English along."""
    expression = Expression(condition, named)
    level = Severity(severity)
    if not expression.names:
        raise ExpressionError(f"a rule has to name a column: {condition!r}")
    message, brief = "不符合“{condition}”：{values}", remedy or "不符合“{condition}”"
    remedy = remedy or "核对这几格，改正填错的一格"
    return Rule(
        rule_code(code, level, message, remedy, brief),
        expression,
        at or expression.names[0],
        edition,
    )
