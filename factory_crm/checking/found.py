"""A file that was found, checked, unless another in its folder stands for it."""

from ..contract.contract import Contract
from ..reading.folder import Found
from .book import Book, check_book


def check_found(file: Found, contract: Contract) -> Book:
    """Read and check a file; one that another stands for is only said to be passed over."""
    if file.passed:
        return Book(file.name, problems=(file.passed,))
    return check_book(file.path, contract, name=file.name, access=file.access)
