"""The two other renderings of a rule: an Excel formula and words."""

import ast
from collections.abc import Callable
from decimal import Decimal

from ..words import Language, say
from .expressions import Expression, ExpressionError
from .functions import FUNCTIONS, Basis

Named = Callable[[str], str]
"""What a column is called there: its cell in Excel, its header in words."""
Bases = Callable[[str], Basis]

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
_SPOKEN = {"<>": "≠", "<=": "≤", ">=": "≥", "*": "×", "/": "÷"}
_TEMPORAL: tuple[Basis, ...] = ("day", "moment")


def basis(node: ast.expr, bases: Bases) -> Basis:
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


def _require_usable(node: ast.expr, wanted: Basis, bases: Bases) -> None:
    found = basis(node, bases)
    if found != wanted and not (wanted in ("number", *_TEMPORAL) and found in _TEMPORAL):
        raise ExpressionError(f"{ast.unparse(node)} is a {found}, a {wanted} is wanted")


def _require_truth(node: ast.expr, bases: Bases) -> None:
    """Whether a cell is filled can be asked of any; anything else has to be true or false by itself."""
    if basis(node, bases) != "truth" and not isinstance(node, ast.Name):
        raise ExpressionError(f"neither true nor false: {ast.unparse(node)}")


def require_rule(expression: Expression, bases: Bases) -> None:
    """Raise ExpressionError for what is no condition, or one that compares unlike things."""
    _require_truth(expression.tree, bases)


def require_formula(expression: Expression, wanted: Basis, bases: Bases) -> None:
    """Raise ExpressionError for what does not give what its column holds; a bare name would only ask whether it is filled."""
    if isinstance(expression.tree, ast.Name):
        raise ExpressionError(f"a formula has to reckon: {expression.text!r}")
    _require_usable(expression.tree, wanted, bases)


def _require_alike(node: ast.Compare, bases: Bases) -> None:
    sides = [node.left, *node.comparators]
    flat = [e for side in sides for e in (side.elts if isinstance(side, ast.Tuple | ast.List) else [side])]
    groups = {"number" if (found := basis(side, bases)) in _TEMPORAL else found for side in flat}
    if len(groups) > 1:
        raise ExpressionError(f"unlike things are compared: {ast.unparse(node)}")
    if groups != {"number"} and any(isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for op in node.ops):
        raise ExpressionError(
            f"only numbers and days have an order: {ast.unparse(node)}"
        )  # Excel sorts texts otherwise


def excel(expression: Expression, cell: Named, bases: Bases) -> str:
    """Return the Excel formula (without ``=``) of the bare expression; who writes it sees that needed cells are there."""
    return _Excel(cell, bases).truth(expression.tree)


def words(expression: Expression, header: Named, language: Language) -> str:
    """Return what the expression asks for, in words: ``收货日期 ≥ 发货日期``."""
    return _Words(header, language).truth(expression.tree)


class _Excel:
    """Renders into Excel, with functions safe in Excel 2016, WPS and LibreOffice."""

    def __init__(self, cell: Named, bases: Bases) -> None:
        self._cell, self._bases = cell, bases

    def truth(self, node: ast.expr) -> str:
        return f"LEN(TRIM({self._cell(node.id)}))>0" if isinstance(node, ast.Name) else self.of(node)

    def of(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=name):
                return self._cell(name)
            case ast.Constant(value=str(text)):
                return '"' + text.replace('"', '""') + '"'
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
                return FUNCTIONS[name].excel.format(*map(self.of, args))
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
        left, right = _apart(a, self.of(a)), _apart(b, self.of(b))
        kinds = (basis(a, self._bases), basis(b, self._bases))
        if kinds == ("text", "text") and sign in ("=", "<>"):  # plain "=" would not tell a from A
            return f"EXACT({left},{right})" if sign == "=" else f"NOT(EXACT({left},{right}))"
        if kinds == ("moment", "moment"):
            return f"IF(OR({left}=INT({left}),{right}=INT({right})),INT({left}){sign}INT({right}),{left}{sign}{right})"
        if "moment" in kinds and all(kind in _TEMPORAL for kind in kinds):
            return f"INT({left}){sign}INT({right})"
        return f"{left}{sign}{right}"


class _Words:
    """Renders into words; ``A or B`` with a negated A reads "when not A, B"."""

    def __init__(self, header: Named, language: Language) -> None:
        self._header, self._language = header, language

    def _say(self, text: str, **facts: object) -> str:
        return say(text, self._language, **facts)

    def truth(self, node: ast.expr) -> str:
        return self._say("{x} 已填", x=self._header(node.id)) if isinstance(node, ast.Name) else self.of(node)

    def of(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=name):
                return self._header(name)
            case ast.Constant(value=str(text)):
                return self._say(text)
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


def _apart(node: ast.expr, rendered: str) -> str:
    """A comparison that is itself compared stands in brackets: Excel would chain it."""
    return f"({rendered})" if isinstance(node, ast.Compare) else rendered


def _digits(value: object) -> str:
    return format(Decimal(str(value)), "f")
