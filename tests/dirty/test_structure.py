"""Headers and shapes of sheets as people change them: harmless ones are read alike, mistakes are told at their place."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as Opened
from xlsxwriter import Workbook

from factory_crm.crm import schema as standard
from factory_crm.i18n.translate import translate
from factory_crm.validation.workbook import WorkbookResult, validate_workbook

from .cases import RIGHT

Grid = dict[str, list[list[Any]]]
Change = Callable[[Grid], None]
CUSTOMERS, ORDERS = "客户信息", "订单记录"


def right() -> Grid:
    """Return the right workbook as plain rows, without the automatic columns."""
    grid: Grid = {}
    for sheet in standard().sheets:
        columns = [column for column in sheet.columns if not column.automatic and column.name != "line"]
        rows = [[row.get(column.name) for column in columns] for row in RIGHT[sheet.table]]
        grid[sheet.title] = [[column.header for column in columns], *rows]
    return grid


def headers(change: Callable[[str], str]) -> Change:
    def apply(grid: Grid) -> None:
        for rows in grid.values():
            rows[0] = [change(str(header)) for header in rows[0]]

    return apply


def header(title: str, old: str, new: str) -> Change:
    def apply(grid: Grid) -> None:
        grid[title][0][grid[title][0].index(old)] = new

    return apply


def above(*lines: list[Any]) -> Change:
    return lambda grid: [rows.insert(0, [*line]) for rows in grid.values() for line in reversed(lines)] and None


def renamed(old: str, new: str) -> Change:
    return lambda grid: grid.__setitem__(new, grid.pop(old))


def columns(title: str, order: Callable[[list[Any]], list[Any]]) -> Change:
    return lambda grid: grid.__setitem__(title, [order(row) for row in grid[title]])


def appended(title: str, *rows: list[Any]) -> Change:
    return lambda grid: grid[title].extend([*row] for row in rows)


HARMLESS: dict[str, Change] = {
    "as it is": lambda grid: None,
    "stars before": headers(lambda h: f"★{h}"),
    "asterisk after": headers(lambda h: f"{h}*"),
    "asterisk before": headers(lambda h: f"* {h}"),
    "hollow stars": headers(lambda h: f"☆ {h}"),
    "spaces around": headers(lambda h: f"  {h} "),
    "spaces within": headers(lambda h: f"{h[:2]} {h[2:]}"),
    "line break": headers(lambda h: f"{h[:2]}\n{h[2:]}"),
    "full-width brackets": headers(lambda h: h.replace("(", "（").replace(")", "）")),
    "colon": headers(lambda h: f"{h}："),
    "required in brackets": headers(lambda h: f"{h}（必填）"),
    "units left out": headers(lambda h: h.replace("(元)", "").replace("(满分5分)", "")),
    "non-breaking space": headers(lambda h: f"{h}\xa0"),
    "zero-width space": headers(lambda h: f"{h}\u200b"),
    "English": headers(lambda h: translate(h, "en")),
    "English without dots": headers(lambda h: translate(h, "en").replace(".", "")),
    "English capitals": headers(lambda h: translate(h, "en").upper()),
    "title above": above(["客户信息登记表"]),
    "two titles above": above(["一分厂"], ["2023 年 4 月"]),
    "empty row above": above([]),
    "notes above": above(["填写说明：带 ★ 的必填"], [], ["★必填", "CUS001"]),
    "columns reversed": columns(CUSTOMERS, lambda row: row[::-1]),
    "orders reversed": columns(ORDERS, lambda row: row[::-1]),
    "moved right": columns(ORDERS, lambda row: [None, None, *row]),
    "sheet alias": renamed(CUSTOMERS, "客户资料"),
    "sheet in English": renamed(ORDERS, translate(ORDERS, "en")),
    "sheet with spaces": renamed(CUSTOMERS, " 客户 信息 "),
    "sheet of another name": renamed(ORDERS, "Sheet1"),
    "alias of a header": header(CUSTOMERS, "联系电话", "手机号"),
    "another alias": header(ORDERS, "产品型号", "型号"),
    "empty rows between": lambda grid: grid[ORDERS].insert(2, []),
    "empty rows below": appended(ORDERS, [], [], [None, " "]),
    "a sheet more": lambda grid: grid.__setitem__("草稿", [["随便", "写写"], [1, 2]]),
    "header printed again": lambda grid: grid[ORDERS].insert(2, [*grid[ORDERS][0]]),
}
MISTAKES: dict[str, tuple[Change, set[str]]] = {
    "nearly 客户编号": (
        header(CUSTOMERS, "客户编号", "客户编码"),
        {"S104 客户信息!A1", "「客户编码」可能就是「客户编号」"},
    ),
    "nearly 客户名称": (
        header(CUSTOMERS, "客户名称", "客户名"),
        {"S104 客户信息!B1", "「客户名」可能就是「客户名称」"},
    ),
    "nearly 联系人姓名": (
        header(CUSTOMERS, "联系人姓名", "联系人名"),
        {"S104 客户信息!C1", "「联系人名」可能就是「联系人姓名」"},
    ),
    "nearly 下单日期": (header(ORDERS, "下单日期", "下单日"), {"S202 订单记录!F1", "「下单日」可能就是「下单日期」"}),
    "nearly 产品型号": (
        header(ORDERS, "产品型号", "产品型号码"),
        {"S104 订单记录!C1", "「产品型号码」可能就是「产品型号」"},
    ),
    "price in dollars": (header(ORDERS, "单价(元)", "单价(美元)"), {"S104 订单记录!1:1", "S202 订单记录!E1"}),
    "a column of their own": (columns(CUSTOMERS, lambda row: [*row, "车间"]), {"S202 客户信息!O1"}),
    "a required column gone": (columns(ORDERS, lambda row: row[:3] + row[4:]), {"S104 订单记录!1:1"}),
    "an expected column gone": (columns(ORDERS, lambda row: row[:6] + row[7:]), {"S201 订单记录!1:1"}),
    "a column twice": (columns(ORDERS, lambda row: [*row, row[3]]), {"S105 订单记录!L1"}),
    "a total below": (appended(ORDERS, ["合计", None, None, 3000]), {"S203 订单记录!A5"}),
    "a footer below": (appended(CUSTOMERS, ["制表人：李四"]), {"S203 客户信息!A5"}),
    "a sheet gone": (lambda grid: grid.__delitem__("服务记录"), {"S102 "}),
    "a sheet twice": (
        lambda grid: grid.__setitem__("订单记录 (2)", [list(row) for row in grid[ORDERS]]),
        {"S106 订单记录 (2)"},
    ),
    "no header": (lambda grid: grid[CUSTOMERS].__setitem__(0, ["甲", "乙"]), {"S103 客户信息!1:1"}),
}


def by_xlsxwriter(grid: Grid, path: Path) -> None:
    with Workbook(str(path), {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for title, rows in grid.items():
            page = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for at, value in enumerate(row):
                    if isinstance(value, date):
                        page.write_datetime(number, at, value)
                    elif value is not None:
                        page.write(number, at, "、".join(value) if isinstance(value, tuple) else value)


def by_openpyxl(grid: Grid, path: Path) -> None:
    book = Opened()
    book.remove(book.active)
    for title, rows in grid.items():
        page = book.create_sheet(title)
        for number, row in enumerate(rows, 1):
            for at, value in enumerate(row, 1):
                page.cell(number, at, "、".join(value) if isinstance(value, tuple) else value)
    book.save(path)


WRITERS = (by_xlsxwriter, by_openpyxl)


def checked(change: Change, write: Callable[[Grid, Path], None], path: Path) -> WorkbookResult:
    grid = right()
    change(grid)
    write(grid, path)
    return validate_workbook(path, standard())


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_harmless_shape_is_read_alike(change: Change, write: Callable[[Grid, Path], None], tmp_path: Path) -> None:
    book = checked(change, write, tmp_path / "a.xlsx")
    assert [f"{p.code.name} {p.location.address}" for p in book.problems] == []
    plain = checked(lambda grid: None, write, tmp_path / "b.xlsx")
    assert {t: [row.values for row in c.rows] for t, c in book.sheets.items()} == {
        t: [row.values for row in c.rows] for t, c in plain.sheets.items()
    }


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(("change", "wanted"), MISTAKES.values(), ids=MISTAKES)
def test_wrong_shape_is_told_at_its_place(
    change: Change, wanted: set[str], write: Callable[[Grid, Path], None], tmp_path: Path
) -> None:
    book = checked(change, write, tmp_path / "a.xlsx")
    hints = {p.params["hint"].in_language("zh") for p in book.problems if "hint" in p.params and p.code.name[0] == "S"}
    assert {f"{p.code.name} {p.location.address}" for p in book.problems if p.code.name[0] != "K"} | hints == wanted
