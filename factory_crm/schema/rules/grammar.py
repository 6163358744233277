"""What belongs to the rule language: a whitelist over Python's own grammar."""

import ast
from decimal import Decimal

from ...xlsx.limits import DIGITS
from .functions import ARITHMETIC, COMPARISONS, FUNCTIONS

_ALLOWED = (
    ast.BoolOp,
    ast.And,
    ast.Or,
    ast.UnaryOp,
    ast.Not,
    ast.USub,
    ast.Compare,
    ast.In,
    ast.NotIn,
    ast.Tuple,
    ast.List,
    ast.BinOp,
    ast.Call,
    ast.Name,
    ast.Load,
    ast.Constant,
    *COMPARISONS,
    *ARITHMETIC,
)
_DEEPEST, _LONGEST_TEXT = 50, 255
"""As Excel has it: ``DEEPEST_FORMULA`` levels less what a template puts around them; the characters of a constant."""


class ExpressionError(ValueError):
    """A rule that is not in the language; only who declares rules can cause it."""


def parse(text: str) -> ast.expr:
    """Return the parsed expression. Raises ExpressionError for anything outside the language."""
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"not an expression: {text!r}") from error
    lists = {id(n.comparators[0]) for n in ast.walk(tree) if isinstance(n, ast.Compare) and _is_membership(n)}
    for node in ast.walk(tree):
        _require(node, text)
        if isinstance(node, ast.Tuple | ast.List) and id(node) not in lists:
            raise ExpressionError(f"a list has its place after 'in' only: {text!r}")
    _require_shallow(tree, text)
    return tree


def _require(node: ast.AST, text: str) -> None:
    if not isinstance(node, _ALLOWED):
        raise ExpressionError(f"{type(node).__name__} has no place in {text!r}")
    if isinstance(node, ast.Constant) and not _is_plain(node.value):
        raise ExpressionError(f"{node.value!r} has no place in {text!r}")
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in FUNCTIONS or node.keywords or not FUNCTIONS[name].takes(len(node.args)):
            raise ExpressionError(f"unknown function, or wrong number of arguments: {ast.unparse(node)}")
    if isinstance(node, ast.Compare) and _is_membership(node):
        _require_list(node, text)


def _require_shallow(tree: ast.expr, text: str) -> None:
    level: list[ast.AST] = [tree]
    for _ in range(_DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    if level:
        raise ExpressionError(f"nested too deeply: {text[:100]!r}")


def _is_plain(value: object) -> bool:
    """Whether it is a text or a number that Excel can hold too."""
    if isinstance(value, str):
        return len(value) <= _LONGEST_TEXT
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    number = Decimal(str(value))
    return number.is_finite() and abs(number) < 10**DIGITS and len(number.as_tuple().digits) <= DIGITS


def _is_membership(node: ast.Compare) -> bool:
    return any(isinstance(op, ast.In | ast.NotIn) for op in node.ops)


def _require_list(node: ast.Compare, text: str) -> None:
    listed = node.comparators[0]
    if (
        len(node.ops) > 1
        or not isinstance(listed, ast.Tuple | ast.List)
        or not listed.elts
        or not all(isinstance(e, ast.Constant) for e in listed.elts)
    ):
        raise ExpressionError(f"'in' wants one list of texts or numbers: {text!r}")
