"""How large a template is and what it costs to make, by prepared rows on each sheet.

    python benchmarks/template.py [ROUNDS]

Processor time of this process, the best of the rounds. The last column is what the bare libraries take to write as
many formulas, one a row and sheet: it says how busy the machine was.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

from xlsxwriter import Workbook

from factory_crm.crm import Edition
from factory_crm.crm import schema as standard
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.template.workbook import write_template

EDITIONS: tuple[Edition, ...] = ("basic", "full")
ROWS = (300, 1_000, 5_000)


def seconds(make: Callable[[], object]) -> float:
    start = process_time()
    make()
    return process_time() - start


def bare(path: Path, schema: WorkbookSchema, rows: int) -> None:
    with Workbook(str(path)) as book:
        for _ in schema.sheets:
            sheet = book.add_worksheet()
            for row in range(rows):
                sheet.write_formula(row, 0, f'=IF(LEN(B{row + 1})>0,"√","")')


def main(rounds: int) -> None:
    print(
        "| edition | sheets | rows a sheet | size | CPU | one bare formula a row |\n| --- | --- | --- | --- | --- | --- |"
    )
    with tempfile.TemporaryDirectory() as folder:
        path, other = Path(folder, "template.xlsx"), Path(folder, "bare.xlsx")
        for edition in EDITIONS:
            schema = standard(edition)
            for rows in ROWS:
                ours = min(seconds(lambda: write_template(path, schema, rows=rows)) for _ in range(rounds))  # noqa: B023
                plain = min(seconds(lambda: bare(other, schema, rows)) for _ in range(rounds))  # noqa: B023
                size = f"{path.stat().st_size / 1000:,.0f} KB"
                print(f"| {edition} | {len(schema.sheets)} | {rows:,} | {size} | {ours:.2f} s | {plain:.2f} s |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
