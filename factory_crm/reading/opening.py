"""Opening a workbook of any format: the one way in for all that read."""

import os
from pathlib import Path

from ..problems.codes import LINK_OUTSIDE
from .access import Access
from .files import open_regular
from .formats.registry import format_of
from .guard import Guard
from .limits import ReaderLimits
from .reader import WorkbookReader

_NO_LIMITS_SET, _NO_ACCESS_SET = ReaderLimits(), Access()


def open_workbook(
    path: str | Path, limits: ReaderLimits = _NO_LIMITS_SET, access: Access = _NO_ACCESS_SET
) -> WorkbookReader:
    """Open a workbook of any name, told by its content, to be used in a ``with`` statement.

    An encrypted one is opened, in memory, by the first of the passwords in ``access`` that fits. Reads the whole file once
    for its SHA-256, and what says which sheets it holds; the cells are read by ``WorkbookReader.grid``.
    Raises ``Refused`` for whatever cannot be read safely; nothing else, and nothing is left open then.
    """
    guard = Guard(os.fspath(path), limits)
    with guard.reading():
        if not access.allows(guard.path):
            raise guard.refuse(LINK_OUTSIDE)
        file = open_regular(guard)
        try:
            reader = format_of(file, guard).open(file, guard, access)
            guard.check_unchanged()
        except BaseException:
            file.close()
            raise
    return reader
