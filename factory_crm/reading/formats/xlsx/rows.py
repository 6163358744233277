"""How far a worksheet reaches, and the letters of its columns."""

from ....problems.problem import column_letters
from ....xlsx.limits import LAST_COLUMN
from ...grid import BrokenCell, Raw, broken_cell


class ColumnNumbers(dict[str, int]):
    """The number of a column by its letters, worked out once; 0 for what is no column."""

    def __missing__(self, name: str) -> int:
        number = 0
        if name.isascii() and name.isalpha() and name.isupper() and len(name) <= len("XFD"):
            for letter in name:
                number = number * 26 + ord(letter) - 64
        if not 0 < number <= LAST_COLUMN:
            return 0
        self[name] = number
        return number


class ColumnLetters(dict[int, str]):
    """The letters of a column by its number, worked out once; for what is no column, what no cell is called."""

    def __missing__(self, column: int) -> str:
        name = self[column] = column_letters(column) if column <= LAST_COLUMN else "?"
        return name


COLUMNS, LETTERS = ColumnNumbers(), ColumnLetters()


def put(values: dict[int, Raw], column: int, value: Raw) -> None:
    """Add a cell to a row; a column that comes twice is broken: nobody could say which is meant."""
    first = values.get(column)
    values[column] = (
        value if first is None else broken_cell(first.text if isinstance(first, BrokenCell) else str(first))
    )
