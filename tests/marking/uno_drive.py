"""Run by the system's Python, which has UNO: opens a workbook in LibreOffice, does to it what a clerk does, prints what it then says.

    python3 uno_drive.py SOFFICE WORKBOOK SAVED STEPS

STEPS is JSON: ["set", sheet, cell, value] · ["delete", sheet, first, count] · ["get", sheet, cell] · ["painted", sheet, cell] ·
["notes", sheet]. Each of the last three prints one line of JSON.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def say(text):
    sys.stdout.write(text + "\n")


def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connect(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice did not answer")


def painted(document, cell):
    """Which conditional format of ours LibreOffice applies: asked of its own formula, evaluated in a helper cell."""
    formats = document.Sheets.getByName(cell.Spreadsheet.Name).ConditionalFormats.getConditionalFormats()
    address = cell.CellAddress
    scratch = cell.Spreadsheet.getCellByPosition(1000, 900)
    for one in formats:
        if not any(
            r.StartColumn <= address.Column <= r.EndColumn and r.StartRow <= address.Row <= r.EndRow
            for r in one.Range.RangeAddresses
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


def run(document, steps):
    for kind, sheet, *rest in steps:
        page = document.Sheets.getByName(sheet)
        if kind == "set":
            cell = page.getCellRangeByName(rest[0])
            if isinstance(rest[1], str):
                cell.String = rest[1]
            else:
                cell.Value = rest[1]
        elif kind == "delete":
            page.Rows.removeByIndex(rest[0] - 1, rest[1])
        elif kind == "get":
            say(json.dumps(page.getCellRangeByName(rest[0]).String))
        elif kind == "painted":
            say(json.dumps(painted(document, page.getCellRangeByName(rest[0]))))
        elif kind == "notes":
            notes = page.Annotations
            say(json.dumps([notes.getByIndex(i).String for i in range(notes.Count)]))


def main(program, workbook, saved, steps):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        pipe = f"fc{Path(profile).name}"
        office = subprocess.Popen(
            [
                program,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--norestore",
                f"--accept=pipe,name={pipe};urp",
            ]
        )
        try:
            remote = connect(pipe)
            desktop = remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
            document = desktop.loadComponentFromURL(Path(workbook).as_uri(), "_blank", 0, (prop("Hidden", True),))
            run(document, json.loads(steps))
            if saved:
                document.storeToURL(Path(saved).as_uri(), (prop("FilterName", "Calc MS Excel 2007 XML"),))
            document.close(True)
            desktop.terminate()
        finally:
            try:
                office.wait(20)
            except subprocess.TimeoutExpired:
                office.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
