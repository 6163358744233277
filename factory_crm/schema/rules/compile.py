"""The Python rendering of a rule: source over variables, compiled once, so that a row costs no walk over nodes.

Nothing of a rule's own text gets into the source: columns, texts, numbers and functions stand there by names of ours.
"""

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from .functions import ARITHMETIC, COMPARISONS, FUNCTIONS, serial
from .grammar import ExpressionError

RowValues = Mapping[str, Any]
"""The cells of a row: ``None`` for a blank one, no entry for one that is bad."""


class PythonSource:
    """Source of expressions over the same columns; they hold none but whitelisted nodes."""

    def __init__(self, columns: Iterable[str]) -> None:
        """Take the columns in the order in which their values will come."""
        self.variables: dict[str, str] = {name: f"v{i}" for i, name in enumerate(columns)}
        self._named: dict[str, Any] = {
            "__builtins__": {"bool": bool, "enumerate": enumerate, "type": type},
            "Decimal": Decimal,
            "like": _like,
            "serial": serial,
        }

    def function(self, lines: Sequence[str], takes: str = "") -> Callable[..., Any]:
        """Compile the body of a function of all the values, or of what it ``takes``."""
        body = "\n ".join([f"def function({takes or ', '.join(self.variables.values())}):", *lines])
        exec(body, self._named)  # noqa: S102 - see above: the source is ours
        made: Callable[..., Any] = self._named.pop("function")
        return made

    def missing(self, columns: Iterable[str]) -> str:
        """Whether one of these columns is blank."""
        return " or ".join(f"{self.variables[name]} is None" for name in columns) or "False"

    def truth(self, node: ast.expr) -> str:
        """Return the source of a condition; a bare name asks whether its cell is filled (an invalid one is)."""
        if isinstance(node, ast.Name):
            return f"({self.variables[node.id]} is not None)"
        value = self.value(node)
        return value if isinstance(node, ast.Compare | ast.BoolOp) else f"bool({value})"

    def value(self, node: ast.expr) -> str:
        """Return the source of what the node stands for."""
        match node:
            case ast.Name(id=name):
                return self.variables[name]
            case ast.Constant():
                return self._name(_constant(node))
            case ast.BoolOp(op=op, values=values):
                return f"({(' or ' if isinstance(op, ast.Or) else ' and ').join(map(self.truth, values))})"
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return f"(not {self.truth(operand)})"
            case ast.UnaryOp(operand=operand):
                return f"(-{self._serial(operand)})"
            case ast.Compare():
                return self._comparison(node)
            case ast.BinOp(left=left, op=op, right=right):
                return f"({self._serial(left)} {ARITHMETIC[type(op)]} {self._serial(right)})"
            case ast.Call(func=ast.Name(id=name), args=args):
                return f"{self._name(FUNCTIONS[name].python)}({', '.join(map(self.value, args))})"
        raise ExpressionError(ast.dump(node))

    def _comparison(self, node: ast.Compare) -> str:
        last = node.comparators[-1]
        if isinstance(last, ast.Tuple | ast.List):
            word = "in" if isinstance(node.ops[0], ast.In) else "not in"
            return f"({self.value(node.left)} {word} {self._name([_constant(element) for element in last.elts])})"
        sides = [self.value(side) for side in (node.left, *node.comparators)]
        signs = [COMPARISONS[type(op)] for op in node.ops]
        if all(side.isidentifier() for side in sides):
            return f"({_compared(sides, signs)})"
        names = [f"side{i}" for i in range(len(sides))]  # so that each side is reckoned once
        return f"(lambda {', '.join(names)}: {_compared(names, signs)})({', '.join(sides)})"

    def _serial(self, node: ast.expr) -> str:
        value = self.value(node)
        known = f"{value} if type({value}) is Decimal else " if value.isidentifier() else ""  # most need no call
        return f"({known}serial({value}))"

    def _name(self, value: Any) -> str:
        """Return a name for a constant or a function."""
        name = f"k{len(self._named)}"
        self._named[name] = value
        return name


def _constant(node: ast.expr) -> Any:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else Decimal(str(value))


def _compared(names: Sequence[str], signs: Sequence[str]) -> str:
    return " and ".join(
        f"({a} {sign} {b} if type({a}) is type({b}) else like({a}, {b}) {sign} like({b}, {a}))"
        for a, sign, b in zip(names, signs, names[1:], strict=False)
    )


def _like(value: Any, other: Any) -> Any:
    """Return a value as it compares with another: a day and a moment by day; with a number as one, as in Excel."""
    if not (isinstance(value, date) and isinstance(other, date)):
        return serial(value)
    return value.date() if isinstance(value, datetime) and not isinstance(other, datetime) else value
