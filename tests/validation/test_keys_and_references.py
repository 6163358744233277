"""What shows only when rows and sheets are seen together: computed cells, keys, references, cards."""

import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from xlsxwriter import Workbook as Written

from factory_crm.crm import schema as standard
from factory_crm.validation.fixes import fixes
from factory_crm.validation.workbook import WorkbookResult, validate_workbook

from .conftest import Check, draw, found
from .test_cells import ORDERS, RIGHT

CUSTOMERS = """
    客户信息:
    | 客户编号 | 客户名称 | 联系人姓名 | 联系电话 | 注册日期 |
    | CUS001 | ABC有限公司 | 张三 | '13800000000 | 2023-01-01 |
"""


def with_formula(path: Path, cell: str, formula: str, result: Any) -> Path:
    """Write the right workbook's order sheet with a formula that was calculated."""
    book = draw(RIGHT, path)
    with zipfile.ZipFile(book) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = parts["xl/worksheets/sheet2.xml"].decode()
    start = sheet.index(f'<c r="{cell}"')
    end = sheet.index("/>" if sheet.startswith(f'<c r="{cell}" />', start) else "</c>", start)
    end += 2 if sheet.startswith("/>", end) else 4
    kind = ' t="str"' if isinstance(result, str) else ""
    changed = f'{sheet[:start]}<c r="{cell}"{kind}><f>{formula}</f><v>{result}</v></c>{sheet[end:]}'
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, changed if name.endswith("sheet2.xml") else content)
    return path


# Computed columns


def test_formula_never_calculated_is_computed(check: Check) -> None:
    def change(workbook: Workbook) -> None:
        workbook[ORDERS]["H2"], workbook[ORDERS]["D2"] = "=F2*G2", "=VLOOKUP(C2,客户信息!A:B,2,0)"

    book = check(RIGHT, change=change)
    assert found(book) == []
    assert [str(book.sheets["orders"].value(row, "amount")) for row in book.sheets["orders"].rows] == [
        "50000.00",
        "1.01",
        "20.00",
    ]


def test_calculated_formula_in_a_computed_column(tmp_path: Path) -> None:
    assert found(validate_workbook(with_formula(tmp_path / "a.xlsx", "H2", "F2*G2", 50000), standard())) == []


def test_stale_formula_in_a_computed_column(tmp_path: Path) -> None:
    assert found(validate_workbook(with_formula(tmp_path / "a.xlsx", "H2", "F3*G3", 3), standard())) == [
        "C118 订单记录!H2"
    ]


def test_calculated_formula_in_an_input_is_used_and_told(tmp_path: Path) -> None:
    book = validate_workbook(with_formula(tmp_path / "a.xlsx", "F2", "500+500", 1000), standard())
    assert found(book) == ["C202 订单记录!F2"]
    assert book.sheets["orders"].value(book.sheets["orders"].rows[0], "quantity") == 1000


def test_equal_total_typed_is_fine(check: Check) -> None:
    def change(workbook: Workbook) -> None:
        workbook[ORDERS]["H3"], workbook[ORDERS]["H4"] = 1.01, "20.00"

    assert found(check(RIGHT, change=change)) == []


def test_total_of_a_bad_quantity_is_not_told_as_well(check: Check) -> None:
    def change(workbook: Workbook) -> None:
        workbook[ORDERS]["F2"] = "一千"

    assert found(check(RIGHT, change=change)) == ["C102 订单记录!F2"]


@pytest.mark.parametrize("name", ["ABC有限公司", " ABC 有限公司", "ＡＢＣ有限公司", "abc有限公司"])
def test_echo_in_another_spelling_is_fine(check: Check, name: str) -> None:
    def change(workbook: Workbook) -> None:
        workbook[ORDERS]["D2"] = name

    assert found(check(RIGHT, change=change)) == []


# Keys


def test_order_of_two_lines_needs_line_numbers(book: WorkbookResult) -> None:
    """
    订单记录:
    | 订单编号 | 行号 | 客户编号 | 产品型号 | 数量 | 单价(元) | 下单日期 | 约定交期 | 订单状态 |
    | ORD001 | | CUS001 | X100 | 1 | 1 | 2023-01-20 | 2023-02-12 | 生产制造 |
    | ORD001 | 2 | CUS001 | X200 | 1 | 1 | 2023-01-20 | 2023-02-12 | 生产制造 |
    | ord001 | 1 | CUS001 | X300 | 1 | 1 | 2023-01-20 | 2023-02-12 | 生产制造 |
    | ORD001 | 2 | CUS001 | X400 | 1 | 1 | 2023-01-20 | 2023-02-12 | 生产制造 |
    """
    assert found(book) == ["K104 订单记录!A4", "K104 订单记录!A5"]
    assert [bool(row.rejected_for) for row in book.sheets["orders"].rows] == [False, False, True, True]
    assert [p.params["first"] for p in book.problems if p.code.name == "K104"] == [2, 3]


def test_lines_of_one_order_agree(book: WorkbookResult) -> None:
    """
    订单记录:
    | 订单编号 | 行号 | 客户编号 | 产品型号 | 数量 | 单价(元) | 下单日期 | 约定交期 | 订单状态 |
    | ORD001 | 1 | CUS001 | X100 | 1 | 1 | 2023-01-20 | 2023-02-12 | 生产制造 |
    | ORD001 | 2 | CUS002 | X200 | 1 | 1 | 2023-01-21 | 2023-02-13 | 生产制造 |
    """
    assert found(book) == ["K102 订单记录!C3", "K102 订单记录!G3"]
    assert not any(row.rejected_for for row in book.sheets["orders"].rows)


def test_blank_numbers_are_made_from_the_content(book: WorkbookResult) -> None:
    """
    服务记录:
    | 服务编号 | 客户编号 | 事件类型 | 描述 | 受理时间 | 处理人员 |
    | | CUS001 | 咨询 | 询价 | 2023-03-01 | 李四 |
    | | CUS001 | 咨询 | 询价 | 2023-03-02 | 李四 |
    | | CUS001 | 咨询 | 询价 | 2023-03-01 | 李四 |
    """
    assert found(book) == ["K201 服务记录!B4"]
    assert not any(row.rejected_for for row in book.sheets["services"].rows)


def test_number_that_looks_like_a_made_one_is_a_number(book: WorkbookResult) -> None:
    """
    客户信息:
    | 客户编号 | 客户名称 | 联系人姓名 | 联系电话 | 注册日期 |
    | AUTO-001 | ABC有限公司 | 张三 | '13800000000 | 2023-01-01 |
    | AUTO-001 | 甲公司 | 张三 | '13800000000 | 2023-01-01 |
    """
    assert found(book) == ["K101 客户信息!A3"]


# References


def test_rejected_customer_still_registers_its_number(check: Check) -> None:
    def change(workbook: Workbook) -> None:
        workbook["客户信息"]["B2"] = None

    assert found(check(RIGHT, change=change)) == ["C101 客户信息!B2"]


def test_without_the_customers_sheet_nobody_is_a_stray(check: Check) -> None:
    def change(workbook: Workbook) -> None:
        del workbook["客户信息"]

    assert found(check(RIGHT, change=change)) == []


CARD = f"""{CUSTOMERS}
    订单记录:
    | 订单编号 | 产品型号 | 数量 | 单价(元) | 总金额(元) | 发货日期 | 收货日期 |
    | ORD001 | X100 | 1000 | 50 | 50000 | 2023-02-01 | 2023-02-10 |

    服务记录:
    | 事件类型 | 描述 | 处理人员 | 处理结果 | 处理日期 |
    | 咨询 | 询问产品详细规格 | 李四 | 已答复 | 2023-03-01 |

    反馈评价:
    | 反馈日期 | 客户反馈 | 处理结果 | 评分(满分5分) |
    | 2023-04-01 | 产品交期较慢 | 正在改进 | 3 |
"""


def test_card_of_one_customer_passes_with_the_columns_of_the_seed(check: Check) -> None:
    book = check(CARD)
    assert found(book) == ["S201 订单记录!1:1", "S201 服务记录!1:1"]
    assert {str(sheet.value(row, "customer_id")) for sheet in book.sheets.values() for row in sheet.rows} == {"CUS001"}
    assert not any(row.rejected_for for sheet in book.sheets.values() for row in sheet.rows)


def test_two_customers_are_no_card(check: Check) -> None:
    two = CARD.replace("2023-01-01 |", "2023-01-01 |\n    | CUS002 | 甲公司 | 张三 | '13800000000 | 2023-01-01 |", 1)
    assert found(check(two)) == [
        f"{code} {sheet}!1:1"
        for sheet in ("订单记录", "服务记录", "反馈评价")
        for code in (("S201", "S104") if sheet != "反馈评价" else ("S104",))
    ]


@pytest.mark.parametrize("written", [None, "/", "CUS001"])
def test_blank_reference_on_a_card_means_its_customer(check: Check, written: str | None) -> None:
    def change(workbook: Workbook) -> None:
        workbook["客户信息"].delete_rows(3)
        workbook[ORDERS].delete_rows(3, 2)
        workbook["服务记录"].delete_rows(3)
        workbook[ORDERS]["C2"] = written

    book = check(RIGHT, change=change)
    assert found(book) == (["C311 订单记录!C2"] if written == "/" else [])
    assert book.sheets["orders"].value(book.sheets["orders"].rows[0], "customer_id") == "CUS001"


# What is used


def test_warnings_and_fixes_never_reject(book: WorkbookResult) -> None:
    """
    客户信息:
    | 客户编号 | 客户名称 | 联系人姓名 | 联系电话 | 电子邮箱 | 注册日期 | 所在地区 |
    | ＣＵＳ００１ | '  ABC有限公司 | 张三 | +86 138-0000-0000 | a@example.com | 2023.1.5 | 广东省 |
    """
    assert found(book) == [
        f"{code} 客户信息!{cell}"
        for code, cell in (
            ("C302", "A2"),
            ("C301", "B2"),
            ("C305", "D2"),
            ("C204", "E2"),
            ("C304", "F2"),
            ("C306", "G2"),
        )
    ]
    row = book.sheets["customers"].rows[0]
    assert (row.rejected_for, row.values[0], row.values[3]) == ((), "CUS001", "13800000000")
    assert next(fix.after for fix in fixes(book.problems)) == "CUS001"


def test_rejected_row_shows_what_stood_there(check: Check) -> None:
    def change(workbook: Workbook) -> None:
        workbook[ORDERS]["F2"] = "一千"

    row = check(RIGHT, change=change).sheets["orders"].rows[0]
    assert ("数量", "一千") in row.shown
    assert [p.location.address for p in row.rejected_for] == ["订单记录!F2"]


def test_phone_or_email_has_to_be_there(book: WorkbookResult) -> None:
    """
    客户信息:
    | 客户编号 | 客户名称 | 联系人姓名 | 联系电话 | 电子邮箱 | 注册日期 |
    | CUS001 | ABC有限公司 | 张三 | | | 2023-01-01 |
    | CUS002 | 甲公司 | 张三 | 1380000000 | | 2023-01-01 |
    | CUS003 | 乙公司 | 张三 | | a@abc.com | 2023-01-01 |
    """
    assert found(book) == ["R001 客户信息!D2", "C108 客户信息!D3", "C201 客户信息!D4"]


def test_workbook_of_xlsxwriter_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Written(str(path)) as workbook:
        sheet = workbook.add_worksheet("客户信息")
        sheet.write_row(0, 0, ["客户编号", "客户名称", "联系人姓名", "联系电话", "注册日期"])
        sheet.write_row(1, 0, ["CUS001", "ABC有限公司", "", 13800000000, 44927])
    shutil.copy(path, tmp_path / "b.xlsx")
    assert found(validate_workbook(path, standard())) == ["C101 客户信息!C2", "C307 客户信息!D2", "C205 客户信息!E2"]
