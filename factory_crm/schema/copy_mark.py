"""How a marked or mended copy of a workbook is known again: defined names, because every program keeps those."""

from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple, Self

from ..xlsx.formula import title_of
from ..xlsx.package import part_key

MARK = "FC_MARK"
"""The defined name that holds ``Mark.text()``."""
LIST, CHOICES, SNAPSHOT = "FC_MARK_LIST", "FC_MARK_CHOICES", "FC_MARK_WAS"
"""The names that lead to the sheets we add: the list of problems, the choices, what the cells held (very hidden)."""
OWN_SHEETS = (LIST, CHOICES, SNAPSHOT)
KEYS, OPEN = "FC_MARK_AT_", "FC_MARK_OPEN_"
"""What the names begin with that the conditional formats of one sheet use."""

_MOST = 8


class CopyMark(NamedTuple):
    """What a copy says of itself: what it was made from, its digest as we wrote it, and the tab that was open."""

    originals: tuple[str, ...]
    """The file it was made from, then what that was a copy of, and so on: the beginnings of their digests."""
    content: str = ""
    """Empty for a copy that says something else than its original from the start, since it was mended."""
    tab: int = 0

    @classmethod
    def of(cls, sha256: str, earlier: Self | None, tab: int) -> Self:
        """Return the mark of a copy of the file with that digest and, if it is a copy itself, that mark."""
        before = earlier.originals if earlier else ()
        return cls((beginning(sha256), *before)[:_MOST], "", earlier.tab if earlier else tab)

    def text(self) -> str:
        """Return the mark as one line."""
        return "/".join(("+".join(self.originals), self.content, str(self.tab)))

    @classmethod
    def parse(cls, formula: str) -> Self | None:
        """Read ``text()`` back, quoted or not; ``None`` for anything that is no mark of ours."""
        match formula.strip().lstrip("=").strip('"').split("/"):
            case [originals, content, tab] if originals and tab.isdecimal():
                return cls(tuple(originals.split("+")), content, int(tab))
        return None


def beginning(sha256: str) -> str:
    """Return as much of a digest as a mark keeps: a text in a formula has at most 255 characters."""
    return sha256[:16]


def own_sheets(names: Mapping[str, str]) -> dict[str, str]:
    """Return the titles of the sheets we added, by the name that leads to them."""
    return {name: title_of(names[name]) for name in OWN_SHEETS if name in names}


def digest_of(crcs: Mapping[str, int], *, but: str) -> str:
    """Return a digest of parts by their checksums, but for one part and for folders."""
    told = sorted(f"{key}:{crc}" for key, crc in crcs.items() if key != part_key(but) and not key.endswith("/"))
    return sha256("\n".join(told).encode()).hexdigest()[:16]
