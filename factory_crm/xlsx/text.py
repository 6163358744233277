"""How workbooks store texts: their length in UTF-16, and ``_x0001_`` for what XML cannot hold."""

import re

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNFIT = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_TEXT = frozenset((0, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)))


def units(text: str) -> int:
    """Return the length of a text as Excel counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def escape(text: str) -> str:
    """Return a text as it is stored: what XML can't hold, and what would be read as an escape, is spelt ``_x0001_``."""
    return _UNFIT.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unescape(text: str) -> str:
    r"""Return a stored text as Excel shows it: ``_x0041_`` is ``A``, a line ends in ``\n``.

    An escape of what is no character stays as it is.
    """
    if "_x" in text:
        text = _ESCAPE.sub(_unescaped, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _unescaped(escape: re.Match[str]) -> str:
    number = int(escape[1], 16)
    return escape[0] if number in _NOT_TEXT else chr(number)
