"""Edit a worksheet part: split it into its cells, whose bytes stay, and the XML around them."""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple
from xml.parsers import expat

from lxml import etree

from ..problems.codes import BAD_XML
from ..reading.guard import Guard
from ..xlsx.columns import COLUMNS
from .xml import Element, parsed, serialised

ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip
"""The children of a worksheet in the order the schema wants."""
_OPENING = re.compile(rb"<([\w.-]+:)?sheetData\b[^>]*?(/?)>")
_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding=["']([\w.-]+)""")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")

CellSpans = tuple[int, int]
"""Row and column of a cell, from 1."""


class CellSpan(NamedTuple):
    """A cell as it stands in the bytes: where, its type and style, its stored value, whether a formula stands in it."""

    start: int
    end: int
    kind: str
    style: str
    text: str | None
    formula: bool


class SheetXml:
    """A worksheet part taken apart; ``root`` has an empty ``sheetData`` and may be changed."""

    def __init__(self, content: bytes, guard: Guard, part: str) -> None:
        """Take a part apart. Raises ``Refused``."""
        encoding = _ENCODING.match(content)
        if content[:2] in (b"\xff\xfe", b"\xfe\xff") or (
            encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")
        ):
            content = serialised(parsed(content, guard, part))
        opening = _OPENING.search(content)
        if opening is None:
            raise guard.refuse(BAD_XML, part=part)
        prefix = opening[1] or b""
        end = opening.end() if opening[2] else content.rfind(b"</" + prefix + b"sheetData")
        end = end if opening[2] else content.find(b">", end) + 1
        self._guard, self._part = guard, part
        self.cells: bytes = content[opening.start() : end]
        """The ``sheetData`` element as it stands in the file."""
        self.root: Element = parsed(
            content[: opening.start()] + b"<" + prefix + b"sheetData/>" + content[end:], guard, part
        )

    def joined(self) -> bytes:
        """Return the part, its cells as they were."""
        around = serialised(self.root)
        place = _OPENING.search(around)
        if place is None:  # pragma: no cover - it was there when it was taken apart
            raise self._guard.refuse(BAD_XML, part=self._part)
        return around[: place.start()] + self.cells + around[place.end() :]

    def spots(self, wanted: Collection[CellSpans]) -> tuple[dict[CellSpans, CellSpan], dict[int, float]]:
        """Return where the wanted cells that there are stand, and the heights of the rows that have one."""
        finder = _Finder(self.cells, frozenset(wanted))
        try:
            finder.parser.Parse(self.cells, True)
        except (expat.ExpatError, ValueError) as error:
            raise self._guard.refuse(BAD_XML, part=self._part) from error
        return finder.spans, finder.heights

    def replace(self, changes: Mapping[tuple[int, int], bytes]) -> None:
        """Replace stretches of the cells' bytes (start, end)."""
        pieces: list[bytes] = []
        done = 0
        for (start, end), content in sorted(changes.items()):
            pieces += [self.cells[done:start], content]
            done = end
        self.cells = b"".join([*pieces, self.cells[done:]])


class _Finder:
    """The handlers that find cells in ``sheetData``; the offsets are the parser's own."""

    def __init__(self, cells: bytes, wanted: frozenset[CellSpans]) -> None:
        self.spans: dict[CellSpans, CellSpan] = {}
        self.heights: dict[int, float] = {}
        self._cells, self._wanted = cells, wanted
        self._rows = {row for row, _ in wanted}
        self._row = self._column = 0
        self._here: CellSpans | None = None
        self._start, self._kind, self._style = 0, "", ""
        self._texts: dict[str, list[str]] = {}
        self._into: list[str] = []
        self._phonetic = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if self._here is not None:
            self._inside(name)
            return
        local = name.rpartition(":")[2]
        if local == "row":
            self._open_row(attributes)
        elif local == "c":
            reference = attributes.get("r")
            if reference is None:
                self._column += 1
            else:
                self._column = self._placed(reference)
            if (self._row, self._column) in self._wanted:
                self._here = (self._row, self._column)
                self._start = self.parser.CurrentByteIndex
                self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
                self._texts = {}
                self.parser.CharacterDataHandler = self._take

    def _open_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() else self._row + 1
        self._column = 0
        if attributes.get("hidden") in ("1", "true"):
            self.heights[self._row] = 0
        elif "ht" in attributes:
            self.heights[self._row] = float(attributes["ht"])

    def _placed(self, reference: str) -> int:
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            return self._column + 1
        if not self._column and int(match[2]) > self._row:
            self._row = int(match[2])  # the row does not say its number, so its first cell does
        return COLUMNS[match[1].upper()]

    def _inside(self, name: str) -> None:
        local = name.rpartition(":")[2]
        self._phonetic = self._phonetic or local == "rPh"
        self._into = [] if self._phonetic else self._texts.setdefault(local, [])

    def _take(self, text: str) -> None:
        self._into.append(text)

    def _close(self, name: str) -> None:
        if self._here is None:
            return
        local = name.rpartition(":")[2]
        self._into = []
        if local == "rPh":
            self._phonetic = False
        if local == "c":
            end = self._cells.index(b">", self.parser.CurrentByteIndex) + 1
            texts = self._texts.get("v") if "v" in self._texts else self._texts.get("t")
            text = "".join(texts) if texts is not None else None
            spot = CellSpan(self._start, end, self._kind, self._style, text, "f" in self._texts)
            self.spans[self._here] = spot
            self._here = None
            self.parser.CharacterDataHandler = None


def prefix_of(cells: bytes) -> str:
    """Return the prefix of the cells' elements, colon included; mostly ``''``."""
    match = _OPENING.match(cells)
    return (match[1] or b"").decode() if match else ""


def serialised_sheet(root: Element) -> bytes:
    """Return the bytes of a small element, with no declaration."""
    return etree.tostring(root, encoding="UTF-8")
