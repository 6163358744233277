"""What every test shares."""

import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from factory_crm.xlsx.writer import StrictWorkbook
from tests import office
from tests.xlsx_lint import lint

# a first import or a loaded machine is slow, which is nothing a property could be wrong about
settings.register_profile("factory_crm", deadline=None, print_blob=True)
settings.load_profile("factory_crm")

# a run in the background is told to ignore Ctrl-C, and so would be what it starts
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs LibreOffice where it is absent, and say so."""
    if item.get_closest_marker("libreoffice"):
        office.require()


@pytest.fixture(autouse=True, scope="session")
def every_workbook_is_sound() -> Iterator[None]:
    """Lint each workbook that our code writes, in any test: one that XlsxWriter made, and one that was put in its place."""
    close, replace = StrictWorkbook.close, Path.replace

    def close_and_lint(workbook: Any) -> None:
        close(workbook)
        _require_sound(Path(workbook.filename))

    def replace_and_lint(path: Path, target: Any) -> Path:
        placed = replace(path, target)
        if placed.suffix == ".xlsx" and zipfile.is_zipfile(placed):
            _require_sound(placed)
        return placed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StrictWorkbook, "close", close_and_lint)
        patch.setattr(Path, "replace", replace_and_lint)
        yield


def _require_sound(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        if "xl/workbook.xml" not in package.namelist():  # a test's own stand-in for a workbook
            return
    found = lint(path)
    assert not found, f"Excel would not open {path.name}: {found[:5]}"
