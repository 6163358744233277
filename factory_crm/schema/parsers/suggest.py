"""What was probably meant: the nearest of what is known, and nothing where nothing is near."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar

from .text import to_halfwidth

T = TypeVar("T")
_LOOKALIKES = {**str.maketrans("oilzsb", "011258"), **dict.fromkeys(map(ord, " -_/."))}
_TOLD = 3


class Nearness(NamedTuple):
    """How alike texts have to be, from 0 to 100: a Chinese one says much with each character, others say little."""

    latin: float
    chinese: float


SURE = Nearness(85, 60)
"""Near enough for a hint that names one value."""
WORTH_A_LOOK = Nearness(60, 50)
"""Near enough for a list to choose from."""


def similar(written: str, known: Iterable[str], near: Nearness = WORTH_A_LOOK, most: int | None = None) -> list[str]:
    """Return the known texts that are near, the nearest first; width and case count for nothing."""
    return [text for text, _ in _scored(written, known, near)[:most]]


def suggestions(written: str, spellings: Mapping[str, T]) -> T | None:
    """Return what the spelling nearest to the text stands for, ``None`` where none is near or two are as near."""
    scored = _scored(written, spellings, SURE)
    meant = [spellings[text] for text, score in scored if score == scored[0][1]]
    return meant[0] if meant and all(one == meant[0] for one in meant) else None


def _scored(written: str, known: Iterable[str], near: Nearness) -> list[tuple[str, float]]:
    from rapidfuzz import fuzz, process

    cutoff = near.latin if written.isascii() else near.chinese
    texts = list(dict.fromkeys(known))
    found = process.extract(written, texts, scorer=fuzz.ratio, processor=_plain, score_cutoff=cutoff, limit=None)
    return [(text, score) for text, score, _ in found]


@lru_cache(10_000)
def _plain(text: str) -> str:
    return to_halfwidth(text).casefold()


def nearest_keys(written: str, known: Iterable[str]) -> list[str]:
    """Return the numbers that are one slip away, or differ in joints and in what looks alike (O and 0); the nearest first."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    numbers, seen = list(known), written.translate(_LOOKALIKES)
    found = {key for key in numbers if key.translate(_LOOKALIKES) == seen}
    if not found:
        found = {key for key, *_ in process.extract(written, numbers, scorer=OSA.distance, score_cutoff=1, limit=None)}
    ranked = sorted((_apart(written, key), key) for key in found)
    return [key for apart, key in ranked if apart == ranked[0][0]][:_TOLD]


def _apart(one: str, other: str) -> int:
    """Return how far the digits of two numbers are apart."""
    digits = ["".join(filter(str.isdecimal, text)) for text in (one, other)]
    return abs(int(digits[0] or 0) - int(digits[1] or 0))
