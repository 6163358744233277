"""What an xlsx file is outermost: a zip package, or an OLE container that encrypts one."""

from ....problems.codes import OTHER_KIND
from ...file_kinds import ENCRYPTED_STREAM, OLE, kind_of_ole
from ...files import BoundedFile, sha256_of
from ...guard import Guard


def read_container(file: BoundedFile, guard: Guard) -> tuple[str, bool]:
    """Read all of an open file; return its SHA-256 (hex) and whether it is encrypted.

    Raises ``Refused`` for an OLE container that holds no encrypted document.
    """
    encrypted = file.read(len(OLE)) == OLE
    file.seek(0)
    if encrypted:
        content = file.read()
        if ENCRYPTED_STREAM not in content:
            raise guard.refuse(OTHER_KIND, kind=kind_of_ole(content))
        file.seek(0)
    return sha256_of(file, guard), encrypted
