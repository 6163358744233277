"""A problem knows which table, column and record it is about, however the workbook calls and places them."""

from factory_crm.crm import schema as standard
from factory_crm.validation.workbook import WorkbookResult, validate_workbook

from .conftest import Check

BOOK = """
客户资料:
| 客户编号 | 客户名称 | 联系人 | 联系电话 | 注册日期 | 客户类型 |
| CUS001 | 甲公司 | 张三 | 12 | 2023-01-01 | 企业 |
| CUS001 | 乙公司 | 李四 | '13800000001 | 2023-01-01 | 企业 |

订单记录:
| 订单编号 | 行号 | 客户编号 | 产品 | 数量 | 单价 | 下单日期 | 状态 | 备注2 |
| ORD001 | 2 | CUS009 | X100 | 很多 | 50 | 2023-01-20 | 已完成 | 甲 |
| ORD002 | | CUS001 | X100 | 3 | 50 | 2023-01-20 | 已完成 | |
"""


def test_problems_know_table_column_and_record(check: Check) -> None:
    known = {(p.code.name, p.table, p.column, p.row_key) for p in check(BOOK).problems}
    assert known >= {
        ("C108", "customers", "phone", ("CUS001",)),
        ("K101", "customers", "customer_id", ("CUS001",)),
        ("C102", "orders", "quantity", ("ORD001", "2")),
        ("K103", "orders", "customer_id", ("ORD001", "2")),
        ("S202", "orders", "", ()),
    }


def test_what_is_wrong_with_the_sheet_names_the_table_and_what_it_lacks_the_column(book: WorkbookResult) -> None:
    """
    客户信息:
    | 客户编号 | 联系人姓名 | 联系电话 | 注册日期 | 客户类型 |
    | CUS001 | 张三 | '13800000001 | 2023-01-01 | 企业 |
    """
    known = {(p.code.name, p.table, p.column) for p in book.problems}
    assert ("S104", "customers", "name") in known
    assert ("S102", "orders", "") in known


def test_an_earlier_copy_is_passed_over_unread() -> None:
    (problem,) = validate_workbook("订单.~1~.xlsx", standard()).problems
    assert (problem.code.name, problem.location.file, problem.code.skips_file) == ("F202", "订单.~1~.xlsx", True)
