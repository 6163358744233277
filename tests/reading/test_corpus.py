"""Real workbooks from elsewhere: each is read or refused, and its cells are those another reader sees."""

import contextlib
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from factory_crm.problems import codes
from factory_crm.reading.grid import BrokenCell
from factory_crm.reading.guard import Refused
from factory_crm.reading.opening import open_workbook
from factory_crm.reading.reader import WorkbookReader

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
FILES = sorted(CORPUS.glob("*.xl*"))
FEW = FILES[::25]

needs_corpus = pytest.mark.skipif(not FILES, reason=f"no workbooks in {CORPUS}")
# openpyxl does not undo these escapes; control characters and the like show as such.
ESCAPES = re.compile(r"_x([0-9A-Fa-f]{4})_")
Spot = tuple[str, int, int]


def ours(source: WorkbookReader) -> dict[Spot, object]:
    """Every cell of every sheet."""
    return {(info.name, row.number, cell.column): cell.value
            for info in source.sheets for row in source.grid(info.name).rows() for cell in row.cells}  # fmt: skip


def theirs(path: Path) -> Iterator[tuple[Spot, object]]:
    """Every cell that openpyxl finds something in."""
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(file, data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from (
                ((sheet.title, cell.row, cell.column), cell.value) for cell in row if cell.value not in (None, "")
            )


def agree(own: object, other: object) -> bool:
    """Return whether two readers mean the same, but for what openpyxl is known to do otherwise."""
    if isinstance(own, BrokenCell):
        return own.code is not codes.ERROR_VALUE or other in (own.text, "#VALUE!")
    if isinstance(own, str) and isinstance(other, str):
        text = ESCAPES.sub(lambda found: chr(int(found[1], 16)), other)
        return own == other or own.replace("\n", "") == text.replace("\r", "").replace("\n", "")
    if isinstance(own, datetime | time) or isinstance(other, datetime | date | time | timedelta):
        return isinstance(
            own, float | datetime | time
        )  # openpyxl takes other formats for dates; test_values holds ours
    return own == other


def difference(path: Path) -> list[tuple[Spot, object, object]]:
    """Return the cells two readers disagree on; none where either refuses the file."""
    try:
        with open_workbook(path) as source:
            mine = ours(source)
    except Refused:
        return []
    try:
        other = dict(theirs(path))
    except Exception:  # noqa: BLE001 - openpyxl raises many things on files that are odd
        return []
    return [(spot, mine.get(spot), value) for spot, value in other.items() if not agree(mine.get(spot), value)]


@needs_corpus
@pytest.mark.parametrize("path", FEW, ids=lambda path: path.name)
def test_a_few(path: Path) -> None:
    assert difference(path) == []


@needs_corpus
@pytest.mark.slow
def test_every_workbook_gives_rows_or_a_reason() -> None:
    for path in FILES:
        with contextlib.suppress(Refused), open_workbook(path) as source:
            ours(source)
