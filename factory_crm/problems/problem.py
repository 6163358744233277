"""What can be wrong with a workbook, and where: plain values that travel beside the rows."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Self

from ..i18n.translate import Language, translate
from .code import Code, Severity

_LONGEST, _HEAD, _TAIL = 80, 50, 15
"""Characters of a value in a sentence, and which of them are told where it has more."""
_WHOLE = frozenset({"path", "paths", "saved", "lock", "other"})
"""Facts that name files: one has to find them."""


def column_letters(column: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


class Location(NamedTuple):
    """A spot in a workbook, as precise as is known: a file, a sheet, a row or a cell (both count from 1)."""

    file: str
    sheet: str = ""
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        """The cell as Excel writes it (``H5``); the whole row (``5:5``) where only that is known."""
        return (
            f"{column_letters(self.column)}{self.row or ''}"
            if self.column or not self.row
            else f"{self.row}:{self.row}"
        )

    @property
    def address(self) -> str:
        """The place inside its file: ``订单记录!H5``."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    def __str__(self) -> str:
        return f"{self.file} › {self.address}" if self.sheet else self.file


class Problem(NamedTuple):
    """Something a person should mend. Its text is made only when it is shown, so it speaks every language.

    ``params`` fill the code's message; what other code reads of them has a property here. Nothing of it can be changed.
    """

    code: Code
    location: Location
    params: Mapping[str, Any] = {}
    table: str = ""
    """The table it is about, empty where it is about the file."""
    column: str = ""
    """The name of the column it is about, on the cover of the field; empty where it is about no column of the schema."""
    row_key: tuple[str, ...] = ()
    """What the key columns of its record hold, as texts; empty where it is about no record."""

    @classmethod
    def of(cls, code: Code, location: Location, /, **params: Any) -> Self:
        """Return the problem of that code. Raises TypeError unless it has exactly the params that the code declares."""
        if params.keys() != code.params:
            names = params.keys()
            wrong = sorted({*(code.params - names), *(names - code.params - code.optional)})
            if wrong:
                raise TypeError(f"{code.name} takes {sorted(code.params)}: {wrong} missing or unknown")
        return cls(code, location, params)

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.code.severity

    @property
    def file(self) -> str:
        """What the workbook is called: the path below the folder that was given, or the name that came with the content."""
        return self.location.file

    @property
    def sheet(self) -> str:
        """The title of the sheet, as the workbook spells it; empty where it is about the whole file."""
        return self.location.sheet

    @property
    def row(self) -> int:
        """The number of the row as Excel counts, from 1; 0 where it is about no row."""
        return self.location.row

    @property
    def cell(self) -> str:
        """The cell as Excel writes it: ``H5``, a whole row ``5:5``, a column ``H``; empty where it is about none."""
        return self.location.cell

    @property
    def header(self) -> Any:
        """The header of its column, as the workbook spells it; ``None`` where it is about no column."""
        return self.params.get("header")

    @property
    def value(self) -> Any:
        """What stands in its cell; ``None`` where that is not what it is about."""
        return self.params.get("value", self.params.get("before"))

    @property
    def after(self) -> Any:
        """What should stand in its cell: the spelling of a fix, the result of a formula; ``None`` where nobody knows."""
        return self.params.get("after")

    @property
    def fix(self) -> Any:
        """The spelling that is proposed and already used in its place; ``None`` where it is no fix but has to be mended."""
        return self.after if self.severity is Severity.FIX else None

    @property
    def first_row(self) -> int | None:
        """The number of the row it repeats or contradicts."""
        first = self.params.get("first")
        return first if isinstance(first, int) else None

    def about(self, table: str, column: str = "", row_key: tuple[str, ...] = ()) -> Self:
        """Return the problem, knowing which table, column and record it is about."""
        return self._replace(table=table, column=column, row_key=row_key)

    def message(self, language: Language = "zh") -> str:
        """Return what is wrong with this very value."""
        return translate(self.code.message, language, **self._short)

    def hint(self, language: Language = "zh") -> str:
        """Return how to mend it in Excel or WPS; a ``hint`` among the params says what was probably meant."""
        same = self.code.retype and self.params["before"] == self.params["after"]
        remedy = translate(self.code.retype if same else self.code.hint, language, **self._short)
        hint = self.params.get("hint")
        return translate("{hint}；{remedy}", language, hint=hint, remedy=remedy) if hint else remedy

    @property
    def _short(self) -> dict[str, Any]:
        """The facts as they stand in a sentence: nobody reads two thousand characters in one."""
        return {
            name: f"{fact[:_HEAD]}…{fact[-_TAIL:]}"
            if type(fact) is str and len(fact) > _LONGEST and name not in _WHOLE
            else fact
            for name, fact in self.params.items()
        }


def errors(problems: list[Problem]) -> list[Problem]:
    """Return those that must be mended."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]
