"""Another input format is one module: what reads it. Here it is ``jsonrows.py``; everything else stays as it is."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from factory_crm.annotate.mark import mark
from factory_crm.crm import schema as standard
from factory_crm.engine.engines import local_engine
from factory_crm.merge.merge import merge
from factory_crm.problems import codes
from factory_crm.reading.folder import find_workbooks
from factory_crm.reading.formats.registry import XLSX, register_formats, registered_formats, unregister_format
from factory_crm.validation.workbook import WorkbookResult, validate_workbook

from .jsonrows import JSONROWS, MAGIC

PACKAGE = Path(__file__).resolve().parents[2] / "factory_crm"
CUSTOMERS = [
    ["客户编号", "客户名称", "联系人姓名", "注册日期"],
    ["C001", "甲公司", "张三", "2024-01-05"],
    ["C002", "乙公司", "李四", "去年春天"],
]


@pytest.fixture(autouse=True)
def jsonrows() -> Iterator[None]:
    register_formats([JSONROWS])
    yield
    unregister_format("jsonrows")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write(tmp_path / "甲.jsonrows", CUSTOMERS)


def write(path: Path, rows: list[list[object]]) -> Path:
    path.write_bytes(MAGIC + json.dumps({"客户信息": rows}, ensure_ascii=False).encode())
    return path


def problems(book: WorkbookResult) -> list[str]:
    return [f"{p.code.name} {p.location.address}".strip() for p in book.problems if p.code.name[0] == "C"]


def test_it_is_checked_as_any_workbook_is(book: Path) -> None:
    result = validate_workbook(book, standard())
    assert problems(result) == ["C304 客户信息!D2", "C102 客户信息!D3"]
    assert [row.number for row in result.sheets["customers"].rows] == [2, 3]


def test_it_is_found_in_a_folder_by_its_suffix_and_known_by_its_content(book: Path) -> None:
    assert [file.name for file in find_workbooks([book.parent])] == ["甲.jsonrows"]
    disguised = book.rename(book.with_suffix(".xlsx"))
    assert validate_workbook(disguised, standard()).readable


def test_without_its_module_it_is_refused(book: Path) -> None:
    unregister_format("jsonrows")
    assert [problem.code for problem in validate_workbook(book, standard()).problems] == [codes.OTHER_KIND]
    assert find_workbooks([book.parent]) == []


def test_it_is_merged_beside_others_in_other_processes_too(tmp_path: Path) -> None:
    for number in range(3):
        write(
            tmp_path / f"{number}.jsonrows", [CUSTOMERS[0], [f"C00{number}", f"第{number}公司", "张三", "2024-01-05"]]
        )
    files = find_workbooks([tmp_path])
    with local_engine(len(files), jobs=2) as engine:
        merged = merge(files, standard(), engine)
    assert [origin.status for origin in merged.origins] == ["merged"] * 3
    assert len(merged.tables["customers"].collect()) == 3


def test_it_cannot_be_marked_and_a_problem_says_so(book: Path, tmp_path: Path) -> None:
    result = mark(book, tmp_path / "out" / book.name, validate_workbook(book, standard()), standard())
    assert (result.written, result.refusal and result.refusal.code) == (False, codes.CANNOT_MARK_FORMAT)
    assert not (tmp_path / "out").exists()


def test_a_format_registered_again_takes_its_own_place() -> None:
    register_formats([JSONROWS])
    assert registered_formats() == (XLSX, JSONROWS)


def test_only_the_reader_and_what_patches_xlsx_know_of_xlsx() -> None:
    def imports(path: Path) -> Iterator[str]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield node.module

    rooms = [
        path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] not in ("reading", "annotate")
    ]
    knowing = [path.name for path in rooms if any("formats.xlsx" in module for module in imports(path))]
    assert knowing == []
