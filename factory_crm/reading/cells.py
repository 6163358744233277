"""The handlers for a worksheet: they put its elements together to rows of cells, as fast as Python callbacks go.

Each cell costs five calls from the parser, so what is common stands first and in line; what is rare is a method of its own.
The levels an element may stand at are fixed (``worksheet/sheetData/row/c/v``): that bounds nesting without counting it each time.
"""

import re
from xml.parsers import expat

from ..codes import BAD_XML
from ..problems import letters
from ..words import Word
from . import markup
from .parts import Package
from .rows import COLUMNS, LAST_COLUMN, LAST_ROW, Cell, GridRow, tidied
from .values import UNCALCULATED, Raw, Values, broken

_SHEET_DATA_LEVEL, _ROW_LEVEL, _CELL_LEVEL, _VALUE_LEVEL = 2, 3, 4, 5

_reference = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})").fullmatch
_new = tuple.__new__  # Cell's own constructor is a Python function
_row_number = re.compile(r"[1-9][0-9]{0,6}").fullmatch


class SheetReader:
    """The handlers of one pass over a worksheet; finished rows are in ``done``, merged ranges in ``merged``."""

    __slots__ = (
        "_attributes", "_buffer", "_c", "_cells", "_column", "_cut", "_f", "_formula", "_inline", "_level", "_limits", "_most",
        "_numbered", "_ordered", "_package", "_parser", "_part", "_phonetic", "_row", "_row_text", "_runs", "_text", "_tidy",
        "_v", "_values", "count", "done", "merged",
    )  # fmt: skip

    def __init__(self, package: Package, part: str, values: Values, most: int, *, ordered: bool) -> None:
        """Read with these values at most so many cells; ``ordered`` says that no row may step back."""
        self._package, self._part, self._values, self._most, self._ordered = package, part, values, most, ordered
        self._limits = package.guard.limits
        self.done: list[GridRow] = []
        self.merged: list[str] = []
        self.count = 0
        self._c = self._v = self._f = ""
        self._level = 0
        self._row, self._row_text, self._cut, self._numbered = 0, "0", -1, False
        self._cells: list[Cell] = []
        self._column, self._tidy = 0, True
        self._attributes: dict[str, str] = {}
        self._buffer: list[str] = []
        self._text: str | None = None
        self._formula = False
        self._inline: str | None = None
        self._runs: list[str] = []
        self._phonetic = False
        self._parser = markup.new_parser(package, part)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    @property
    def parser(self) -> expat.XMLParserType:
        """The parser to feed."""
        return self._parser

    def check(self) -> None:
        """Raise ``Refused`` for a text or a number of cells past its limit; asked after each piece of the part."""
        guard = self._package.guard
        if sum(map(len, self._buffer)) + sum(map(len, self._runs)) > self._limits.text:
            raise guard.too_large(Word("单元格文字长度"), self._limits.text)
        if self.count + len(self._cells) + len(self.merged) > self._most:
            raise guard.too_large(Word("单元格数"), self._limits.cells)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        level = self._level = self._level + 1
        if name is self._c and level == _CELL_LEVEL:
            self._attributes = attributes
            self._text = None
            self._formula = False
        elif name is self._v and level == _VALUE_LEVEL:
            self._buffer.clear()
        elif name is self._f and level == _VALUE_LEVEL:
            self._formula = True
        else:
            self._start_other(name, attributes, level)

    def _end(self, name: str) -> None:
        level = self._level
        self._level = level - 1
        if level == _VALUE_LEVEL:
            if name is self._v:
                self._text = "".join(self._buffer)
            else:
                self._buffer.clear()
                if self._runs and markup.local(name) == "is":
                    self._inline = "".join(self._runs)
                    self._runs.clear()
        elif level == _CELL_LEVEL:
            if name is self._c:
                self._end_cell()
        elif level == _ROW_LEVEL:
            self._end_row()
        else:
            self._end_other(name, level)

    def _end_cell(self) -> None:
        attributes = self._attributes
        reference = attributes.get("r")
        wrong = ""
        column = 0
        if reference is not None and reference.endswith(self._row_text):
            column = COLUMNS[reference[: self._cut]]
        if not column:
            column, wrong = self._odd_column(reference)
        if column <= self._column:
            self._tidy = False
        self._column = column
        kind, text = attributes.get("t"), self._text
        if self._inline is not None:
            if text is None or kind == "inlineStr":
                kind, text = "inlineStr", self._inline
            self._inline = None
        if text is None:
            value: Raw | None = UNCALCULATED if self._formula else None
        elif len(text) > self._limits.text:
            raise self._package.guard.too_large(Word("单元格文字长度"), self._limits.text)
        else:
            value = self._values.read(kind, text, attributes.get("s"), formula=self._formula)
        if value is not None:
            cell = (column, broken(wrong) if wrong else value, self._formula)
            self._cells.append(_new(Cell, cell))

    def _odd_column(self, reference: str | None) -> tuple[int, str]:
        """Return the column of a cell whose reference is not the usual one, and the reference where it is no good."""
        following = min(self._column + 1, LAST_COLUMN)
        if reference is None:
            return following, "" if self._column < LAST_COLUMN else letters(self._column + 1)
        found = _reference(reference)
        column = COLUMNS[found[1].upper()] if found else 0
        if not found or not column:
            return following, reference
        row = int(found[2])
        if not self._numbered and not self._cells and self._row < row <= LAST_ROW:
            self._set_row(row)  # the row does not say its number, so its first cell does
        return column, "" if row == self._row else reference

    def _start_other(self, name: str, attributes: dict[str, str], level: int) -> None:
        if level > self._limits.depth:
            raise self._package.guard.too_large(Word("XML 嵌套层数"), self._limits.depth)
        namespace, _, local = name.rpartition(" ")
        if level == 1:
            self._start_root(namespace, local)
        elif namespace not in markup.MAIN:
            return
        elif local == "row":
            self._start_row(attributes, level)
        elif local == "c":
            raise self._bad_xml()
        elif local == "sheetData" and level == _SHEET_DATA_LEVEL:
            self._parser.CharacterDataHandler = self._buffer.append
        elif local == "t":
            self._buffer.clear()
        elif local == "rPh":
            self._phonetic = True
        elif local == "mergeCell" and level == _ROW_LEVEL:
            self.merged.append(attributes.get("ref", ""))

    def _end_other(self, name: str, level: int) -> None:
        local = markup.local(name)
        if local == "t" and level > _VALUE_LEVEL:
            if not self._phonetic:
                self._runs.append("".join(self._buffer))
            self._buffer.clear()
        elif local == "rPh":
            self._phonetic = False
        elif level == _SHEET_DATA_LEVEL:
            self._parser.CharacterDataHandler = None
            self._buffer.clear()

    def _start_root(self, namespace: str, local: str) -> None:
        if local != "worksheet" or namespace not in markup.MAIN:
            raise self._bad_xml()
        # The parser gives every name of an element as the one object in ``intern``: equal means identical, which is quicker.
        intern = self._parser.intern
        self._c, self._v, self._f = (
            intern.setdefault(name, name) for name in (f"{namespace} {name}" for name in "cvf")
        )

    def _start_row(self, attributes: dict[str, str], level: int) -> None:
        if level != _ROW_LEVEL:
            raise self._bad_xml()
        text = attributes.get("r", "")
        self._numbered = bool(_row_number(text)) and int(text) <= LAST_ROW
        number = int(text) if self._numbered else self._row + 1
        if number > LAST_ROW or (self._ordered and number <= self._row):
            raise self._bad_xml()
        self._set_row(number)
        self._column, self._tidy = 0, True
        self._buffer.clear()

    def _set_row(self, number: int) -> None:
        self._row, self._row_text = number, str(number)
        self._cut = -len(self._row_text)

    def _end_row(self) -> None:
        cells = self._cells
        self._buffer.clear()
        if cells:
            self.count += len(cells)
            self.done.append(GridRow(self._row, tuple(cells) if self._tidy else tidied(cells)))
            cells.clear()

    def _bad_xml(self) -> Exception:
        return self._package.guard.refuse(BAD_XML, part=self._part)
