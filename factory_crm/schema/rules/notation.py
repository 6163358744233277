"""What the renderings of a rule share: signs, numbers, and where brackets have to stand."""

import ast
from collections.abc import Callable
from decimal import Decimal

ColumnNamer = Callable[[str], str]
"""From a column's name to how a rendering calls it: its cell in Excel, its header in words."""

SIGNS: dict[type[ast.AST], str] = {
    ast.Eq: "=",
    ast.NotEq: "<>",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}


def wrapped(node: ast.expr, rendered: str, outer: ast.operator | None = None, *, right: bool = False) -> str:
    """Return an operand in brackets where the tree has them: below a sign, around sums in products, and on the right of ``-`` and ``/``."""
    if not isinstance(node, ast.BinOp):
        return rendered
    sum_in_product = isinstance(node.op, ast.Add | ast.Sub) and not isinstance(outer, ast.Add | ast.Sub)
    grouped = right and (isinstance(outer, ast.Sub | ast.Div) or isinstance(node.op, ast.Sub | ast.Div))
    return f"({rendered})" if outer is None or sum_in_product or grouped else rendered


def apart(node: ast.expr, rendered: str) -> str:
    """Return an operand of a comparison, in brackets where it is a comparison itself: Excel would chain them."""
    return f"({rendered})" if isinstance(node, ast.Compare) else rendered


def digits(value: object) -> str:
    """Return a number without an exponent."""
    return format(Decimal(str(value)), "f")
