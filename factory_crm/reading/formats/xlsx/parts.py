"""The parts of a package: found by name, unpacked in pieces with counters of our own, read to the end so their CRC is checked."""

import struct
import zipfile
import zlib
from collections.abc import Iterator

from ....i18n.translate import LazyText
from ....problems.codes import DAMAGED, DUPLICATE_PART, MISSING_PART, UNKNOWN_PACKING
from ....xlsx.package import part_key
from ...files import BoundedFile
from ...guard import Guard

PIECE = 1 << 16
"""Bytes unpacked at a time."""

# All that zipfile is known to raise on hostile or broken packages.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    IndexError,
    OverflowError,
)
_ENCRYPTED_FLAGS = 0x01 | 0x40
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Package:
    """An open zip package. Part names are compared without regard to case and to the slash's direction, as Excel does."""

    def __init__(self, file: BoundedFile, guard: Guard) -> None:
        """Read the zip directory of an open file. Raises ``Refused``."""
        self.guard = guard
        self._unpacked: dict[str, int] = {}
        try:
            self._zip = zipfile.ZipFile(file)
        except NotImplementedError as error:
            raise guard.refuse(UNKNOWN_PACKING, part=LazyText("压缩包目录")) from error
        except _BROKEN as error:
            raise guard.refuse(DAMAGED, part=LazyText("压缩包目录")) from error
        entries = self._zip.infolist()
        if len(entries) > guard.limits.entries:
            raise guard.too_large(LazyText("内部部件数"), guard.limits.entries)
        self._entries: dict[str, list[zipfile.ZipInfo]] = {}
        for entry in entries:
            self._entries.setdefault(part_key(entry.filename), []).append(entry)

    @property
    def names(self) -> frozenset[str]:
        """The names of all the parts, in lower case with forward slashes."""
        return frozenset(self._entries)

    def has(self, part: str) -> bool:
        """Return whether there is a part of that name."""
        return part_key(part) in self._entries

    def pieces(self, part: str, most: int = 0) -> Iterator[bytes]:
        """Yield a part's bytes, 64 KiB at a time and to the end; ``most`` lowers the limit of its size.

        Raises ``Refused``: missing, doubled, packed in an unknown way, damaged, too large, too slow.
        """
        entry = self._entry(part)
        limit = min(most or self.guard.limits.part_bytes, self.guard.limits.part_bytes)
        others = sum(size for name, size in self._unpacked.items() if name != part_key(part))
        size = 0
        for piece in self._unpack(entry):
            size += len(piece)
            if size > limit:
                raise self.guard.too_many_bytes(LazyText("内部部件大小"), limit)
            if others + size > self.guard.limits.unpacked_bytes:
                raise self.guard.too_many_bytes(LazyText("解压后的大小"), self.guard.limits.unpacked_bytes)
            self._unpacked[part_key(part)] = max(size, self._unpacked.get(part_key(part), 0))
            self.guard.check_time()
            yield piece

    def close(self) -> None:
        """Let go of the zip directory; the file stays open."""
        self._zip.close()

    def _entry(self, part: str) -> zipfile.ZipInfo:
        entries = self._entries.get(part_key(part), ())
        if not entries:
            raise self.guard.refuse(MISSING_PART, part=part)
        if len(entries) > 1:
            raise self.guard.refuse(DUPLICATE_PART, part=part)
        entry = entries[0]
        if entry.flag_bits & _ENCRYPTED_FLAGS or entry.compress_type not in _METHODS:
            raise self.guard.refuse(UNKNOWN_PACKING, part=part)
        return entry

    def _unpack(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self._zip.open(entry) as packed:
                while piece := packed.read(PIECE):
                    yield piece
        except NotImplementedError as error:
            raise self.guard.refuse(UNKNOWN_PACKING, part=entry.filename) from error
        except _BROKEN as error:
            raise self.guard.refuse(DAMAGED, part=entry.filename) from error
