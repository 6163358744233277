"""The letters and the numbers of columns, each worked out once: A is 1, XFD is 16384."""

from ..problems.problem import column_letters
from .limits import LAST_COLUMN


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
