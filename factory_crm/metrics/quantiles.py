"""How values spread, from how often each occurs: exact on every engine, whose own quantiles differ."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Distribution:
    """Whole numbers in order, and how many there are up to each."""

    values: tuple[int, ...]
    up_to: tuple[int, ...]

    @classmethod
    def of(cls, counts: Iterable[tuple[int, int]]) -> "Distribution":
        """Take values and how often each occurs."""
        pairs = sorted(counts)
        return cls(tuple(int(value) for value, _ in pairs), tuple(accumulate(int(rows) for _, rows in pairs)))

    @property
    def n(self) -> int:
        """How many there are."""
        return self.up_to[-1] if self.up_to else 0

    def mean(self, unit: int = 1) -> float | None:
        """Return the mean in units of so many; None of nothing."""
        rows = (later - earlier for earlier, later in zip((0, *self.up_to), self.up_to, strict=False))
        total = sum(value * row for value, row in zip(self.values, rows, strict=True))
        return float(Fraction(total, self.n * unit)) if self.n else None

    def at(self, part: float, unit: int = 1) -> float | None:
        """Return the value that this part of them does not exceed, between neighbours as Excel's PERCENTILE.INC does."""
        if not self.n:
            return None
        place = Fraction(str(part)) * (self.n - 1)
        below = int(place)
        low, high = self._nth(below), self._nth(min(below + 1, self.n - 1))
        return float((low + (high - low) * (place - below)) / unit)

    def up_to_value(self, most: int) -> int:
        """Return how many do not exceed it."""
        found = bisect_right(self.values, most)
        return self.up_to[found - 1] if found else 0

    def _nth(self, index: int) -> int:
        return self.values[bisect_right(self.up_to, index)]
