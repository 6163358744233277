"""A bar that follows long work on a terminal and is gone when the work is done."""

import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from ..validation.text_wrap import width

T = TypeVar("T")
_FULL, _EMPTY = "━", "─"
_LONGEST = 40


def track(things: Iterable[T], count: int, label: str) -> Iterator[T]:
    """Yield the things when all have come and the bar is gone: what is told of them stands alone."""
    begun, come = time.monotonic(), list[T]()
    try:
        _show(bar_text(label, 0, count, 0.0))
        for thing in things:
            come.append(thing)
            _show(bar_text(label, len(come), count, time.monotonic() - begun))
    finally:
        _show("")
    yield from come


def bar_text(label: str, done: int, count: int, seconds: float) -> str:
    """Return the bar with how many are done of how many, and about how long the others will take."""
    full = _LONGEST * done // max(count, 1)
    left = round(seconds / done * max(count - done, 0)) if done else 0
    bar = _FULL * full + _EMPTY * (_LONGEST - full)
    return f"{label} {bar} {done}/{count}" + (f"  {left // 60}:{left % 60:02}" if left else "")


def _show(text: str) -> None:
    """Put a text in the place of the last one, as far as the line has room; no escape codes, for any console."""
    room = shutil.get_terminal_size().columns - 1
    while width(text) > room:
        text = text.replace(_EMPTY, "", 1) if _EMPTY in text else text.replace(_FULL, "", 1) if _FULL in text else ""
    sys.stderr.write("\r" + text + " " * (room - width(text)) + ("" if text else "\r"))
    sys.stderr.flush()
