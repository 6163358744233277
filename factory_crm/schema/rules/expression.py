"""One small language for rules and formulas: judged in Python, computed in Excel, read by people.

A rule is a Python expression over the columns of one row, out of a whitelist: names, texts, numbers, ``+ - * /``,
comparisons (chained too, ``in`` with a list of texts), ``and or not`` and the functions of ``functions.py``.
A bare name where a truth is wanted asks whether the cell is filled. A rule *waits* (holds) while a cell it needs is
blank or bad, or while it can't be reckoned (a division by zero); a cell it only asks about may be blank. Rounding is
Excel's: halves go away from zero.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .compile import PythonSource, RowValues
from .grammar import ExpressionError, parse

__all__ = ["Expression", "ExpressionError", "RowValues"]


@dataclass(frozen=True)
class Expression:
    """A condition or a formula over the columns of one row, such as ``round(quantity * unit_price, 2)``."""

    text: str
    named: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Texts in it that bring their own English along: the choices of a factory's own lists."""

    @cached_property
    def tree(self) -> ast.expr:
        """The parsed expression. Raises ExpressionError for anything outside the language."""
        return parse(self.text)

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
    def _evaluate(self) -> Callable[..., Any]:
        source = PythonSource(self.names)
        return source.function([f"return {source.value(self.tree)}"])

    @cached_property
    def _decide(self) -> Callable[..., bool]:
        source = PythonSource(self.names)
        return source.function([f"return {source.truth(self.tree)}"])

    def __getstate__(self) -> dict[str, Any]:
        """Travel to other processes as text: what was built from it does not."""
        return {"text": self.text, "named": dict(self.named)}

    def waits(self, row: RowValues) -> bool:
        """Whether a cell it needs is blank or bad."""
        return any(row.get(name) is None for name in self.needed)

    def holds(self, row: RowValues) -> bool:
        """Whether the row meets the condition; one that waits is met."""
        if self.waits(row):
            return True
        try:
            return self._decide(*[row.get(name, "") for name in self.names])
        except ArithmeticError:
            return True

    def value(self, row: RowValues) -> Any:
        """Return what the formula gives, ``None`` while a cell it needs is blank or bad, or it divides by zero."""
        values = [row.get(name) for name in self.names]
        try:
            return None if None in values else self._evaluate(*values)
        except ArithmeticError:
            return None


def _needed(node: ast.AST, *, truth: bool) -> set[str]:
    """Return the names whose values a node needs; ``truth``: a bare name here only asks whether its cell is filled."""
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
