"""A file that was found, checked, unless another in its folder stands for it."""

from .. import codes
from ..contract.contract import Contract
from ..problems import Place, Problem
from ..reading.folder import Found
from .book import Book, check_book


def check_found(file: Found, contract: Contract) -> Book:
    """Read and check a file; one that another stands for is only said to be passed over."""
    if file.passed:
        return Book(file.name, problems=(file.passed,))
    return check_book(file.path, contract, name=file.name, access=file.access)


def killer(file: Found) -> Book:
    """Return what is told of a file whose reader was killed: that, and nothing of what it holds."""
    return Book(file.name, problems=(Problem(codes.READER_KILLED, Place(file.name)),))
