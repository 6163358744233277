"""LibreOffice as a judge of our workbooks: what it calculates, what it prints, and what comes of handling them.

Mark a test that uses it with ``@pytest.mark.libreoffice``; it is then skipped where LibreOffice is absent.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_ELSEWHERE = {
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
    "win32": (r"C:\Program Files\LibreOffice\program\soffice.com",),
}
_PATIENCE = 180
_DRIVER = Path(__file__).with_name("uno_driver.py")
# calculate every formula of a loaded workbook, never trust the values stored beside them
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


@cache
def soffice() -> str | None:
    """Where LibreOffice is, if it is there."""
    known = (name for name in _ELSEWHERE.get(sys.platform, ()) if os.access(name, os.X_OK))
    return shutil.which("soffice") or shutil.which("libreoffice") or next(known, None)


def require() -> str:
    """Return where LibreOffice is; skip the test where it is absent."""
    return soffice() or pytest.skip("LibreOffice is not installed (Debian: libreoffice-calc)")


def recalculated(path: Path, out_dir: Path) -> Path:
    """Return a copy of the workbook, of the same name in ``out_dir``, with every formula calculated anew."""
    if path.resolve().parent == out_dir.resolve():
        message = f"{path} would be overwritten by its own copy"
        raise ValueError(message)
    return _converted(path, out_dir, "xlsx:Calc MS Excel 2007 XML", ".xlsx")


def rendered(path: Path, out_dir: Path, dpi: int = 80) -> list[Path]:
    """Return every printed page of the workbook as a picture."""
    pdftoppm = shutil.which("pdftoppm") or pytest.skip("pdftoppm is not installed (Debian: poppler-utils)")
    pdf = _converted(path, out_dir, "pdf", ".pdf")
    subprocess.run([pdftoppm, "-r", str(dpi), "-png", pdf, pdf.with_suffix("")], check=True, timeout=_PATIENCE)
    return sorted(out_dir.glob(f"{pdf.stem}-*.png"))


def footers(path: Path, out_dir: Path) -> list[str]:
    """Return the last line of every printed page but its number: the name of its sheet stands at the left of it."""
    pdftotext = shutil.which("pdftotext") or pytest.skip("pdftotext is not installed (Debian: poppler-utils)")
    pdf = _converted(path, out_dir, "pdf", ".pdf")
    told = subprocess.run(
        [pdftotext, "-layout", pdf, "-"], check=True, timeout=_PATIENCE, capture_output=True, encoding="utf-8"
    )
    pages = [page.strip().splitlines() for page in told.stdout.split("\f")]
    return [lines[-1].split()[0] for lines in pages if lines]


def driven(path: Path, *steps: Iterable[Any], saved: Path | None = None) -> list[Any]:
    """Open the workbook, take the steps (see ``uno_driver.py``), and return what those that ask were answered."""
    python = _uno_python() or pytest.skip("LibreOffice's Python is not installed (Debian: python3-uno)")
    ran = subprocess.run(
        [python, _DRIVER, require(), path, saved or ""],
        input=json.dumps(steps),
        capture_output=True,
        encoding="utf-8",
        timeout=2 * _PATIENCE,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


@cache
def _uno_python() -> str | None:
    """Where a Python is that knows UNO."""
    python = shutil.which("python3", path="/usr/bin")
    known = python and subprocess.run([python, "-c", "import uno"], check=False, capture_output=True).returncode == 0
    return python if known else None


def _converted(path: Path, out_dir: Path, kind: str, suffix: str) -> Path:
    """Let LibreOffice write the workbook as another kind, with a profile of its own so that runs can be side by side."""
    program = require()
    out_dir.mkdir(parents=True, exist_ok=True)
    made = out_dir / path.with_suffix(suffix).name
    made.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        settings = Path(profile, "user", "registrymodifications.xcu")
        settings.parent.mkdir()
        settings.write_text(_PROFILE, "utf-8")
        own = f"-env:UserInstallation={Path(profile).as_uri()}"
        command = [program, own, "--headless", "--convert-to", kind, "--outdir", out_dir, path]
        said = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    assert made.exists(), f"LibreOffice wrote no {made.name}: {said.stdout}{said.stderr}"
    return made
