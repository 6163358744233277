"""A glance at a workbook before it is read: which of several stamps it bears."""

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

_PROPERTIES = "docProps/custom.xml"
_MOST = 100_000


def seen(paths: Iterable[Path], fingerprints: Mapping[str, str]) -> set[str]:
    """Return the names of the fingerprints that workbooks bear in their properties; what can't be read bears none."""
    found: set[str] = set()
    for path in paths:
        text = _properties(path)
        found |= {name for name, fingerprint in fingerprints.items() if fingerprint in text}
    return found


def _properties(path: Path) -> str:
    try:
        if not path.is_file():  # a pipe would be waited for
            return ""
        with zipfile.ZipFile(path) as package, package.open(_PROPERTIES) as part:
            return part.read(_MOST).decode("utf-8", "replace")
    except Exception:  # noqa: BLE001 - whatever is wrong with it, reading will say so
        return ""
