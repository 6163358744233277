"""Processes that share work, and what is done where the system kills one of them."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import parent_process
from threading import Thread
from typing import Any, TypeVar

from ..reading.formats.registry import InputFormat, register_formats, registered_formats

T = TypeVar("T")
R = TypeVar("R")


@contextmanager
def pool(workers: int) -> Iterator[Executor]:
    """Give that many processes."""
    with _processes(workers) as executor:
        yield executor


def map_in_pool(executor: Executor, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R | None]:
    """Yield what the function makes of each thing, in order; ``None`` for one that kills its worker even alone.

    A pool that lost a worker is broken as a whole and does not say by which thing: the rest is done one at a time.
    """
    done = 0
    with suppress(BrokenExecutor):
        for result in executor.map(work, things):
            yield result
            done += 1
        return
    yield from _one_at_a_time(work, things[done:])


def _one_at_a_time(work: Callable[[T], R], things: Sequence[T]) -> Iterator[R | None]:
    left = deque(things)
    while left:
        with _processes(1) as worker, suppress(BrokenExecutor):
            while left:
                yield worker.submit(work, left[0]).result()
                left.popleft()
        if left:
            left.popleft()
            yield None


def _processes(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, initializer=_begin, initargs=(registered_formats(),))


def _begin(formats: Iterable[InputFormat]) -> None:
    """Leave Ctrl-C to the process that started this one, end with it even where it is killed, and read what it reads."""
    register_formats(formats)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
