"""What the xlsx format is known by, and how a file of it is opened."""

from ....problems.codes import OTHER_KIND
from ...access import Access
from ...file_kinds import ENCRYPTED_STREAM, OLE, is_zip, kind_of_ole
from ...files import BoundedFile, sha256_of
from ...guard import Guard
from ...reader import WorkbookReader

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})


def recognizes(head: bytes) -> bool:
    """Whether a file that begins so may be a workbook: a zip package, or an OLE container that encrypts one."""
    return is_zip(head) or head.startswith(OLE)


def open_file(file: BoundedFile, guard: Guard, access: Access) -> WorkbookReader:
    """Return the reader of an open workbook. Raises ``Refused``."""
    from .source import WorkbookSource

    return WorkbookSource(file, guard, access)


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
