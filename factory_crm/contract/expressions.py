"""One small language for rules and formulas: judged in Python, computed in Excel, read by people.

A rule is a Python expression over the columns of one row, out of a whitelist: names, texts, numbers, ``+ - * /``,
comparisons (chained too, ``in`` with a list of texts), ``and or not`` and the functions of ``functions.py``.
A bare name where a truth is wanted asks whether the cell is filled. A rule *waits* (holds) while a cell it needs is
blank or bad, or while it can't be reckoned (a division by zero); a cell it only asks about may be blank. Rounding is
Excel's: halves go away from zero.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from operator import add, eq, ge, gt, le, lt, mul, ne, sub, truediv
from typing import Any

from .functions import FUNCTIONS, serial

Row = Mapping[str, Any]
"""The cells of a row: ``None`` for a blank one, no entry for one that is bad."""
Evaluator = Callable[[Row], Any]

COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: eq, ast.NotEq: ne, ast.Lt: lt, ast.LtE: le, ast.Gt: gt, ast.GtE: ge}
ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: add, ast.Sub: sub, ast.Mult: mul, ast.Div: truediv}
_ALLOWED = (ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.Compare, ast.In, ast.NotIn, ast.Tuple,
            ast.List, ast.BinOp, ast.Call, ast.Name, ast.Load, ast.Constant, *COMPARISONS, *ARITHMETIC)
_DEEPEST, _LONGEST_TEXT, _MOST_DIGITS = 50, 255, 15  # as Excel has it: 64 levels less what a template puts around them


class ExpressionError(ValueError):
    """A rule that is not in the language; only who declares rules can cause it."""


@dataclass(frozen=True)
class Expression:
    """A condition or a formula over the columns of one row, such as ``round(quantity * unit_price, 2)``."""

    text: str

    @cached_property
    def tree(self) -> ast.expr:
        """The parsed expression. Raises ExpressionError for anything outside the language."""
        try:
            tree = ast.parse(self.text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise ExpressionError(f"not an expression: {self.text!r}") from error
        lists = {id(n.comparators[0]) for n in ast.walk(tree) if isinstance(n, ast.Compare) and _is_membership(n)}
        for node in ast.walk(tree):
            _require(node, self.text)
            if isinstance(node, ast.Tuple | ast.List) and id(node) not in lists:
                raise ExpressionError(f"a list has its place after 'in' only: {self.text!r}")
        _require_shallow(tree, self.text)
        return tree

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns it speaks of, in the order of their first mention."""
        functions = {id(node.func) for node in ast.walk(self.tree) if isinstance(node, ast.Call)}
        found = [n for n in ast.walk(self.tree) if isinstance(n, ast.Name) and id(n) not in functions]
        return tuple(dict.fromkeys(n.id for n in sorted(found, key=lambda n: (n.lineno, n.col_offset))))

    @cached_property
    def asked(self) -> frozenset[str]:
        """The columns of which it only asks whether they are filled."""
        return frozenset(self.names) - frozenset(self.needed)

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """The columns whose values it needs; while one of them is blank or bad, it waits."""
        needed = _needed(self.tree, truth=True)
        return tuple(name for name in self.names if name in needed)

    @cached_property
    def _evaluate(self) -> Evaluator:
        return _evaluator(self.tree)

    @cached_property
    def _decide(self) -> Evaluator:
        return _truth(self.tree)

    def __getstate__(self) -> dict[str, str]:
        """Travel to other processes as text: what was built from it does not."""
        return {"text": self.text}

    def waits(self, row: Row) -> bool:
        """Whether a cell it needs is blank or bad."""
        for name in self.needed:  # noqa: SIM110 - every row of every sheet comes here; any() takes three times as long
            if row.get(name) is None:
                return True
        return False

    def holds(self, row: Row) -> bool:
        """Whether the row meets the condition; one that waits is met."""
        if self.waits(row):
            return True
        try:
            return bool(self._decide(row))
        except ArithmeticError:
            return True

    def value(self, row: Row) -> Any:
        """Return what the formula gives, ``None`` while a cell it needs is blank or bad, or it divides by zero."""
        if any(row.get(name) is None for name in self.names):
            return None
        try:
            return self._evaluate(row)
        except ArithmeticError:
            return None


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
    return number.is_finite() and abs(number) < 10 ** _MOST_DIGITS and len(number.as_tuple().digits) <= _MOST_DIGITS


def _is_membership(node: ast.Compare) -> bool:
    return any(isinstance(op, ast.In | ast.NotIn) for op in node.ops)


def _require_list(node: ast.Compare, text: str) -> None:
    listed = node.comparators[0]
    if len(node.ops) > 1 or not isinstance(listed, ast.Tuple | ast.List) or not listed.elts or not all(
            isinstance(e, ast.Constant) for e in listed.elts):
        raise ExpressionError(f"'in' wants one list of texts or numbers: {text!r}")


def _needed(node: ast.AST, *, truth: bool) -> set[str]:
    """The names whose values are wanted below the node; ``truth``: a bare name here asks only whether it is filled."""
    match node:
        case ast.Name(id=name):
            return set() if truth else {name}
        case ast.BoolOp(values=values):
            return set().union(*(_needed(value, truth=True) for value in values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _needed(operand, truth=True)
        case ast.Call(args=args):
            return set().union(*(_needed(argument, truth=False) for argument in args))
    return set().union(*(_needed(child, truth=False) for child in ast.iter_child_nodes(node)))


def _truth(node: ast.expr) -> Evaluator:
    """A bare name asks whether the cell is filled (a bad cell is); anything else is judged as it is."""
    if isinstance(node, ast.Name):
        name = node.id
        return lambda row: row.get(name, "") is not None
    return _evaluator(node)


def _evaluator(node: ast.expr) -> Evaluator:
    """Build the function of a row that the node stands for; it holds none but whitelisted nodes."""
    match node:
        case ast.Name(id=name):
            return lambda row: row[name]
        case ast.Constant(value=value):
            constant = value if isinstance(value, str) else Decimal(str(value))
            return lambda row: constant
        case ast.BoolOp(op=op, values=values):
            parts = [_truth(value) for value in values]
            every = all if isinstance(op, ast.And) else any
            return lambda row: every(part(row) for part in parts)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            asked = _truth(operand)
            return lambda row: not asked(row)
        case ast.UnaryOp(operand=operand):
            positive = _evaluator(operand)
            return lambda row: -serial(positive(row))
        case ast.Compare():
            return _comparison(node)
        case ast.BinOp(left=left, op=op, right=right):
            first, second, apply = _evaluator(left), _evaluator(right), ARITHMETIC[type(op)]
            return lambda row: apply(serial(first(row)), serial(second(row)))
        case ast.Call(func=ast.Name(id=name), args=args):
            arguments, function = [_evaluator(argument) for argument in args], FUNCTIONS[name].python
            return lambda row: function(*(argument(row) for argument in arguments))
    raise ExpressionError(ast.dump(node))


def _comparison(node: ast.Compare) -> Evaluator:
    if isinstance(node.comparators[0], ast.Tuple | ast.List):
        wanted = isinstance(node.ops[0], ast.In)
        member = _evaluator(node.left)
        listed = [_evaluator(element)({}) for element in node.comparators[0].elts]
        return lambda row: (member(row) in listed) is wanted
    sides = [_evaluator(side) for side in (node.left, *node.comparators)]
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
