"""The summary as a PDF, printed by LibreOffice where it is installed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from ..i18n.translate import Language, LazyText, translate
from ..report.outcome import MergeOutcome
from ..storage.atomic import atomic_save

Printed = Literal["written", "absent", "failed"]
_ELSEWHERE = {
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
    "win32": (r"C:\Program Files\LibreOffice\program\soffice.com",),
}
_UNPRINTED: Mapping[Printed, LazyText] = {
    "absent": LazyText("× 这台电脑没有装 LibreOffice，没有写 PDF。请安装后再试，或在 Excel/WPS 里打开汇总另存为 PDF"),
    "failed": LazyText("× LibreOffice 没有写出 PDF。请在 Excel/WPS 里打开汇总另存为 PDF"),
}
PATIENCE = 300
"""Seconds that LibreOffice may take."""


def export_pdf(
    outcome: MergeOutcome, language: Language, inputs: Sequence[Path], target: Path
) -> Iterator[tuple[bool, str]]:
    """Write a summary as a PDF."""
    if outcome.written is None:
        return
    printed = write_pdf(outcome.written, target, inputs=inputs)
    if printed == "written":
        yield True, translate("√ 已写入 PDF：{path}", language, path=target)
    else:
        yield False, translate(_UNPRINTED[printed], language)


def soffice() -> str | None:
    """Return where LibreOffice is, if it is there."""
    known = (name for name in _ELSEWHERE.get(sys.platform, ()) if os.access(name, os.X_OK))
    return shutil.which("soffice") or shutil.which("libreoffice") or next(known, None)


def write_pdf(workbook: Path, target: Path, *, inputs: Iterable[Path] = ()) -> Printed:
    """Print a workbook of ours. Raises NotSaved where the target can't be written."""
    program = soffice()
    if program is None:
        return "absent"
    with TemporaryDirectory(prefix="factory_crm", ignore_cleanup_errors=True) as folder:
        made = _convert(program, workbook, Path(folder))
        if made is None:
            return "failed"
        with atomic_save(target, inputs=inputs) as temporary:
            shutil.copyfile(made, temporary)
    return "written"


def _convert(program: str, workbook: Path, folder: Path) -> Path | None:
    """Let LibreOffice print, with a profile of its own so that one already open is no hindrance."""
    source = folder / "summary.xlsx"
    shutil.copyfile(workbook, source)
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, own, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    try:
        subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603 - no shell, no foreign words
    except (OSError, subprocess.TimeoutExpired):
        return None
    made = source.with_suffix(".pdf")
    return made if made.exists() and made.stat().st_size else None
