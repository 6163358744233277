"""What every input format looks like to the rest: an open workbook of sheets, read row by row."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from .grid import GridRow, SheetInfo, SheetMetadata, State


class SheetGrid(Protocol):
    """One sheet of an open workbook."""

    @property
    def name(self) -> str:
        """The sheet's name."""
        ...

    @property
    def state(self) -> State:
        """Whether people see it."""
        ...

    @property
    def shape(self) -> SheetMetadata:
        """What stands beside the cells; known once the rows have been read to the end."""
        ...

    def rows(self) -> Iterator[GridRow]:
        """Yield the rows that hold something, ascending. Raises ``Refused`` for what cannot be read safely."""
        ...


class WorkbookReader(Protocol):
    """An open workbook, to be used in a ``with`` statement; nothing in it is ever written to.

    Where a format has no such thing, ``names`` and ``properties`` are empty, ``macros`` is false, ``external_links`` is 0.
    """

    @property
    def sha256(self) -> str:
        """SHA-256 of the whole file as it lies there, in hex."""
        ...

    @property
    def encrypted(self) -> bool:
        """Whether it took a password to read it."""
        ...

    @property
    def sheets(self) -> tuple[SheetInfo, ...]:
        """The sheets in the workbook's order, hidden ones too."""
        ...

    @property
    def names(self) -> Mapping[str, str]:
        """The formulas of the names defined for the whole workbook."""
        ...

    @property
    def properties(self) -> Mapping[str, str]:
        """The custom document properties by name."""
        ...

    @property
    def modified(self) -> datetime | None:
        """When it was last saved by its own account, in UTC."""
        ...

    @property
    def application(self) -> str:
        """What it was last saved with, by its own account."""
        ...

    @property
    def macros(self) -> bool:
        """Whether it carries macros; they are never looked at."""
        ...

    @property
    def external_links(self) -> int:
        """How many other files its formulas refer to; they are never opened."""
        ...

    def grid(self, sheet: str, /) -> SheetGrid:
        """Return the sheet of that very name. Raises ``KeyError`` if there is none."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """Close. Raises ``Refused`` if the file was altered meanwhile and nothing else went wrong."""
        ...
