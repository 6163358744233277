"""Read the stamps of workbooks without reading the workbooks."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

_PROPERTIES = "docProps/custom.xml"
_MOST = 100_000


def stamped(paths: Iterable[Path], prefix: str) -> Iterator[str]:
    """Yield the properties of the workbooks that bear any of that prefix, unparsed; what can't be read bears none."""
    return (text for path in paths if prefix in (text := _properties(path)))


def _properties(path: Path) -> str:
    try:
        if not path.is_file():  # a pipe would be waited for
            return ""
        with zipfile.ZipFile(path) as package, package.open(_PROPERTIES) as part:
            return part.read(_MOST).decode("utf-8", "replace")
    except Exception:  # noqa: BLE001 - whatever is wrong with it, reading will say so
        return ""
