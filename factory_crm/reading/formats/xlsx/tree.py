"""A long part of a workbook, element by element, with no more of it in memory than a slice and the row it breaks off in.

The standard library's tree builder makes elements without a call to Python for each; those calls are most of what a parser
of callbacks costs. Elements that are whole are handed on after every slice and dropped. The builder cannot be asked how
deep or how long the thing is that it is in the midst of, so that is seen from what the tree shows.
"""

import gc
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers.expat import ExpatError

from ....i18n.translate import LazyText
from ....problems.codes import BAD_XML
from ...guard import Guard
from . import xml
from .parts import Package

SLICE = 1 << 12
"""Bytes fed at a time: so few elements live at once that the garbage collector need not look at them."""
ROW_ELEMENTS = 1 << 16
"""Elements in one row: four for every column there can be."""
ROW_BYTES = 16 << 20
"""Bytes of one row."""
_MALFORMED = (ParseError, ExpatError, LookupError, ValueError)  # the last two: an encoding that is unknown or not met


class Tree:
    """One pass over a part; ``records`` is the element whose children are many and looked into: the root or a child of it."""

    def __init__(self, package: Package, part: str, root: str, records: str) -> None:
        """The root must have that local name and a workbook's namespace."""
        self._root, self._records = root, records
        self.namespace: str = ""
        """The namespace of the root, once it has begun."""
        self._package, self._part, self._guard = package, part, package.guard
        builder = TreeBuilder()
        self._above = builder.start("above", {})
        self._parser = XMLParser(target=builder)  # noqa: S314 - the prolog refuses a document type, so there are no entities
        # Every name met is remembered by the parser until its end.
        self._names = [referent for referent in gc.get_referents(self._parser) if isinstance(referent, dict)]
        self._elements = self._row_elements = self._row_bytes = self._stuck = 0
        self._seen: list[int] = []

    def branches(self) -> Iterator[tuple[str, list[Element]]]:
        """Yield an element on the level of the ``records``, by its local name, and those of its children that have become whole.

        Those of other namespaces are left out. Raises ``Refused`` for what the XML or the package has wrong.
        """
        prolog = xml.Prolog(self._package, self._part)
        pieces = self._package.pieces(self._part)
        try:
            for piece in pieces:
                if not self.namespace:
                    self.namespace = prolog.namespace_of(self._root, piece)
                self._check_names()
                size = len(piece) if self._stuck > len(piece) else SLICE  # what is begun is read again with every slice
                for at in range(0, len(piece), size):
                    part = piece[at : at + size]
                    self._parser.feed(part)
                    yield from self._complete_branches(part)
            self._parser.close()
        except _MALFORMED as error:
            for _ in pieces:  # where the part is damaged, its checksum says so, and that is the true reason
                pass
            raise self._guard.refuse(BAD_XML, part=self._part) from error
        yield from self._complete_branches(b"", ended=True)

    def _complete_branches(self, fed: bytes, *, ended: bool = False) -> Iterator[tuple[str, list[Element]]]:
        above = self._above if self._records == self._root or not len(self._above) else self._above[0]
        moved = False
        while len(above):
            branch = above[0]
            last = len(above) == 1 and not ended
            complete = branch[: len(branch) - last]
            space, _, name = branch.tag[1:].rpartition("}")
            moved |= bool(complete) or not last
            if name != self._records:
                for _ in levels(complete, self._guard):
                    pass
            if space == self.namespace:
                yield name, complete
            del branch[: len(complete)]
            if last:
                moved |= name != self._records and _pruned(branch)
                break
            del above[0]
        self._check(fed, moved=moved)

    def _check(self, fed: bytes, *, moved: bool) -> None:
        """Refuse what grows without an end in sight: too many elements, or one row, one text or one tag that is too long."""
        guard, limits = self._guard, self._guard.limits
        begun = fed.count(b"<") - fed.count(b"</")  # every element has one "<" that is not a "</"
        self._elements += begun
        self._row_elements = 0 if moved else self._row_elements + begun
        self._row_bytes = 0 if moved else self._row_bytes + len(fed)
        if self._elements > limits.elements:
            raise guard.too_large(LazyText("XML 元素数"), limits.elements)
        if self._row_elements > ROW_ELEMENTS:
            raise guard.too_large(LazyText("一行的 XML 元素数"), ROW_ELEMENTS)
        if self._row_bytes > ROW_BYTES:
            raise guard.too_many_bytes(LazyText("一行的大小"), ROW_BYTES)
        seen = [] if moved else self._open()
        self._stuck = self._stuck + len(fed) if seen == self._seen and not moved else 0
        self._seen = seen
        if self._stuck > limits.text + 2 * SLICE:
            raise guard.too_large(LazyText("单元格文字长度"), limits.text)

    def _open(self) -> list[int]:
        """Return how many children each element on the way to the last one has; something new changes it."""
        node, seen = self._above, []
        while len(node):
            seen.append(len(node))
            if len(seen) > self._guard.limits.depth:
                raise self._guard.too_large(LazyText("XML 嵌套层数"), self._guard.limits.depth)
            node = node[-1]
        return seen

    def _check_names(self) -> None:
        if sum(map(len, self._names)) > xml.MOST_NAMES:
            raise self._guard.too_large(LazyText("XML 名称数"), xml.MOST_NAMES)


def levels(elements: list[Element], guard: Guard) -> Iterator[list[Element]]:
    """Yield these children of a child of the root, then their children, and so on down. Raises ``Refused`` for deep nesting."""
    depth = 3
    while elements:
        if depth > guard.limits.depth:
            raise guard.too_large(LazyText("XML 嵌套层数"), guard.limits.depth)
        yield elements
        elements, depth = [inner for outer in elements for inner in outer], depth + 1


def _pruned(branch: Element) -> bool:
    """Drop what is whole at any depth of an element nobody looks into; return whether there was something."""
    pruned = False
    node = branch
    while len(node):
        pruned |= len(node) > 1
        del node[:-1]
        node = node[-1]
    return pruned
