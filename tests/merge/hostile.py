"""Files that are no good, each in its own way."""

import io
import zipfile
from collections.abc import Iterator
from random import Random


def hostile(good: bytes, chance: Random) -> Iterator[tuple[str, bytes]]:
    """Yield fifty of them: a name and its bytes."""
    makers = (
        lambda: b"",
        lambda: b"PK\x03\x04" + chance.randbytes(200),
        lambda: chance.randbytes(3000),
        lambda: good[: len(good) * chance.randint(20, 90) // 100],
        lambda: _damaged(good, chance),
        lambda: _part(good, "xl/workbook.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><workbook/>"),
        lambda: _part(good, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"),
        lambda: _part(good, "xl/_rels/workbook.xml.rels", None),
        lambda: _part(good, "xl/worksheets/sheet2.xml", b" " * 300_000_000),
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    )
    for n in range(50):
        yield f"bad{n:02d}.xlsx", makers[n % len(makers)]()


def _damaged(good: bytes, chance: Random) -> bytes:
    """Bytes turned over in the middle of the packed sheets."""
    raw = bytearray(good)
    for _ in range(60):
        raw[chance.randrange(len(raw) // 3, len(raw))] ^= 0xFF
    return bytes(raw)


def _part(good: bytes, name: str, content: bytes | None) -> bytes:
    """The workbook with one part replaced, or left out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
            elif content is not None:
                new.writestr(info.filename, content)
    return made.getvalue()
