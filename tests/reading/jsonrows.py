"""A toy input format, whole in one module: a JSON object of sheets, each a list of rows, after a first line that names it."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Self

from factory_crm.problems.codes import DAMAGED
from factory_crm.reading.access import Access
from factory_crm.reading.files import BoundedFile, sha256_of
from factory_crm.reading.formats.registry import InputFormat
from factory_crm.reading.grid import GridRow, Raw, SheetInfo, SheetMetadata, State
from factory_crm.reading.guard import Guard

MAGIC = b"#jsonrows\n"


class JsonSheet:
    """One list of rows."""

    state: State = "visible"

    def __init__(self, name: str, lines: list[list[Any]]) -> None:
        self.name, self.shape, self._lines = name, SheetMetadata(), lines

    def rows(self) -> Iterator[GridRow]:
        for number, line in enumerate(self._lines, 1):
            values: dict[int, Raw] = {
                at: float(cell) if isinstance(cell, int) else cell
                for at, cell in enumerate(line, 1)
                if cell is not None
            }
            if values:
                self.shape.take(row := GridRow(number, values))
                yield row


class JsonRows:
    """An open file of JSON rows."""

    names: Mapping[str, str] = {}
    properties: Mapping[str, str] = {}
    modified: datetime | None = None
    application, encrypted, macros, external_links = "", False, False, 0

    def __init__(self, file: BoundedFile, guard: Guard, _: Access) -> None:
        self.sha256 = sha256_of(file, guard)
        file.seek(len(MAGIC))
        try:
            self._content = json.loads(file.read())
        except ValueError as error:
            raise guard.refuse(DAMAGED, part="JSON") from error
        self._file = file
        self.sheets = tuple(SheetInfo(name) for name in self._content)

    def grid(self, sheet: str) -> JsonSheet:
        return JsonSheet(sheet, self._content[sheet])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def recognizes(head: bytes) -> bool:
    return head.startswith(MAGIC)


JSONROWS = InputFormat("jsonrows", frozenset({".jsonrows"}), recognizes, JsonRows)
