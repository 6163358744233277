"""Which of the files in a folder are copies of others: a marked copy nobody has worked on, or the original of one somebody has."""

import re
import zipfile
from collections.abc import Iterable
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from ..problems.codes import MARKED_COPY, REPLACED
from ..problems.problem import Location, Problem
from ..schema.copy_mark import MARK, CopyMark, beginning, digest_of
from ..xlsx.package import part_key

_MOST = 4 << 20
_WORKBOOK = re.compile(r"(^|/)workbook[0-9]*\.xml$")
_NAME = re.compile(rb"<(?:[\w.-]+:)?definedName\b[^>]*\bname=[\"']" + MARK.encode() + rb"[\"'][^>]*>([^<]*)</")


class Superseded(NamedTuple):
    """Why a file is passed over, and the file that is read instead."""

    is_copy: bool
    """Whether it is a marked copy as we wrote it; else the original of one somebody has worked on."""
    instead: Path

    def problem(self, location: Location, instead: str) -> Problem:
        """Return what is said of the file; ``instead`` is what messages call the other one."""
        code = MARKED_COPY if self.is_copy else REPLACED
        return code(location, other=instead)


def superseded_files(files: Iterable[Path]) -> dict[Path, Superseded]:
    """Return the files that another one stands for.

    A marked copy as we wrote it gives way to its original; one that was mended, by us or since, takes the place of all that it
    comes from. Alone, either is read.
    """
    files = list(files)
    marks = {path: mark for path in files if (mark := _mark_of(path))}
    if not marks:
        return {}
    by_digest = {beginning(_digest(path)): path for path in files}
    superseded: dict[Path, Superseded] = {}
    for copy, mark in marks.items():
        original, *earlier = [by_digest.get(digest) for digest in mark.originals]
        if original and original != copy and mark.content == _content(copy):
            superseded[copy] = Superseded(is_copy=True, instead=original)
        else:
            superseded |= {
                path: Superseded(is_copy=False, instead=copy) for path in (original, *earlier) if path and path != copy
            }
    return superseded


def _mark_of(path: Path) -> CopyMark | None:
    try:
        with zipfile.ZipFile(path) as package, package.open(_workbook(package)) as part:
            match = _NAME.search(part.read(_MOST))
    except Exception:  # noqa: BLE001 - whatever is wrong with it, reading will say so
        return None
    if match is None:
        return None
    from html import unescape

    return CopyMark.parse(unescape(match[1].decode("utf-8", "replace")))


def _workbook(package: zipfile.ZipFile) -> str:
    return next(name for name in package.namelist() if _WORKBOOK.search(part_key(name)))


def _content(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        crcs = {part_key(entry.filename): entry.CRC for entry in package.infolist()}
        return digest_of(crcs, but=_workbook(package))


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
