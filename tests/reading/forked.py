"""Work in a forked process, under the system's own limits: what breaks there breaks nothing here."""

import os
import resource
from collections.abc import Callable
from typing import NamedTuple

_BYTES = 2 << 30


class Outcome(NamedTuple):
    """What came back (nothing, where the process died), how it ended, and what it used."""

    answer: bytes
    code: int
    used: resource.struct_rusage


def forked(work: Callable[[], bytes], seconds: int) -> Outcome:
    """Do the work with so many seconds of CPU; where it raises, nothing comes back."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
            with open(writing, "wb") as pipe:  # noqa: PTH123 - a descriptor
                pipe.write(work())
        finally:
            os._exit(0)  # whatever happens, there is one caller
    os.close(writing)
    with open(reading, "rb") as pipe:  # noqa: PTH123 - a descriptor
        answer = pipe.read()
    _, status, used = os.wait4(child, 0)
    return Outcome(answer, os.waitstatus_to_exitcode(status), used)
