"""Tables on the calculation sheet, as values: charts stand on them, and their formulas may name cells of their own row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..values import CachedFormula

_OWN = re.compile("\1(\\w+)\2")


def own_row(column: str) -> str:
    """Return how a formula of a block names a column's cell in its own row, wherever the block will stand."""
    return f"\1{column}\2"


@dataclass(frozen=True, eq=False)
class Block:
    """A table on the sheet: name, header and look of each column, and its values; the first column names the rows."""

    heads: Sequence[tuple[str, str, str]]
    values: Mapping[str, Sequence[Any]]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.values[self.heads[0][0]])

    def any(self, name: str) -> bool:
        """Whether a column holds anything but zeros and blanks."""
        return any(_number(value) for value in self.values[name])

    def points(self, name: str) -> int:
        """How many cells of a column are filled."""
        return sum(_number(value) is not None for value in self.values[name])


def placed(value: Any, letters: Mapping[str, str], row: int) -> Any:
    """Return a block's value as it stands in a row (from 1): its formula names the cells of the block's own columns."""
    if not isinstance(value, CachedFormula):
        return value
    return value._replace(formula=_OWN.sub(lambda name: f"${letters[name[1]]}${row}", value.formula))


def _number(value: Any) -> Any:
    return value.value if isinstance(value, CachedFormula) else value
