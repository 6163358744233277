"""Where things stand on an entry sheet: the only place that knows rows, columns and defined names."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..i18n.translate import Language, translate
from ..problems.problem import column_letters
from ..schema.column import Column
from ..schema.model import Sheet
from ..schema.workbook import WorkbookSchema
from ..xlsx.formula import quote_title

TITLE_ROW, PURPOSE_ROW, HINT_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4, 5
"""Rows count from 1, as people count them."""
CHECK_COLUMN = 1
SPARE_ROWS = 50
"""Rows beyond the prepared ones that formulas can still see."""


@dataclass(frozen=True)
class EntryPage:
    """An entry sheet of a template; rows and columns count from 1."""

    schema: WorkbookSchema
    sheet: type[Sheet]
    language: Language
    rows: int

    @cached_property
    def title(self) -> str:
        """The name of the sheet in its language."""
        return translate(self.sheet.title, self.language)

    @property
    def last_row(self) -> int:
        """The last prepared row."""
        return FIRST_ROW + self.rows - 1

    @property
    def message_column(self) -> int:
        """The column that says what is wrong with a row: the last one."""
        return CHECK_COLUMN + len(self.sheet.columns) + 1

    @cached_property
    def inputs(self) -> tuple[Column, ...]:
        """The columns that people fill."""
        return tuple(column for column in self.sheet.columns if not column.automatic)

    @property
    def display_place(self) -> int:
        """The last of the columns by which people know a row: its label or its echo, else its key."""
        telling = [c for c in self.sheet.columns if c.name == self.sheet.display_column or c.lookup] or self.sheet.key()
        return max((self.place(column.name) for column in telling), default=CHECK_COLUMN)

    def place(self, name: str) -> int:
        """Return the number of a column."""
        return self.sheet.record_layout.index[name] + CHECK_COLUMN + 1

    def letters(self, name: str) -> str:
        """Return the letters of a column."""
        return column_letters(self.place(name))

    def at(self, name: str) -> str:
        """Return the cell of a column in the first row, to be moved down by Excel: ``$C5``."""
        return f"${self.letters(name)}{FIRST_ROW}"

    def here(self, name: str) -> str:
        """Return the cell of a column in the formula's own row, whatever is cut, dragged or inserted."""
        return self.in_row(self.place(name))

    def in_row(self, column: int) -> str:
        """Return the cell of a column's number in the formula's own row."""
        letter = column_letters(column)
        return f"INDEX(${letter}$1:${letter}${self.last_row + SPARE_ROWS},ROW())"

    def range(self, column: int) -> str:
        """Return the prepared cells of a column's number: ``$C$5:$C$304``."""
        letter = column_letters(column)
        return f"${letter}${FIRST_ROW}:${letter}${self.last_row}"

    def outside(self, column: int) -> str:
        """Return the same, as other sheets write it."""
        return f"{quote_title(self.title)}!{self.range(column)}"


def pages(schema: WorkbookSchema, language: Language, rows: int) -> tuple[EntryPage, ...]:
    """Return the entry sheets of a schema."""
    return tuple(EntryPage(schema, sheet, language, rows) for sheet in schema.sheets)


def referred(schema: WorkbookSchema) -> Iterator[type[Sheet]]:
    """Yield the sheets that columns of others refer to."""
    wanted = {column.references for sheet in schema.sheets for column in sheet.columns}
    return (sheet for sheet in schema.sheets if sheet.table in wanted)


def list_name(table: str) -> str:
    """Return the defined name of the numbers filled in so far; only drop-downs use it."""
    return f"FC_LIST_{table}"


def only_name(table: str) -> str:
    """Return the defined name of the label of the only row, blank while there is not exactly one."""
    return f"FC_ONLY_{table}"


def choices_name(choices: str) -> str:
    """Return the defined name of a list to choose from."""
    return f"L_{choices}"


def group_names(choices: str) -> tuple[str, str]:
    """Return the defined names of a dependent list's groups, one line a value: what decides, and the value."""
    return f"L_OF_{choices}", f"L_BY_{choices}"
