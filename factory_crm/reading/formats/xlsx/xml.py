"""XML without its dangers: no document type, so no entities; caps on elements, nesting and the length of one token."""

from collections.abc import Callable, Iterator
from typing import NoReturn
from xml.parsers import expat

from ....i18n.translate import LazyText
from ....problems.codes import BAD_XML, FORBIDDEN_XML
from ....xlsx.package import MAIN, STRICT_MAIN
from .parts import Package

StartHandler = Callable[[str, dict[str, str]], None]
EndHandler = Callable[[str], None]
TextHandler = Callable[[str], None]

NAMESPACES = (MAIN, STRICT_MAIN)

_HEAD = 1 << 10
"""Bytes in which the root of a part nearly always begins."""
MOST_NAMES = 5000
"""Different names of elements and attributes in one part; the parser keeps them all."""


def local(name: str) -> str:
    """Return an element's or attribute's name without its namespace."""
    return name.rpartition(" ")[2]


def new_parser(package: Package, part: str) -> expat.XMLParserType:
    """Return a parser that gives names as ``namespace local`` and refuses a document type."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def doctype(*_: object) -> NoReturn:
        raise package.guard.refuse(FORBIDDEN_XML, part=part)

    parser.StartDoctypeDeclHandler = doctype
    return parser


class Prolog:
    """Sees to it that a part begins as it may: with no document type, and with the root it is said to have.

    A document type can stand nowhere else, so that another parser may read what follows.
    """

    def __init__(self, package: Package, part: str) -> None:
        self._package, self._part = package, part
        self._parser = new_parser(package, part)
        self._parser.StartElementHandler = self._begin
        self._root = ""

    def namespace_of(self, root: str, piece: bytes) -> str:
        """Feed one more piece; return the namespace of the root, ``""`` until it comes. Raises ``Refused`` for another one."""
        for part in (piece[:_HEAD], piece[_HEAD:]):
            if not self._root:
                self._parser.Parse(part, False)
        namespace, _, name = self._root.rpartition(" ")
        if self._root and (name != root or namespace not in NAMESPACES):
            raise self._package.guard.refuse(BAD_XML, part=self._part)
        return namespace

    def _begin(self, name: str, _: dict[str, str]) -> None:
        self._root = name
        self._parser.StartElementHandler = None


def feed(package: Package, part: str, parser: expat.XMLParserType, most: int = 0) -> Iterator[None]:
    """Feed a part to the parser, pausing after each piece. Raises ``Refused`` for what the XML or the package has wrong."""
    guard, limits = package.guard, package.guard.limits
    elements = fed = 0
    pieces = package.pieces(part, most)
    try:
        for piece in pieces:
            # Counted in the bytes, at no cost per element; every element has one "<" that is not a "</".
            elements += piece.count(b"<") - piece.count(b"</")
            if elements > limits.small_elements:
                raise guard.too_large(LazyText("XML 元素数"), limits.small_elements)
            fed += len(piece)
            parser.Parse(piece, False)
            if len(parser.intern) > MOST_NAMES:
                raise guard.too_large(LazyText("XML 名称数"), MOST_NAMES)
            # A token that is still open is read again with every piece: without a cap its cost grows with its square.
            if fed - parser.CurrentByteIndex > limits.text + len(piece):
                raise guard.too_large(LazyText("XML 标签长度"), limits.text)
            yield
        parser.Parse(b"", True)
        yield
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: an encoding that is unknown or not met
        for _ in pieces:  # where the part is damaged, its checksum says so, and that is the true reason
            pass
        raise guard.refuse(BAD_XML, part=part) from error


def parse(
    package: Package,
    part: str,
    start: StartHandler,
    end: EndHandler | None = None,
    text: TextHandler | None = None,
    most: int = 0,
) -> None:
    """Parse a small part at once with these handlers; ``most`` lowers the limit of its size in bytes. Raises ``Refused``."""
    parser = new_parser(package, part)
    deepest = package.guard.limits.depth
    depth = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > deepest:
            raise package.guard.too_large(LazyText("XML 嵌套层数"), deepest)
        start(name, attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(name)

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = text
    for _ in feed(package, part, parser, most):
        pass
