"""Check one workbook of many order rows, beside what merely reads it: CPU seconds and peak memory of whole processes.

    python benchmarks/validate.py [ROWS] [RUNS]

The programs take turns, so that a busy machine slows all alike. Only the ratios mean something elsewhere.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from random import Random

from xlsxwriter import Workbook

from factory_crm.crm import schema as standard
from factory_crm.crm.lists import CHOICES
from factory_crm.crm.lists.order import DONE

READ, JUDGE = "factory_crm, reading alone", "factory_crm, reading and judging"
PROGRAMS = {
    "factory_crm validate": "import sys\nfrom factory_crm.cli.app import main\nmain(['validate', sys.argv[1]], standalone_mode=False)",
    READ: "import sys\nfrom factory_crm.reading.opening import open_workbook\n"
    "with open_workbook(sys.argv[1]) as source:\n"
    "    print(sum(len(row.values) for info in source.sheets for row in source.grid(info.name).rows()))",
    JUDGE: "import sys\nfrom factory_crm.validation.workbook import validate_workbook\n"
    "from factory_crm.crm import schema as standard\nprint(len(validate_workbook(sys.argv[1], standard()).problems))",
    "openpyxl read-only, reading alone": "import sys, openpyxl\nbook = openpyxl.load_workbook(sys.argv[1], read_only=True)\n"
    "print(sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True)))",
    "openpyxl, reading alone": "import sys, openpyxl\nbook = openpyxl.load_workbook(sys.argv[1])\n"
    "print(sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True)))",
    "calamine, reading alone": "import sys, python_calamine\nbook = python_calamine.CalamineWorkbook.from_path(sys.argv[1])\n"
    "print(sum(len(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()))",
    "python alone": "pass",
}


TELL = """
import time
print(time.process_time(), next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""What each program prints last: its CPU seconds, and the peak of its own memory (Linux; a child's rusage holds its parent's)."""


def make(path: Path, rows: int) -> None:
    """Write a workbook of that many order lines: one in a hundred wrong, one in ten received though it was cancelled."""
    chance, schema = Random(7), standard()
    orders, customers = schema.sheet("orders"), schema.sheet("customers")
    with Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet(customers.title)
        page.write_row(0, 0, ["客户编号", "客户名称", "联系人姓名", "联系电话"])
        for n in range(200):
            page.write_row(n + 1, 0, [f"CUS{n:03d}", f"第{n}号客户", "王五", f"138{n:08d}"])
        page = book.add_worksheet(orders.title)
        headers = [column for column in orders.columns if column.name not in ("line", "customer_name", "note")]
        page.write_row(0, 0, [column.header for column in headers])
        for n in range(1, rows + 1):
            ordered = date(2023, 1, 1) + timedelta(days=chance.randrange(500))
            quantity = "一千" if chance.random() < 0.01 else chance.randrange(1, 5000)
            page.write_row(
                n,
                0,
                [
                    f"ORD{n:06d}",
                    f"CUS{chance.randrange(200):03d}",
                    f"X{chance.randrange(40)}",
                    quantity,
                    chance.randrange(100, 9999) / 100,
                ],
            )
            for column, days in ((6, 0), (7, 30), (8, 20), (9, 25)):
                page.write_datetime(n, column, ordered + timedelta(days=days))
            page.write_string(n, 10, DONE if chance.random() < 0.9 else CHOICES["status"].values[-1])


def told(code: str, path: Path) -> bytes:
    """Run a program and return what it prints. It is compiled once, as an installed one is, not every time it starts."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", code, str(path)]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment).stdout


def cost(code: str, path: Path) -> tuple[float, float]:
    """Run a program; return its CPU seconds and its peak memory in MB."""
    seconds, kilobytes = told(code + TELL, path).split()[-2:]
    return float(seconds), int(kilobytes) / 1024


def main(rows: int = 50_000, runs: int = 5) -> None:
    """Print a table of medians."""
    with tempfile.TemporaryDirectory() as folder:
        path, small = Path(folder, "orders.xlsx"), Path(folder, "few.xlsx")
        make(path, rows)
        make(small, 100)
        measured: dict[str, list[tuple[float, float]]] = {name: [] for name in PROGRAMS}
        starts: dict[str, list[float]] = {name: [] for name in (READ, JUDGE)}
        for _ in range(runs):
            for name, code in PROGRAMS.items():
                measured[name].append(cost(code, path))
                if name in starts:
                    starts[name].append(cost(code, small)[0])
    seconds = {name: statistics.median(cpu for cpu, _ in costs) for name, costs in measured.items()}
    memory = {name: statistics.median(mb for _, mb in costs) for name, costs in measured.items()}
    base = seconds["openpyxl read-only, reading alone"]
    print(f"{rows} order rows, median of {runs} runs")
    for name in PROGRAMS:
        print(f"{name:36} {seconds[name]:7.2f} s CPU  {seconds[name] / base:5.2f} x  {memory[name]:6.0f} MB")
    mine, alone = "factory_crm validate", "python alone"
    lines = {
        name: [cpu - begun for (cpu, _), begun in zip(measured[name], starts[name], strict=True)] for name in starts
    }
    judging = statistics.median(judged / read - 1 for read, judged in zip(lines[READ], lines[JUDGE], strict=True))
    print(f"judging adds {judging:.2f} x the reading, the cost of starting (a workbook of 100 lines) taken off both")
    print(f"starting, judging and telling add {seconds[mine] / seconds[READ] - 1:.2f} x the reading")
    print(f"{memory[mine] - memory[alone]:.0f} MB above the interpreter")
    print(json.dumps({"rows": rows, "seconds": seconds, "megabytes": memory}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
