"""Many rows of plain cells: kept as columns of values, spelled out row by row while their sheet's part is written."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache, partial
from math import isfinite
from typing import Any, NamedTuple

from ..problems.problem import column_letters
from .backend import Format
from .shared_strings import SharedTexts

Settle = Callable[[Any], tuple[Any, Format]]
"""From a value to what its cell holds (``None``, a text, a number or a day) and the format of the cell."""
_REMEMBERED = 4096
"""So many different values of a column are spelled out once; most columns hold far fewer."""


class Body(NamedTuple):
    """The rows below a table's head. ``top`` is the first, counted from 0; all columns are of one length."""

    top: int
    columns: Sequence[tuple[Sequence[Any], Settle]]

    @property
    def bottom(self) -> int:
        """The last row, counted from 0."""
        return self.top + len(self.columns[0][0]) - 1

    def rows(self, texts: SharedTexts, serial: Callable[[date], float]) -> Iterator[str]:
        """Yield the rows as their sheet's part spells them; ``serial`` turns days into numbers."""
        spelled = [
            map(lru_cache(_REMEMBERED)(partial(_inside, texts, serial, settle)), values)
            for values, settle in self.columns
        ]
        starts = [f'<c r="{column_letters(at + 1)}' for at in range(len(spelled))]
        for number, cells in enumerate(zip(*spelled, strict=True), self.top + 1):
            row = "".join([f"{start}{number}{cell}" for start, cell in zip(starts, cells, strict=True)])
            texts.count += row.count(' t="s"')
            yield f'<row r="{number}" spans="1:{len(cells)}">{row}</row>'


def _inside(texts: SharedTexts, serial: Callable[[date], float], settle: Settle, value: Any) -> str:
    """Return the XML of a cell from behind its address."""
    content, style = settle(value)
    begun = f'" s="{style._get_xf_index()}"'  # noqa: SLF001 - XlsxWriter has no public way to it
    if content is None:
        return begun + "/>"
    if isinstance(content, str):
        return f'{begun} t="s"><v>{texts.place(content)}</v></c>'
    number = serial(content) if isinstance(content, date) else content
    if not isfinite(number):
        raise ValueError(f"a cell can't hold {number}")
    return f"{begun}><v>{number:.16G}</v></c>"
