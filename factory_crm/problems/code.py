"""What a problem code is: its name, how bad it is, what is said of it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a problem is."""

    ERROR = "error"
    """It must be mended; an error of a line's own cells or rules rejects the line."""
    WARNING = "warning"
    """It should be looked at again; nothing is rejected."""
    FIX = "fix"
    """It was understood and is used; a better spelling is proposed."""


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem; ``message`` and ``hint`` are templates over a problem's ``params``."""

    name: str
    severity: Severity
    message: str
    hint: str = ""
    rejects: bool = False
    """Whether it keeps its line out of a merge."""
    brief: str = ""
    """What the live checks of a workbook say after the header, where they know the problem."""
    retype: str = ""
    """The remedy where the proposed text looks just like what stands there."""


def error(name: str, message: str, remedy: str, brief: str = "") -> Code:
    """Declare a problem that must be mended."""
    return Code(name, Severity.ERROR, message, remedy, brief=brief)


def reject(name: str, message: str, remedy: str, brief: str = "") -> Code:
    """Declare one that also keeps its line out of a merge."""
    return Code(name, Severity.ERROR, message, remedy, rejects=True, brief=brief)


def warning(name: str, message: str, remedy: str, brief: str = "") -> Code:
    """Declare one that should be looked at again."""
    return Code(name, Severity.WARNING, message, remedy, brief=brief)


def fix(name: str, message: str, remedy: str = "建议改为 {after}", brief: str = "", retype: str = "") -> Code:
    """Declare an understood cell for which a better spelling is proposed."""
    return Code(name, Severity.FIX, message, remedy, brief=brief, retype=retype)
