"""Formulas over the detail sheets, each made together with its value, so that the two cannot differ."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from operator import eq, ge, le, lt
from typing import Any, NamedTuple

from ...problems.problem import column_letters
from ...xlsx.dates import EPOCH
from ...xlsx.formula import quote_text, quote_title
from ..values import BEYOND_FORMULAS, CachedFormula, rounded, writable

_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {"=": eq, ">=": ge, "<": lt, "<=": le}
WORTH_FORMULAS = 4_000_000
"""Cells that the formulas of one column may look at in all; beyond that a workbook would open too slowly."""


class Criterion(NamedTuple):
    """What a column's cell must be. ``operand`` is how the formula says the value: a cell, a number or a quoted text."""

    column: str
    sign: str
    value: Any
    operand: str


@dataclass(frozen=True)
class SheetTable:
    """The rows of a detail sheet as they were written: where each column stands, and what stands in it."""

    title: str
    top: int
    """The first row, counted from 1."""
    columns: tuple[str, ...]
    values: Mapping[str, Sequence[Any]]
    """Of the columns that formulas name: numbers as integers of ``scales``, days as midnight."""
    scales: Mapping[str, int] = field(default_factory=dict)
    seen: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """Every column as it is shown, for ``pick``."""
    split: bool = False
    """Whether the rows stand on several sheets: no formula can name them then, so what is reckoned stands as a value."""

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return max((len(values) for values in self.values.values()), default=0)

    def cells(self, column: str) -> str:
        """Return a column's cells as formulas of other sheets write them."""
        if self.split:
            return BEYOND_FORMULAS
        letter = column_letters(self.columns.index(column) + 1)
        return f"{quote_title(self.title)}!${letter}${self.top}:${letter}${self.top + max(self.rows, 1) - 1}"

    @cached_property
    def _index(self) -> tuple[list[int], dict[str, dict[Any, list[int]]]]:
        return list(range(self.rows)), {}

    def _places(self, column: str) -> Mapping[Any, list[int]]:
        """Return in which rows each value of a column stands."""
        numbers, rows_by_value = self._index
        if column not in rows_by_value:
            rows_by_value[column] = defaultdict(list)
            for row, value in zip(numbers, self.values[column], strict=True):
                rows_by_value[column][value].append(row)
        return rows_by_value[column]

    def matching(self, conditions: Sequence[Criterion]) -> Iterator[int]:
        """Yield the rows that meet every condition."""
        same = [c for c in conditions if c.sign == "="]
        rows: Iterable[int] = self._places(same[0].column).get(same[0].value, ()) if same else range(self.rows)
        return (row for row in rows if all(_meets(self.values[c.column][row], c) for c in conditions))

    def count(self, *conditions: Criterion) -> CachedFormula:
        """Return how many rows meet the conditions."""
        return CachedFormula(f"COUNTIFS({self._criteria(conditions)})", sum(1 for _ in self.matching(conditions)))

    def total(self, column: str, *conditions: Criterion) -> CachedFormula:
        """Return the sum of a column over the rows that meet the conditions."""
        summed = sum(self.values[column][row] or 0 for row in self.matching(conditions))
        formula = f"SUMIFS({self.cells(column)},{self._criteria(conditions)})"
        scale = self.scales.get(column, 1)
        return (
            CachedFormula(formula, summed)
            if scale == 1
            else CachedFormula(f"ROUND({formula},{_places(scale)})", summed / scale)
        )

    def place(self, column: str, key: int, operand: str) -> CachedFormula:
        """Return in which row (from 1) a column holds a number, 0 where in none."""
        row = next(iter(self._places(column).get(key, ())), -1)
        return CachedFormula(f"IFERROR(MATCH({operand},{self.cells(column)},0),0)", row + 1)

    def pick(self, column: str, place: str, row: float | str) -> CachedFormula:
        """Return what a column shows in a row (from 1); ``place`` is the cell that holds the row. 0 and blanks are empty."""
        cell = f"INDEX({self.cells(column)},{place})"
        value = cell_operand(self.seen[column][int(row) - 1]) if row and self.rows else ""
        return CachedFormula(f'IF({place}=0,"",IF({cell}="","",{cell}))', value)

    def _criteria(self, conditions: Sequence[Criterion]) -> str:
        return ",".join(f"{self.cells(c.column)},{_criterion(c)}" for c in conditions)


def _places(scale: int) -> int:
    return len(str(scale)) - 1


def _criterion(condition: Criterion) -> str:
    return condition.operand if condition.sign == "=" else f'"{condition.sign}"&{condition.operand}'


def _meets(value: Any, condition: Criterion) -> bool:
    return value is not None and _TESTS[condition.sign](value, condition.value)


def cell_operand(value: Any) -> float | str:
    """Return what a formula that names a cell sees in it."""
    match value:
        case None:
            return ""
        case CachedFormula():
            return value.value
        case datetime() | date():
            moment = value if isinstance(value, datetime) else datetime.combine(value, time())
            return (moment - EPOCH) / timedelta(days=1)
        case int() | float():
            return float(value)
        case _:
            return writable(str(value))


def ratio(part: CachedFormula, total: CachedFormula, places: int | None = None) -> CachedFormula | None:
    """Return one figure divided by another, ``None`` where there is nothing to divide by."""
    if not total.value:
        return None
    value = float(part.value) / float(total.value)
    formula = f"{part.formula}/{total.formula}"
    return (
        CachedFormula(formula, value)
        if places is None
        else CachedFormula(f"ROUND({formula},{places})", rounded(value, places))
    )


def is_(column: str, value: Any, operand: str = "") -> Criterion:
    """Return the condition that a cell equals a number, or a text that holds no wildcards."""
    text = quote_text(value) if isinstance(value, str) else str(value)
    return Criterion(column, "=", value, operand or text)


def between(column: str, start: date, end: date, cells: tuple[str, str]) -> tuple[Criterion, Criterion]:
    """Return the conditions that a day is not before ``start`` and before ``end``, which stand in those cells."""
    first, last = (datetime.combine(day, time()) for day in (start, end))
    return Criterion(column, ">=", first, cells[0]), Criterion(column, "<", last, cells[1])
