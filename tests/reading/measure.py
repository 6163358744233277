"""Reading a file in a process of its own, under the system's own limits, to see what it costs.

    python -m tests.reading.measure    reads paths from its input, a line each, and answers each with a line of JSON

One process imports the reader and forks for each file, so that what is measured is that file alone.
"""

import json
import sys
from typing import Any

from factory_crm.problems.problem import column_letters
from factory_crm.reading.grid import BrokenCell
from factory_crm.reading.guard import Refused
from factory_crm.reading.opening import open_workbook

from .forked import forked

MOST_CELLS = 200
_SECONDS = 30


def outcome(path: str) -> dict[str, Any]:
    """The code a file is refused with, or the first cells of its first sheet and how many there are in all."""
    cells: dict[str, Any] = {}
    count = 0
    try:
        with open_workbook(path) as source:
            for info in source.sheets:
                for row in source.grid(info.name).rows():
                    count += len(row.cells)
                    if info is source.sheets[0] and len(cells) < MOST_CELLS:
                        cells |= {f"{column_letters(cell.column)}{row.number}": told(cell.value) for cell in row.cells}
    except Refused as refused:
        refused.problem.message("zh")  # it would raise where the message asks for a fact it was not given
        refused.problem.message("en")
        return {"code": refused.problem.code.name}
    return {"cells": cells, "count": count}


def told(value: object) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, BrokenCell):
        return value.code.name
    return value if isinstance(value, str | float | bool) else str(value)


def measured(path: str) -> dict[str, Any]:
    """What comes of a file in a forked process, with the CPU seconds and the MiB that took; or the signal that ended it."""
    answer, code, used = forked(lambda: json.dumps(attempted(path)).encode(), _SECONDS)
    found = json.loads(answer) if answer else {"raised": f"signal {code}"}
    return {**found, "seconds": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024}


def attempted(path: str) -> dict[str, Any]:
    """What comes of a file, or what was raised; nothing where there is none."""
    try:
        return outcome(path) if path else {}
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is what is to be told
        return {"raised": repr(error)[:500]}


def main() -> None:
    """Answer until there are no more lines."""
    baseline = measured("")["megabytes"]
    for line in sys.stdin:
        found = measured(json.loads(line))
        print(json.dumps({**found, "megabytes": found["megabytes"] - baseline}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
