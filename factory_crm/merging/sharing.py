"""Which lines bear upon one another, found without the lines: from the hashes of their keys and numbers.

Most lines of a merge stand alone: nobody else has their key, and the numbers they name are registered once, spelled alike.
They stay where they were read. Those that something else bears upon come together, and are settled there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from ..problems import Place
from .events import event_days
from .lines import Line, Piece
from .references import Number, Roles, named, registered

WIDTH = 8
"""Bytes of a hash. Where two different keys have one, their lines come together for nothing; it hurts nobody."""
_HASH = f"<u{WIDTH}"


class Hashes(NamedTuple):
    """The lines of one file, as hashes side by side."""

    keys: bytes = b""
    """Of every line, table and key."""
    registered: bytes = b""
    """Of every number that others may name: the number folded, the number as it is spelled."""
    named: bytes = b""
    """Likewise of every number that a line names."""


def hashed(*parts: str) -> bytes:
    """Return the hash of texts."""
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=WIDTH).digest()


def hashes_of(roles: Mapping[str, Roles], lines: Iterable[Line]) -> Hashes:
    """Return the hashes of a file's lines."""
    keys: list[bytes] = []
    own: set[Number] = set()
    others: set[Number] = set()
    for line in lines:
        role = roles[line.table]
        keys.append(hashed(line.table, *line.key))
        own.update(registered(line, role))
        others.update(named(line, role))
    return Hashes(b"".join(keys), _pairs(own), _pairs(others))


def _pairs(numbers: Iterable[Number]) -> bytes:
    return b"".join(hashed(table, text) for table, folded, spelled in numbers for text in (folded, f"={spelled}"))


@lru_cache(4096)
def _number(table: str, folded: str) -> int:
    return int.from_bytes(hashed(table, folded), "little")


@dataclass(frozen=True, slots=True)
class Shared:
    """Tells the lines of the merged files that something else bears upon. It is plain, so that workers may have it."""

    roles: Mapping[str, Roles]
    files: frozenset[str]
    """Those that are merged; of the others no line counts."""
    keys: frozenset[int]
    """That several lines have."""
    numbers: frozenset[int]
    """That are called otherwise, spelled in several ways, or registered nowhere."""
    tables: frozenset[str]
    """Those of which every line is wanted."""

    def __call__(self, line: Line) -> bool:
        """Whether something else bears upon a line."""
        if line.table in self.tables:
            return True
        if self.keys and int.from_bytes(hashed(line.table, *line.key), "little") in self.keys:
            return True
        role = self.roles[line.table]
        return bool(self.numbers) and any(
            self.doubtful(table, folded)
            for numbers in (registered(line, role), named(line, role))
            for table, folded, _ in numbers
        )

    def doubtful(self, table: str, folded: str) -> bool:
        """Whether all lines with this number have come together."""
        return _number(table, folded) in self.numbers


def shared(
    roles: Mapping[str, Roles],
    files: Mapping[str, Hashes],
    renamed: Iterable[tuple[str, str]],
    elsewhere: Iterable[tuple[str, str]],
    tables: Iterable[str] = (),
) -> Shared:
    """Find what lines share. ``files`` are the merged ones; ``renamed`` the numbers (table, folded) that change.

    ``elsewhere`` are the numbers that are registered by other means than by a line.
    """
    import numpy as np

    def read(some: Iterable[bytes]) -> Any:
        return np.frombuffer(b"".join(some), _HASH)

    keys, times = np.unique(read(one.keys for one in files.values()), return_counts=True)
    own = read(one.registered for one in files.values()).reshape(-1, 2)
    others = read(one.named for one in files.values()).reshape(-1, 2)
    answered = np.concatenate([own[:, 0], read(hashed(*number) for number in elsewhere)])
    doubtful = {*_several(np.concatenate([own, others])), *np.setdiff1d(others[:, 0], answered).tolist()}
    return Shared(
        roles,
        frozenset(files),
        frozenset(keys[times > 1].tolist()),
        frozenset(doubtful | {_number(*number) for number in renamed}),
        frozenset(tables),
    )


def _several(pairs: Any) -> list[int]:
    """Return the numbers that are spelled in several ways."""
    import numpy as np

    first, second = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].T
    found: list[int] = first[1:][(first[1:] == first[:-1]) & (second[1:] != second[:-1])].tolist()
    return found


class Sifted(NamedTuple):
    """Of one piece that counts, the lines that something else bears upon, and of the rest when something happened."""

    file: str
    sheet: str
    lines: list[Line]
    days: dict[date, Place]
    """Each with the first place that says so."""


def sift(shared: Shared, piece: Piece) -> Sifted | None:
    """Tell the lines of a piece apart; ``None`` for one whose file is not merged."""
    if piece.file not in shared.files:
        return None
    home: list[Line] = []
    rest: list[Line] = []
    for line in piece.lines():
        (home if shared(line) else rest).append(line)
    return Sifted(piece.file, piece.sheet, home, event_days(shared.roles, rest))
