"""The boxes comments are shown in (VML): large enough for their text, beside their cells."""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from math import ceil
from typing import NamedTuple

from ..xlsx import theme
from .package import Parts
from .sheet_xml import CellSpans
from .xml import Element, child

POINTS = 9
"""The size of a comment's text."""
_WIDTH, _LINE_POINTS, _PADDING = 300, 13.5, 14  # a box's width in pixels; heights in points
_PIXELS = 96 / 72
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NEW_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{number}"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{identity}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:4pt;width:{width}pt;'
    'height:{height}pt;z-index:{order};visibility:hidden" fillcolor="{fill}" strokecolor="{line}" o:insetmode="auto">'
    '<v:fill color2="{fill}"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto;mso-fit-shape-to-text:t"><div style="text-align:left"/></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SHAPES = re.compile(rb"<v:shape\b(?:(?!</v:shape>).)*</v:shape>", re.DOTALL)
_LEGACY = re.compile(rb"""<(?:[\w.-]+:)?legacyDrawing\s[^>]*?:id=["']([^"']+)["']""")
_ANCHOR = re.compile(rb"<x:Anchor>([^<]*)</x:Anchor>(?:<!--fc:([^>]*)-->)?")


BoxChange = Callable[[bytes], bytes]


class CommentBox(NamedTuple):
    """The box of a new comment: at which cell, where it lies, how high it is in pixels."""

    cell: CellSpans
    anchor: str
    height: float


class Measures:
    """How wide the columns and how high the rows of a sheet are, in pixels."""

    def __init__(self, sheet: Element, heights: Mapping[int, float]) -> None:
        """Take the worksheet and the heights of its odd rows, in points."""
        form = child(sheet, "sheetFormatPr")
        self._height = float((form.get("defaultRowHeight") if form is not None else None) or 15) * _PIXELS
        self._width = float((form.get("defaultColWidth") if form is not None else None) or 9) * 7 + 5
        self._heights = {row: points * _PIXELS for row, points in heights.items()}
        self._columns: list[tuple[int, int, float]] = []
        columns = child(sheet, "cols")
        for column in columns if columns is not None else ():
            hidden = column.get("hidden") in ("1", "true")
            width = 0.0 if hidden else float(column.get("width") or 9) * 7 + 5
            self._columns.append((int(column.get("min", "0")), int(column.get("max", "0")), width))

    def column(self, number: int) -> float:
        """Return the width of a column."""
        return next((width for first, last, width in self._columns if first <= number <= last), self._width)

    def anchor(self, cell: CellSpans, height: float) -> str:
        """Return where a box stands beside its cell: left, top, right, bottom as cells (from 0) and offsets."""
        row, column = cell
        top = max(row - 1, 1)
        right, beyond = _reach(self.column, column + 1, 12 + _WIDTH)
        bottom, below = _reach(lambda number: self._heights.get(number, self._height), top, 6 + height)
        return f"{column}, 12, {top - 1}, 6, {right - 1}, {beyond}, {bottom - 1}, {below}"


def _reach(size: Callable[[int], float], first: int, pixels: float) -> tuple[int, int]:
    """Return the cell in which something ends that begins at the first one, and how far in."""
    for number in count(first):
        width = size(number)
        if pixels <= width or number - first > 500:  # noqa: PLR2004 - so many hidden rows: anywhere will do
            return number, int(min(pixels, width))
        pixels -= width
    raise AssertionError  # pragma: no cover


def height_of(text: str) -> float:
    """Return how high a box is, in pixels, that shows the whole text."""
    lines = sum(max(1, ceil((theme.pixels(line, POINTS) - 12) / (_WIDTH - 24))) for line in text.split("\n"))
    return (lines * _LINE_POINTS + _PADDING) * _PIXELS


def write_boxes(parts: Parts, part: str, fresh: Iterable[CommentBox], grown: Mapping[CellSpans, str]) -> str:
    """Draw a box for each new comment and make grown ones large enough; return the VML part if it is new."""
    vml = drawing_of(parts, part)
    new = not vml
    if new:
        vml = parts.fresh("xl/drawings/vmlDrawing{}.vml")
        parts.write(vml, _NEW_VML.format(number=_block(vml)).encode())
        parts.declare_all("vml", _VML)
    content = changed_boxes(parts.read(vml), {cell: _resized(anchor) for cell, anchor in grown.items()})
    taken = [int(n) for n in re.findall(rb'id="_x0000_s(\d+)"', content)]
    first = max([*taken, _block(vml) * 1024]) + 1
    drawn = "".join(
        _SHAPE.format(identity=first + i, width=round(_WIDTH / _PIXELS), height=round(box.height / _PIXELS), order=i + 1,
                      fill=theme.WARN_SOFT, line=theme.WARN, anchor=box.anchor, row=box.cell[0] - 1, column=box.cell[1] - 1)
        for i, box in enumerate(fresh))  # fmt: skip
    close = content.rfind(b"</xml>")
    parts.write(vml, content[:close] + drawn.encode() + content[close:])
    return vml if new else ""


def drawing_of(parts: Parts, part: str) -> str:
    """Return the part that draws the comments of a sheet, ``""`` where none does; the pictures in its header have another."""
    legacy = _LEGACY.search(parts.read(part))
    return next((r.target for r in parts.relations(part) if legacy and r.identity == legacy[1].decode()), "")


def changed_boxes(content: bytes, changes: Mapping[CellSpans, BoxChange]) -> bytes:
    """Return the drawing with the boxes of some comments changed."""

    def changed(shape: re.Match[bytes]) -> bytes:
        change = changes.get(_cell(shape[0]))
        return change(shape[0]) if change else shape[0]

    return _SHAPES.sub(changed, content) if changes else content


def has_boxes(content: bytes) -> bool:
    """Whether anything is drawn in it."""
    return _SHAPES.search(content) is not None


def remove_box(_: bytes) -> bytes:
    """Take a box away."""
    return b""


def restore_box(shape: bytes) -> bytes:
    """Give a box back the size it had before ours was written into it."""
    return _ANCHOR.sub(lambda m: b"<x:Anchor>" + (m[2] if m[2] is not None else m[1]) + b"</x:Anchor>", shape)


def _resized(anchor: str) -> BoxChange:
    """Make a user's box large enough for our lines; its own size is kept beside it."""
    return lambda shape: _ANCHOR.sub(rb"<x:Anchor>" + anchor.encode() + rb"</x:Anchor><!--fc:\1-->", shape)


def _block(vml: str) -> int:
    """Return the block of shape numbers of a part: 1024 to each."""
    return int((re.search(r"(\d+)\.vml$", vml) or ["", "1"])[1])


def _cell(shape: bytes) -> CellSpans:
    row, column = re.search(rb"<x:Row>\s*(\d+)", shape), re.search(rb"<x:Column>\s*(\d+)", shape)
    return (int(row[1]) + 1, int(column[1]) + 1) if row and column else (0, 0)
