"""Opening a file of any kind without being held up by it: only regular files are read, and they are watched."""

import hashlib
import io
import os
import stat
from pathlib import Path

from ..i18n.translate import LazyText
from ..problems.codes import EMPTY_FILE, LOCK_FILE, NOT_A_FILE, NOT_FOUND, NOT_READABLE
from .file_kinds import is_lock
from .guard import Guard

_PIECE = 1 << 20
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
_KINDS = (
    (stat.S_ISDIR, LazyText("文件夹")),
    (stat.S_ISFIFO, LazyText("管道")),
    (stat.S_ISSOCK, LazyText("套接字")),
)


class BoundedFile(io.BufferedReader):
    """A file that refuses to give very much at once.

    ``zipfile`` reads a zip directory in one go, as long as the file says it is, and makes an object of each entry.
    """

    longest = 4 << 20

    def read(self, size: int | None = -1, /) -> bytes:
        """Return up to so many bytes; ``ValueError`` if more are asked for than an honest package needs."""
        if size is not None and size > self.longest:
            raise ValueError(f"{size} bytes at once")
        return super().read(size)


def open_regular(guard: Guard) -> BoundedFile:
    """Open the guard's file for reading, and let the guard watch it. Raises ``Refused``; never waits for a pipe."""
    if is_lock(Path(guard.path).name):
        raise guard.refuse(LOCK_FILE)
    try:
        # Looked at first because opening alone can have effects (a tape winds back), and after because it may have been swapped.
        _check_regular(Path(guard.path).stat().st_mode, guard)
        number = os.open(guard.path, _FLAGS)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise guard.refuse(NOT_FOUND) from error
    except PermissionError as error:
        raise guard.refuse(NOT_READABLE, reason=LazyText("没有读取权限，或文件正被占用")) from error
    except OSError as error:
        raise guard.refuse(NOT_READABLE, reason=error.strerror or str(error)) from error
    try:
        _check_size(os.fstat(number), guard)
        file = BoundedFile(io.FileIO(number, "rb"))
    except BaseException:
        os.close(number)
        raise
    before = _stamp(number)
    guard.changed = lambda: _stamp(number) != before
    return file


def sha256_of(file: BoundedFile, guard: Guard) -> str:
    """Read the rest of an open file; return its SHA-256 in hex. Raises ``Refused``."""
    digest = hashlib.sha256()
    try:
        while piece := file.read(_PIECE):
            digest.update(piece)
            guard.check_time()
    except OSError as error:
        raise guard.refuse(NOT_READABLE, reason=error.strerror or str(error)) from error
    return digest.hexdigest()


def _stamp(number: int) -> tuple[int, int]:
    now = os.fstat(number)
    return now.st_size, now.st_mtime_ns


def _check_regular(mode: int, guard: Guard) -> None:
    if stat.S_ISREG(mode):
        return
    kind = next((word for test, word in _KINDS if test(mode)), LazyText("设备"))
    raise guard.refuse(NOT_A_FILE, kind=kind)


def _check_size(status: os.stat_result, guard: Guard) -> None:
    _check_regular(status.st_mode, guard)
    if not status.st_size:
        raise guard.refuse(EMPTY_FILE)
    if status.st_size > guard.limits.file_bytes:
        raise guard.too_many_bytes(LazyText("文件大小"), guard.limits.file_bytes)
