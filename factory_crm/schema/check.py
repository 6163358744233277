"""A developer's own check: what the language of rules cannot say, as a function over the records of a workbook."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NamedTuple

from ..problems.code import Code, Severity
from .model import Sheet


class Finding(NamedTuple):
    """The cell that a check objects to; ``params`` fill the braces of its message."""

    table: str
    row: int
    column: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CheckedRecord:
    """A record that a check looks at: an instance of its sheet's model, and where it stands."""

    record: Any
    """Typed values by attribute, such as ``row.record.machine_id``."""
    row: int
    """Excel's number of the row."""

    def at(self, column: str, **params: Any) -> Finding:
        """Return that something is wrong with this record, shown at that column. Raises KeyError for no column."""
        return Finding(self.record.table, self.row, self.record.column(column).name, params)


class SheetRecords(tuple[CheckedRecord, ...]):
    """The accepted records of one sheet, in their order."""

    __slots__ = ()

    @classmethod
    def of(cls, sheet: type[Sheet], rows: Iterable[tuple[int, tuple[Any, ...]]]) -> "SheetRecords":
        """Take rows by their number and values."""
        by_name = sheet.record_layout.by_name
        return cls(CheckedRecord(sheet.model_construct(**by_name(values)), number) for number, values in rows)


@dataclass(frozen=True, slots=True)
class Check:
    """A check and the code of what it finds. It is given the records of its table; without one, of all, by table."""

    code: Code
    table: str
    function: Callable[[Any], Iterable[Finding]]

    def __reduce__(self) -> tuple[Callable[..., "Check"], tuple[Any, ...]]:
        """Travel to other processes by the name it is declared under, as functions do."""
        module, name = self.function.__module__, self.function.__qualname__
        declared = getattr(sys.modules.get(module), name, None) is self
        return (_declared, (module, name)) if declared else (Check, (self.code, self.table, self.function))

    def findings(self, records: Mapping[str, SheetRecords]) -> Iterator[Finding]:
        """Yield what it finds; a sheet that the workbook lacks has no records."""
        yield from self.function(records.get(self.table, SheetRecords()) if self.table else records)


def _declared(module: str, name: str) -> Check:
    found: Check = getattr(import_module(module), name)
    return found


def check(
    code: str, message: str, *, table: str = "", severity: str = "error", hint: str = ""
) -> Callable[[Callable[[Any], Iterable[Finding]]], Check]:
    """Declare the function below as a check, to be handed to ``WorkbookSchema.extended``.

    ``message`` may name ``{header}``, ``{value}`` and the params of ``CheckedRecord.at`` in braces · ``table``: the sheet whose
    records it is given, all of them by table where there is none · ``severity``: an ``error`` rejects the row.
    """
    level = Severity(severity)
    declared = Code(code, level, message, hint or "核对这几格，改正填错的一格", rejects=level is Severity.ERROR)
    return lambda function: Check(declared, table, function)
