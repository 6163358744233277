"""What was probably meant: the nearest of what is known, and nothing where nothing is near."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")
_LOOKALIKES = {**str.maketrans("oilzsb", "011258"), **dict.fromkeys(map(ord, " -_/."))}
_OFTEN, _NEARLY = 0.6, 0.85
"""How alike words have to be: a Chinese one says much with each character, others say little."""
_TOLD = 3


def suggestions(written: str, spellings: Mapping[str, T]) -> T | None:
    """Return what the spelling nearest to the text stands for, ``None`` where none is near or two are as near."""
    from rapidfuzz import fuzz

    wanted = 100 * (_NEARLY if written.isascii() else _OFTEN)
    scores = [(fuzz.ratio(written, spelling, score_cutoff=wanted), meant) for spelling, meant in spellings.items()]
    best = max((score for score, _ in scores), default=0)
    meant = [one for score, one in scores if score == best] if best else []
    return meant[0] if meant and all(one == meant[0] for one in meant) else None


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
