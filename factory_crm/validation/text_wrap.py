"""Wrap long lines for a narrow console, at places where Chinese and English may break."""

import re
import unicodedata

_ATOMS = re.compile(r"[!-~]+[ ]?|.", re.DOTALL)
_NEVER_FIRST = frozenset("，。；：！？、）」』”》%…)]},.;:!?")  # zh only
_NEVER_LAST = frozenset("（「『“《([{")  # zh only


def width(text: str) -> int:
    """Return how many columns of a console a text takes; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def wrapped(line: str, columns: int) -> list[str]:
    """Return the line in pieces that fit, the later ones indented two further; ``columns`` 0 leaves it whole."""
    if not columns or width(line) <= columns:
        return [line]
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    pieces = [""]
    for atom in _glued(line):
        if pieces[-1].strip() and width(pieces[-1] + atom.rstrip()) > columns:
            pieces.append(indent)
        pieces[-1] += atom
    return [piece.rstrip() for piece in pieces]


def _glued(line: str) -> list[str]:
    """Return the smallest pieces a line may be broken into: words, and Chinese characters with their marks."""
    glued = [""]
    for atom in _ATOMS.findall(line):
        if atom[0] in _NEVER_FIRST or glued[-1][-1:] in _NEVER_LAST or not glued[-1].strip():
            glued[-1] += atom
        else:
            glued.append(atom)
    return glued
