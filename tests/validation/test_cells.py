"""One mistake in one cell of a workbook that is otherwise right: exactly that problem, at exactly that cell."""

from datetime import date, datetime, time
from typing import Any

import pytest

from factory_crm.crm import schema as standard

from .conftest import Check, found

RIGHT = """
客户信息:
| 客户编号 | 客户名称 | 联系人姓名 | 联系电话 | 电子邮箱 | 公司地址 | 注册日期 | 客户类型 | 所属行业 | 企业规模 | 所在地区 | 需求偏好 | 负责人 | 备注 |
| CUS001 | ABC有限公司 | 张三 | '13800000000 | zhangsan@abc.com | 北京市朝阳区 | 2023-01-01 | 企业 | 电子制造 | 中型 | 北京 | 重视品质、注重交期 | 李四 | |
| CUS002 | 甲公司 | 王五 | 0755-12345678 | wang@jia.cn | | 2023-01-02 | 个人 | | | | | | |

订单记录:
| 订单编号 | 行号 | 客户编号 | 客户名称 | 产品型号 | 数量 | 单价(元) | 总金额(元) | 下单日期 | 约定交期 | 发货日期 | 收货日期 | 订单状态 | 备注 |
| ORD001 | | CUS001 | | X100 | 1000 | 50 | 50000 | 2023-01-20 | 2023-02-12 | 2023-02-01 | 2023-02-10 | 已完成 | |
| ORD002 | 1 | CUS002 | 甲公司 | X100 | 3 | 0.335 | | 2023-01-20 | 2023-02-12 | | | 生产制造 | |
| ORD002 | 2 | CUS002 | | Y200 | 2 | 10 | | 2023-01-20 | 2023-02-12 | | | 生产制造 | |

服务记录:
| 服务编号 | 客户编号 | 客户名称 | 订单编号 | 事件类型 | 描述 | 问题类别 | 产品型号 | 受理时间 | 首次响应时间 | 处理人员 | 处理结果 | 处理日期 | 一次解决 |
| SRV001 | CUS001 | | ORD001 | 咨询 | 询问产品详细规格 | 产品质量 | X100 | 2023-03-01T09:00 | 2023-03-01T10:00 | 李四 | 已答复 | 2023-03-01 | 是 |
| | CUS002 | | | 投诉 | 交期太慢 | | | 2023-03-02 | | 李四 | | | |

反馈评价:
| 反馈编号 | 客户编号 | 客户名称 | 订单编号 | 反馈日期 | 客户反馈 | 反馈类别 | 处理结果 | 评分(满分5分) |
| FB001 | CUS001 | | ORD001 | 2023-04-01 | 产品交期较慢 | 交期 | 正在改进 | 3 |
"""
CUSTOMERS, ORDERS, SERVICES, FEEDBACKS = "客户信息", "订单记录", "服务记录", "反馈评价"

MISTAKES: list[tuple[str, str, Any, str]] = [
    (CUSTOMERS, "A2", "CUS#001", "C107"),
    (CUSTOMERS, "A3", "客户二", "C107"),
    (CUSTOMERS, "A3", "C" * 33, "C107"),
    (CUSTOMERS, "A3", "ＣＵＳ００２", "C302"),
    (CUSTOMERS, "A3", "CUS 002", "C301"),
    (CUSTOMERS, "B2", None, "C101"),
    (CUSTOMERS, "B2", "  ", "C101"),
    (CUSTOMERS, "B2", "甲" * 101, "C105"),
    (CUSTOMERS, "B2", "ABC有限公司\u3000", "C301"),
    (CUSTOMERS, "C2", "=D2", "C115"),
    (CUSTOMERS, "C2", "#REF!", "C114"),
    (CUSTOMERS, "D2", "1380000000", "C108"),
    (CUSTOMERS, "D2", 13800000000, "C307"),
    (CUSTOMERS, "D2", "+86 138-0000-0000", "C305"),
    (CUSTOMERS, "D2", None, "C201"),
    (CUSTOMERS, "E2", "zhangsan#abc.com", "C109"),
    (CUSTOMERS, "E2", "zhangsan＠abc.com", "C309"),
    (CUSTOMERS, "E2", "zhangsan@example.com", "C204"),
    (CUSTOMERS, "E2", "无", "C311"),
    (CUSTOMERS, "G2", "2023-02-30", "C111"),
    (CUSTOMERS, "G2", "03/04/2023", "C110"),
    (CUSTOMERS, "G2", "去年", "C102"),
    (CUSTOMERS, "G2", "2023.1.5", "C304"),
    (CUSTOMERS, "G2", 44927, "C205"),
    (CUSTOMERS, "G2", datetime(2023, 1, 5, 9, 30), "C312"),
    (CUSTOMERS, "G2", date(2204, 1, 5), "C203"),
    (CUSTOMERS, "G2", None, "C201"),
    (CUSTOMERS, "H2", "国企", "C106"),
    (CUSTOMERS, "H2", "公司", "C306"),
    (CUSTOMERS, "K2", "广东省", "C306"),
    (CUSTOMERS, "L2", "重视品质,交期", "C308"),
    (CUSTOMERS, "L2", "重视品质、便宜", "C106"),
    (CUSTOMERS, "N2", "\u202d备注", "C117"),
    (CUSTOMERS, "N2", "字" * 2001, "C105"),
    (ORDERS, "A2", date(2023, 1, 5), "C113"),
    (ORDERS, "B2", "第一行", "C102"),
    (ORDERS, "B2", 0, "C103"),
    (ORDERS, "C2", None, "C101"),
    (ORDERS, "C2", "CUS009", "K103"),
    (ORDERS, "D2", "乙公司", "C118"),
    (ORDERS, "E2", None, "C101"),
    (ORDERS, "F2", "1000件", "C102"),
    (ORDERS, "F2", "一千", "C102"),
    (ORDERS, "F2", "1,23", "C102"),
    (ORDERS, "F2", "1.38E+10", "C102"),
    (ORDERS, "F2", "5千", "C102"),
    (ORDERS, "F2", "1000元", "C102"),
    (ORDERS, "F2", "1000", "C303"),
    (ORDERS, "F2", "１０００", "C302"),
    (ORDERS, "F2", "0.1万", "C310"),
    (ORDERS, "F2", -5, "C103"),
    (ORDERS, "F2", 0, "C103"),
    (ORDERS, "F2", 1e16, "C103"),
    (ORDERS, "F2", 1.00001, "C104"),
    (ORDERS, "F2", "/", "C101"),
    (ORDERS, "F2", True, "C102"),
    (ORDERS, "F2", date(2023, 1, 5), "C102"),
    (ORDERS, "F2", "#DIV/0!", "C114"),
    (ORDERS, "F2", "=1+1", "C115"),
    (ORDERS, "G2", "￥50.00", "C310"),
    (ORDERS, "G2", "$50", "C102"),
    (ORDERS, "G2", None, "C101"),
    (ORDERS, "H2", 49999, "C118"),
    (ORDERS, "H2", "很多", "C118"),
    (ORDERS, "H2", "#VALUE!", "C118"),
    (ORDERS, "H3", 1, "C118"),
    (ORDERS, "I4", date(2023, 1, 21), "K102"),
    (ORDERS, "C4", "CUS001", "K102"),
    (ORDERS, "J2", None, "C201"),
    (ORDERS, "K2", date(2023, 2, 11), "R101 订单记录!L2"),
    (ORDERS, "K2", date(2023, 1, 19), "R105"),
    (ORDERS, "L2", None, "R103"),
    (ORDERS, "M3", "物流跟踪", "R104 订单记录!K3"),
    (ORDERS, "M2", "生产制造", "R106"),
    (ORDERS, "M2", "已签收", "C306"),
    (ORDERS, "M2", "差不多了", "C106"),
    (ORDERS, "B4", 1, "K104 订单记录!A4"),
    (SERVICES, "B2", "CUS009", "K103"),
    (SERVICES, "D2", "ORD999", "K103"),
    (SERVICES, "D3", "/", "C311"),
    (SERVICES, "E2", "客诉", "C306"),
    (SERVICES, "F2", None, "C101"),
    (SERVICES, "I2", "2023-03-01 9:00", "C304"),
    (SERVICES, "I2", time(9, 0), "C102"),
    (SERVICES, "J2", datetime(2023, 3, 1, 8, 59), "R201"),
    (SERVICES, "M2", date(2023, 2, 28), "R202"),
    (SERVICES, "L2", None, "R203"),
    (SERVICES, "N2", "√", "C306"),
    (FEEDBACKS, "E2", None, "C101"),
    (FEEDBACKS, "I2", 6, "C103"),
    (FEEDBACKS, "I2", 4.5, "C103"),
    (FEEDBACKS, "I2", "5分", "C310"),
    (FEEDBACKS, "I2", None, "C201"),
]
REJECTING = {
    "C101",
    "C102",
    "C103",
    "C104",
    "C105",
    "C106",
    "C107",
    "C108",
    "C109",
    "C110",
    "C111",
    "C112",
    "C113",
    "C114",
    "C115",
    "C116",
    "C117",
    "K101",
    "K104",
    "R101",
    "R102",
    "R103",
    "R104",
    "R201",
    "R202",
    "R203",
}


def test_workbook_filled_in_rightly_has_no_problem(check: Check) -> None:
    assert found(check(RIGHT)) == []


@pytest.mark.parametrize(
    ("sheet", "cell", "written", "code"), MISTAKES, ids=[f"{m[3][:4]}-{i}" for i, m in enumerate(MISTAKES)]
)
def test_mistake_is_found_at_its_cell_and_nothing_else(
    check: Check, sheet: str, cell: str, written: Any, code: str
) -> None:
    book = check(RIGHT, change=lambda workbook: write(workbook[sheet][cell], written))
    expected = code if " " in code else f"{code} {sheet}!{cell}"
    assert set(found(book)) == {expected} | consequences(sheet, cell, written)
    rejected = [row.number for checked in book.sheets.values() for row in checked.rows if row.rejected_for]
    assert bool(rejected) is (code[:4] in REJECTING or (code == "C118" and cell != "D2"))  # a name only echoes


def write(cell: Any, written: Any) -> None:
    """Write as a program does that knows nothing of formats."""
    cell.number_format = "General"
    cell.value = written


def consequences(sheet: str, cell: str, written: Any) -> set[str]:
    """Numbers that nobody registers any more are missed where they are referred to."""
    if (sheet, cell) == (CUSTOMERS, "A2"):
        return {"K103 订单记录!C2", "K103 服务记录!B2", "K103 反馈评价!B2"}
    if (sheet, cell) == (CUSTOMERS, "A3") and written not in ("ＣＵＳ００２", "CUS 002"):
        return {"K103 订单记录!C3", "K103 订单记录!C4", "K103 服务记录!B3"}
    if (sheet, cell) == (ORDERS, "A2"):
        return {"K103 服务记录!D2", "K103 反馈评价!D2"}
    return set()


@pytest.mark.parametrize("mistake", MISTAKES[:60:7], ids=str)
def test_problem_can_be_told_in_both_languages(check: Check, mistake: tuple[str, str, Any, str]) -> None:
    sheet, cell, written, _ = mistake
    for problem in check(RIGHT, change=lambda workbook: workbook[sheet].__setitem__(cell, written)).problems:
        for language in ("zh", "en"):
            assert problem.message(language)
            assert "{" not in problem.message(language) + problem.hint(language)


def test_every_problem_of_the_contract_has_a_name_of_its_own() -> None:
    codes = standard().codes()
    assert all(name == code.name for name, code in codes.items())
    assert {"R001", "R101", "R102", "R103", "R104", "R105", "R106", "R201", "R202", "R203"} <= codes.keys()


def test_one_bad_cell_hides_nothing_else(check: Check) -> None:
    def change(workbook: Any) -> None:
        for cell, written in {"A2": date(2023, 1, 5), "F2": "x", "G2": "#N/A", "I2": "昨天", "M2": "差不多了"}.items():
            workbook[ORDERS][cell] = written

    assert found(check(RIGHT, change=change))[:5] == [
        f"{code} {ORDERS}!{cell}"
        for code, cell in (("C113", "A2"), ("C102", "F2"), ("C114", "G2"), ("C102", "I2"), ("C106", "M2"))
    ]


def test_two_wrong_lines_of_one_sheet_are_both_told(check: Check) -> None:
    def change(workbook: Any) -> None:
        workbook[ORDERS]["F2"], workbook[ORDERS]["F3"] = 0, 0

    assert found(check(RIGHT, change=change)) == ["C103 订单记录!F2", "C103 订单记录!F3"]
