"""Where the values of a sheet's records stand: a record is a tuple of values in the order of the declared columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class RecordLayout:
    """The indexes into the values of a record, by what the columns are; plain values, so that it can be pickled."""

    index: Mapping[str, int]
    """Of every column, by its name."""
    key: tuple[int, ...]
    """Of the columns that make up the key."""
    display: int | None
    """Of the display column, ``None`` for a sheet without one."""
    references: tuple[tuple[int, str], ...]
    """Of every column that names a record of another table, with that table."""
    money: tuple[int, ...]
    """Of the amounts that a merge accounts for."""
    event_dates: tuple[int, ...]
    """Of the days on which something happened."""
    stored: tuple[int, ...]
    """Of the columns that a table stores: all but the lookups, which repeat another table."""

    @property
    def id(self) -> int:
        """The index of the record's own number. Raises IndexError for a sheet without a key, such as a cover."""
        return self.key[0]

    def references_to(self, table: str) -> tuple[int, ...]:
        """Return the indexes of the columns that name records of a table."""
        return tuple(index for index, other in self.references if other == table)

    def display_value(self, values: Sequence[Any]) -> Any:
        """Return the value that people know a record by, ``None`` for a sheet without a display column."""
        return None if self.display is None else values[self.display]

    def by_name(self, values: Sequence[Any]) -> dict[str, Any]:
        """Return the values of a record by the names of their columns."""
        return dict(zip(self.index, values, strict=True))
