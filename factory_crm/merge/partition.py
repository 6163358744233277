"""Partition the records of a merge: which depend on one another is found from hashes of their keys and ids.

Most lines of a merge stand alone: nobody else has their key, and the numbers they name are registered once, spelled alike.
They stay where they were read. Those that something else bears upon come together, and are settled there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from ..problems.problem import Location
from .as_of import event_days
from .record import Record, RecordBatch
from .references import ColumnRoles, ReferencedId, referenced_ids, registered_ids

WIDTH = 8
"""Bytes of a hash. Where two different keys have one, their lines come together for nothing; it hurts nobody."""
_HASH = f"<u{WIDTH}"


class IdHashes(NamedTuple):
    """The lines of one file, as hashes side by side."""

    keys: bytes = b""
    """Of every line, table and key."""
    registered: bytes = b""
    """Of every number that others may name: the number folded, the number as it is spelled."""
    named: bytes = b""
    """Likewise of every number that a line names."""


def hash_of(*parts: str) -> bytes:
    """Return the hash of texts."""
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=WIDTH).digest()


def id_hashes(roles: Mapping[str, ColumnRoles], records: Iterable[Record]) -> IdHashes:
    """Return the hashes of a file's lines."""
    keys: list[bytes] = []
    own: set[ReferencedId] = set()
    others: set[ReferencedId] = set()
    for record in records:
        role = roles[record.table]
        keys.append(hash_of(record.table, *record.key))
        own.update(registered_ids(record, role))
        others.update(referenced_ids(record, role))
    return IdHashes(b"".join(keys), _pairs(own), _pairs(others))


def _pairs(numbers: Iterable[ReferencedId]) -> bytes:
    return b"".join(hash_of(table, text) for table, folded, spelled in numbers for text in (folded, f"={spelled}"))


@lru_cache(4096)
def _number(table: str, folded: str) -> int:
    return int.from_bytes(hash_of(table, folded), "little")


@dataclass(frozen=True, slots=True)
class Partition:
    """Tells the lines of the merged files that something else bears upon. It is plain, so that workers may have it."""

    roles: Mapping[str, ColumnRoles]
    files: frozenset[str]
    """Those that are merged; of the others no line counts."""
    keys: frozenset[int]
    """That several lines have."""
    numbers: frozenset[int]
    """That are called otherwise, spelled in several ways, or registered nowhere."""
    tables: frozenset[str]
    """Those of which every line is wanted."""

    def __call__(self, record: Record) -> bool:
        """Whether something else bears upon a line."""
        if record.table in self.tables:
            return True
        if self.keys and int.from_bytes(hash_of(record.table, *record.key), "little") in self.keys:
            return True
        role = self.roles[record.table]
        return bool(self.numbers) and any(
            self.doubtful(table, folded)
            for numbers in (registered_ids(record, role), referenced_ids(record, role))
            for table, folded, _ in numbers
        )

    def doubtful(self, table: str, folded: str) -> bool:
        """Whether all lines with this number have come together."""
        return _number(table, folded) in self.numbers


def partition_of(
    roles: Mapping[str, ColumnRoles],
    files: Mapping[str, IdHashes],
    renamed: Iterable[tuple[str, str]],
    elsewhere: Iterable[tuple[str, str]],
    tables: Iterable[str] = (),
) -> Partition:
    """Find what lines share. ``files`` are the merged ones; ``renamed`` the numbers (table, folded) that change.

    ``elsewhere`` are the numbers that are registered by other means than by a line.
    """
    import numpy as np

    def read(some: Iterable[bytes]) -> Any:
        return np.frombuffer(b"".join(some), _HASH)

    keys, times = np.unique(read(one.keys for one in files.values()), return_counts=True)
    own = read(one.registered for one in files.values()).reshape(-1, 2)
    others = read(one.named for one in files.values()).reshape(-1, 2)
    answered = np.concatenate([own[:, 0], read(hash_of(*number) for number in elsewhere)])
    doubtful = {*_several(np.concatenate([own, others])), *np.setdiff1d(others[:, 0], answered).tolist()}
    return Partition(
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
    repeated: list[int] = first[1:][(first[1:] == first[:-1]) & (second[1:] != second[:-1])].tolist()
    return repeated


class Split(NamedTuple):
    """Of one piece that counts, the lines that something else bears upon, and of the rest when something happened."""

    file: str
    sheet: str
    records: list[Record]
    days: dict[date, Location]
    """Each with the first place that says so."""


def split(shared: Partition, batch: RecordBatch) -> Split | None:
    """Tell the lines of a piece apart; ``None`` for one whose file is not merged."""
    if batch.file not in shared.files:
        return None
    home: list[Record] = []
    rest: list[Record] = []
    for record in batch.records():
        (home if shared(record) else rest).append(record)
    return Split(batch.file, batch.sheet, home, event_days(shared.roles, rest))
