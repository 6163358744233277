"""What is odd about a workbook beside its cells is told, and at the right place."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from factory_crm.crm import schema as standard
from factory_crm.problems import codes
from factory_crm.validation.structure import MANY_BLANK_ROWS
from factory_crm.validation.workbook import WorkbookResult, validate_workbook

from .conftest import Check

DRAWN = """
客户信息:
客户编号 | 客户名称 | 联系人姓名 | 联系电话
C001 | 广州某厂 | 王五 | 13800000001
C002 | 佛山某厂 | 李四 | 13800000002
C003 | 东莞某厂 | 张三 | 13800000003
"""
FINDINGS = ("F205", "F206", "S107", "S205", "S206", "S207", "S208", "S209")


def told(book: WorkbookResult) -> list[str]:
    """Return the findings as ``S107 A2``."""
    return [f"{p.code.name} {p.location.cell}".strip() for p in book.problems if p.code.name in FINDINGS]


def changed(**how: object):
    """Return what changes the sheet so."""

    def change(workbook: Workbook) -> None:
        sheet = workbook.active
        for name, value in how.items():
            match name:
                case "merged":
                    sheet.merge_cells(value)
                case "hidden_rows":
                    for row in value:
                        sheet.row_dimensions[row].hidden = True
                case "hidden_column":
                    sheet.column_dimensions[value].hidden = True
                case "state":
                    workbook.create_sheet("空")
                    sheet.sheet_state = value
                case "cell":
                    sheet[value] = "x"
                case "formatted":
                    for row in range(10, 10 + value):
                        sheet.cell(row, 1).font = Font(bold=True)

    return change


@pytest.mark.parametrize(("how", "expected"), [
    ({}, []),
    ({"merged": "A2:A3"}, ["S107 A2"]),
    ({"merged": "C3:D3"}, ["S107 C3"]),
    ({"merged": "A6:D7"}, []),
    ({"merged": "P2:Q3"}, []),
    ({"hidden_rows": (3, 4)}, ["S206 3:3"]),
    ({"hidden_rows": (1, 9)}, []),
    ({"hidden_column": "C"}, ["S207 C1"]),
    ({"hidden_column": "M"}, []),
    ({"state": "hidden"}, ["S205"]),
    ({"state": "veryHidden"}, ["S205"]),
    ({"cell": "ZZ3"}, ["S209 ZZ3"]),
    ({"formatted": MANY_BLANK_ROWS + 1}, ["S208"]),
    ({"formatted": MANY_BLANK_ROWS - 1}, []),
], ids=str)  # fmt: skip
def test_finding(check: Check, how: dict[str, object], expected: list[str]) -> None:
    assert told(check(DRAWN, change=changed(**how))) == expected


def test_record_far_below_the_others(check: Check) -> None:
    def change(workbook: Workbook) -> None:
        for column, value in enumerate(("C009", "远处某厂", "赵六", "13800000009"), 1):
            workbook.active.cell(5000, column, value)

    book = check(DRAWN, change=change)
    assert told(book) == ["S209 5000:5000"]
    assert len(book.sheets["customers"].rows) == 4


@pytest.fixture
def packed(tmp_path: Path, check: Check):
    """Check the drawn workbook with more parts, and more relationships."""

    def checking(part: str, relation: str = "") -> WorkbookResult:
        check(DRAWN)
        buffer = io.BytesIO()
        with zipfile.ZipFile(tmp_path / "book.xlsx") as old, zipfile.ZipFile(buffer, "w") as new:
            for name in old.namelist():
                content = old.read(name)
                if name == "xl/_rels/workbook.xml.rels":
                    content = content.replace(b"</Relationships>", relation.encode() + b"</Relationships>")
                new.writestr(name, content)
            new.writestr(part, "x")
        (tmp_path / "new.xlsx").write_bytes(buffer.getvalue())
        return validate_workbook(tmp_path / "new.xlsx", standard())

    return checking


def test_macros_and_links_are_told_and_the_rows_read(packed) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with_macros = packed("xl/vbaProject.bin")
    assert told(with_macros) == ["F205"]
    assert with_macros.rows == 3
    links = f'<Relationship Id="rId99" Type="{office}/externalLink" Target="externalLinks/externalLink1.xml"/>'
    linked = packed("xl/externalLinks/externalLink1.xml", links)
    assert [p.params["count"] for p in linked.problems if p.code is codes.EXTERNAL_LINKS] == [1]
