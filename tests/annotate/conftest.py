"""A workbook with many kinds of mistakes, checked once."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from factory_crm.crm import schema as standard
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.template.workbook import write_template
from factory_crm.validation.workbook import WorkbookResult, validate_workbook

HERE = Path(__file__).resolve().parents[2]
BAD = next((HERE / "workbooks" / "bad").glob("*.xlsx"))


@pytest.fixture(scope="session")
def schema() -> WorkbookSchema:
    return standard()


@pytest.fixture(scope="session")
def bad_book(schema: WorkbookSchema) -> WorkbookResult:
    return validate_workbook(BAD, schema)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return Path(shutil.copy(BAD, tmp_path / "bad.xlsx"))


@pytest.fixture
def small(tmp_path: Path, schema: WorkbookSchema) -> Path:
    """A workbook with few prepared rows, quickly opened, with the same wrong choice three times."""
    path = tmp_path / "small.xlsx"
    write_template(path, schema, rows=10)
    made = openpyxl.load_workbook(path)
    for row in (5, 6, 7):
        made["客户信息"].cell(row, 2, f"C{row}")
        made["客户信息"].cell(row, 3, f"甲{row}厂")
        made["客户信息"].cell(row, 11, "中形")
    made["订单记录"]["B5"], made["服务记录"]["G5"] = "SF1", "坏了"
    made.save(path)
    return path
