"""What a problem code is: its name, how bad it is, what it says, and the params that its texts are filled with."""

from dataclasses import dataclass, field, fields
from enum import StrEnum


class Severity(StrEnum):
    """How bad a problem is."""

    ERROR = "error"
    """It must be mended; an error of a line's own cells or rules rejects the line."""
    WARNING = "warning"
    """It should be looked at again; nothing is rejected."""
    FIX = "fix"
    """It was understood and is used; a better spelling is proposed."""


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """One kind of problem; ``message`` and ``hint`` are templates over a problem's ``params``.

    A code may be used like its name: it prints as ``C101`` and equals that text.
    """

    name: str
    severity: Severity
    message: str
    hint: str = ""
    rejects: bool = False
    """Whether it keeps its row out of a merge."""
    brief: str = ""
    """What the live checks of a workbook say after the header, where they know the problem."""
    retype: str = ""
    """The hint where the proposed text looks just like what stands there."""
    of_record: bool = False
    """Whether it is about the content of a record's cell, so that another content mends it."""
    skips_file: bool = False
    """Whether the file was passed over on purpose: it is not asked for anything else."""
    params: frozenset[str] = field(default=frozenset(), compare=False)
    """The names of the params that every problem of it has."""
    optional: frozenset[str] = field(default=frozenset(), compare=False)
    """Those that it may have besides."""

    def __str__(self) -> str:
        return self.name

    def __eq__(self, other: object) -> bool:
        """Compare with the name where it is a text, else with all that a code says: rules of two schemas may share a name."""
        if isinstance(other, str):
            return self.name == other
        if not isinstance(other, Code):
            return NotImplemented
        return self.name == other.name and self._said == other._said

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def _said(self) -> tuple[object, ...]:
        return tuple(getattr(self, one.name) for one in fields(self) if one.compare)
