"""What may be done to open a file: passwords to try, and the folder a link must not lead out of."""

import os
from pathlib import Path
from typing import NamedTuple

_ENOUGH = 1 << 20


class Passwords(tuple[str, ...]):
    """Passwords to try, in order; they are never shown."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Passwords({len(self)})"


class Access(NamedTuple):
    """What may be done to open a file."""

    passwords: Passwords = Passwords()
    folder: Path | None = None
    """Where the file has to lie, whatever links lead to it; ``None``: anywhere."""

    def allows(self, path: str) -> bool:
        """Whether that file lies where it has to."""
        return self.folder is None or Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.folder))


def read_passwords(path: Path) -> Passwords:
    """Return the passwords of a file, one a line; blank lines count for nothing. Raises ``OSError`` or ``ValueError``."""
    with path.open("rb") as file:
        text = file.read(_ENOUGH).decode("utf-8-sig")
    return Passwords(dict.fromkeys(line for line in text.splitlines() if line))
