"""Marking 5,000 problems in a workbook of a megabyte, beside what openpyxl takes only to load and save it.

    python benchmarks/marking.py [ROUNDS]

Processor time of this process, the best of the rounds; the two run in turn, so that a busy machine burdens both.
"""

import sys
import tempfile
import warnings
from pathlib import Path
from time import process_time

import openpyxl
from xlsxwriter import Workbook

from factory_crm.annotate.mark import mark
from factory_crm.crm import schema as standard
from factory_crm.problems import codes
from factory_crm.problems.problem import Location, Problem
from factory_crm.validation.workbook import WorkbookResult

ROWS, COLUMNS, PROBLEMS = 14_000, 10, 5_000


def make(path: Path) -> None:
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("订单记录")
        for row in range(ROWS):
            for column in range(COLUMNS):
                if column % 2:
                    sheet.write_number(row, column, (row * 7919 + column * 104729) % 1_000_003 / 100)
                else:
                    sheet.write_string(row, column, f"SF{row * 31 % 9973:05d}-{column}")


def problems(path: Path) -> WorkbookResult:
    facts = {"header": "数量", "value": "一千", "expected": "大于 0 的数，最多 4 位小数（退货不写负数，请记在备注）"}
    step = ROWS * COLUMNS // PROBLEMS
    at = [divmod(n * step, COLUMNS) for n in range(PROBLEMS)]
    places = [Location(path.name, "订单记录", row + 1, (column + row) % COLUMNS + 1) for row, column in at]
    return WorkbookResult(path.name, problems=tuple(Problem(codes.UNPARSABLE, place, facts) for place in places))


def main(rounds: int) -> None:
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "big.xlsx")
        make(source)
        book, ours, theirs = problems(source), [], []
        for _ in range(rounds):
            start = process_time()
            mark(source, Path(folder, "out", "marked.xlsx"), book, standard())
            middle = process_time()
            openpyxl.load_workbook(source).save(Path(folder, "openpyxl.xlsx"))
            ours.append(middle - start)
            theirs.append(process_time() - middle)
        sizes = [round(path.stat().st_size / 1e6, 2) for path in (source, Path(folder, "out", "marked.xlsx"))]
    print(f"{PROBLEMS} problems, {sizes[0]} MB -> {sizes[1]} MB")
    print(
        f"marking {min(ours):.2f} s · openpyxl load and save {min(theirs):.2f} s · ratio {min(ours) / min(theirs):.2f}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
