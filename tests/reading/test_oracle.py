"""Each cell we read is what openpyxl and calamine read, or differs for a reason that has a name: both ways, every file."""

import base64
import json
import os
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from factory_crm.reading.guard import Refused
from factory_crm.reading.opening import open_workbook

from .oracle import reason
from .test_corpus import FILES

ROOT = Path(__file__).resolve().parents[2]
OWN = sorted((ROOT / "workbooks").rglob("*.xlsx"))
STEP = 25
READERS = ("openpyxl", "calamine")
MAIN, STRICT = "spreadsheetml/2006/main", "purl.oclc.org/ooxml/spreadsheetml/main"
Cells = dict[tuple[str, int, int], Any]

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the others read in forked processes")


def ours(path: Path) -> Cells:
    """Every cell of every sheet."""
    with open_workbook(path) as source:
        return {
            (info.name, row.number, cell.column): cell.value
            for info in source.sheets
            for row in source.grid(info.name).rows()
            for cell in row.cells
        }


@pytest.fixture(scope="session")
def others() -> Iterator[Callable[[str, Path], Cells | None]]:
    """What another reader makes of a file; ``None`` where it fails."""
    command = [sys.executable, "-m", "tests.reading.others"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        requests, answers = process.stdin, process.stdout
        assert requests
        assert answers

        def read(reader: str, path: Path) -> Cells | None:
            requests.write(json.dumps([reader, str(path)]) + "\n")
            requests.flush()
            cells: Cells | None = pickle.loads(base64.b64decode(answers.readline()))  # noqa: S301 - our own process
            return cells

        yield read
        requests.close()


def unexplained(path: Path, others: Callable[[str, Path], Cells | None]) -> list[tuple[object, ...]]:
    """The cells on which a reader and we differ, and nobody can say why."""
    try:
        mine = ours(path)
    except Refused:
        return []
    found = []
    for reader in READERS:
        theirs = others(reader, path)
        spots = mine.keys() | theirs.keys() if theirs is not None and usable(reader, path, theirs) else set()
        found += [
            (path.name, reader, *spot, mine.get(spot), (theirs or {}).get(spot))
            for spot in spots
            if not reason(reader, mine.get(spot), (theirs or {}).get(spot))
        ]
    return found


def usable(reader: str, path: Path, theirs: Cells) -> bool:
    """Whether that reader knows this kind of file: openpyxl takes a strict one for empty."""
    with zipfile.ZipFile(path) as package:
        book = next((package.read(name) for name in package.namelist() if name.lower().endswith("workbook.xml")), b"")
    return bool(theirs) or reader != "openpyxl" or STRICT.encode() not in book


@needs_fork
@pytest.mark.slow
@pytest.mark.skipif(not FILES, reason="no corpus")
@pytest.mark.parametrize("first", range(0, len(FILES), STEP))
def test_corpus(first: int, others: Callable[[str, Path], Cells | None]) -> None:
    assert [one for path in FILES[first : first + STEP] for one in unexplained(path, others)] == []


@needs_fork
@pytest.mark.slow
@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_our_own(path: Path, others: Callable[[str, Path], Cells | None]) -> None:
    assert unexplained(path, others) == []


def spelt(change: Callable[[str, bytes], bytes], path: Path, target: Path) -> Path:
    """A workbook with every part spelt another way."""
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(target, "w") as changed:
        for name in package.namelist():
            changed.writestr(name, change(name, package.read(name)))
    return target


def strict(name: str, part: bytes) -> bytes:
    return part.replace(b"http://schemas.openxmlformats.org/" + MAIN.encode(), b"http://" + STRICT.encode())


def utf_16(name: str, part: bytes) -> bytes:
    if not name.startswith("xl/") or not name.endswith(".xml"):
        return part
    text = part.decode().partition("?>")[2] if part.startswith(b"<?xml") else part.decode()
    return f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16")


def misdimensioned(name: str, part: bytes) -> bytes:
    before, found, after = part.partition(b"<dimension ")
    return before + b'<dimension ref="A1"/>' + after.partition(b"/>")[2] if found else part


@pytest.mark.parametrize("change", [strict, utf_16, misdimensioned])
def test_other_spellings_are_read_whole(change: Callable[[str, bytes], bytes], tmp_path: Path) -> None:
    path = OWN[0]
    assert ours(spelt(change, path, tmp_path / "book.xlsx")) == ours(path)
