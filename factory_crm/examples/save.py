"""Save a workbook so that the same content always makes the same bytes."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook

from ..storage.atomic import atomic_save
from .results import FormulaResults

SAVED_AT = datetime(2024, 7, 1, 9, 0)
"""When every example says it was saved."""
_OLDEST = (1980, 1, 1, 0, 0, 0)  # that a zip can say
_MOMENT = re.compile(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*?)(?: t="str")?>(<f[^>]*?(?:/>|>[^<]*</f>))<v></v></c>')


def save(workbook: Workbook, target: Path) -> None:
    """Write a workbook."""
    written = io.BytesIO()
    workbook.save(written)
    _repack(written, target, {})


def repack(source: Path, target: Path, found: Mapping[str, FormulaResults]) -> None:
    """Write a workbook again, with the results of its formulas by part and cell."""
    _repack(io.BytesIO(source.read_bytes()), target, found)


def _repack(written: io.BytesIO, target: Path, found: Mapping[str, FormulaResults]) -> None:
    """Say that it was saved when every example was."""
    with (
        atomic_save(target, backup=False) as temporary,
        zipfile.ZipFile(written) as parts,
        zipfile.ZipFile(temporary, "w") as packed,
    ):
        for name in parts.namelist():
            content = parts.read(name)
            if name == "docProps/core.xml":
                content = _MOMENT.sub(rf"\g<1>{SAVED_AT.isoformat()}Z", content.decode()).encode()
            elif found.get(name):
                content = _with_results(content.decode(), found[name]).encode()
            packed.writestr(zipfile.ZipInfo(name, _OLDEST), content, zipfile.ZIP_DEFLATED)


def _with_results(content: str, results: FormulaResults) -> str:
    def filled(cell: re.Match[str]) -> str:
        result = results.get(cell[1])
        if result is None:
            return cell[0]
        kind = ' t="str"' if isinstance(result, str) else ""
        return f'<c r="{cell[1]}"{cell[2]}{kind}>{cell[3]}<v>{escape(str(result))}</v></c>'

    return _FORMULA.sub(filled, content)
