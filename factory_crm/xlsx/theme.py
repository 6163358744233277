"""How every workbook of ours looks: colours, fonts, formats, widths and links. Holds nothing that is said or reckoned."""

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from .backend import Format, Workbook

FONT = "微软雅黑"  # zh only
SIZE = 10
"""Points of body text."""

# Colours, and their contrast with what they stand on (at least 4.5:1 for text)
INK, MUTED, FAINT = "#1F2937", "#5B6472", "#6E7886"
LINE, GRID, CANVAS, WHITE = "#D5DBE5", "#E8ECF2", "#F4F6FA", "#FFFFFF"
BRAND, BRAND_2, BRAND_SOFT = "#12436D", "#1D70B8", "#E6EFF7"
OPTIONAL, AUTOMATIC, AUTOMATIC_FILL = "#52667A", "#667180", "#F1F3F6"
GOOD, GOOD_SOFT = "#0B6B3A", "#E3F3E9"
WARN, WARN_SOFT = "#8A4B00", "#FFF1D0"
BAD, BAD_SOFT = "#B3261E", "#FCE4E2"
SERIES = ("#12436D", "#F46A25", "#28A197", "#801650", "#A285D1", "#6F777B")
"""Of charts and tabs: told apart by the colour-blind too, at least 3:1 on white."""
VISITED = SERIES[3]

_WIDE, _NARROW = 1.0, 0.54
_PIXELS_PER_POINT = 96 / 72
_PADDING, _FILTER_ARROW = 12, 16
_DARK = 0.03928


def theme_xml() -> str:
    """Return the workbook theme, so that charts and what users draw themselves match ours, Chinese font included."""
    colours = [
        *(("srgb", f"accent{number}", colour) for number, colour in enumerate(SERIES, 1)),
        ("srgb", "hlink", BRAND_2),
        ("srgb", "folHlink", VISITED),
    ]
    fonts = "".join(_font(which) for which in ("major", "minor"))
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    styles = {
        "fillStyleLst": fill,
        "lnStyleLst": f'<a:ln w="9525">{fill}</a:ln>',
        "effectStyleLst": "<a:effectStyle><a:effectLst/></a:effectStyle>",
        "bgFillStyleLst": fill,
    }
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="FactoryCRM"><a:themeElements>'
        '<a:clrScheme name="FactoryCRM"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
        '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
        f'<a:dk2><a:srgbClr val="{INK[1:]}"/></a:dk2><a:lt2><a:srgbClr val="{CANVAS[1:]}"/></a:lt2>'
        + "".join(f'<a:{name}><a:{kind}Clr val="{colour[1:]}"/></a:{name}>' for kind, name, colour in colours)
        + f'</a:clrScheme><a:fontScheme name="FactoryCRM">{fonts}</a:fontScheme><a:fmtScheme name="FactoryCRM">'
        + "".join(f"<a:{name}>{style * 3}</a:{name}>" for name, style in styles.items())
        + "</a:fmtScheme></a:themeElements></a:theme>"
    )


def _font(which: str) -> str:
    return (
        f'<a:{which}Font><a:latin typeface="{FONT}"/><a:ea typeface="{FONT}"/><a:cs typeface=""/>'
        f'<a:font script="Hans" typeface="{FONT}"/></a:{which}Font>'
    )


class Formats:
    """Cell formats of one workbook, each made once: ``formats(bold=True)``."""

    def __init__(self, workbook: "Workbook") -> None:
        self._workbook = workbook
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **properties: Any) -> "Format":
        """Return a cell format: the body text's, but for these properties."""
        return self.mark(**{"font_name": FONT, "font_size": SIZE, "font_color": INK, "valign": "vcenter", **properties})

    def mark(self, **properties: Any) -> "Format":
        """Return a format of these properties only, as conditional formats want it."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(properties)
        return self._formats[key]

    def title(self, size: int = 16) -> "Format":
        """Return the format of a sheet's title."""
        return self(bold=True, font_size=size, font_color=BRAND)

    def head(self, colour: str = BRAND, **properties: Any) -> "Format":
        """Return the format of a table's header on that colour."""
        return self(
            bold=True,
            font_color=WHITE,
            bg_color=colour,
            align="center",
            text_wrap=True,
            border=1,
            border_color=WHITE,
            **properties,
        )

    def cell(self, **properties: Any) -> "Format":
        """Return the format of a table's cell."""
        return self(border=1, border_color=LINE, **properties)

    def link(self, **properties: Any) -> "Format":
        """Return the format of a link."""
        return self(font_color=BRAND_2, underline=1, **properties)

    def good(self, **properties: Any) -> "Format":
        """Return the mark of what is in order."""
        return self.mark(bg_color=GOOD_SOFT, font_color=GOOD, **properties)

    def missing(self) -> "Format":
        """Return the mark of what is still to be filled in."""
        return self.mark(bg_color=WARN_SOFT, font_color=WARN, border=1, border_color=WARN)

    def bad(self, **properties: Any) -> "Format":
        """Return the mark of what is wrong."""
        return self.mark(bg_color=BAD_SOFT, font_color=BAD, bold=True, **properties)


def pixels(text: str, points: float = SIZE) -> int:
    """Return how wide a line of text is in a sheet, padding included: a Chinese character is one em, any other about half.

    “★” and its like are narrow in the fonts of a sheet, and wide on a Chinese console (``validation.text_wrap.width``).
    """
    ems = sum(_WIDE if east_asian_width(character) in "WF" else _NARROW for character in text)
    return round(ems * points * _PIXELS_PER_POINT) + _PADDING


def header_pixels(header: str, points: float = SIZE) -> int:
    """Return how wide a column's header is beside its filter arrow; one of several words may take two lines."""
    return min(max(pixels(line, points) for line in lines) for lines in _two_lines(header)) + _FILTER_ARROW


def _two_lines(text: str) -> Iterable[tuple[str, ...]]:
    words = text.split(" ")
    yield (text,)
    yield from ((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words)))


def letters_pixels(characters: float) -> int:
    """Return how wide a column of that many half-width characters is."""
    return round(characters * _NARROW * SIZE * _PIXELS_PER_POINT) + _PADDING


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours as WCAG reckons it: 1 for equal ones, 21 for black on white."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at:end], 16) / 255 for at, end in pairwise((1, 3, 5, 7))]
    red, green, blue = (part / 12.92 if part <= _DARK else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
