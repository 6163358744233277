"""Workbooks with something done to them that a bad disk, a broken connection or a clumsy program might do."""

import io
import zipfile
from collections.abc import Callable
from random import Random

Change = Callable[[bytes, Random], bytes]


def bits(content: bytes, chance: Random) -> bytes:
    """A few bits turned anywhere."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 5, 20))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def directory(content: bytes, chance: Random) -> bytes:
    """A few bytes changed where the package lists its parts: names, sizes, places, ways of packing."""
    start = content.rindex(b"PK\5\6") if b"PK\5\6" in content else 0
    first = int.from_bytes(content[start + 16 : start + 20], "little")
    data = bytearray(content)
    for _ in range(chance.randrange(1, 4)):
        data[chance.randrange(first, len(data))] = chance.choice((0, 1, 8, 0x7F, 0xFF, chance.randrange(256)))
    return bytes(data)


def cut(content: bytes, chance: Random) -> bytes:
    """The end lost, or a stretch in the middle, or one that came twice."""
    start, end = sorted((chance.randrange(len(content)), chance.randrange(len(content))))
    return chance.choice((content[:end], content[:start] + content[end:], content[:end] + content[start:]))


def zeros(content: bytes, chance: Random) -> bytes:
    """A block of zeros, as a file system leaves behind."""
    start = chance.randrange(len(content)) // 512 * 512
    size = min(512 * chance.randrange(1, 9), len(content) - start)
    return content[:start] + bytes(size) + content[start + size :]


def without(content: bytes, chance: Random) -> bytes:
    """One part left out."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        gone = chance.choice(names)
        return _zipped({name: package.read(name) for name in names if name != gone})


def rewritten(content: bytes, chance: Random) -> bytes:
    """One part changed and packed again, so that no checksum tells; what it then says is what it says."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = chance.choice(list(parts))
    part = bytearray(parts[name] or b" ")
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(part))
        match chance.randrange(4):
            case 0:
                part[at] = chance.choice(b"<>\"'/&;= 019az\0\xff")
            case 1:
                del part[at : at + chance.randrange(1, 40)]
                part = part or bytearray(b" ")
            case 2:
                part[at:at] = part[at : at + chance.randrange(1, 400)]
            case _:
                part[at:at] = chance.choice(
                    (b"<c r='A1'>", b"</c>", b"<row>", b"&#1;", b"<!--", b"<v>1e400</v>", b'" r="XFE1')
                )
    return _zipped({**parts, name: bytes(part)})


def _zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return buffer.getvalue()


DAMAGE: tuple[Change, ...] = (bits, bits, directory, cut, zeros, without)
"""After these a workbook either says what it said before, or something is said of it."""
EDITS: tuple[Change, ...] = (rewritten,)
