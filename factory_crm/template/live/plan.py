"""Where the live checks of a page are reckoned: its columns on the hidden check sheet, row by row beside it.

There no row is ever inserted, cut or pasted over. A page is reached as one block, ``INDEX(block, ROW(), column)``, so
that nothing done to its cells leads a check astray.
"""

from dataclasses import dataclass
from functools import cached_property

from ...problems.problem import column_letters
from ...schema.column import Column
from ...schema.column_type import LiveCheck
from ...schema.layout import LIVE_CHECK_TITLE
from ...schema.workbook import WorkbookSchema
from ..page import FIRST_ROW, SPARE_ROWS, EntryPage

CHECK_SHEET = LIVE_CHECK_TITLE


def block_name(table: str) -> str:
    """Return the defined name of all that stands on a page, from its first cell on."""
    return f"FC_{table}"


def begun_name(table: str) -> str:
    """Return the defined name of 1 for every row that holds something, else 0."""
    return f"FC_BEGUN_{table}"


def message_name(table: str) -> str:
    """Return the defined name of what is wrong with every row."""
    return f"FC_TOLD_{table}"


def numbers_name(table: str) -> str:
    """Return the defined name of every row's number (编号) as it is compared, empty where there is none."""
    return f"FC_NUMBERS_{table}"


def keys_name(table: str) -> str:
    """Return the defined name of every row's whole key, where it has several parts."""
    return f"FC_KEYS_{table}"


def default_reference_name(table: str) -> str:
    """Return the defined name of the number of the only row of a table, empty while there is not exactly one."""
    return f"FC_PRESUMED_{table}"


@dataclass(frozen=True)
class CheckPlan:
    """The columns of one page on the check sheet, from ``first`` on (counted from 1)."""

    page: EntryPage
    first: int

    @property
    def last_row(self) -> int:
        """The last row that is looked at: some beyond the prepared ones."""
        return self.page.last_row + SPARE_ROWS

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What stands in the columns, by name: ``begun``, ``number``, ``key``, ``same.<column>``, ``told``."""
        sheet, key = self.page.sheet, self.page.sheet.key()
        result = ["begun"]
        if key:
            result.append("number")
        if len(key) > 1:
            result.append("key")
        result += [f"same.{name}" for names in sheet.consistent_within.values() for name in names]
        return (*result, "told")

    @property
    def block(self) -> str:
        """The cells of the page that are looked at."""
        return f"$A$1:${column_letters(self.page.message_column)}${self.last_row}"

    def letter_at(self, position: int) -> str:
        """Return the letters of the column at a position, from 0."""
        return column_letters(self.first + position)

    def range_at(self, position: int) -> str:
        """Return the column at a position, from row 1 on: a position in it is a row."""
        letter = self.letter_at(position)
        return f"${letter}$1:${letter}${self.last_row}"

    def range(self, name: str) -> str:
        """Return a column, from row 1 on."""
        return self.range_at(self.names.index(name))

    def own(self, name: str) -> str:
        """Return the cell of a column in the formula's own row, to be moved down by Excel."""
        return self.cell_at(self.names.index(name))

    def cell_at(self, position: int) -> str:
        """Return the cell of the column at a position in the formula's own row."""
        return f"${self.letter_at(position)}{FIRST_ROW}"

    def cell(self, column: Column) -> str:
        """Return the page's cell of a column in the formula's own row."""
        return f"INDEX({block_name(self.page.sheet.table)},ROW(),{self.page.place(column.name)})"


def means_only_row(schema: WorkbookSchema, column: Column) -> bool:
    """Whether a blank cell means the only row of the workbook's entity sheet."""
    return schema.refers_to_entity(column) and not column.may_be_blank


def is_number_of_record(column: Column) -> bool:
    """Whether a column holds numbers (编号)."""
    return column.column_type.live is LiveCheck.IDENTIFIER
