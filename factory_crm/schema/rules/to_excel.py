"""The two other renderings of a rule: an Excel formula and words."""

import ast
from collections.abc import Callable, Mapping
from decimal import Decimal

from ...i18n.translate import Language, translate
from .expression import Expression, ExpressionError
from .functions import FUNCTIONS
from .typecheck import TEMPORAL, BaseTypes, infer_type

ColumnNamer = Callable[[str], str]
"""What a column is called there: its cell in Excel, its header in words."""

_SIGNS: dict[type[ast.AST], str] = {
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
_PLACES = 9
_SPOKEN = {"<>": "≠", "<=": "≤", ">=": "≥", "*": "×", "/": "÷"}


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


def words(expression: Expression, header: ColumnNamer, language: Language) -> str:
    """Return what the expression asks for, in words: ``收货日期 ≥ 发货日期``."""
    return _Words(header, language, expression.named).truth(expression.tree)


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
                return _quoted(text)
            case ast.Constant(value=value):
                return _digits(value)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return f"NOT({self.truth(operand)})"
            case ast.UnaryOp(operand=operand):
                return f"-{_wrapped(operand, self.of(operand))}"
            case ast.BoolOp(op=op, values=values):
                return f"{'AND' if isinstance(op, ast.And) else 'OR'}({','.join(map(self.truth, values))})"
            case ast.Compare():
                return self._comparison(node)
            case ast.BinOp(left=left, op=op, right=right):
                first, second = _wrapped(left, self.of(left), op), _wrapped(right, self.of(right), op, right=True)
                return f"{first}{_SIGNS[type(op)]}{second}"
            case ast.Call(func=ast.Name(id=name), args=args):
                return FUNCTIONS[name].excel.format(*(_settled(arg, self.of(arg)) for arg in args))
        raise ExpressionError(ast.dump(node))

    def _comparison(self, node: ast.Compare) -> str:
        listed = node.comparators[0]
        if isinstance(listed, ast.Tuple | ast.List):
            found = f"OR({','.join(self._pair(node.left, '=', element) for element in listed.elts)})"
            return found if isinstance(node.ops[0], ast.In) else f"NOT({found})"
        sides = [node.left, *node.comparators]
        pairs = [self._pair(a, _SIGNS[type(op)], b) for a, op, b in zip(sides, node.ops, sides[1:], strict=False)]
        return pairs[0] if len(pairs) == 1 else f"AND({','.join(pairs)})"

    def _pair(self, a: ast.expr, sign: str, b: ast.expr) -> str:
        kinds = (infer_type(a, self._bases), infer_type(b, self._bases))
        left, right = (_settled(node, _apart(node, self.of(node))) for node in (a, b))
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
                found = [f"EXACT({left},{_quoted(spelling)})" for spelling in self._spellings(name, text)]
                return found[0] if len(found) == 1 else f"OR({','.join(found)})"
        return f"EXACT({left},{right})"


class _Words:
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
                return _digits(value)
            case ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=name)):
                return self._say("{x} 为空", x=self._header(name))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._say("不是（{x}）", x=self.truth(operand))
            case ast.UnaryOp(operand=operand):
                return f"-{_wrapped(operand, self.of(operand))}"
            case ast.BoolOp(op=ast.Or(), values=[first, *rest]) if condition := self._denied(first):
                return self._say("{condition} 时，{rest}", condition=condition, rest=self._joined("{a} 或 {b}", rest))
            case ast.BoolOp(op=op, values=values):
                return self._joined("{a} 且 {b}" if isinstance(op, ast.And) else "{a} 或 {b}", values)
            case ast.Compare():
                return self._comparison(node)
            case ast.BinOp(left=left, op=op, right=right):
                sign = _SIGNS[type(op)]
                one, other = _wrapped(left, self.of(left), op), _wrapped(right, self.of(right), op, right=True)
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
        """The opposite of a negated condition in words, empty where the condition is not a negated one."""
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
        signs = [_SPOKEN.get(sign, sign) for sign in (_SIGNS[type(op)] for op in node.ops)]
        spoken = _apart(node.left, self.of(node.left))
        for sign, right in zip(signs, node.comparators, strict=True):
            spoken += f" {sign} {_apart(right, self.of(right))}"
        return spoken


def _wrapped(node: ast.expr, rendered: str, outer: ast.operator | None = None, *, right: bool = False) -> str:
    """Brackets where the tree has them: below a sign, around sums in products, and on the right of ``-`` and ``/``."""
    if not isinstance(node, ast.BinOp):
        return rendered
    sum_in_product = isinstance(node.op, ast.Add | ast.Sub) and not isinstance(outer, ast.Add | ast.Sub)
    grouped = right and (isinstance(outer, ast.Sub | ast.Div) or isinstance(node.op, ast.Sub | ast.Div))
    return f"({rendered})" if outer is None or sum_in_product or grouped else rendered


def _settled(node: ast.expr, rendered: str) -> str:
    """A sum or a quotient without the noise of binary fractions; Python reckons with decimals."""
    return (
        f"ROUND({rendered},{_PLACES})"
        if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Mult)
        else rendered
    )


def _apart(node: ast.expr, rendered: str) -> str:
    """A comparison that is itself compared stands in brackets: Excel would chain it."""
    return f"({rendered})" if isinstance(node, ast.Compare) else rendered


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _digits(value: object) -> str:
    return format(Decimal(str(value)), "f")
