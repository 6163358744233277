"""The texts of a workbook: the table of shared strings, and how Excel writes what XML cannot hold."""

import re

from ..words import Word
from . import markup
from .parts import Package

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_TEXT = frozenset((0, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)))


def plain(text: str) -> str:
    r"""Return a text as Excel shows it: ``_x0041_`` is ``A``, a line ends in ``\n``. What is no character stays escaped."""
    if "_x" in text:
        text = _ESCAPE.sub(_unescaped, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _unescaped(escape: re.Match[str]) -> str:
    number = int(escape[1], 16)
    return escape[0] if number in _NOT_TEXT else chr(number)


def read_strings(package: Package, part: str) -> list[str]:
    """Return the shared strings in their order; ``part`` is ``''`` where there are none. Raises ``Refused``."""
    if not part:
        return []
    reader = _StringReader(package)
    parser = markup.new_parser(package, part)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.buffer.append
    for _ in markup.feed(package, part, parser):
        reader.check()
    return reader.strings


class _StringReader:
    """The handlers for the shared strings; written for speed, since a workbook may have a million of them."""

    __slots__ = ("_characters", "_level", "_limits", "_package", "_phonetic", "_runs", "buffer", "strings")

    def __init__(self, package: Package) -> None:
        self.strings: list[str] = []
        self.buffer: list[str] = []
        self._runs: list[str] = []
        self._phonetic = False
        self._characters = 0
        self._level = 0
        self._package = package
        self._limits = package.guard.limits

    def start(self, element: str, _: dict[str, str]) -> None:
        name = element.rpartition(" ")[2]
        self._level += 1
        if self._level > self._limits.depth:
            raise self._package.guard.too_large(Word("XML 嵌套层数"), self._limits.depth)
        if name == "t":
            self.buffer.clear()
        elif name == "si":
            self._runs.clear()
        elif name == "rPh":
            self._phonetic = True

    def end(self, element: str) -> None:
        name = element.rpartition(" ")[2]
        self._level -= 1
        if name == "t":
            if not self._phonetic:
                self._runs.append("".join(self.buffer))
            self.buffer.clear()
        elif name == "si":
            self._string("".join(self._runs))
        elif name == "rPh":
            self._phonetic = False

    def check(self) -> None:
        """Refuse a text that is too long before it has ended, and drop the blanks between elements."""
        pending = sum(map(len, self.buffer)) + sum(map(len, self._runs))
        if pending > self._limits.text:
            raise self._package.guard.too_large(Word("单元格文字长度"), self._limits.text)

    def _string(self, text: str) -> None:
        guard, limits = self._package.guard, self._limits
        self._characters += len(text)
        if len(text) > limits.text:
            raise guard.too_large(Word("单元格文字长度"), limits.text)
        if len(self.strings) >= limits.shared_strings:
            raise guard.too_large(Word("共享字符串数"), limits.shared_strings)
        if self._characters > limits.shared_characters:
            raise guard.too_large(Word("共享字符串总字数"), limits.shared_characters)
        self.strings.append(plain(text))
