"""The rows of a worksheet: its elements turned to cells.

Nearly every cell is spelt alike (``<c r="B2" s="1"><v>7</v></c>``) and is taken in one go; whatever is spelt otherwise goes
the longer way of ``_odd_cell``, to the same end.
"""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from ....i18n.translate import LazyText
from ....problems.codes import BAD_XML
from ....problems.problem import column_letters
from ....xlsx.columns import COLUMNS, LETTERS
from ....xlsx.limits import LAST_COLUMN, LAST_ROW
from ...grid import GridRow, Raw, SheetMetadata, broken_cell
from ...guard import Guard
from .rows import put
from .shared_strings import joined
from .sheet_metadata import TRUE
from .tree import levels
from .values import UNCALCULATED, Values

_reference = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})").fullmatch
_row_number = re.compile(r"[1-9][0-9]{0,6}").fullmatch
_new = tuple.__new__  # GridRow's own constructor is a Python function


class RowReader:
    """Turns the ``row`` elements of one worksheet to rows, one after the other."""

    def __init__(self, guard: Guard, part: str, values: Values, shape: SheetMetadata, *, ordered: bool) -> None:
        """``ordered`` says that no row may step back; ``shape`` is told what is hidden, blank or far out."""
        self.count = 0
        """Cells so far."""
        self._guard, self._part, self._values, self._shape, self._ordered = guard, part, values, shape, ordered
        self._row_tag = self._c = self._v = self._f = self._is = ""
        self._namespace = ""
        self._longest = guard.limits.text
        self._row = 0
        self._numbered = False

    def read(self, namespace: str, elements: Iterable[Element]) -> list[GridRow]:
        """Return the rows that hold something. Raises ``Refused`` for what may not stand among them."""
        tags = (f"{{{namespace}}}{name}" for name in ("row", "c", "v", "f", "is"))
        self._row_tag, self._c, self._v, self._f, self._is = tags
        self._namespace = namespace
        rows: list[GridRow] = []
        for element in elements:
            if element.tag != self._row_tag:
                self._nothing_in(element)
                continue
            self._begin(element.get("r", ""))
            row = self._row_of(element)
            if not row.values:
                self._shape.blank_rows += 1
                continue
            self.count += len(row.values)
            self._shape.take(row, hidden=element.get("hidden", "") in TRUE)
            rows.append(row)
        return rows

    def _begin(self, text: str) -> None:
        following = self._row + 1
        if text == str(following) and following <= LAST_ROW:  # as nearly always
            self._row, self._numbered = following, True
            return
        self._numbered = bool(_row_number(text)) and int(text) <= LAST_ROW
        number = int(text) if self._numbered else following
        if number > LAST_ROW or (self._ordered and number <= self._row):
            raise self._bad_xml()
        self._row = number

    def _row_of(self, row: Element) -> GridRow:
        """Return a row with those of its cells that hold something. This loop sees every cell of every workbook."""
        c, v = self._c, self._v
        number = str(self._row)
        cut, column, tidy = -len(number), 0, True  # tidy: every cell so far stood right of the one before
        strings, numbers, special_cell = self._values.strings, self._values.numbers, self._special_cell
        values: dict[int, Raw] = {}
        formulas: list[int] = []
        for element in row:
            attributes, inside = element.attrib, len(element)
            reference = attributes.get("r")
            if reference == LETTERS[column + 1] + number or (reference is None and column < LAST_COLUMN):
                position = column + 1
            else:
                position = COLUMNS[reference[:cut]] if reference and reference[cut:] == number else 0
            if element.tag != c:
                self._nothing_in(element)
                continue
            if position and inside == 1 and (inner := element[0]).tag == v and not len(inner):
                kind, text = attributes.get("t"), inner.text or ""
                value = (
                    numbers[attributes.get("s")][text]
                    if kind is None
                    else strings[text]
                    if kind == "s"
                    else self._value(kind, text, attributes, formula=False)
                )
            elif position and not inside:
                value = None
            else:
                position, value, formula = special_cell(element, column, first=not column)
                number, cut = str(self._row), -len(str(self._row))
                if formula and value is not None:
                    formulas.append(position)
            tidy, column = tidy and position > column, position
            if value is not None:
                if tidy:
                    values[position] = value
                else:
                    put(values, position, value)
        return _new(GridRow, (self._row, values if tidy else dict(sorted(values.items())), formulas))

    def _special_cell(self, cell: Element, before: int, *, first: bool) -> tuple[int, Raw | None, bool]:
        """Return the column of a cell however it is spelt, what it holds, and whether a formula stands behind it."""
        column, wrong = self._column(cell.get("r"), before, first=first)
        formula, text, inline = False, None, None
        for child in cell:
            if child.tag == self._v:
                if len(child):
                    raise self._bad_xml()
                text = child.text or ""
            elif child.tag == self._f:
                formula = True
            elif child.tag == self._is:
                inline = joined(child, self._namespace)
            else:
                self._nothing_in(child)
        kind = cell.get("t")
        if inline is not None and (text is None or kind == "inlineStr"):
            kind, text = "inlineStr", inline
        if text is None:
            value: Raw | None = UNCALCULATED if formula else None
        else:
            value = self._value(kind, text, cell.attrib, formula=formula)
        return column, broken_cell(wrong) if wrong and value is not None else value, formula

    def _value(self, kind: str | None, text: str, attributes: dict[str, str], *, formula: bool) -> Raw | None:
        if len(text) > self._longest:
            raise self._guard.too_large(LazyText("单元格文字长度"), self._longest)
        return self._values.read(kind, text, attributes.get("s"), formula=formula)

    def _column(self, reference: str | None, before: int, *, first: bool) -> tuple[int, str]:
        """Return the column of a cell right of ``before``, and its reference where that is no good."""
        following = min(before + 1, LAST_COLUMN)
        if reference is None:
            return following, "" if before < LAST_COLUMN else column_letters(before + 1)
        reference_column = _reference(reference)
        column = COLUMNS[reference_column[1].upper()] if reference_column else 0
        if not reference_column or not column:
            return following, reference
        row = int(reference_column[2])
        if not self._numbered and first and self._row < row <= LAST_ROW:
            self._row = row  # the row does not say its number, so its first cell does
        return column, "" if row == self._row else reference

    def _nothing_in(self, element: Element) -> None:
        """Pass over an element of no meaning here, but not over a row or a cell where none can stand."""
        for level in levels([element], self._guard):
            if any(inner.tag in (self._row_tag, self._c) for inner in level):
                raise self._bad_xml()

    def _bad_xml(self) -> Exception:
        return self._guard.refuse(BAD_XML, part=self._part)
