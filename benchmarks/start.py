"""Check one small workbook from a cold start, beside its rows through click and the Pydantic models alone.

    python benchmarks/start.py [ROWS] [RUNS]

CPU seconds of whole processes, which take turns; and which heavy libraries the check imported: none should be.
The models alone are handed the rows ready read: no file is opened, nothing is told, no cell is named.
"""

import json
import statistics
import sys
import tempfile
from pathlib import Path

from openpyxl import load_workbook
from validate import cost, make, told

from factory_crm.crm import schema as standard

HEAVY = ("lxml", "numpy", "openpyxl", "pandas", "xlsxwriter")
CHECK = "import sys\nfrom factory_crm.cli.app import main\nmain(['validate', sys.argv[1]], standalone_mode=False)"
PROGRAMS = {
    "python alone": "pass",
    "click": "import click",
    "click + pydantic": "import click, pydantic",
    "click + the models imported": "import click\nfrom factory_crm.crm import schema as standard\nstandard()",
    "click + the models alone": "import json, sys, click\nfrom pydantic import ValidationError\n"
    "from factory_crm.crm import schema as standard\nwrong = 0\n"
    "for table, rows in json.load(open(sys.argv[1] + '.json', encoding='utf-8')).items():\n"
    "    model = standard().sheet(table)\n"
    "    for row in rows:\n        try:\n            model.model_validate(row)\n"
    "        except ValidationError as error:\n            wrong += error.error_count()\nprint(wrong)",
    "factory_crm validate": CHECK,
}
LOADED = f"{CHECK}\nprint('LOADED', *[name for name in {HEAVY} if name in sys.modules])"


def main(rows: int = 100, runs: int = 9) -> None:
    """Print a table of medians."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "orders.xlsx")
        make(path, rows)
        Path(f"{path}.json").write_text(json.dumps(handed(path), default=str), encoding="utf-8")
        loaded = heavy(path)  # the first run, which also compiles
        measured: dict[str, list[float]] = {name: [] for name in PROGRAMS}
        for _ in range(runs):
            for name, code in PROGRAMS.items():
                measured[name].append(cost(code, path)[0])
    seconds = {name: statistics.median(each) for name, each in measured.items()}
    base = seconds["click + the models alone"]
    print(f"{rows} order rows, median of {runs} runs")
    for name, each in seconds.items():
        print(f"{name:30} {each * 1000:6.0f} ms CPU  {each / base:5.2f} x")
    print("heavy libraries imported:", loaded or "none")


def handed(path: Path) -> dict[str, list[dict[str, object]]]:
    """Return the rows of every table by the columns' names, as somebody would hand them to the models."""
    book, schema = load_workbook(path), standard()
    tables: dict[str, list[dict[str, object]]] = {}
    for sheet in (sheet for sheet in schema.sheets if sheet.title in book.sheetnames):
        names = {header: name for name, header in sheet.headers().items()}
        first, *rest = book[sheet.title].iter_rows(values_only=True)
        blanks = {column.name: column.default for column in sheet.columns if column.default is not None}
        tables[sheet.table] = [
            blanks | {names[str(header)]: cell for header, cell in zip(first, row, strict=True)} for row in rest
        ]
    return tables


def heavy(path: Path) -> str:
    """Return which heavy libraries a check imports."""
    return told(LOADED, path).decode("utf-8", "replace").rpartition("LOADED")[2].strip()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
