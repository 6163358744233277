"""The ways rows are filled: of few a sheet has more, so what is to be done with a row is worked out once for all like it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..reading.grid import Raw
from .cells import Plain

MOST_WAYS = 1_000
"""So many are remembered at once."""
Shape = tuple[tuple[int, ...], tuple[int, ...]]
"""The columns of a row that hold something, and those of its formulas."""


class Way(NamedTuple):
    """What is to be done with the rows of one shape."""

    inputs: tuple[tuple[int, int, Plain], ...]
    """The columns to be read, where the value of each goes, and what its cells mean."""
    computed: tuple[tuple[int, int, Plain], ...]
    """The same for those that are only compared with what their formula gives."""
    beside: tuple[int, ...]
    """The columns that are no input, those of our own checks left out."""
    plain: bool
    """Whether nothing is to be said of such a row unless of what its cells hold."""

    def overwritten(self, cells: Mapping[int, Raw], values: Sequence[Any]) -> bool:
        """Whether a computed cell seems to hold anything but what its formula gives."""
        return any(plain[cells[at]] != values[slot] for at, slot, plain in self.computed)
