"""Render a rule or a formula as an Excel formula."""

import ast
from collections.abc import Callable

from ...xlsx.formula import quote_text
from .expression import Expression, ExpressionError
from .functions import FUNCTIONS
from .notation import SIGNS, ColumnNamer, apart, digits, wrapped
from .typecheck import TEMPORAL, BaseTypes, infer_type

_PLACES = 9
"""Decimals to which sums and quotients are rounded, for the noise of binary fractions."""


Spellings = Callable[[str, str], tuple[str, ...]]
"""How a text may stand in the cells of a column: a choice in either language."""


def excel(
    expression: Expression,
    cell: ColumnNamer,
    bases: BaseTypes,
    *,
    spellings: Spellings = lambda _, text: (text,),
    filled: ColumnNamer | None = None,
) -> str:
    """Return the Excel formula (without ``=``) of the bare expression; who writes it sees that needed cells are there.

    ``filled`` says how to ask whether a column's cell is filled.
    """
    return _Excel(cell, bases, spellings, filled or (lambda name: f"LEN(TRIM({cell(name)}))>0")).truth(expression.tree)


class _Excel:
    """Renders into Excel, with functions safe in Excel 2016, WPS and LibreOffice."""

    def __init__(self, cell: ColumnNamer, bases: BaseTypes, spellings: Spellings, filled: ColumnNamer) -> None:
        self._cell, self._bases, self._spellings, self._filled = cell, bases, spellings, filled

    def truth(self, node: ast.expr) -> str:
        return self._filled(node.id) if isinstance(node, ast.Name) else self.of(node)

    def of(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=name):
                return self._cell(name)
            case ast.Constant(value=str(text)):
                return quote_text(text)
            case ast.Constant(value=value):
                return digits(value)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return f"NOT({self.truth(operand)})"
            case ast.UnaryOp(operand=operand):
                return f"-{wrapped(operand, self.of(operand))}"
            case ast.BoolOp(op=op, values=values):
                return f"{'AND' if isinstance(op, ast.And) else 'OR'}({','.join(map(self.truth, values))})"
            case ast.Compare():
                return self._comparison(node)
            case ast.BinOp(left=left, op=op, right=right):
                first, second = wrapped(left, self.of(left), op), wrapped(right, self.of(right), op, right=True)
                return f"{first}{SIGNS[type(op)]}{second}"
            case ast.Call(func=ast.Name(id=name), args=args):
                return FUNCTIONS[name].excel.format(*(_settled(arg, self.of(arg)) for arg in args))
        raise ExpressionError(ast.dump(node))

    def _comparison(self, node: ast.Compare) -> str:
        listed = node.comparators[0]
        if isinstance(listed, ast.Tuple | ast.List):
            found = f"OR({','.join(self._pair(node.left, '=', element) for element in listed.elts)})"
            return found if isinstance(node.ops[0], ast.In) else f"NOT({found})"
        sides = [node.left, *node.comparators]
        pairs = [self._pair(a, SIGNS[type(op)], b) for a, op, b in zip(sides, node.ops, sides[1:], strict=False)]
        return pairs[0] if len(pairs) == 1 else f"AND({','.join(pairs)})"

    def _pair(self, a: ast.expr, sign: str, b: ast.expr) -> str:
        kinds = (infer_type(a, self._bases), infer_type(b, self._bases))
        left, right = (_settled(node, apart(node, self.of(node))) for node in (a, b))
        if kinds == ("text", "text") and sign in ("=", "<>"):  # plain "=" would not tell a from A
            same = self._same(a, left, b, right)
            return same if sign == "=" else f"NOT({same})"
        if kinds == ("moment", "moment"):
            return f"IF(OR({left}=INT({left}),{right}=INT({right})),INT({left}){sign}INT({right}),{left}{sign}{right})"
        if "moment" in kinds and all(kind in TEMPORAL for kind in kinds):
            return f"INT({left}){sign}INT({right})"
        return f"{left}{sign}{right}"

    def _same(self, a: ast.expr, left: str, b: ast.expr, right: str) -> str:
        match a, b:
            case ast.Constant(), ast.Name():
                return self._same(b, right, a, left)
            case ast.Name(id=name), ast.Constant(value=str(text)):
                found = [f"EXACT({left},{quote_text(spelling)})" for spelling in self._spellings(name, text)]
                return found[0] if len(found) == 1 else f"OR({','.join(found)})"
        return f"EXACT({left},{right})"


def _settled(node: ast.expr, rendered: str) -> str:
    """Return a sum or a quotient rounded: Excel computes with binary fractions, Python with decimals."""
    return (
        f"ROUND({rendered},{_PLACES})"
        if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Mult)
        else rendered
    )
