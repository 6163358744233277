"""What may be given as workbooks: paths of files and folders, open files, bytes, and iterables or mappings of these."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePath
from shutil import rmtree
from tempfile import mkdtemp
from typing import BinaryIO, TypeAlias
from weakref import finalize

from ..reading.access import Access, Passwords
from ..reading.folder import WorkbookFile, find_workbooks

One: TypeAlias = "str | os.PathLike[str] | bytes | BinaryIO"
"""A path of a file or of a folder that is searched, the content of a workbook, or a file open for reading bytes."""
Inputs: TypeAlias = "One | Iterable[One] | Mapping[str, One] | Workbooks"
"""One or several; a mapping gives contents and open files the names that problems call them by."""


class Workbooks:
    """The workbooks meant by some inputs; contents that came without a file lie in a private folder as long as this lives."""

    def __init__(self, inputs: "One | Iterable[One] | Mapping[str, One]", passwords: str | Iterable[str] = ()) -> None:
        """Find them. Raises FileNotFoundError where folders hold none, TypeError for what is no input."""
        given = Passwords((passwords,) if isinstance(passwords, str) else passwords)
        self.paths: tuple[Path, ...] = ()
        """The paths that were given: no output is ever written over them."""
        self._folder: Path | None = None
        contents: list[WorkbookFile] = []
        for name, one in _each(inputs):
            if isinstance(one, str | os.PathLike):
                self.paths += (Path(one),)
            else:
                called = name or _name_of(one) or f"workbook-{len(contents) + 1}.xlsx"
                contents.append(WorkbookFile(self._stored(called, one), called, access=Access(given)))
        self.files: list[WorkbookFile] = [*(find_workbooks(self.paths, given) if self.paths else ()), *contents]
        """The files to read, each with the name that people call it."""
        if not self.files:
            raise FileNotFoundError(f"no workbook in {', '.join(map(str, self.paths)) or 'what was given'}")

    def _stored(self, name: str, content: bytes | BinaryIO) -> Path:
        """Write a content where the reader can open it, under the very name it has."""
        if self._folder is None:
            self._folder = Path(mkdtemp(prefix="factory_crm-"))
            finalize(self, rmtree, self._folder, ignore_errors=True)
        place = Path(mkdtemp(dir=self._folder))
        path = place / (PurePath(name).name or "workbook.xlsx")
        path.write_bytes(content if isinstance(content, bytes) else _read(content))
        return path


def find(inputs: Inputs, passwords: str | Iterable[str] = ()) -> Workbooks:
    """Return the workbooks meant, as they are where they have been found before. Raises what ``Workbooks`` raises."""
    return inputs if isinstance(inputs, Workbooks) else Workbooks(inputs, passwords)


def _each(inputs: "One | Iterable[One] | Mapping[str, One]") -> Iterator[tuple[str, One]]:
    if isinstance(inputs, Mapping):
        yield from inputs.items()
    elif isinstance(inputs, str | os.PathLike | bytes) or hasattr(inputs, "read"):
        yield "", inputs  # type: ignore[misc]
    else:
        for one in inputs:
            if not (isinstance(one, str | os.PathLike | bytes) or hasattr(one, "read")):
                raise TypeError(f"a workbook is a path, bytes or an open file, not {type(one).__name__}")
            yield "", one


def _read(file: BinaryIO) -> bytes:
    content = file.read()
    if not isinstance(content, bytes):
        raise TypeError("the file is open for text; open it for reading bytes ('rb')")
    return content


def _name_of(one: bytes | BinaryIO) -> str:
    """Return the name of an open file, ``""`` where it has none."""
    with suppress(TypeError):
        return os.path.basename(os.fsdecode(getattr(one, "name", "")))  # noqa: PTH119 - a name may be no path
    return ""
