"""Pause the garbage collector while rows pile up: it would look through them again and again and find no garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused(*, lasting: bool = False) -> Iterator[None]:
    """Leave what refers to itself until the end; in a large workbook looking for it takes a seventh of the judging.

    ``lasting``: all that is there by then counts as old, so that the first collection after it does not go through every
    row either. What is done within must leave nothing that refers to itself.
    """
    sweeping = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if lasting:
            gc.freeze()
            gc.unfreeze()  # into the oldest generation
        if sweeping:
            gc.enable()
