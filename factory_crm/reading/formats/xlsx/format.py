"""What the xlsx format is known by, and how a file of it is opened."""

from ...access import Access
from ...file_kinds import OLE, is_zip
from ...files import BoundedFile
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
