"""What the tests of the reading room share."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from factory_crm.problems.codes import Code
from factory_crm.reading.grid import GridRow
from factory_crm.reading.guard import Refused
from factory_crm.reading.limits import ReaderLimits
from factory_crm.reading.opening import open_workbook

from . import packing

Read = Callable[..., list[GridRow]]
Refusal = Callable[..., Code]


def rows_of(path: Path, limits: ReaderLimits | None = None) -> list[GridRow]:
    """Return all the rows of the first sheet."""
    with open_workbook(path, limits or ReaderLimits()) as source:
        return list(source.grid(source.sheets[0].name).rows())


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a workbook with these rows and changed parts."""

    def reading(
        rows: str = "", changes: Mapping[str, str | bytes | None] | None = None, limits: ReaderLimits | None = None
    ) -> list[GridRow]:
        return rows_of(packing.write(tmp_path / "book.xlsx", packing.parts(rows, changes)), limits)

    return reading


@pytest.fixture
def refusal(read: Read) -> Refusal:
    """Return the code a workbook with these rows and changed parts is refused with."""

    def refusing(*given: object, **named: object) -> Code:
        with pytest.raises(Refused) as caught:
            read(*given, **named)
        return caught.value.problem.code

    return refusing


@pytest.fixture
def value(read: Read) -> Callable[..., object]:
    """Return the value of the cell ``A1``, spelt by its attributes and content; ``None`` for a blank one."""

    def reading(attributes: str, content: str, changes: Mapping[str, str | bytes | None] | None = None) -> object:
        rows = read(f'<row r="1"><c r="A1" {attributes}>{content}</c></row>', changes)
        return rows[0].cells[0].value if rows else None

    return reading
