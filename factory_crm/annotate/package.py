"""A workbook's package that is changed part by part: what nobody touches is copied as it is, packed, in its place."""

import struct
import zipfile
import zlib
from copy import copy
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from lxml import etree

from ..i18n.translate import LazyText
from ..problems.codes import CANNOT_MARK_FORMAT, DAMAGED, ENCRYPTED, MISSING_PART
from ..reading.files import open_regular
from ..reading.formats.registry import format_of
from ..reading.formats.xlsx.container import read_container
from ..reading.formats.xlsx.parts import Package
from ..reading.guard import Guard
from ..reading.limits import ReaderLimits
from ..schema.copy_mark import digest_of
from ..xlsx.package import (
    CONTENT_TYPES,
    RELATION_KINDS,
    RELATIONSHIPS,
    TYPES,
    kind_of,
    part_key,
    relationships_of,
    resolve,
)
from .xml import Element, local, parsed, qualified, serialised

_LISTING = "application/vnd.openxmlformats-package.relationships+xml"
_MOMENT = (1980, 1, 1, 0, 0, 0)
_LOCAL_HEADER = struct.Struct("<26x2H")
_PIECE = 1 << 20


class PartRelation(NamedTuple):
    """One relationship of a part; an outer one leads to an address, not to a part."""

    identity: str
    kind: str
    target: str
    outer: bool


class Parts:
    """An open workbook and the changes to it, to be used in a ``with`` statement."""

    def __init__(self, path: Path, limits: ReaderLimits | None = None) -> None:
        """Open it as the reader does. Raises ``Refused``."""
        self.guard = Guard(str(path), limits or ReaderLimits())
        self._file = open_regular(self.guard)
        try:
            with self.guard.reading():
                self._require_annotatable()
                self.sha256, encrypted = read_container(self._file, self.guard)
            self._refuse_encrypted(encrypted=encrypted)
            self.package = Package(self._file, self.guard)
            self._zip = zipfile.ZipFile(self._file)
        except BaseException:
            self._file.close()
            raise
        self._entries = {part_key(entry.filename): entry for entry in self._zip.infolist()}
        self._changed: dict[str, bytes] = {}
        self._trees: dict[str, Element] = {}
        self._added: dict[str, str] = {}
        self._gone: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the file."""
        self._file.close()

    def _require_annotatable(self) -> None:
        if not format_of(self._file, self.guard).can_annotate:
            raise self.guard.refuse(CANNOT_MARK_FORMAT)

    def _refuse_encrypted(self, *, encrypted: bool) -> None:
        """A copy that anybody can open is not what the one who set the password wants."""
        if encrypted:
            raise self.guard.refuse(ENCRYPTED)

    @property
    def names(self) -> frozenset[str]:
        """The parts there are, in lower case."""
        return frozenset({*self._entries, *self._added} - self._gone)

    def has(self, part: str) -> bool:
        """Return whether there is such a part."""
        return part_key(part) in self.names

    def fresh(self, pattern: str) -> str:
        """Return the first name of that pattern (``xl/comments{}.xml``) that no part has."""
        return next(name for number in count(1) if not self.has(name := pattern.format(number)))

    def read(self, part: str) -> bytes:
        """Return a part as it stands now. Raises ``Refused`` where it is missing, damaged or too large."""
        key = part_key(part)
        if key in self._trees:
            return serialised(self._trees[key])
        if key in self._changed:
            return self._changed[key]
        if key in self._gone:
            raise self.guard.refuse(MISSING_PART, part=part)
        with self.guard.reading():
            return b"".join(self.package.pieces(part))

    def write(self, part: str, content: bytes) -> None:
        """Replace a part, or add it."""
        key = part_key(part)
        self._gone.discard(key)
        self._trees.pop(key, None)
        self._changed[key] = content
        if key not in self._entries:
            self._added[key] = part

    def tree(self, part: str) -> Element:
        """Return the root of a part, for good: what is changed in it is written."""
        key = part_key(part)
        if key not in self._trees:
            root = parsed(self.read(part), self.guard, part)
            self._changed.pop(key, None)
            self._trees[key] = root
            if key not in self._entries:
                self._added[key] = part
        return self._trees[key]

    def look(self, part: str) -> Element:
        """Return the root of a part, only to be looked at."""
        key = part_key(part)
        return self._trees[key] if key in self._trees else parsed(self.read(part), self.guard, part)

    def remove(self, part: str) -> None:
        """Take a part away, and what the content types say of it."""
        key = part_key(part)
        self._gone.add(key)
        for store in (self._changed, self._trees, self._added):
            store.pop(key, None)
        listed = [e for e in self.look(CONTENT_TYPES) if part_key(e.get("PartName", "")) == key]
        if listed:
            types = self.tree(CONTENT_TYPES)
            for element in [e for e in types if part_key(e.get("PartName", "")) == key]:
                types.remove(element)
        listing = relationships_of(part)
        if self.has(listing):
            self.remove(listing)

    def declare(self, part: str, content_type: str) -> None:
        """Say of what type an added part is."""
        root = self.tree(CONTENT_TYPES)
        etree.SubElement(root, qualified("Override", TYPES), PartName="/" + part, ContentType=content_type)

    def declare_all(self, extension: str, content_type: str) -> None:
        """Say of what type all parts of that extension are, unless it is said already."""
        if not any(e.get("Extension", "").lower() == extension for e in self.look(CONTENT_TYPES)):
            root = self.tree(CONTENT_TYPES)
            root.insert(0, root.makeelement(qualified("Default", TYPES), Extension=extension, ContentType=content_type))

    def relations(self, part: str) -> list[PartRelation]:
        """Return the relationships of a part, the package's own for ``''``."""
        listing = relationships_of(part)
        if not self.has(listing):
            return []
        return [_relation(e, part) for e in self.look(listing) if local(e) == "Relationship"]

    def target(self, part: str, kind: str) -> str:
        """Return the part that a relationship of that kind leads to, ``''`` where there is none."""
        return next((r.target for r in self.relations(part) if r.kind == kind and not r.outer), "")

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship and return its id."""
        listing = relationships_of(part)
        if not self.has(listing):
            self.write(listing, f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode())
            self.declare_all("rels", _LISTING)  # older LibreOffice gives each listing its type by name
        root = self.tree(listing)
        taken = {e.get("Id") for e in root}
        identity = next(i for n in range(1, len(taken) + 2) if (i := f"rIdFC{n}") not in taken)
        etree.SubElement(
            root,
            qualified("Relationship", RELATIONSHIPS),
            Id=identity,
            Type=f"{RELATION_KINDS}/{kind}",
            Target="/" + target,
        )
        return identity

    def unrelate(self, part: str, target: str) -> None:
        """Remove the relationships of a part that lead to that one."""
        root = self.tree(relationships_of(part))
        for element in [e for e in root if local(e) == "Relationship"]:
            relation = _relation(element, part)
            if not relation.outer and part_key(relation.target) == part_key(target):
                root.remove(element)
        if not len(root):
            self.remove(relationships_of(part))

    def digest(self, *, but: str) -> str:
        """Return a digest of all the parts as they stand now, but for that one."""
        crcs = {key: entry.CRC for key, entry in self._entries.items() if key not in self._gone}
        crcs |= {key: zlib.crc32(self.read(key)) for key in {*self._changed, *self._trees}}
        return digest_of(crcs, but=but)

    def save(self, path: Path) -> None:
        """Write the package: the order of its parts stays, added ones stand last. Raises ``Refused``."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for entry in self._zip.infolist():
                key = part_key(entry.filename)
                if key in self._changed or key in self._trees:
                    out.writestr(_entry(entry.filename, entry.date_time), self.read(key))
                elif key not in self._gone:
                    self._copy(entry, out)
            for key, name in self._added.items():
                out.writestr(_entry(name, _MOMENT), self.read(key))

    def _copy(self, entry: zipfile.ZipInfo, out: zipfile.ZipFile) -> None:
        """Copy an entry as it is packed: nothing of it is unpacked, so nothing in it can do harm."""
        source, target = self._file, out.fp
        if target is None:  # pragma: no cover - the package is open
            return
        source.seek(entry.header_offset)
        head = source.read(_LOCAL_HEADER.size)
        if len(head) < _LOCAL_HEADER.size:
            raise self.guard.refuse(DAMAGED, part=entry.filename or LazyText("压缩包目录"))
        source.seek(sum(_LOCAL_HEADER.unpack(head)), 1)
        moved = copy(entry)
        moved.header_offset, moved.extra, moved.flag_bits = out.start_dir, b"", entry.flag_bits & ~0x08
        target.seek(out.start_dir)
        target.write(moved.FileHeader())
        left = entry.compress_size
        while left:
            piece = source.read(min(left, _PIECE))
            if not piece:
                raise self.guard.refuse(DAMAGED, part=entry.filename)
            target.write(piece)
            left -= len(piece)
        out.filelist.append(moved)
        out.NameToInfo[moved.filename] = moved
        out.start_dir = target.tell()
        out._didModify = True  # type: ignore[attr-defined]  # noqa: SLF001 - there is no public way to copy packed bytes


def _entry(name: str, moment: tuple[int, int, int, int, int, int]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, moment)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _relation(element: Element, part: str) -> PartRelation:
    identity, kind, target = element.get("Id", ""), kind_of(element.get("Type", "")), element.get("Target", "")
    outer = element.get("TargetMode") == "External"
    return PartRelation(identity, kind, target.replace("\\", "/") if outer else resolve(part, target), outer)
