"""Check one small workbook from a cold start, beside what the libraries it stands on take to be imported.

    python benchmarks/start.py [ROWS] [RUNS]

CPU seconds of whole processes, which take turns; and which heavy libraries the check imported: none should be.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from validate import cost, make, told

HEAVY = ("lxml", "numpy", "openpyxl", "pandas", "xlsxwriter")
CHECK = "import sys\nfrom factory_crm.cli import main\nmain(['validate', sys.argv[1]], standalone_mode=False)"
PROGRAMS = {
    "python alone": "pass",
    "click": "import click",
    "click + pydantic": "import click, pydantic",
    "click + the pydantic models": "import click\nfrom factory_crm.contract.contract import standard\nstandard()",
    "factory_crm validate": CHECK,
}
LOADED = f"{CHECK}\nprint('LOADED', *[name for name in {HEAVY} if name in sys.modules])"


def main(rows: int = 100, runs: int = 9) -> None:
    """Print a table of medians."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "orders.xlsx")
        make(path, rows)
        loaded = heavy(path)  # the first run, which also compiles
        measured: dict[str, list[float]] = {name: [] for name in PROGRAMS}
        for _ in range(runs):
            for name, code in PROGRAMS.items():
                measured[name].append(cost(code, path)[0])
    seconds = {name: statistics.median(each) for name, each in measured.items()}
    base = seconds["click + the pydantic models"]
    print(f"{rows} order rows, median of {runs} runs")
    for name, each in seconds.items():
        print(f"{name:30} {each * 1000:6.0f} ms CPU  {each / base:5.2f} x")
    print("heavy libraries imported:", loaded or "none")


def heavy(path: Path) -> str:
    """Return which heavy libraries a check imports."""
    return told(LOADED, path).decode("utf-8", "replace").rpartition("LOADED")[2].strip()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
