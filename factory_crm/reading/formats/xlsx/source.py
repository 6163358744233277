"""An open xlsx workbook: what it says of itself, and its sheets."""

import os
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from types import TracebackType
from typing import Self

from ...access import Access
from ...encryption import decrypted
from ...files import BoundedFile
from ...grid import SheetInfo
from ...guard import Guard
from .container import read_container
from .grid import XlsxGrid
from .parts import Package
from .properties import read_properties
from .shared_strings import read_strings
from .styles import read_styles
from .values import Values
from .workbook import find_workbook, read_outline

_NO_ACCESS_SET = Access()


class WorkbookSource:
    """An open workbook. Made by ``open_workbook``; its grids can be read until it is closed."""

    def __init__(self, file: BoundedFile, guard: Guard, access: Access = _NO_ACCESS_SET) -> None:
        """Read what the workbook says of itself. Raises ``Refused``."""
        self.path: str = guard.path
        """The path as it was given."""
        self.size: int = os.fstat(file.fileno()).st_size
        """Bytes of the file."""
        self.sha256, self.encrypted = read_container(file, guard)
        """SHA-256 of the whole file as it lies there, in hex; and whether it took a password to read it."""
        self._file, self._guard = file, guard
        self._package = Package(decrypted(file, guard, access.passwords) if self.encrypted else file, guard)
        self._outline = read_outline(self._package, find_workbook(self._package))
        self.sheets: tuple[SheetInfo, ...] = tuple(self._outline.sheets)
        """The sheets in the workbook's order, hidden ones and charts too."""
        self.names: Mapping[str, str] = self._outline.names
        """The formulas of the names defined for the whole workbook."""
        properties = read_properties(self._package)
        self.properties: Mapping[str, str] = properties.custom
        """The custom document properties by name."""
        self.modified: datetime | None = properties.modified
        """When it was last saved by its own account, in UTC."""
        self.application: str = properties.application
        """What it was last saved with, by its own account."""
        self.macros: bool = any(name.endswith("vbaproject.bin") for name in self._package.names)
        """Whether it carries macros; they are never looked at."""
        self.external_links: int = self._outline.external_links
        """How many other files its formulas refer to; they are never opened."""
        self._counts: dict[str, int] = {}

    def grid(self, sheet: str) -> XlsxGrid:
        """Return the sheet of that very name. ``KeyError`` if there is none; ``Refused`` if texts or styles are unreadable."""
        info = next((info for info in self.sheets if info.name == sheet), None)
        if info is None:
            raise KeyError(sheet)
        return XlsxGrid(info, self._outline.parts.get(sheet, ""), self._package, self._values, self._counts)

    @cached_property
    def _values(self) -> Values:
        with self._guard.reading():
            styles = read_styles(self._package, self._outline.styles)
            strings = read_strings(self._package, self._outline.strings)
        return Values(strings, styles, from_1904=self._outline.from_1904)

    def close(self) -> None:
        """Let go of the file. May be called again."""
        self._package.close()
        self._guard.changed = lambda: False
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close; raise ``Refused`` if the file was altered meanwhile and nothing else went wrong."""
        try:
            if error is None:
                self._guard.check_unchanged()
        finally:
            self.close()
