"""What a merge comes to: the value that reports are written from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ..problems import Place, Problem
from ..words import Word
from .lines import Origin, Rejected


class Version(NamedTuple):
    """One of several contents of a key: where it stands and, for each column that differs, its text."""

    place: Place
    office: str
    cells: tuple[str, ...]


class Conflict(NamedTuple):
    """A key with several contents. A clash (one number, different customers) has no winner: all are kept, qualified."""

    table: str
    key: str
    headers: tuple[str, ...]
    """Of the columns that differ."""
    versions: tuple[Version, ...]
    """The winner first."""
    rule: Word
    """By what it was settled."""
    clash: bool = False


@dataclass(frozen=True)
class Merged:
    """Tables with provenance, and the account of every row.

    ``tables`` are narwhals lazy frames, one a table of the contract; ``merging.frames`` documents their columns.
    """

    tables: Mapping[str, Any]
    origins: tuple[Origin, ...]
    rejected: tuple[Rejected, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]
    """Of the merge itself: strays that no file answers, dates far off."""
    as_of: date | None
    """The latest event date in the data, unless it was given; None where there is no event."""
