"""Which sheet is which and which column is which."""

import pytest

from factory_crm.crm import schema as standard
from factory_crm.i18n.translate import translate
from factory_crm.reading.grid import GridRow
from factory_crm.reading.headers import find_layout, find_sheets, guess_table, normalize_header

Customer, Order, Service, Feedback = standard().sheets


def row(number: int, *values: object) -> GridRow:
    return GridRow(number, {i: value for i, value in enumerate(values, 1) if value is not None})


@pytest.mark.parametrize(
    "header",
    [
        "单价(元)",
        "单价（元）",
        "★单价(元)",
        "*单价 (元)",
        "单价",
        "单价：",
        "单价\n(元)",
        "单价（必填）",
        "单价【元】",
        "单价(元/件)",
    ],
)
def test_header_with_what_people_add_to_it(header: str) -> None:
    layout = find_layout([row(1, "数量", header)], Order)
    assert layout is not None
    assert layout.position("unit_price") == 2


@pytest.mark.parametrize("header", ["单价(万元)", "单价(美元)", "单价（USD）", "单价($)", "单价(千元)", "单价(欧元)"])
def test_header_of_another_measure_is_another_column(header: str) -> None:
    layout = find_layout([row(1, "数量", "产品型号", header)], Order)
    assert layout is not None
    assert (layout.position("unit_price"), layout.unknown) == (0, (3,))


@pytest.mark.parametrize(
    ("header", "at"),
    [("评分(满分5分)", 2), ("评分", 2), ("评分（1-5）", 2), ("评分(满分10分)", 0), ("评分（百分制）", 0)],
)
def test_rating_of_another_scale_is_another_column(header: str, at: int) -> None:
    layout = find_layout([row(1, "反馈日期", header)], Feedback)
    assert layout is not None or at == 0
    assert layout is None or layout.position("score") == at


def test_header_row_is_the_one_that_knows_most() -> None:
    rows = [
        row(1, "客户名称"),
        row(2, None, "★必填", "CUS001"),
        row(4, "检查", "客户编号", "客户名称", "联系人姓名", 2023.0),
        row(5, None, "CUS001", "甲", "乙"),
    ]
    layout = find_layout(rows, Customer)
    assert layout is not None
    assert (layout.header_row, layout.position("name"), layout.position("email")) == (4, 3, 0)
    assert layout.unknown == (5,), "the check column is our own, a year is a header like any other"
    assert layout.headers[5] == "2023"
    assert [column.name for column in layout.missing(Customer)][:2] == ["phone", "email"]


def test_one_known_header_is_no_header_row() -> None:
    assert find_layout([row(1, "客户编号", "数量")], Customer) is None
    assert find_layout([], Customer) is None


def test_column_that_stands_there_twice() -> None:
    layout = find_layout([row(1, "客户编号", "客户名称", "公司名称")], Customer)
    assert layout is not None
    assert layout.duplicates == (3,)


def test_sheets_by_title_alias_and_language() -> None:
    names = ["Sheet1", "客户资料", "订单记录 ", translate("服务记录", "en"), "反馈评价(旧)", "反馈评价"]
    assert find_sheets(standard(), names) == {
        "customers": "客户资料",
        "orders": "订单记录 ",
        "services": names[3],
        "feedbacks": "反馈评价(旧)",
    }


def test_table_by_its_headers() -> None:
    orders = [row(1, "客户编号", "订单编号", "产品型号", "数量", "单价")]
    assert guess_table(standard(), orders, ()) == "orders"
    assert guess_table(standard(), orders, ("orders",)) is None
    assert guess_table(standard(), [row(1, "姓名", "工资")], ()) is None


def test_folding() -> None:
    assert normalize_header(" ＡＢ(必填)：") == "ab"
    assert normalize_header("(元)") == "(元)", "nothing would be left"
