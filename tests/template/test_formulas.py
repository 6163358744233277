"""What the live formulas show, as LibreOffice calculates them."""

import pytest

from tests.template.conftest import shown

pytestmark = [pytest.mark.slow, pytest.mark.libreoffice]

ABC = {"客户编号": "CUS001", "客户名称": "ABC有限公司", "联系人姓名": "张三", "联系电话": "13800000000"}
HONGDA = {"客户编号": "CUS002", "客户名称": "深圳市宏达电子有限公司", "联系人姓名": "李梅", "电子邮箱": "li@hongda.com"}
ORDER = {"订单编号": "ORD001", "客户编号": "CUS001", "产品型号": "X100", "数量": 1000, "单价(元)": 50}


def test_a_row_is_checked_once_it_is_begun(recalculated) -> None:
    book = recalculated(
        {"客户信息": [ABC, {"客户名称": "苏州精工机械厂"}, {}, {"备注": "?"}, {**HONGDA, "联系人姓名": "  "}]}
    )
    sheet = book["客户信息"]
    assert shown(sheet, "检查", 6) == ["√", "×", None, "×", "×", None]
    assert shown(sheet, "问题说明（自动）", 5) == [
        None, "客户编号：没有填；联系人姓名：没有填；联系电话：联系电话、电子邮箱至少填一项；", None,
        "客户编号：没有填；客户名称：没有填；联系人姓名：没有填；联系电话：联系电话、电子邮箱至少填一项；", "联系人姓名：没有填；"]  # fmt: skip
    assert sheet["F1"].value == "已填 4 行，待修改 3 行"
    assert (
        sheet["F2"].value == "第 6 行：客户编号：没有填；联系人姓名：没有填；联系电话：联系电话、电子邮箱至少填一项；"
    )


def test_an_error_value_is_told_and_breaks_nothing(recalculated) -> None:
    book = recalculated({"客户信息": [{**ABC, "客户名称": "=NA()"}], "订单记录": [{**ORDER, "数量": "=NA()"}]})
    assert shown(book["客户信息"], "问题说明（自动）", 1) == ["客户名称：是错误值；"]
    assert shown(book["订单记录"], "检查", 1) == ["×"]
    assert shown(book["订单记录"], "总金额(元)", 1) == [None]


def test_the_total_waits_for_its_numbers_and_rounds_as_excel_does(recalculated) -> None:
    book = recalculated({"订单记录": [
        ORDER, {"数量": 3, "单价(元)": 0.335}, {"数量": "十", "单价(元)": 5}, {"数量": 2}]})  # fmt: skip
    assert shown(book["订单记录"], "总金额(元)", 4) == [50000, 1.01, None, None]


def test_the_customers_name_follows_the_number(recalculated) -> None:
    book = recalculated({
        "客户信息": [ABC, HONGDA, {"客户编号": 1001, "客户名称": "乙厂"}, {"客户编号": "CUS009"}],
        "订单记录": [{"客户编号": number} for number in ("CUS002", "CUS404", "CUS*", " CUS001 ", 1001, "CUS009")] + [ORDER, {"备注": "x"}],
    })  # fmt: skip
    assert shown(book["订单记录"], "客户名称", 8) == [
        "深圳市宏达电子有限公司", "查无此客户", "查无此客户", "ABC有限公司", "乙厂", None, "ABC有限公司", None]  # fmt: skip


def test_on_a_card_of_one_customer_the_number_may_be_blank(recalculated) -> None:
    order = {**ORDER, "客户编号": None}
    book = recalculated({"客户信息": [{}, ABC], "订单记录": [order, {}, {**order, "订单编号": "ORD002", "数量": None}]})
    assert shown(book["订单记录"], "客户名称", 3) == ["ABC有限公司", None, "ABC有限公司"]
    assert shown(book["订单记录"], "检查", 3) == ["√", None, "×"]
    assert shown(book["订单记录"], "问题说明（自动）", 3) == [None, None, "数量：没有填；"]


def test_with_two_customers_the_number_is_wanted(recalculated) -> None:
    book = recalculated({"客户信息": [ABC, HONGDA], "订单记录": [{**ORDER, "客户编号": None}]})
    assert shown(book["订单记录"], "问题说明（自动）", 1) == ["客户编号：没有填；"]


def test_the_cover_tells_how_far_each_sheet_has_come(recalculated) -> None:
    book = recalculated({"客户信息": [ABC, HONGDA], "订单记录": [ORDER, {"订单编号": "ORD002"}]})
    told = {row[1].value: row[3].value for row in book["填写说明"].iter_rows()}
    assert told["客户信息"] == "√ 已填 2 行，没有发现问题"
    assert told["订单记录"] == "× 1 行待修改"
    assert told["服务记录"] == "○ 还没有填写"
    assert told["自检"] == "× 请修改：1 行有问题"


def test_the_drop_down_reaches_the_last_customer_over_a_gap(recalculated) -> None:
    def count_the_list(book) -> None:
        book["填写说明"]["F1"] = "=ROWS(FC_LIST_customers)"

    book = recalculated({"客户信息": [ABC, {}, {}, HONGDA]}, count_the_list)
    assert book["填写说明"]["F1"].value == 4
