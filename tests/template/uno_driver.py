"""Do in LibreOffice what people do in Excel; run by the Python that knows UNO: ``python3 uno_driver.py WORKBOOK < steps.json``.

It prints what the cells that were asked for show in the end.
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

ATTEMPTS = 120


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(ATTEMPTS):
        with contextlib.suppress(Exception):
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        time.sleep(0.5)
    raise SystemExit("LibreOffice did not answer")


def hidden():
    value = PropertyValue()
    value.Name, value.Value = "Hidden", True
    return (value,)


def act(book, step):
    what, title, *rest = step
    sheet = book.Sheets.getByName(title)
    sheet.unprotect("")  # nobody has to, and nothing may depend on it
    if what == "set":
        cell = sheet.getCellRangeByName(rest[0])
        if isinstance(rest[1], str):
            cell.setString(rest[1])
        else:
            cell.setValue(rest[1])
    elif what == "move":
        source, target = (sheet.getCellRangeByName(name) for name in rest)
        sheet.moveRange(target.getCellByPosition(0, 0).CellAddress, source.RangeAddress)
    elif what == "copy":
        source = book.Sheets.getByName(rest[0]).getCellRangeByName(rest[1])
        target = sheet.getCellRangeByName(rest[2])
        sheet.copyRange(target.getCellByPosition(0, 0).CellAddress, source.RangeAddress)
    elif what == "insert":
        sheet.Rows.insertByIndex(rest[0] - 1, rest[1])
    elif what == "delete":
        sheet.Rows.removeByIndex(rest[0] - 1, rest[1])
    else:
        raise SystemExit(f"unknown step {what}")


def main():
    asked = json.load(sys.stdin)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        pipe = "factory" + Path(profile).name.replace("_", "")
        own = f"-env:UserInstallation={Path(profile).as_uri()}"
        command = [asked["program"], own, "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
        office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            desktop = connect(pipe)
            book = desktop.loadComponentFromURL(Path(sys.argv[1]).resolve().as_uri(), "_blank", 0, hidden())
            for step in asked["steps"]:
                act(book, step)
            book.calculateAll()
            cells = {
                f"{title}!{cell}": book.Sheets.getByName(title).getCellRangeByName(cell).String
                for title, cell in asked["cells"]
            }
            sys.stdout.write(json.dumps(cells))
            book.close(True)
            with contextlib.suppress(Exception):
                desktop.terminate()
            office.wait(30)
        finally:
            office.kill()


if __name__ == "__main__":
    main()
