"""The styles part: formats are found if they are there already, else added behind the others; none is ever changed."""

from copy import deepcopy

from lxml import etree

from ..xlsx import theme
from ..xlsx.number_formats import BUILT_IN, FIRST_CUSTOM, GENERAL, TEXT, style_of_format
from .package import Parts
from .xml import Element, child, insert, local, new_element

ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst",
)  # fmt: skip
_USUAL = "xl/styles.xml"
_EMPTY = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/>'
    '<name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/>'
    '</border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs '
    'count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


class Styles:
    """The formats of one workbook."""

    def __init__(self, parts: Parts, workbook: str) -> None:
        """Take the styles part; a workbook without one gets one."""
        part = parts.target(workbook, "styles")
        if not part:
            part = (
                parts.fresh("xl/styles{}.xml") if parts.has(_USUAL) else _USUAL
            )  # which some readers look for by name
            parts.write(part, _EMPTY.encode())
            parts.declare(part, _TYPE)
            parts.relate(workbook, "styles", part)
        self._root = parts.tree(part)
        self._indexes: dict[str, dict[bytes, int]] = {}

    def cell(  # noqa: PLR0913 - each is a fact of its own
        self, *, bold: bool = False, size: float = theme.SIZE, colour: str = theme.INK, fill: str = "",
        border: bool = True, centre: bool = False, underlined: bool = False, text: bool = False,
    ) -> int:  # fmt: skip
        """Return the number of a cell format for a sheet of ours."""
        font = _font(colour, bold=bold, underlined=underlined)
        font.append(new_element("sz", val=size))
        _sorted_font(font)
        xf = new_element("xf", numFmtId=TEXT if text else GENERAL, fontId=self._place("fonts", font), xfId=0, applyFont=1, applyFill=1,
                  fillId=self._place("fills", _fill(fill)) if fill else 0, applyBorder=1, applyAlignment=1,
                  borderId=self._place("borders", _border(theme.LINE)) if border else 0)  # fmt: skip
        if text:
            xf.set("applyNumberFormat", "1")
        alignment = new_element("alignment", vertical="center", wrapText=int(border))
        if centre or border:
            alignment.set("horizontal", "center" if centre else "left")
        if border and not centre:
            alignment.set("indent", "1")
        xf.append(alignment)
        return self._place("cellXfs", xf)

    def mark(self, colour: str, soft: str, *, bold: bool, ruled: bool = True) -> int:
        """Return the number of a conditional format that paints a cell, if there is paint, and rules it off."""
        dxf = new_element("dxf")
        dxf.append(_font(colour, bold=bold, named=False))
        if soft:
            dxf.append(fill := new_element("fill"))
            fill.append(pattern := new_element("patternFill", patternType="solid"))
            pattern.append(new_element("bgColor", rgb=_argb(soft)))
        if ruled:
            dxf.append(_border(colour, diagonal=False))
        return self._place("dxfs", dxf)

    def retyped(self, style: str, wanted: str) -> str:
        """Return a cell format like that one that shows its number as wanted: ``@``, ``yyyy-mm-dd``, ``General``."""
        formats = child(self._root, "cellXfs")
        index = int(style or 0)
        if formats is None or index >= len(formats):
            return style
        if _suits(self._shown(formats[index].get("numFmtId", "0")), wanted):
            return style
        xf = deepcopy(formats[index])
        xf.tail = None
        xf.set("numFmtId", str(self._format(wanted)))
        xf.set("applyNumberFormat", "1")
        xf.attrib.pop("quotePrefix", "")
        return str(self._place("cellXfs", xf))

    def _shown(self, number: str) -> str:
        """Return the code of a number format; of built-in ones only what matters here."""
        custom = child(self._root, "numFmts")
        for element in custom if custom is not None else ():
            if element.get("numFmtId") == number:
                return element.get("formatCode", "")
        return BUILT_IN.get(int(number), "0") if number.isdecimal() else "0"

    def _format(self, code: str) -> int:
        if code in ("General", "@"):
            return TEXT if code == "@" else GENERAL
        custom = child(self._root, "numFmts")
        if custom is None:
            custom = insert(self._root, new_element("numFmts", count=0), ORDER)
        for element in custom:
            if element.get("formatCode") == code:
                return int(element.get("numFmtId", "0"))
        number = max([FIRST_CUSTOM - 1, *(int(e.get("numFmtId", "0")) for e in custom if local(e) == "numFmt")]) + 1
        custom.append(new_element("numFmt", numFmtId=number, formatCode=code))
        custom.set("count", str(len(custom)))
        return number

    def _place(self, group: str, element: Element) -> int:
        """Return where an element like that stands in its group, added if need be."""
        parent = child(self._root, group)
        if parent is None:
            parent = insert(self._root, new_element(group, count=0), ORDER)
        if group not in self._indexes:
            self._indexes[group] = {}
            for index, other in enumerate(e for e in parent if local(e)):
                self._indexes[group].setdefault(_canonical(other), index)
        indexes = self._indexes[group]
        if (spelt := _canonical(element)) not in indexes:
            indexes[spelt] = sum(bool(local(e)) for e in parent)
            parent.append(element)
            parent.set("count", str(indexes[spelt] + 1))
        return indexes[spelt]


def _suits(shown: str, wanted: str) -> bool:
    """Whether a format shows what is wanted: a text as text, a day as some day, a number as any number."""
    if wanted == "@" or shown == "@":
        return shown == wanted
    return style_of_format(shown) == style_of_format(wanted)


def _argb(colour: str) -> str:
    return "FF" + colour.removeprefix("#")


def _font(colour: str, *, bold: bool, underlined: bool = False, named: bool = True) -> Element:
    font = new_element("font")
    if bold:
        font.append(new_element("b"))
    if underlined:
        font.append(new_element("u"))
    font.append(new_element("color", rgb=_argb(colour)))
    if named:
        font.append(new_element("name", val=theme.FONT))
        font.append(new_element("family", val=2))
    return font


def _sorted_font(font: Element) -> None:
    order = ("b", "u", "sz", "color", "name", "family")
    font[:] = sorted(font, key=lambda element: order.index(local(element)))


def _fill(colour: str) -> Element:
    fill = new_element("fill")
    fill.append(pattern := new_element("patternFill", patternType="solid"))
    pattern.append(new_element("fgColor", rgb=_argb(colour)))
    pattern.append(new_element("bgColor", indexed=64))
    return fill


def _border(colour: str, *, diagonal: bool = True) -> Element:
    border = new_element("border")
    for side in ("left", "right", "top", "bottom"):
        border.append(line := new_element(side, style="thin"))
        line.append(new_element("color", rgb=_argb(colour)))
    if diagonal:
        border.append(new_element("diagonal"))
    return border


def _canonical(element: Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True, with_tail=False)
