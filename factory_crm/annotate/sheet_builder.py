"""Small sheets of ours, written as XML: inline texts, formulas with their results, nothing of the user's."""

from collections.abc import Iterable, Sequence
from math import ceil
from xml.sax.saxutils import escape

from ..problems.problem import column_letters
from ..xlsx import theme
from ..xlsx.package import MAIN, RELATION_KINDS
from ..xlsx.text import escape as escape_unfit

_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}" xmlns:r="{RELATION_KINDS}">'
)
_LINE, _LEAST = 14.5, 21
_LONGEST = 32_000


def written(text: str) -> str:
    """Return as much of a text as a cell takes, as it is stored there."""
    return escape_unfit(text[:_LONGEST])


def _xml(text: str) -> str:
    return escape(written(text))


class RowBuilder:
    """One row in the making; cells are added from left to right."""

    def __init__(self, number: int, height: float = 0) -> None:
        """``height`` in points, 0 for the sheet's own."""
        self._number, self._column = number, 0
        tall = f' ht="{height:g}" customHeight="1"' if height else ""
        self._pieces = [f'<row r="{number}"{tall}>']

    def _cell(self, style: int, more: str, content: str) -> None:
        self._column += 1
        look = f' s="{style}"' if style else ""
        self._pieces.append(f'<c r="{column_letters(self._column)}{self._number}"{look}{more}>{content}</c>')

    def text(self, text: str, style: int = 0) -> None:
        """Add a text; it is never a formula."""
        self._cell(style, ' t="inlineStr"', f'<is><t xml:space="preserve">{_xml(text)}</t></is>')

    def number(self, number: object, style: int = 0) -> None:
        """Add a number."""
        self._cell(style, "", f"<v>{number}</v>")

    def formula(self, formula: str, result: str | bool | int, style: int = 0) -> None:
        """Add a formula of ours and what it comes to."""
        match result:
            case bool():
                self._cell(style, ' t="b"', f"<f>{escape(formula)}</f><v>{int(result)}</v>")
            case int():
                self._cell(style, "", f"<f>{escape(formula)}</f><v>{result}</v>")
            case _:
                self._cell(style, ' t="str"', f"<f>{escape(formula)}</f><v>{_xml(result)}</v>")

    def blank(self, style: int = 0) -> None:
        """Add an empty cell."""
        self._cell(style, "", "")

    def stored(self, kind: str, text: str) -> None:
        """Add a cell of that type with its text as a file stores it."""
        if kind in ("str", "inlineStr"):
            self._cell(0, ' t="inlineStr"', f'<is><t xml:space="preserve">{escape(text)}</t></is>')
        else:
            self._cell(0, f' t="{kind}"', f"<v>{escape(text)}</v>")

    def done(self) -> str:
        """Return the row."""
        return "".join(self._pieces) + "</row>"


def sheet(  # noqa: PLR0913 - each is a fact of its own
    rows: Iterable[RowBuilder], widths: Sequence[float], *, header: int = 0, last: int = 0, hidden: int = 0, more: str = "",
    colour: str = theme.BAD,
) -> bytes:  # fmt: skip
    """Return a worksheet: frozen below its header, filtered, on A4 across, as wide as one page.

    ``hidden`` columns from the right are not shown; ``more`` stands between filter and page (conditional formats, validation).
    """
    cols = "".join(
        f'<col min="{i}" max="{i}" width="{width}" customWidth="1" hidden="{int(i > len(widths) - hidden)}"/>'
        for i, width in enumerate(widths, 1)
    )
    pane = (
        f'<pane ySplit="{header}" topLeftCell="A{header + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A{header + 1}" sqref="A{header + 1}"/>'
        if header
        else ""
    )
    reach = (
        f'<autoFilter ref="A{header}:{column_letters(len(widths) - hidden)}{max(last, header + 1)}"/>' if header else ""
    )
    return (
        f'{_HEAD}<sheetPr><tabColor rgb="FF{colour[1:]}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="18" customHeight="1"/>{f"<cols>{cols}</cols>" if cols else ""}'
        f"<sheetData>{''.join(row.done() for row in rows)}</sheetData>{reach}{more}"
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;R&amp;8 &amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    ).encode()


def titled(title: str, note: str, headers: Sequence[str], styles: tuple[int, int, int]) -> list[RowBuilder]:
    """Return rows 1, 2 and 4 of a sheet of ours: its title, what it is for, its headers; row 3 is the caller's."""
    first, second, fourth = RowBuilder(1, 30), RowBuilder(2, 18), RowBuilder(4, 24)
    first.text(title, styles[0])
    second.text(note, styles[1])
    for header in headers:
        fourth.text(header, styles[2])
    return [first, second, fourth]


def height(texts: Iterable[tuple[str, float]]) -> float:
    """Return how high a row must be, in points, for its wrapped texts in columns of those widths."""
    lines = max(
        sum(max(1, ceil((theme.pixels(line) - 12) / (width * 7 - 6))) for line in text.split("\n"))
        for text, width in texts
    )
    return max(_LEAST, min(lines, 27) * _LINE + 6)
