"""Do in LibreOffice what a clerk does; run by the Python that knows UNO, for ``tests.office.driven``.

    python3 uno_driver.py SOFFICE WORKBOOK SAVED < STEPS

STEPS is JSON, a list of steps ``[verb, sheet, …]``: see ``VERBS``. Each that answers prints one line of JSON.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.table import TableSortField

ATTEMPTS = 240


def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(ATTEMPTS):
        with contextlib.suppress(Exception):
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        time.sleep(0.25)
    raise SystemExit("LibreOffice did not answer")


def first(page, cells):
    return page.getCellRangeByName(cells).getCellByPosition(0, 0).CellAddress


def type_in(book, page, cell, value):
    cell = page.getCellRangeByName(cell)
    if isinstance(value, str):
        cell.setString(value)
    else:
        cell.setValue(value)


def move(book, page, cells, target):
    page.moveRange(first(page, target), page.getCellRangeByName(cells).RangeAddress)


def copy(book, page, title, cells, target):
    page.copyRange(first(page, target), book.Sheets.getByName(title).getCellRangeByName(cells).RangeAddress)


def sort(book, page, cells, column):
    field = TableSortField()
    field.Field, field.IsAscending = column, True
    order = (
        prop("SortFields", uno.Any("[]com.sun.star.table.TableSortField", (field,))),
        prop("ContainsHeader", False),
    )
    page.getCellRangeByName(cells).sort(order)


def notes(book, page):
    found = page.Annotations
    return [found.getByIndex(at).String for at in range(found.Count)]


def painted(book, page, cell):
    """Whether a mark of a returned copy paints the cell: its own formula, evaluated in a helper cell."""
    address, scratch = page.getCellRangeByName(cell).CellAddress, page.getCellByPosition(1000, 900)
    for one in page.ConditionalFormats.getConditionalFormats():
        if not any(
            area.StartColumn <= address.Column <= area.EndColumn and area.StartRow <= address.Row <= area.EndRow
            for area in one.Range.RangeAddresses
        ):
            continue
        for index in range(one.getCount()):
            formula = one.getByIndex(index)
            if formula.getType() == 0 and "FC_MARK_OPEN_" in formula.Formula1:
                number = formula.Formula1.split("FC_MARK_OPEN_")[1].split(",")[0].split(";")[0]
                at = (address.Row + 1) * 16384 + address.Column + 1
                scratch.Formula = f"=IFERROR(INDEX(FC_MARK_OPEN_{number};MATCH({at};FC_MARK_AT_{number};0));FALSE())"
                value = bool(scratch.Value)
                scratch.Formula = ""
                return value
    return False


VERBS = {
    "unprotect": lambda book, page: page.unprotect(""),
    "set": type_in,
    "clear": lambda book, page, cells: page.getCellRangeByName(cells).clearContents(
        1 | 2 | 4 | 16
    ),  # whatever is shown
    "move": move,
    "copy": copy,
    "sort": sort,
    "insert": lambda book, page, row, count: page.Rows.insertByIndex(row - 1, count),
    "delete": lambda book, page, row, count: page.Rows.removeByIndex(row - 1, count),
    "insert columns": lambda book, page, column, count: page.Columns.insertByIndex(column - 1, count),
    "delete columns": lambda book, page, column, count: page.Columns.removeByIndex(column - 1, count),
    "rename": lambda book, page, title: page.setName(title),
    "remove": lambda book, page: book.Sheets.removeByName(page.Name),
    "calculate": lambda book, page: book.calculateAll(),
    "get": lambda book, page, cell: page.getCellRangeByName(cell).String,
    "notes": notes,
    "painted": painted,
}
"""What a step does with a workbook and its sheet; rows and columns count from 1, the column of ``sort`` from 0."""
ANSWERING = ("get", "notes", "painted")


def main(program, workbook, saved):
    steps = json.load(sys.stdin)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        pipe = "factory" + Path(profile).name.replace("_", "")
        own = f"-env:UserInstallation={Path(profile).as_uri()}"
        command = [program, own, "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
        office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            desktop = connect(pipe)
            address = Path(workbook).resolve().as_uri()
            book = desktop.loadComponentFromURL(address, "_blank", 0, (prop("Hidden", True),))
            for verb, title, *rest in steps:
                answer = VERBS[verb](book, book.Sheets.getByName(title), *rest)
                if verb in ANSWERING:
                    sys.stdout.write(json.dumps(answer) + "\n")
            if saved:
                book.storeToURL(Path(saved).resolve().as_uri(), (prop("FilterName", "Calc MS Excel 2007 XML"),))
            book.close(True)
            with contextlib.suppress(Exception):
                desktop.terminate()
            office.wait(30)
        finally:
            office.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
