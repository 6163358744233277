"""What people do to a sheet: each is caught by the self-check, or does no harm. Done in LibreOffice, on real files."""

import json
import subprocess
from pathlib import Path

import pytest

from factory_crm.contract.contract import standard
from factory_crm.template.livecheck import live_checks
from factory_crm.template.page import FIRST_ROW, pages
from factory_crm.template.selfcheck import VERDICT_CELL, shape_row
from tests import office
from tests.template.filling import write_filled

pytestmark = [pytest.mark.slow, pytest.mark.libreoffice]

PYTHON = Path("/usr/bin/python3")
DRIVER = Path(__file__).with_name("uno_driver.py")
CUSTOMERS, ORDERS, REVIEW = "客户信息", "订单记录", "自检"
HEADERS, LACKING, OVERWRITTEN, BELOW = range(4)
ROOM = 20


def customer(number: int) -> dict:
    return {"customer_id": f"CUS{number:03}", "name": f"第{number}厂", "contact": "张三", "phone": "13800000000"}


def order(number: int) -> dict:
    return {"order_id": f"ORD{number:03}", "customer_id": "CUS001", "product": "X100", "quantity": 10, "unit_price": 5}


@pytest.fixture
def handled(tmp_path):
    """Handle a good workbook roughly; return its verdict, the faults of the orders sheet, and the cells asked for."""
    if not PYTHON.exists() or subprocess.run([PYTHON, "-c", "import uno"], check=False, capture_output=True).returncode:
        pytest.skip("the system's Python has no UNO (Debian: python3-uno)")

    def handle(*steps, cells=()):
        path = tmp_path / "filled.xlsx"
        rows = {"customers": [customer(at) for at in range(1, 4)], "orders": [order(at) for at in range(1, 6)]}
        write_filled(path, standard(), rows, spare=ROOM - 5)
        checks = live_checks(pages(standard(), "zh", ROOM))
        faults = [(REVIEW, f"D{shape_row(checks, 1) + at}") for at in range(4)]
        asked = [(REVIEW, VERDICT_CELL.replace("$", "")), *faults, *cells]
        request = {"program": office.require(), "steps": steps, "cells": asked}
        said = subprocess.run(
            [PYTHON, DRIVER, path], input=json.dumps(request), capture_output=True, text=True, check=False, timeout=300
        )
        assert said.returncode == 0, said.stderr
        shown = list(json.loads(said.stdout).values())
        return shown[0], [int(fault) for fault in shown[1:5]], shown[5:]

    return handle


def test_a_good_workbook_may_be_submitted(handled) -> None:
    assert handled() == ("√ 可以提交：共 8 行，没有发现问题", [0, 0, 0, 0], [])


def test_what_is_pasted_over_validated_cells_is_checked_all_the_same(handled) -> None:
    verdict, faults, [told, sign] = handled(
        ("set", "填写说明", "G50", "很多"), ("copy", ORDERS, "填写说明", "G50", "G6"),
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
    assert verdict == "× 请修改：0 行有问题，表格结构有 1 处问题"
    assert faults[HEADERS] == 1


def test_a_check_typed_over_is_counted(handled) -> None:
    verdict, faults, _ = handled(("set", ORDERS, "G6", -1), ("set", ORDERS, "A6", "√"))
    assert verdict == "× 请修改：1 行有问题，表格结构有 1 处问题"
    assert faults[OVERWRITTEN] == 1


def test_a_total_typed_over_is_told(handled) -> None:
    verdict, _, [told] = handled(("set", ORDERS, "I7", 51), cells=[(ORDERS, "P7")])
    assert verdict.startswith("× 请修改：1 行")
    assert told == "总金额(元)：公式被改写，请从上一行复制；"


def test_what_stands_below_the_prepared_rows_is_counted(handled) -> None:
    verdict, faults, _ = handled(("set", ORDERS, f"B{FIRST_ROW + ROOM + 200}", "ORD777"))
    assert verdict == "× 请修改：0 行有问题，表格结构有 1 处问题"
    assert faults[BELOW] == 1
