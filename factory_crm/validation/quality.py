"""Measure how well a workbook is filled in: completeness and problems per 100 rows."""

from collections.abc import Iterable
from typing import NamedTuple


class Quality(NamedTuple):
    """What the figures are made of; those of several workbooks add up."""

    expected_cells: int = 0
    """Cells of the required and expected columns (★☆) that the sheets have."""
    blanks: int = 0
    rows: int = 0
    problems: int = 0
    """Of every severity."""

    @property
    def completeness(self) -> float | None:
        """Filled ÷ wanted cells, in percent, one decimal; ``None`` where nothing is wanted. Never rounded up to 100."""
        return (
            int(1000 * (self.expected_cells - self.blanks) / self.expected_cells) / 10 if self.expected_cells else None
        )

    @property
    def density(self) -> float | None:
        """Problems in every hundred rows, one decimal; ``None`` without rows."""
        return round(100 * self.problems / self.rows, 1) if self.rows else None


def combined(qualities: Iterable[Quality]) -> Quality:
    """Return the quality of several workbooks as one."""
    return Quality(*map(sum, zip(Quality(), *qualities, strict=True)))
