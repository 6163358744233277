"""Which input formats there are: xlsx, and what a program adds. A file's content says which it is, never its name."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from ...problems.codes import NOT_READABLE, OTHER_KIND
from ..access import Access
from ..file_kinds import kind_of_head
from ..files import BoundedFile
from ..guard import Guard
from ..reader import WorkbookReader
from .xlsx import format as xlsx

_HEAD = 1 << 20


class InputFormat(NamedTuple):
    """One kind of file that can be read. Its functions are a module's own, so that worker processes find them."""

    name: str
    suffixes: frozenset[str]
    """What a folder is searched for, each with its dot, in lower case."""
    recognizes: Callable[[bytes], bool]
    """Whether a file that begins with these bytes (1 MiB at most) is one."""
    open: Callable[[BoundedFile, Guard, Access], WorkbookReader]
    """Make the reader of an open file. Raises ``Refused`` for what cannot be read safely; the reader closes the file."""
    can_annotate: bool = False
    """Whether marked and mended copies of it can be written."""


XLSX = InputFormat("xlsx", xlsx.SUFFIXES, xlsx.recognizes, xlsx.open_file, can_annotate=True)
_formats: list[InputFormat] = [XLSX]


def register_formats(formats: Iterable[InputFormat]) -> None:
    """Let files of these formats be read; a format of a name known already takes its place."""
    for one in formats:
        _formats[:] = [*(other for other in _formats if other.name != one.name), one]


def unregister_format(name: str) -> None:
    """Read files of that format no more."""
    _formats[:] = [one for one in _formats if one.name != name]


def registered_formats() -> tuple[InputFormat, ...]:
    """Return the formats that can be read, xlsx first."""
    return tuple(_formats)


def format_of(file: BoundedFile, guard: Guard) -> InputFormat:
    """Return the format of an open file, which is left at its start. Raises ``Refused`` for a file of no known format."""
    try:
        head = file.read(_HEAD)
        file.seek(0)
    except OSError as error:
        raise guard.refuse(NOT_READABLE, reason=error.strerror or str(error)) from error
    for one in _formats:
        if one.recognizes(head):
            return one
    raise guard.refuse(OTHER_KIND, kind=kind_of_head(head))
