"""Plan how rows are read: rows that fill the same columns share one plan, worked out once."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .cell import FastValues
from .values import Raw

MOST_PLANS = 1_000
"""How many plans are cached at once."""
RowSignature = tuple[tuple[int, ...], tuple[int, ...]]
"""The columns of a row that hold something, and those of its formulas."""


class RowPlan(NamedTuple):
    """How to read the rows of one signature."""

    inputs: tuple[tuple[int, int, FastValues], ...]
    """The columns to be read, where the value of each goes, and what its cells mean."""
    computed: tuple[tuple[int, int, FastValues], ...]
    """The same for those that are only compared with what their formula gives."""
    others: tuple[int, ...]
    """The columns that are no input, those of our own checks left out."""
    complete: bool
    """Whether nothing is to be said of such a row unless of what its cells hold."""

    def overwritten(self, cells: Mapping[int, Raw], values: Sequence[Any]) -> bool:
        """Whether a computed cell seems to hold anything but what its formula gives."""
        return any(plain[cells[at]] != values[slot] for at, slot, plain in self.computed)
