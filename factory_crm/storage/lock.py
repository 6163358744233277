"""Lock files: the system frees their lock when the holder dies; where a disk knows no locks, their age has to do."""

import errno
import os
import sys
import time
from contextlib import suppress
from io import FileIO
from pathlib import Path

MINUTE, DAY = 60.0, 24 * 3600.0
"""Seconds after which a file is given up that nobody can lock: one that names nobody, and any other."""
_NO_LOCKS = {errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.ENOSYS, errno.EINVAL, errno.EBADF}
"""What shares and odd disks answer; EBADF is NFS's answer for a file that may only be read."""
_BUSY = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}
_BY_NAME = b"\n(no locks here)"
"""Ends the text of a file that is held by being there alone: a machine that does know locks must not take it over."""
_LONGEST, _BEHIND_THE_TEXT = 1000, 1 << 30


def acquire(path: Path, text: bytes) -> FileIO:
    """Make a lock file and hold it until it is released, closed or its holder dead.

    FileExistsError: there is one. FileNotFoundError or BlockingIOError: another was quicker, try again.
    """
    file = FileIO(path, "x+")
    try:
        file.write(text if _locked(file, path) else text + _BY_NAME)
    except OSError as error:
        if error.errno in (errno.ENOENT, *_BUSY):
            file.close()  # it is in another's hands
        else:
            release(file, path)
        raise
    return file


def take_over(path: Path) -> FileIO | None:
    """Hold a lock file whose holder is dead, ``None`` where nobody can know; BlockingIOError where the holder lives."""
    try:
        file = FileIO(path, "r+")
    except PermissionError:  # somebody else's: it can be locked, if not written
        file = FileIO(path)
    try:
        if _locked(file, path) and not file.read(_LONGEST).endswith(_BY_NAME):
            return file
    except OSError:
        file.close()
        raise
    file.close()
    return None


def release(file: FileIO, path: Path) -> None:
    """Remove a file that is held and let go of it; Windows removes none that is open."""
    with suppress(OSError):
        if sys.platform == "win32":
            file.close()
        path.unlink()
    with suppress(OSError):
        file.close()


def expired(path: Path, limit: float = DAY) -> bool:
    """Return whether it is so old that its maker is taken for dead."""
    return time.time() - path.lstat().st_mtime > limit


def _locked(file: FileIO, path: Path) -> bool:
    """Lock the file, ``False`` where that is not to be had; a file that is no longer at the path is not found."""
    try:
        _lock(file)
    except OSError as error:
        if error.errno in _BUSY:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN), str(path)) from error
        if error.errno in _NO_LOCKS:
            return False
        raise
    if not os.path.samestat(os.fstat(file.fileno()), path.stat()):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    return True


def _lock(file: FileIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(_BEHIND_THE_TEXT)  # nobody else could read what is locked
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
