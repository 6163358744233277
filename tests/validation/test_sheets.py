"""Where things stand: sheets, header rows and columns as people really leave them."""

import gc
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from factory_crm.crm import schema as standard
from factory_crm.crm.sheets import Order
from factory_crm.i18n.translate import translate
from factory_crm.template.workbook import write_template
from factory_crm.validation.cover import CoverData
from factory_crm.validation.workbook import WorkbookResult, validate_workbook

from .conftest import Check, draw, found
from .test_cells import ORDERS, RIGHT


def test_title_rows_above_the_header(book: WorkbookResult) -> None:
    """
    客户信息:
    | 2023 年客户一览表 |
    | 制表：一分厂 | | | 单位：元 |

    | 客户编号* | 客户名称（必填） | 联系人姓名 ： | ☆联系电话 | 注册 日期 |
    | CUS001 | ABC有限公司 | 张三 | 1380000000 | 2023-01-01 |
    """
    assert found(book) == ["C108 客户信息!D5"]


def test_columns_in_any_order_and_by_other_names(book: WorkbookResult) -> None:
    """
    客户信息:
    | 手机 | 建档日期 | 公司名称 | 客户号 | 联系人 |
    | 1380000000 | 2023-01-01 | ABC有限公司 | CUS001 | 张三 |
    """
    assert found(book) == ["C108 客户信息!A2"]
    assert book.sheets["customers"].rows[0].values[:3] == ("CUS001", "ABC有限公司", "张三")


def test_english_headers_are_as_good(check: Check) -> None:
    def change(workbook: Workbook) -> None:
        for sheet in workbook:
            for cell in sheet[1]:
                cell.value = translate(cell.value, "en") if cell.value else None
            sheet.title = translate(sheet.title, "en")

    assert found(check(RIGHT, change=change)) == []


def test_unknown_column_is_told_once_and_travels_along(book: WorkbookResult) -> None:
    """
    客户信息:
    | 客户编号 | 客户名称 | 车间 | 联系人姓名 | 联系电话 | 注册日期 |
    | CUS001 | ABC有限公司 | 二车间 | 张三 | '13800000000 | 2023-01-01 |
    | CUS002 | 甲公司 | 三车间 | 张三 | '13800000000 | 2023-01-01 |
    """
    assert found(book) == ["S202 客户信息!C1"]
    assert [row.extra for row in book.sheets["customers"].rows] == ["车间=二车间", "车间=三车间"]


def test_what_stands_in_no_column_is_not_lost(book: WorkbookResult) -> None:
    """
    客户信息:
    | 客户编号 | 客户名称 | 联系人姓名 | 联系电话 | 注册日期 | | |
    | CUS001 | ABC有限公司 | 张三 | '13800000000 | 2023-01-01 | | 老客户 |
    """
    assert found(book) == []
    assert book.sheets["customers"].rows[0].extra == "G=老客户"


def test_blank_rows_between_and_formatted_rows_below(check: Check) -> None:
    def change(workbook: Workbook) -> None:
        for row in range(6, 40):
            workbook["客户信息"].cell(row, 7).number_format = "yyyy-mm-dd"
            workbook["客户信息"].cell(row, 2).value = "  " if row % 2 else None

    book = check(
        """
    客户信息:
    | 客户编号 | 客户名称 | 联系人姓名 | 联系电话 | 注册日期 |
    | CUS001 | ABC有限公司 | 张三 | '13800000000 | 2023-01-01 |


    | CUS002 | | 张三 | '13800000000 | 2023-01-01 |
    """,
        change=change,
    )
    assert found(book) == ["C101 客户信息!B5"]
    assert [row.number for row in book.sheets["customers"].rows] == [2, 5]


def test_merged_title(check: Check) -> None:
    def change(workbook: Workbook) -> None:
        workbook["客户信息"].insert_rows(1)
        workbook["客户信息"]["A1"] = "客户信息"
        workbook["客户信息"].merge_cells("A1:G1")
        workbook["客户信息"]["B3"] = None

    assert found(check(RIGHT, change=change)) == ["C101 客户信息!B3"]


def test_header_printed_again_on_every_page(book: WorkbookResult) -> None:
    """
    客户信息:
    | 客户编号 | 客户名称 | 联系人姓名 | 联系电话 | 注册日期 |
    | CUS001 | ABC有限公司 | 张三 | '13800000000 | 2023-01-01 |
    | 客户编号 | 客户名称 | 联系人姓名 | 联系电话 | 注册日期 |
    | CUS002 | ABC有限公司 | 张三 | '13800000000 | 2023-01-01 |
    """
    assert found(book) == []
    assert book.rows == 2


def test_total_and_footer_are_no_records_and_said_so(book: WorkbookResult) -> None:
    """
    客户信息:
    | 客户编号 | 客户名称 | 联系人姓名 | 联系电话 | 注册日期 |
    | CUS001 | ABC有限公司 | 张三 | '13800000000 | 2023-01-01 |
    | 合　计 | | | 1 | |
    | 制表人：李四 | | 审核：王五 | | |
    """
    assert found(book) == ["S203 客户信息!A3", "S203 客户信息!A4"]
    assert book.rows == 1


def test_required_column_lacking_is_told_once_and_rejects_every_row(book: WorkbookResult) -> None:
    """
    客户信息:
    | 客户编号 | 联系人姓名 | 联系电话 | 注册日期 |
    | CUS001 | 张三 | '13800000000 | 2023-01-01 |
    | CUS002 | 张三 | '13800000000 | 2023-01-01 |
    """
    assert found(book) == ["S104 客户信息!1:1"]
    assert all(row.rejected_for for row in book.sheets["customers"].rows)


def test_expected_columns_lacking_are_one_warning(book: WorkbookResult) -> None:
    """
    客户信息:
    | 客户编号 | 客户名称 | 联系人姓名 | 电子邮箱 |
    | CUS001 | ABC有限公司 | 张三 | zhangsan@abc.com |
    """
    assert found(book) == ["S201 客户信息!1:1"]
    assert not book.sheets["customers"].rows[0].rejected_for


def test_doubled_header(book: WorkbookResult) -> None:
    """
    客户信息:
    | 客户编号 | 客户名称 | 联系人姓名 | 联系电话 | 手机 | 注册日期 |
    | CUS001 | ABC有限公司 | 张三 | '13800000000 | '13900000000 | 2023-01-01 |
    """
    assert found(book) == ["S105 客户信息!E1"]
    assert book.sheets["customers"].rows[0].extra == "手机=13900000000"


def test_price_in_another_measure_is_another_column(book: WorkbookResult) -> None:
    """
    订单记录:
    | 订单编号 | 客户编号 | 产品型号 | 数量(件) | 单价(万元) | 下单日期 | 约定交期 | 订单状态 |
    | ORD001 | CUS001 | X100 | 1000 | 50 | 2023-01-20 | 2023-02-12 | 生产制造 |
    """
    assert sorted(found(book)) == ["S104 订单记录!1:1", "S202 订单记录!E1"]


def test_nothing_filled_in_is_no_problem(check: Check) -> None:
    def change(workbook: Workbook) -> None:
        for sheet in workbook:
            sheet.delete_rows(2, 10)
        workbook.create_sheet("填写说明")["A1"] = "填报单位"

    book = check(RIGHT, change=change)
    assert (book.problems, book.rows, book.readable) == ((), 0, True)


def test_sheets_are_known_by_an_alias_or_by_their_headers(check: Check) -> None:
    def change(workbook: Workbook) -> None:
        workbook["客户信息"].title, workbook[ORDERS].title = "客户资料", "Sheet2"
        workbook["Sheet2"]["F2"] = 0

    assert found(check(RIGHT, change=change)) == ["C103 Sheet2!F2"]


def test_second_sheet_of_a_kind_is_not_dropped_in_silence(check: Check) -> None:
    def change(workbook: Workbook) -> None:
        workbook.copy_worksheet(workbook[ORDERS]).title = "2月"

    assert found(check(RIGHT, change=change)) == ["S106 2月"]


def test_sheet_lacking(check: Check) -> None:
    def change(workbook: Workbook) -> None:
        del workbook["反馈评价"]

    assert [p.code.name for p in check(RIGHT, change=change).problems] == ["S102"]


def test_sheet_without_a_header(check: Check) -> None:
    def change(workbook: Workbook) -> None:
        workbook["反馈评价"].delete_rows(1)

    assert found(check(RIGHT, change=change)) == ["S103 反馈评价!1:1"]


def test_no_sheet_of_ours(book: WorkbookResult) -> None:
    """
    工资表:
    | 姓名 | 工资 |
    | 张三 | 5000 |
    """
    assert found(book) == ["S101"]
    assert not book.readable


def test_file_that_is_no_workbook_is_one_problem(check: Check, tmp_path: Any) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"")
    (tmp_path / "b.xlsx").write_text("订单,数量")
    for name in ("a.xlsx", "b.xlsx", "c.xlsx"):
        book = validate_workbook(tmp_path / name, standard())
        assert [p.location.file for p in book.problems] == [name]
        assert book.problems[0].code.name.startswith("F")


def test_a_check_leaves_nothing_to_the_garbage_collector(tmp_path: Path) -> None:
    """Many workbooks are read by one process, which would keep all of them in memory."""
    path = draw(RIGHT + "| CUS#001 | CUS9 | 一千 |", tmp_path / "book.xlsx")
    validate_workbook(path, standard())  # what is loaded once stays
    gc.collect()
    gc.disable()
    try:
        book = validate_workbook(path, standard())
        assert book.rows > 1
        assert book.problems
        del book
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_cover_says_who_and_when(check: Check) -> None:
    def change(workbook: Workbook) -> None:
        cover = workbook.create_sheet("填写说明", 0)
        for row in (
            ("工厂客户管理表",),
            (),
            ("", "填报单位：", "一分厂"),
            ("", "报送月份", "", "2023-04"),
            ("", "填表人", "李四 "),
        ):
            cover.append(row)

    book = check(RIGHT, change=change)
    assert (book.cover.office, book.cover.period, book.cover.filled_by) == ("一分厂", "2023-04", "李四")
    assert found(book) == ["C301 填写说明!C5"]


def test_cover_without_an_office_is_a_warning_at_the_cell_beside(check: Check) -> None:
    def change(workbook: Workbook) -> None:
        workbook.create_sheet("填写说明", 0)["B3"] = "填报单位"

    assert found(check(RIGHT, change=change)) == ["C201 填写说明!C3"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_template_says_beside_a_blank_field_is_no_office(tmp_path, language) -> None:
    write_template(tmp_path / "blank.xlsx", standard(), language=language, rows=1)
    assert validate_workbook(tmp_path / "blank.xlsx", standard()).cover == CoverData()


def test_every_alias_means_one_column() -> None:
    for sheet in standard().sheets:
        headers = [column.header for column in sheet.columns]
        aliases = [alias for column in sheet.columns for alias in column.aliases]
        assert len({*headers, *aliases}) == len(headers) + len(aliases), sheet.title
    assert Order.column("amount").aliases
