"""What people do to a sheet: each is caught by the self-check, or does no harm. Done in LibreOffice, on real files."""

import pytest

from factory_crm.crm import schema as standard
from factory_crm.template.live.checks import live_checks
from factory_crm.template.page import FIRST_ROW, pages
from factory_crm.template.self_check import VERDICT_CELL, shape_row
from tests.office import driven
from tests.template.filling import write_filled

pytestmark = [pytest.mark.slow, pytest.mark.libreoffice]

COVER, CUSTOMERS, ORDERS, SERVICES, REVIEW = "填写说明", "客户信息", "订单记录", "服务记录", "自检"
HEADERS, LACKING, OVERWRITTEN, BELOW = range(4)
ROOM = 20


def customer(number: int) -> dict:
    return {"customer_id": f"CUS{number:03}", "name": f"第{number}厂", "contact": "张三", "phone": "13800000000"}


def order(number: int) -> dict:
    return {"order_id": f"ORD{number:03}", "customer_id": "CUS001", "product": "X100", "quantity": 10, "unit_price": 5}


@pytest.fixture
def handled(tmp_path):
    """Handle a good workbook roughly; return its verdict, the faults of the orders sheet, and the cells asked for."""

    def handle(*steps, cells=()):
        path = tmp_path / "filled.xlsx"
        rows = {"customers": [customer(at) for at in range(1, 4)], "orders": [order(at) for at in range(1, 6)]}
        write_filled(path, standard(), rows, spare=ROOM - 5)
        checks = live_checks(pages(standard(), "zh", ROOM))
        faults = [(REVIEW, f"D{shape_row(checks, 1) + at}") for at in range(4)]
        asked = [(REVIEW, VERDICT_CELL.replace("$", "")), *faults, *cells]
        free = [("unprotect", title) for title in (COVER, CUSTOMERS, ORDERS)]  # nothing may depend on protection
        shown = driven(path, *free, *steps, ("calculate", REVIEW), *(("get", *cell) for cell in asked))
        return shown[0], [int(fault) for fault in shown[1:5]], shown[5:]

    return handle


def test_a_good_workbook_may_be_submitted(handled) -> None:
    assert handled() == ("√ 可以提交：共 8 行，没有发现问题", [0, 0, 0, 0], [])


def test_what_is_pasted_over_validated_cells_is_checked_all_the_same(handled) -> None:
    verdict, faults, [told, sign] = handled(
        ("set", COVER, "G50", "很多"), ("copy", ORDERS, COVER, "G50", "G6"),
        cells=[(ORDERS, "P6"), (ORDERS, "A6")])  # fmt: skip
    assert verdict.startswith("× 请修改：1 行")
    assert faults == [0, 0, 0, 0]
    assert told.startswith("数量：是文字")
    assert sign == "×"


def test_a_cell_cut_and_dropped_elsewhere_is_missed_where_it_was(handled) -> None:
    verdict, faults, told = handled(("move", ORDERS, "F6", "F12"), cells=[(ORDERS, "P6"), (ORDERS, "P12")])
    assert verdict.startswith("× 请修改：2 行")
    assert faults == [0, 0, 0, 0]
    assert told[0] == "产品型号：没有填；"
    assert told[1].startswith("订单编号：没有填；")


def test_dragging_a_whole_row_does_no_harm(handled) -> None:
    verdict, faults, [sign] = handled(
        ("move", ORDERS, "B9:D9", "B15"), ("move", ORDERS, "F9:H9", "F15"), cells=[(ORDERS, "A15")]
    )
    assert verdict == "√ 可以提交：共 8 行，没有发现问题"
    assert faults == [0, 0, 0, 0]
    assert sign == "√"


def test_an_inserted_row_has_no_formulas_and_is_counted(handled) -> None:
    verdict, faults, [sign, told] = handled(
        ("insert", ORDERS, 7, 1), ("set", ORDERS, "B7", "ORD099"), cells=[(ORDERS, "A8"), (ORDERS, "P8")]
    )
    assert verdict == "× 请修改：1 行有问题，表格结构有 1 处问题"
    assert faults[LACKING] == 1
    assert (sign, told) == ("√", "")


def test_an_inserted_row_left_blank_does_no_harm(handled) -> None:
    assert handled(("insert", ORDERS, 7, 2))[0] == "√ 可以提交：共 8 行，没有发现问题"


def test_deleted_rows_do_no_harm(handled) -> None:
    verdict, faults, [sign] = handled(("delete", ORDERS, FIRST_ROW, 2), cells=[(ORDERS, "A5")])
    assert verdict == "√ 可以提交：共 6 行，没有发现问题"
    assert faults == [0, 0, 0, 0]
    assert sign == "√"


def test_a_deleted_customer_leaves_strays(handled) -> None:
    verdict, _, [told] = handled(("delete", CUSTOMERS, FIRST_ROW, 1), cells=[(ORDERS, "P5")])
    assert verdict.startswith("× 请修改：5 行")
    assert told == "客户编号：在「客户信息」里找不到；"


def test_a_changed_header_is_counted(handled) -> None:
    verdict, faults, _ = handled(("set", ORDERS, "G4", "件数"))
    assert verdict == "× 请修改：表格结构有 1 处问题"
    assert faults[HEADERS] == 1


def test_a_check_typed_over_is_counted(handled) -> None:
    verdict, faults, _ = handled(("set", ORDERS, "G6", -1), ("set", ORDERS, "A6", "√"))
    assert verdict == "× 请修改：1 行有问题，表格结构有 1 处问题"
    assert faults[OVERWRITTEN] == 1


def test_a_total_typed_over_is_told(handled) -> None:
    verdict, _, [told] = handled(("set", ORDERS, "I7", 51), cells=[(ORDERS, "P7")])
    assert verdict.startswith("× 请修改：1 行")
    assert told == "总金额(元)：公式被改写，请从上一行复制；"


@pytest.mark.parametrize("row", [FIRST_ROW + ROOM, FIRST_ROW + ROOM + 200, 1_048_576])
def test_what_stands_below_the_prepared_rows_is_counted(handled, row) -> None:
    """Ctrl+↓ goes to the very last row."""
    verdict, faults, _ = handled(("set", ORDERS, f"B{row}", "ORD777"))
    assert verdict.startswith("× 请修改：")
    assert faults[BELOW] == 1


def test_rows_may_be_sorted(handled) -> None:
    verdict, faults, signs = handled(
        ("set", ORDERS, "G6", "很多"), ("set", ORDERS, "B5", "ORD009"), ("sort", ORDERS, "A5:P24", 1),
        cells=[(ORDERS, "A5"), (ORDERS, "G5"), (ORDERS, "B9"), (ORDERS, "A9"), (ORDERS, "E9"), (ORDERS, "I9")])  # fmt: skip
    assert verdict == "× 请修改：1 行有问题"
    assert faults == [0, 0, 0, 0]
    assert signs == ["×", "很多", "ORD009", "√", "第1厂", "50.00"]


def test_a_row_copied_whole_is_a_repetition(handled) -> None:
    verdict, faults, [told] = handled(("copy", ORDERS, ORDERS, "A6:P6", "A12"), cells=[(ORDERS, "P12")])
    assert verdict == "× 请修改：1 行有问题"
    assert faults == [0, 0, 0, 0]
    assert told.startswith("订单编号：与上面的行重复")


def test_a_row_cut_whole_leaves_nothing_unchecked(handled) -> None:
    """Its formulas go along; what is typed where it was has none and is counted."""
    verdict, faults, [sign] = handled(("move", ORDERS, "A9:P9", "A15"), cells=[(ORDERS, "A15")])
    assert (verdict, faults, sign) == ("√ 可以提交：共 8 行，没有发现问题", [0, 0, 0, 0], "√")
    verdict, faults, _ = handled(("move", ORDERS, "A9:P9", "A15"), ("set", ORDERS, "B9", "ORD010"))
    assert verdict == "× 请修改：1 行有问题，表格结构有 1 处问题"
    assert faults[LACKING] == 1


def test_a_row_cleared_whole_is_blank(handled) -> None:
    assert handled(("clear", ORDERS, "A9:P9"))[0] == "√ 可以提交：共 7 行，没有发现问题"


def test_formulas_dragged_over_what_people_fill_are_told(handled) -> None:
    verdict, _, [told] = handled(("copy", ORDERS, ORDERS, "I5:I9", "H5"), cells=[(ORDERS, "A5")])
    assert verdict.startswith("× 请修改：")
    assert told == "×"


def test_names_typed_over_are_told(handled) -> None:
    verdict, _, [told] = handled(("set", ORDERS, "E6", "别的厂"), cells=[(ORDERS, "P6")])
    assert verdict.startswith("× 请修改：1 行")
    assert told == "客户名称：公式被改写，请从上一行复制；"


@pytest.mark.parametrize("row", [1, 4])
def test_a_row_inserted_above_the_header_is_counted(handled, row) -> None:
    verdict, faults, _ = handled(("insert", ORDERS, row, 1))
    assert verdict.startswith("× 请修改：")
    assert faults[HEADERS] >= 1


@pytest.mark.parametrize(("row", "count"), [(1, 3), (4, 1)])
def test_a_row_deleted_above_the_records_is_counted(handled, row, count) -> None:
    verdict, faults, _ = handled(("delete", ORDERS, row, count))
    assert verdict.startswith("× 请修改：")
    assert faults[HEADERS] >= 1


def test_an_inserted_column_is_counted(handled) -> None:
    verdict, faults, _ = handled(("insert columns", ORDERS, 7, 1))
    assert verdict.startswith("× 请修改：")
    assert faults[HEADERS] >= 1


def test_a_deleted_column_is_counted(handled) -> None:
    verdict, faults, _ = handled(("delete columns", ORDERS, 14, 1))
    assert verdict.startswith("× 请修改：")
    assert faults[HEADERS] >= 1


def test_a_renamed_sheet_does_no_harm(handled) -> None:
    assert handled(("rename", ORDERS, "订单2024"))[0] == "√ 可以提交：共 8 行，没有发现问题"


def test_a_sheet_removed_is_told(handled) -> None:
    """Nobody should: the others lean on it."""
    assert handled(("remove", SERVICES))[0].startswith("× 请修改：")
