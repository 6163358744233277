"""Find the workbooks that the given paths stand for."""

import os
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from ..problems.problem import Location, Problem
from .access import Access, Passwords
from .copies import superseded_files
from .file_kinds import is_lock
from .formats.registry import registered_formats

_UNREAD = frozenset({".xls", ".xlsb", ".xlt", ".et", ".ett", ".ods", ".csv"})
"""What people take for workbooks as well: it is found, so that they hear that it is not read."""


class WorkbookFile(NamedTuple):
    """A file to read; ``name`` is what people call it: relative to the folder that was given."""

    path: Path
    name: str
    superseded: Problem | None = None
    """Why it is not read: another file in the folder stands for it."""
    access: Access = Access()
    """What may be done to open it."""


def find_workbooks(paths: Iterable[Path], passwords: Passwords = Passwords()) -> list[WorkbookFile]:  # noqa: B008 - a tuple
    """Return the files meant, each once, in the order of their names: files as given, folders searched through.

    In a folder only what looks like a workbook counts, whatever a program would call it; a file given by name always does.
    A link in a folder may be opened only if it stays inside that folder, and not if it leads to a file that is found anyway.
    """
    workbooks: dict[str, WorkbookFile] = {}
    searched: set[Path] = set()
    suffixes = _UNREAD.union(*(one.suffixes for one in registered_formats()))
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if _looks_like_one(p, suffixes)) if path.is_dir() else [path]
        if path.is_dir():  # what is no regular file is left to the reader, which does not wait for pipes
            searched |= {file for file in inside if file.is_file() and not file.is_symlink()}
        for file in _without_doubles(inside):
            name = file.relative_to(path).as_posix() if path.is_dir() else path.name
            one = WorkbookFile(
                file, name, access=Access(passwords, path if path.is_dir() and file.is_symlink() else None)
            )
            workbooks.setdefault(os.path.abspath(file), one)  # noqa: PTH100 - Path.absolute leaves .. in
    files = _distinct(list(workbooks.values()))
    return sorted(_passing(files, searched), key=lambda f: (f.name, str(f.path)))


def _passing(files: list[WorkbookFile], searched: set[Path]) -> list[WorkbookFile]:
    """Say of those found in a folder which others stand for."""
    names = {file.path: file.name for file in files}
    passed = superseded_files(path for path in names if path in searched)
    problems = {path: one.problem(Location(names[path]), names[one.instead]) for path, one in passed.items()}
    return [file._replace(superseded=problems.get(file.path)) for file in files]


def _without_doubles(files: list[Path]) -> list[Path]:
    real = {os.path.realpath(file) for file in files if not file.is_symlink()}
    return [file for file in files if not file.is_symlink() or os.path.realpath(file) not in real]


def _looks_like_one(path: Path, suffixes: Collection[str]) -> bool:
    return (
        path.suffix.lower() in suffixes and not path.is_dir() and (not path.name.startswith(".") or is_lock(path.name))
    )


def _distinct(files: list[WorkbookFile]) -> list[WorkbookFile]:
    """Two folders may hold files of one name: then both are called by their whole path."""
    names = Counter(f.name for f in files)
    return [f if names[f.name] == 1 else f._replace(name=f.path.as_posix()) for f in files]
