"""What fuzzing once found, small: each is read, or refused with a reason."""

from pathlib import Path

import pytest

from .fuzz import PARTS, RICH, content_of, read_all

FOUND = sorted((Path(__file__).parent / "regress").glob("*.bin"))


@pytest.mark.parametrize("found", FOUND, ids=lambda path: path.stem)
def test_found(found: Path, tmp_path: Path) -> None:
    path = tmp_path / "found.xlsx"
    path.write_bytes(content_of(found.read_bytes()))
    read_all(path)


@pytest.mark.parametrize("number", range(1, len(PARTS)), ids=lambda number: PARTS[number])
def test_what_fuzzing_starts_from_is_read(number: int, tmp_path: Path) -> None:
    from factory_crm.reading.opening import open_workbook

    path = tmp_path / "seed.xlsx"
    path.write_bytes(content_of(bytes([number]) + str(RICH[PARTS[number]]).encode()))
    with open_workbook(path) as source:
        assert list(source.grid("表").rows())
