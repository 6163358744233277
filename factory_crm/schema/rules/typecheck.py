"""What the parts of a rule give, and that only like things are compared or reckoned with."""

import ast
from collections.abc import Callable

from .expression import Expression, ExpressionError
from .functions import FUNCTIONS, BaseType

BaseTypes = Callable[[str], BaseType]
"""What the values of a column are at bottom."""
TEMPORAL: tuple[BaseType, ...] = ("day", "moment")


def infer_type(node: ast.expr, bases: BaseTypes) -> BaseType:
    """Return what a part of a rule gives. Raises ExpressionError where unlike things are compared or reckoned with."""
    match node:
        case ast.Name(id=name):
            return bases(name)
        case ast.Constant(value=str()):
            return "text"
        case ast.Constant():
            return "number"
        case ast.Call(func=ast.Name(id=name), args=args):
            for argument, wanted in zip(args, FUNCTIONS[name].wants, strict=True):
                _require_usable(argument, wanted, bases)
            return FUNCTIONS[name].gives
        case ast.BinOp(left=left, right=right):
            _require_usable(left, "number", bases)
            _require_usable(right, "number", bases)
            return "number"
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            _require_usable(operand, "number", bases)
            return "number"
        case ast.UnaryOp(operand=operand):
            _require_truth(operand, bases)
        case ast.BoolOp(values=values):
            for value in values:
                _require_truth(value, bases)
        case ast.Compare():
            _require_alike(node, bases)
    return "truth"


def _require_usable(node: ast.expr, wanted: BaseType, bases: BaseTypes) -> None:
    found = infer_type(node, bases)
    if found != wanted and not (wanted in ("number", *TEMPORAL) and found in TEMPORAL):
        raise ExpressionError(f"{ast.unparse(node)} is a {found}, a {wanted} is wanted")


def _require_truth(node: ast.expr, bases: BaseTypes) -> None:
    """Whether a cell is filled can be asked of any; anything else has to be true or false by itself."""
    if infer_type(node, bases) != "truth" and not isinstance(node, ast.Name):
        raise ExpressionError(f"neither true nor false: {ast.unparse(node)}")


def require_rule(expression: Expression, bases: BaseTypes) -> None:
    """Raise ExpressionError for what is no condition, or one that compares unlike things."""
    _require_truth(expression.tree, bases)


def require_formula(expression: Expression, wanted: BaseType, bases: BaseTypes) -> None:
    """Raise ExpressionError for what does not give what its column holds; a bare name would only ask whether it is filled."""
    if isinstance(expression.tree, ast.Name):
        raise ExpressionError(f"a formula has to reckon: {expression.text!r}")
    _require_usable(expression.tree, wanted, bases)


def _require_alike(node: ast.Compare, bases: BaseTypes) -> None:
    sides = [node.left, *node.comparators]
    flat = [e for side in sides for e in (side.elts if isinstance(side, ast.Tuple | ast.List) else [side])]
    groups = {"number" if (found := infer_type(side, bases)) in TEMPORAL else found for side in flat}
    if len(groups) > 1:
        raise ExpressionError(f"unlike things are compared: {ast.unparse(node)}")
    if groups != {"number"} and any(isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for op in node.ops):
        raise ExpressionError(
            f"only numbers and days have an order: {ast.unparse(node)}"
        )  # Excel sorts texts otherwise
