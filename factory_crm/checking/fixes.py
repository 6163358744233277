"""The better spellings that were proposed, as plain values."""

from collections.abc import Iterable
from typing import NamedTuple

from ..codes import Severity
from ..problems import Place, Problem


class Fix(NamedTuple):
    """A cell's spelling and the one proposed for it."""

    place: Place
    before: str
    after: str


def fixes(problems: Iterable[Problem]) -> list[Fix]:
    """Return the proposed fixes among the problems."""
    return [Fix(p.place, str(p.facts["before"]), str(p.facts["after"])) for p in problems if p.severity is Severity.FIX]
