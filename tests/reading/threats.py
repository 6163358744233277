"""Files that do harm to readers, by name, and what must come of each.

A recipe makes the bytes of one file or the parts of one. What must come is a code it is refused with, or the cells it reads
as: a dict from ``A1`` to a value, or to the code of a broken one. Every other cell of the first sheet must be as little there.
"""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from factory_crm.problems.codes import Code

from . import packing

SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
BOOK, LINKS, ROOT = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'

Content = bytes | Mapping[str, str | bytes]
Made = Callable[[], Content]


@dataclass(frozen=True)
class Threat:
    """One file: how it is made, what must come, and within which bounds (CPU seconds, MiB above the baseline)."""

    make: Made
    comes: Code | Mapping[str, Any]
    slow: bool = False
    seconds: float = 10
    megabytes: int = 256
    file: str = "book.xlsx"

    def content(self) -> bytes:
        """The bytes of the file."""
        made = self.make()
        return made if isinstance(made, bytes) else zipped(made)


THREATS: dict[str, Threat] = {}


def threat(name: str, make: Made, comes: Code | Mapping[str, Any], **more: Any) -> None:
    """Add a threat."""
    assert name not in THREATS, name
    THREATS[name] = Threat(make, comes, **more)


def bomb(name: str, make: Made, comes: Code) -> None:
    """Add a threat that is to be refused fast and at little cost; making it takes time too."""
    threat(name, make, comes, slow=True, seconds=3, megabytes=64)


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The bytes of a package."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def book(rows: str = ONE, **changes: str | bytes | None) -> Mapping[str, str | bytes]:
    """A small workbook; a changed part is named by the constant: ``SHEET=…``."""
    return packing.parts(rows, {globals()[name]: content for name, content in changes.items()})


def patched(old: bytes, new: bytes, content: bytes, times: int = -1) -> bytes:
    """Bytes with some replaced by as many others."""
    assert old in content
    return content.replace(old, new, times)
