"""Thousands of damaged workbooks, other ones at every run: none breaks the reader, none gives other values unnoticed.

A run prints its seed where one of them does; ``READING_SEED=<seed>`` makes the same ones again.
"""

import os
import time
from functools import cache
from pathlib import Path
from random import Random

import pytest

from factory_crm.reading.grid import BrokenCell
from factory_crm.reading.guard import Refused

from .mutants import DAMAGE, EDITS, Change
from .test_corpus import FILES
from .test_oracle import Cells, ours

GOOD = Path(__file__).resolve().parents[2] / "workbooks" / "good"
SEED = int(os.environ.get("READING_SEED") or time.time_ns() % 10**9)
CHUNKS, EACH = 24, 100
LONGEST = 60_000
MOST_SECONDS = 10


@cache
def originals() -> list[tuple[Path, bytes, Cells]]:
    """Workbooks that can be read, not too long, with what they say."""
    found = []
    for path in [*sorted(GOOD.glob("*.xlsx")), *FILES[::9]]:
        if path.stat().st_size <= LONGEST:
            try:
                found.append((path, path.read_bytes(), ours(path)))
            except Refused:
                continue
    return found


def altered(before: Cells, after: Cells) -> bool:
    """Whether values differ without a flag: a cell that says of itself that it is broken."""
    flags = {spot for spot, value in after.items() if isinstance(value, BrokenCell)}
    if flags - {spot for spot, value in before.items() if isinstance(value, BrokenCell)}:
        return False
    return {spot: repr(value) for spot, value in before.items()} != {spot: repr(value) for spot, value in after.items()}


def judge(change: Change, chance: Random, path: Path, *, same: bool) -> None:
    original, content, before = chance.choice(originals())
    path.write_bytes(change(content, chance))
    began = time.thread_time()
    try:
        after = ours(path)
    except Refused as refused:
        refused.problem.message("en")  # it would raise where the message asks for a fact it was not given
    else:
        assert not (same and altered(before, after)), original
    assert time.thread_time() - began <= MOST_SECONDS, original


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_mutants(chunk: int, tmp_path: Path) -> None:
    for number in range(EACH):
        chance = Random(f"{SEED}/{chunk}/{number}")
        edit = number % 3 == 0
        change = chance.choice(EDITS if edit else DAMAGE)
        try:
            judge(change, chance, tmp_path / "mutant.xlsx", same=not edit)
        except BaseException as error:
            error.add_note(f"READING_SEED={SEED}, chunk {chunk}, mutant {number}: {change.__name__}")
            raise
