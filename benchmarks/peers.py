"""The dirty cells of tests/dirty, each in a workbook of its own, judged by us and by other programs that check spreadsheets.

    python -m venv peers
    peers/bin/pip install -e . "frictionless[excel]" "pandera[pandas]" crease tabmodel openpyxl
    peers/bin/python benchmarks/peers.py [SAMPLE] [--show PROGRAM|all]

Prints a Markdown table; a program that is not installed is left out, by name. Each gets the schema that our declaration
comes to (peer_programs.py), the header in the first row, and its own way of numbering rows translated to Excel's.
Nobody is asked about columns that formulas fill, rules between columns, and what we ourselves only warn of.
"""

import argparse
import re
import sys
import tempfile
import warnings
from collections import Counter
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from openpyxl import Workbook
from peer_programs import ALL, FIRST, PROGRAMS, Judge, Told, typed

from factory_crm.problems.codes import Severity
from factory_crm.problems.problem import column_letters
from factory_crm.schema.model import Sheet
from factory_crm.validation.workbook import validate_workbook
from tests.dirty.cases import RIGHT, ROW, Case, Formula, cases
from tests.dirty.writing import Patched, excel


def ours(sheet: type[Sheet]) -> Judge:
    def judge(path: Path) -> Told:
        book = validate_workbook(path, ALL)
        checked = book.sheets[sheet.table]
        at = dict(enumerate((column.name for column in typed(sheet)), 1))
        errors = [p.location for p in book.problems if p.severity is Severity.ERROR]
        if book.problems:
            return Told(frozenset((p.row, at.get(p.column, "") if p.sheet == sheet.title else "") for p in errors))
        record = next(record for record in checked.rows if record.number == FIRST + ROW)
        return Told(values={column.name: checked.value(record, column.name) for column in typed(sheet)})

    return judge


def is_mistake(case: Case) -> bool | None:
    """Whether a case has to be refused; none where nobody is asked."""
    found = [ALL.codes()[code] for code in case.codes.split()]
    column = ALL.sheet(case.table).column(case.column)
    if column.automatic or any(code.name.startswith("R") for code in found):
        return None
    if any(code.severity is Severity.ERROR for code in found):
        return True
    warned = any(code.severity is Severity.WARNING for code in found)
    return None if warned and not case.harmless else False


def right(folder: Path, table: str) -> Patched:
    """Return the right workbook as plain tables, opening at the sheet of a table."""
    book = Workbook()
    book.remove(book.active)
    styles = {}
    for sheet in ALL.sheets:
        page = book.create_sheet(sheet.title)
        page.append([column.header for column in typed(sheet)])
        for row in RIGHT[sheet.table]:
            page.append([excel(row.get(column.name, column.default)) for column in typed(sheet)])
        for at, column in enumerate(typed(sheet), 1):
            if column.column_type.name in ("day", "moment"):
                styles[column.column_type.name] = (sheet.title, f"{column_letters(at)}{FIRST}")
    book.active = book.sheetnames.index(ALL.sheet(table).title)
    path = folder / f"right-{table}.xlsx"
    book.save(path)
    patched = Patched(path)
    patched.styles = {kind: int(book[title][cell].style_id) for kind, (title, cell) in styles.items()}
    return patched


def spoilt(patched: Patched, case: Case) -> bytes:
    sheet = ALL.sheet(case.table)
    at = [column.name for column in typed(sheet)].index(case.column) + 1
    return patched.with_cell(sheet.title, f"{column_letters(at)}{FIRST + ROW}", case.written)


def judged(judge: Judge, path: Path) -> Told:
    """Return what a program tells; where it breaks off, that is an error somewhere."""
    try:
        return judge(path)
    except Exception as broken:  # noqa: BLE001 - whatever it is, the program did not take the workbook
        return Told(frozenset({(0, type(broken).__name__)}))


def plain(value: Any) -> str:
    """Return a value as text that is the same for 50 and "50.0", for a day and its midnight, for nothing and NaN."""
    match value:
        case Formula():
            return plain(value.result)
        case tuple() | list():
            return "、".join(value)
        case bool():
            return str(value)
        case datetime() if value == value:  # noqa: PLR0124 - pandas' NaT is a datetime
            return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00")
        case date() if value == value:  # noqa: PLR0124
            return value.isoformat()
    text = re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), str(value)).strip()
    if text in ("", "None", "nan", "NaT", "<NA>"):
        return ""
    try:
        return f"{Decimal(text).normalize():f}" if Decimal(text).is_finite() else text
    except InvalidOperation:
        return plain(datetime.fromisoformat(text)) if re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+", text) else text


def verdicts(case: Case, told: Told) -> Counter[str]:
    """Return what is counted of one judgement."""
    if is_mistake(case):
        counted = {"mistakes": True, "exact": (FIRST + ROW, case.column) in told.errors, "found": bool(told.errors)}
    else:
        counted = {"harmless": True, "refused": bool(told.errors)}
    silent = told.values is not None
    meant = {plain(case.written), plain(case.value) if case.harmless else plain(case.written)}
    return Counter({**counted, "changed": silent and plain((told.values or {})[case.column]) not in meant})


def main(sample: int | None, show: str) -> None:
    """Print the table."""
    warnings.simplefilter("ignore")
    asked = [case for case in cases() if is_mistake(case) is not None]
    asked = Random(7).sample(asked, min(sample, len(asked))) if sample else asked
    programs = {"factory_crm": ours, **{name: program for name, program in PROGRAMS.items() if find_spec(name)}}
    counts = {name: Counter[str]() for name in programs}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.xlsx")
        for table in RIGHT:
            patched = right(Path(folder), table)
            judges = {name: program(ALL.sheet(table)) for name, program in programs.items()}
            for name, judge in judges.items():
                before = judge(Path(folder, f"right-{table}.xlsx"))
                assert not before.errors, f"{name} refuses the right workbook: {sorted(before.errors)}"
            for case in (case for case in asked if case.table == table):
                path.write_bytes(spoilt(patched, case))
                for name, judge in judges.items():
                    told = judged(judge, path)
                    counted = verdicts(case, told)
                    counts[name] += counted
                    if show in (name, "all"):
                        read = (told.values or {}).get(case.column, "")
                        print(
                            f"{name}: {case.table}.{case.column} {case.written!r:.40} {dict(+counted)} {sorted(told.errors)} {read!r:.40}"
                        )
    print("| | mistakes found at their cell | found at all | harmless spellings refused | changed in silence |")
    print("| --- | --- | --- | --- | --- |")
    for name, n in counts.items():
        label = name if name == "factory_crm" else f"{name} {version(name)}"
        print(
            f"| {label} | {n['exact']} of {n['mistakes']} | {n['found']} of {n['mistakes']} | {n['refused']} of {n['harmless']} | {n['changed']} |"
        )
    for name in PROGRAMS.keys() - programs.keys():
        print(f"\n{name} is not installed.")


if __name__ == "__main__":
    read = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    read.add_argument("sample", type=int, nargs="?", help="so many cases, drawn alike each time; all without it")
    read.add_argument("--show", default="", metavar="PROGRAM", help="also every verdict on it; all: on each")
    main(**vars(read.parse_args()))
