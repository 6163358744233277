"""Render a rule or a formula in words, in any language."""

import ast
from collections.abc import Mapping

from ...i18n.translate import Language, translate
from .expression import Expression, ExpressionError
from .functions import FUNCTIONS
from .notation import SIGNS, ColumnNamer, apart, digits, wrapped

_SPOKEN = {"<>": "≠", "<=": "≤", ">=": "≥", "*": "×", "/": "÷"}


def words(expression: Expression, header: ColumnNamer, language: Language) -> str:
    """Return what the expression asks for, in words: ``收货日期 ≥ 发货日期``."""
    return _WordsRenderer(header, language, expression.named).truth(expression.tree)


class _WordsRenderer:
    """Renders into words; ``A or B`` with a negated A reads "when not A, B"."""

    def __init__(self, header: ColumnNamer, language: Language, named: Mapping[str, str]) -> None:
        self._header, self._language, self._named = header, language, named

    def _say(self, text: str, **facts: object) -> str:
        return translate(text, self._language, **facts)

    def truth(self, node: ast.expr) -> str:
        return self._say("{x} 已填", x=self._header(node.id)) if isinstance(node, ast.Name) else self.of(node)

    def of(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=name):
                return self._header(name)
            case ast.Constant(value=str(text)):
                return self._say(self._named.get(text, text))
            case ast.Constant(value=value):
                return digits(value)
            case ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=name)):
                return self._say("{x} 为空", x=self._header(name))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._say("不是（{x}）", x=self.truth(operand))
            case ast.UnaryOp(operand=operand):
                return f"-{wrapped(operand, self.of(operand))}"
            case ast.BoolOp(op=ast.Or(), values=[first, *rest]) if condition := self._denied(first):
                return self._say("{condition} 时，{rest}", condition=condition, rest=self._joined("{a} 或 {b}", rest))
            case ast.BoolOp(op=op, values=values):
                return self._joined("{a} 且 {b}" if isinstance(op, ast.And) else "{a} 或 {b}", values)
            case ast.Compare():
                return self._comparison(node)
            case ast.BinOp(left=left, op=op, right=right):
                sign = SIGNS[type(op)]
                one, other = wrapped(left, self.of(left), op), wrapped(right, self.of(right), op, right=True)
                return f"{one} {_SPOKEN.get(sign, sign)} {other}"
            case ast.Call(func=ast.Name(id=name), args=args):
                return self._say(FUNCTIONS[name].words).format(*map(self.of, args))
        raise ExpressionError(ast.dump(node))

    def _joined(self, template: str, values: list[ast.expr]) -> str:
        spoken = self._part(values[0], several=len(values) > 1)
        for value in values[1:]:
            spoken = self._say(template, a=spoken, b=self._part(value, several=True))
        return spoken

    def _part(self, node: ast.expr, *, several: bool) -> str:
        spoken = self.truth(node)
        return self._say("（{x}）", x=spoken) if several and isinstance(node, ast.BoolOp) else spoken

    def _denied(self, node: ast.expr) -> str:
        """Return a negated condition without its negation, in words; empty for a condition that is not negated."""
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self.truth(operand)
            case ast.Compare(left=left, ops=[ast.NotEq()], comparators=rights):
                return self.of(ast.Compare(left, [ast.Eq()], rights))
            case ast.Compare(left=left, ops=[ast.NotIn()], comparators=rights):
                return self.of(ast.Compare(left, [ast.In()], rights))
        return ""

    def _comparison(self, node: ast.Compare) -> str:
        listed = node.comparators[0]
        if isinstance(listed, ast.Tuple | ast.List):
            template = "{a} 是 {b}" if isinstance(node.ops[0], ast.In) else "{a} 不是 {b}"
            return self._say(template, a=self.of(node.left), b=self._joined("{a} 或 {b}", listed.elts))
        signs = [_SPOKEN.get(sign, sign) for sign in (SIGNS[type(op)] for op in node.ops)]
        spoken = apart(node.left, self.of(node.left))
        for sign, right in zip(signs, node.comparators, strict=True):
            spoken += f" {sign} {apart(right, self.of(right))}"
        return spoken
