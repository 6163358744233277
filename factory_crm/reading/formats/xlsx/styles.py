"""Which cell styles show a number as a date or a time."""

from collections.abc import Mapping

from ....i18n.translate import LazyText
from ....xlsx.number_formats import BUILT_IN, NumberStyle, style_of_format
from ...guard import Guard
from . import xml
from .parts import Package

_BY_ID = {str(number): style_of_format(code) for number, code in BUILT_IN.items()}


def read_styles(package: Package, part: str) -> Mapping[str, NumberStyle]:
    """Return the style of every cell format by its number as text (``s="3"``); ``part`` is ``''`` where there is none.

    A cell without a style, and style 0 even of a file without formats, has a meaning always. Raises ``Refused``.
    """
    styles: dict[str, NumberStyle] = {}
    if part:
        reader = _StyleReader(package.guard, styles)
        xml.parse(package, part, reader.start, reader.end)
    styles.setdefault("0", NumberStyle.PLAIN)
    return styles


class _StyleReader:
    """The handlers for the styles part; number formats elsewhere than in their list belong to conditional formats."""

    def __init__(self, guard: Guard, styles: dict[str, NumberStyle]) -> None:
        self.guard, self.styles = guard, styles
        self._formats: dict[str, NumberStyle] = {}
        self._within = ""

    def start(self, element: str, attributes: dict[str, str]) -> None:
        name = xml.local(element)
        if name in ("numFmts", "cellXfs"):
            self._within = name
        elif name == "numFmt" and self._within == "numFmts":
            self._formats[attributes.get("numFmtId", "")] = style_of_format(attributes.get("formatCode", ""))
        elif name == "xf" and self._within == "cellXfs":
            number = attributes.get("numFmtId", "0")
            built_in = _BY_ID.get(number, NumberStyle.PLAIN)
            self.styles[str(len(self.styles))] = self._formats.get(number, built_in)
            if len(self.styles) > self.guard.limits.styles:
                raise self.guard.too_large(LazyText("单元格格式数"), self.guard.limits.styles)

    def end(self, element: str) -> None:
        if xml.local(element) == self._within:
            self._within = ""
