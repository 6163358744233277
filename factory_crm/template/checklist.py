"""The tables of the self-check sheet: one line a thing that is checked, its formulas shared where they are alike."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from ..i18n.translate import Language, translate
from ..xlsx import theme
from ..xlsx.backend import Format
from ..xlsx.writer import StrictWorksheet
from .live.checks import BAD, GOOD, WARNS
from .page import EntryPage

LEFT, WHAT, COUNT, RESULT, LINK = 1, 2, 3, 4, 5
"""The columns, counted from 0."""
PIXELS = (16, 150, 430, 96, 96, 150)
ROW = "\0"
"""Stands in the formulas of a line for the number of its row."""


class Checklist(NamedTuple):
    """The sheet, and what it takes to write on it; rows count from 1."""

    sheet: StrictWorksheet
    formats: theme.Formats
    language: Language

    def translate(self, words: str, **facts: object) -> str:
        """Return the words in the sheet's language."""
        return translate(words, self.language, **facts)

    def heads(self, row: int, heads: Iterable[str]) -> None:
        """Write a table's header."""
        for column, head in enumerate(heads, LEFT):
            self.sheet.write_string(row - 1, column, self.translate(head), self.formats.head())

    def section(self, row: int, title: str, heads: Iterable[str]) -> int:
        """Write a section's title and header; return the row below."""
        self.sheet.write_string(row - 1, LEFT, self.translate(title), self.formats.title(12))
        self.heads(row + 1, heads)
        return row + 2

    def lines(self, row: int, lines: list["ChecklistLine"]) -> int:
        """Write the lines of a table: whose, what, how many, √ or ×, and where to go; return the row below."""
        formats = self.formats
        for at, line in enumerate(lines, row):
            self.sheet.write_string(at - 1, LEFT, line.page.title, formats.cell(align="center"))
            self.sheet.write_string(at - 1, WHAT, line.what, formats.cell(indent=1, text_wrap=True))
            self.sheet.set_row_pixels(at - 1, 22 * -(-theme.pixels(line.what) // (PIXELS[WHAT] - 12)))
        cell, bad = f"$D{ROW}", f'IF(LEFT($C{ROW},1)="{WARNS}","{WARNS}","{BAD}")'
        link = formats.link(border=1, border_color=theme.LINE, align="center")
        self._count(row, COUNT, [line.counted for line in lines], formats.cell(align="center"), 0)
        result = formats.cell(align="center", bold=True)
        self._count(row, RESULT, [f'IF({cell}=0,"{GOOD}",{bad})' for _ in lines], result, GOOD)
        self._count(row, LINK, [f'IF({cell}=0,"—",{line.jump})' for line in lines], link, "—")
        return row + len(lines)

    def _count(self, row: int, column: int, formulas: list[str], style: Format, value: Any) -> None:
        """Write formulas downwards; neighbours that are alike share one, unless it looks at another sheet."""
        for formula, alike in groupby(formulas):
            count, spelt = len(list(alike)), "=" + formula.replace(ROW, str(row))
            if count == 1:
                self.sheet.write_formula(row - 1, column, spelt, style, value)
            else:
                self.sheet.write_shared(row - 1, row + count - 2, column, spelt, style, value)
            row += count


class ChecklistLine(NamedTuple):
    """One thing that is checked."""

    page: EntryPage
    what: str
    counted: str
    """The formula of how often it is not as it should be."""
    jump: str
    """The formula of where to go, or of what to do."""
