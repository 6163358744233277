"""Which files are meant by the paths that were given."""

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from .kinds import is_lock

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".xlt", ".et", ".ett", ".ods", ".csv"})


class Found(NamedTuple):
    """A file to read; ``name`` is what people call it: relative to the folder that was given."""

    path: Path
    name: str


def find_workbooks(paths: Iterable[Path]) -> list[Found]:
    """Return the files meant, each once, in the order of their names: files as given, folders searched through.

    In a folder only what looks like a workbook counts, whatever a program would call it; a file given by name always does.
    """
    found: dict[str, Found] = {}
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if _looks_like_one(p)) if path.is_dir() else [path]
        for file in inside:
            name = file.relative_to(path).as_posix() if path.is_dir() else path.name
            found.setdefault(os.path.abspath(file), Found(file, name))  # noqa: PTH100 - Path.absolute leaves .. in
    return sorted(_distinct(list(found.values())), key=lambda f: (f.name, str(f.path)))


def _looks_like_one(path: Path) -> bool:
    return (
        path.suffix.lower() in _WORKBOOKS
        and not path.is_dir()
        and (not path.name.startswith(".") or is_lock(path.name))
    )


def _distinct(found: list[Found]) -> list[Found]:
    """Two folders may hold files of one name: then both are called by their whole path."""
    names = Counter(f.name for f in found)
    return [f if names[f.name] == 1 else f._replace(name=f.path.as_posix()) for f in found]
