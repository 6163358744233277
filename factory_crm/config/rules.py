"""The rules of a ``factory.toml``, and those that its dependent lists come to."""

import ast
import unicodedata
from collections.abc import Iterator, Mapping

from ..i18n.translate import LazyFormat, LazyText, OwnText, own_text
from ..problems import codes
from ..schema.column_type import Choices
from ..schema.model import Sheet
from ..schema.rule import Rule, rule
from ..schema.rules.expression import Expression, ExpressionError
from ..schema.rules.typecheck import require_formula, require_rule
from .errors import ConfigErrors, Path
from .file import ColumnPart, RulePart
from .lists import TextLookup

DEPENDENT = "X000"
"""The code of a choice that does not go with the choice it depends on."""


def normalize_name(header: str) -> str:
    """Return a header as it is compared with others."""
    return "".join(unicodedata.normalize("NFKC", header).casefold().split())


class RuleBuilder:
    """Makes the rules of one table; ``sheet`` has its columns already."""

    def __init__(
        self, sheet: type[Sheet], choices: Mapping[str, Choices], tell: TextLookup, errors: ConfigErrors
    ) -> None:
        """Take the sheet and the lists there are."""
        self._sheet, self._choices, self._tell, self._mistakes = sheet, choices, tell, errors
        values = (value for listed in choices.values() for value in listed.values)
        self._own = {str(value): value for value in values if isinstance(value, OwnText)}

    def one(self, part: RulePart, path: Path) -> Rule | None:
        """Return a rule, ``None`` where it can't be made."""
        expression = self._parsed(part.holds, (*path, "holds"))
        if expression is None:
            return None
        try:
            require_rule(expression, self._sheet.base_type)
        except ExpressionError:
            self._mistakes.add(
                codes.RULE, (*path, "holds"), value=part.holds, reason=LazyText("不是一个条件，或比较了不同类的内容")
            )
            return None
        if part.at and part.at not in expression.names:
            self._mistakes.unknown((*path, "at"), "条件里的列", part.at, expression.names)
            return None
        if not self._texts_are_choices(expression, (*path, "holds")):
            return None
        remedy = self._tell(part.remedy) if part.remedy else ""
        return rule(part.code, part.holds, at=part.at, severity=part.severity, remedy=remedy, named=self._own)

    def formula_is_good(self, text: str, path: Path, basis: str) -> bool:
        """Whether a column can be reckoned so; notes what is wrong."""
        expression = self._parsed(text, path)
        if expression is None:
            return False
        try:
            require_formula(expression, basis, self._sheet.base_type)  # type: ignore[arg-type]
        except ExpressionError:
            self._mistakes.add(codes.RULE, path, value=text, reason=LazyText("算出来的不是这一列要的内容"))
            return False
        return True

    def _parsed(self, text: str, path: Path) -> Expression | None:
        expression = Expression(text)
        try:
            names = expression.names
        except ExpressionError:
            self._mistakes.add(codes.RULE, path, value=text, reason=LazyText("不是规则语言里的写法"))
            return None
        columns = [column.name for column in self._sheet.columns]
        unknown = [name for name in names if name not in columns]
        for name in unknown:
            self._mistakes.unknown(path, "列", name, columns)
        if not names:
            self._mistakes.add(codes.RULE, path, value=text, reason=LazyText("没有提到任何一列"))
        return None if unknown or not names else expression

    def _texts_are_choices(self, expression: Expression, path: Path) -> bool:
        """A text that is compared with a column of a closed list has to be on it."""
        good = True
        for name, text in _compared(expression.tree):
            choices = self._choices.get(self._sheet.column(name).choices)
            if choices and not choices.open_list and text not in choices.values:
                self._mistakes.unknown(path, "选项", text, choices.values)
                good = False
        return good

    def dependent(self, name: str, part: ColumnPart, path: Path) -> Iterator[Rule]:
        """Yield what a dependent list asks for: one rule for each value of the column it depends on."""
        names = [column.name for column in self._sheet.columns]
        groups = self._choices[part.choices].groups if part.choices in self._choices else {}
        if part.depends_on not in names:
            self._mistakes.unknown((*path, "depends_on"), "列", part.depends_on, names)
            return
        if not groups:
            self._mistakes.invalid((*path, "depends_on"), part.depends_on, "列表写成 groups 时才能用 depends_on")
            return
        above = self._choices.get(self._sheet.column(part.depends_on).choices, Choices())
        for value, members in groups.items():
            if value not in above.values:
                self._mistakes.unknown(("choices", part.choices, "groups", value), "选项", value, above.values)
                continue
            listed = ", ".join(map(repr, members))
            condition = f"{part.depends_on} != {value!r} or {name} in ({listed},)"
            yield rule(
                DEPENDENT,
                condition,
                at=name,
                remedy=self._goes_with(self._sheet.column(part.depends_on).header),
                named=self._own,
            )

    @staticmethod
    def _goes_with(header: str) -> LazyText:
        return own_text(LazyFormat("从「{header}」对应的选项里选", {"header": LazyText(header)}))


def _compared(tree: ast.expr) -> Iterator[tuple[str, str]]:
    """Yield each column with each text it is compared with."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare):
            continue
        sides = [node.left, *node.comparators]
        flat = [e for side in sides for e in (side.elts if isinstance(side, ast.Tuple | ast.List) else [side])]
        names = [side.id for side in flat if isinstance(side, ast.Name)]
        texts = [side.value for side in flat if isinstance(side, ast.Constant) and isinstance(side.value, str)]
        yield from ((name, text) for name in names for text in texts)
