"""A workbook with many kinds of mistakes, checked once."""

import shutil
from pathlib import Path

import pytest

from factory_crm.checking.book import Book, check_book
from factory_crm.contract.contract import Contract, standard

HERE = Path(__file__).resolve().parents[2]
BAD = next((HERE / "workbooks" / "bad").glob("*.xlsx"))


@pytest.fixture(scope="session")
def contract() -> Contract:
    return standard()


@pytest.fixture(scope="session")
def bad_book(contract: Contract) -> Book:
    return check_book(BAD, contract)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return Path(shutil.copy(BAD, tmp_path / "bad.xlsx"))
