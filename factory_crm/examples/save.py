"""Save a workbook so that the same content always makes the same bytes."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook

from ..saving import saved
from .results import Results

SAVED_AT = datetime(2024, 7, 1, 9, 0)
"""When every example says it was saved."""
_OLDEST = (1980, 1, 1, 0, 0, 0)  # that a zip can say
_MODIFIED = re.compile(r"(<dcterms:modified[^>]*>)[^<]*")
_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)>(<f[^>]*>[^<]*</f>)<v(?:></v>| ?/>)</c>')


def save(workbook: Workbook, target: Path, results: Mapping[str, Results] | None = None) -> None:
    """Write the workbook, with the results of its formulas by sheet and cell."""
    workbook.properties.created = SAVED_AT
    written = io.BytesIO()
    workbook.save(written)
    sheets = {f"xl/worksheets/sheet{at}.xml": page.title for at, page in enumerate(workbook.worksheets, 1)}
    found = {name: (results or {}).get(title, {}) for name, title in sheets.items()}
    with (
        saved(target, backup=False) as temporary,
        zipfile.ZipFile(written) as parts,
        zipfile.ZipFile(temporary, "w") as packed,
    ):
        for name, content in _parts(parts, found):
            packed.writestr(zipfile.ZipInfo(name, _OLDEST), content, zipfile.ZIP_DEFLATED)


def _parts(parts: zipfile.ZipFile, results: Mapping[str, Results]) -> Iterator[tuple[str, bytes]]:
    """Every part and its content, without the moment of saving that openpyxl notes, with the results it leaves out."""
    for name in parts.namelist():
        content = parts.read(name)
        if name == "docProps/core.xml":
            content = _MODIFIED.sub(rf"\g<1>{SAVED_AT.isoformat()}Z", content.decode()).encode()
        elif results.get(name):
            content = _with_results(content.decode(), results[name]).encode("ascii", "xmlcharrefreplace")
        yield name, content


def _with_results(content: str, results: Results) -> str:
    def filled(cell: re.Match[str]) -> str:
        result = results.get(cell[1])
        if result is None:
            return cell[0]
        kind = ' t="str"' if isinstance(result, str) else ""
        return f'<c r="{cell[1]}"{cell[2]}{kind}>{cell[3]}<v>{escape(str(result))}</v></c>'

    return _FORMULA.sub(filled, content)
