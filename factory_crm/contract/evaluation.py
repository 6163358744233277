"""The Python rendering of a rule: a function of a row, built from whitelisted nodes."""

import ast
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from typing import Any

from .functions import ARITHMETIC, COMPARISONS, FUNCTIONS, serial
from .grammar import ExpressionError

Row = Mapping[str, Any]
"""The cells of a row: ``None`` for a blank one, no entry for one that is bad."""
Evaluator = Callable[[Row], Any]


def truth(node: ast.expr) -> Evaluator:
    """A bare name asks whether the cell is filled (a bad cell is); anything else is judged as it is."""
    if isinstance(node, ast.Name):
        name = node.id
        return lambda row: row.get(name, "") is not None
    return evaluator(node)


def evaluator(node: ast.expr) -> Evaluator:
    """Build the function of a row that the node stands for; it holds none but whitelisted nodes."""
    match node:
        case ast.Name(id=name):
            return itemgetter(name)
        case ast.Constant(value=value):
            constant = value if isinstance(value, str) else Decimal(str(value))
            return lambda row: constant
        case ast.BoolOp(op=op, values=values):
            parts = [truth(value) for value in values]
            return _until(parts, found=isinstance(op, ast.Or))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            asked = truth(operand)
            return lambda row: not asked(row)
        case ast.UnaryOp(operand=operand):
            positive = evaluator(operand)
            return lambda row: -serial(positive(row))
        case ast.Compare():
            return _comparison(node)
        case ast.BinOp(left=left, op=op, right=right):
            first, second, apply = evaluator(left), evaluator(right), ARITHMETIC[type(op)]
            return lambda row: apply(serial(first(row)), serial(second(row)))
        case ast.Call(func=ast.Name(id=name), args=args):
            arguments, function = [evaluator(argument) for argument in args], FUNCTIONS[name].python
            return lambda row: function(*(argument(row) for argument in arguments))
    raise ExpressionError(ast.dump(node))


def _until(parts: list[Evaluator], *, found: bool) -> Evaluator:
    """Ask one part after the other until one says so: any of them for *or*, none of them for *and*."""

    def ask(row: Row) -> bool:
        for part in parts:
            if bool(part(row)) is found:
                return found
        return not found

    return ask


def _comparison(node: ast.Compare) -> Evaluator:
    if isinstance(node.comparators[0], ast.Tuple | ast.List):
        wanted = isinstance(node.ops[0], ast.In)
        member = evaluator(node.left)
        listed = [evaluator(element)({}) for element in node.comparators[0].elts]
        return lambda row: (member(row) in listed) is wanted
    sides = [evaluator(side) for side in (node.left, *node.comparators)]
    signs = [COMPARISONS[type(op)] for op in node.ops]
    if len(signs) == 1:
        return _pair(sides[0], signs[0], sides[1])

    def compare(row: Row) -> bool:
        values = [side(row) for side in sides]
        return all(sign(*_alike(a, b)) for a, sign, b in zip(values, signs, values[1:], strict=False))

    return compare


def _pair(left: Evaluator, sign: Callable[[Any, Any], bool], right: Evaluator) -> Evaluator:
    def compare(row: Row) -> bool:
        a, b = left(row), right(row)
        return sign(a, b) if type(a) is type(b) else sign(*_alike(a, b))

    return compare


def _alike(a: Any, b: Any) -> tuple[Any, Any]:
    """A day and a moment compare by day; with numbers both are numbers, as they are in Excel."""
    if not (isinstance(a, date) and isinstance(b, date)):
        return serial(a), serial(b)
    return (_day(a), _day(b)) if isinstance(a, datetime) is not isinstance(b, datetime) else (a, b)


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
