"""What other readers make of a workbook, each in a process of its own: calamine can end the one it runs in.

python -m tests.reading.others    reads lines of JSON, [reader, path], answers each with a pickle in base64
"""

import base64
import json
import os
import pickle
import sys
import warnings
from pathlib import Path
from typing import Any

from .forked import forked

Spot = tuple[str, int, int]
Cells = dict[Spot, Any]
_SECONDS = 8


def openpyxl_cells(path: str) -> Cells:
    """Every cell in which openpyxl finds something."""
    import openpyxl

    with Path(path).open("rb") as file:
        book = openpyxl.load_workbook(file, data_only=True)
    return {
        (sheet.title, cell.row, cell.column): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def calamine_cells(path: str) -> Cells:
    """Every cell in which calamine finds something."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(path)
    found: Cells = {}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        top, left = sheet.start or (0, 0)
        for number, row in enumerate(sheet.to_python(skip_empty_area=True), top + 1):
            found |= {(name, number, column): value for column, value in enumerate(row, left + 1) if value != ""}
    return found


READERS = {"openpyxl": openpyxl_cells, "calamine": calamine_cells}


def read(reader: str, path: str) -> Cells | None:
    """What that reader finds, ``None`` where it fails in whatever way."""
    answer = forked(lambda: pickle.dumps(attempted(reader, path)), _SECONDS).answer
    cells: Cells | None = pickle.loads(answer) if answer else None  # noqa: S301 - it comes from ourselves
    return cells


def attempted(reader: str, path: str) -> Cells | None:
    """What that reader finds, in silence."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a panic is talkative
    warnings.simplefilter("ignore")
    try:
        return READERS[reader](path)
    except BaseException:  # noqa: BLE001 - whatever it is
        return None


def main() -> None:
    """Answer until there are no more lines."""
    for line in sys.stdin:
        print(base64.b64encode(pickle.dumps(read(*json.loads(line)))).decode(), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
