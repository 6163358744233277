"""List the proposed fixes of some problems, as plain values."""

from collections.abc import Iterable
from typing import NamedTuple

from ..problems.codes import Severity
from ..problems.problem import Location, Problem


class Fix(NamedTuple):
    """A cell's spelling and the one proposed for it."""

    location: Location
    before: str
    after: str


def fixes(problems: Iterable[Problem]) -> list[Fix]:
    """Return the proposed fixes among the problems."""
    return [Fix(p.location, str(p.value), str(p.after)) for p in problems if p.severity is Severity.FIX]
