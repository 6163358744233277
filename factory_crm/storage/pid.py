"""Whether the maker of a temporary or of a lock is surely gone."""

import os
import platform
import sys
import time
import zlib
from contextlib import suppress

DAY = 24 * 3600.0  # seconds after which what another machine's process left is given up
HERE = f"{zlib.crc32(os.fsencode(platform.node())):08x}"
"""This machine, in eight hex digits."""


def stale(pid: int, host: str, since: float) -> bool:
    """Return whether its maker is surely gone: dead on this machine, or too long ago on any."""
    if host != HERE or time.time() - since > DAY:
        return time.time() - since > DAY
    if sys.platform == "win32":  # where os.kill(pid, 0) would interrupt it
        import ctypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        handle = kernel.OpenProcess(0x100000, 0, pid)  # SYNCHRONIZE
        ended = kernel.WaitForSingleObject(handle, 0) == 0 if handle else ctypes.get_last_error() == 87  # noqa: PLR2004
        kernel.CloseHandle(handle)
        return bool(ended)
    try:
        with suppress(PermissionError):  # it lives, and is not ours
            os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return True
    return False
