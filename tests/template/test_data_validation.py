import re
from datetime import date, datetime

import pytest

from factory_crm.template.data_validation import fitted, guard
from factory_crm.template.entry_condition import entry_condition
from factory_crm.template.page import FIRST_ROW, EntryPage
from factory_crm.template.requirement import picks
from tests.template.conftest import headers


def validation(book, title, header):
    letter = book[title].cell(1, headers(book[title])[header]).column_letter
    [found] = [
        v for v in book[title].data_validations.dataValidation if str(v.sqref).startswith(f"{letter}{FIRST_ROW}:")
    ]
    return found


def test_every_column_has_one_guard_over_all_prepared_rows(book, schema) -> None:
    for sheet in schema.sheets:
        found = book[sheet.title].data_validations.dataValidation
        assert len(found) == len(sheet.columns) + 2
        assert all(re.fullmatch(r"(?P<letter>[A-Z]+)5:(?P=letter)44", str(one.sqref)) for one in found)


def test_nothing_is_longer_than_excel_allows(book) -> None:
    for sheet in book.worksheets:
        for one in sheet.data_validations.dataValidation:
            assert max(units(one.promptTitle), units(one.errorTitle)) <= 32
            assert max(units(one.prompt), units(one.error)) <= 255
            assert max(len(one.formula1 or ""), len(one.formula2 or "")) <= 255


def units(text: str | None) -> int:
    return len((text or "").encode("utf-16-le")) // 2


def test_choices_come_from_a_named_list(book, schema) -> None:
    one = validation(book, "订单记录", "订单状态")
    assert (one.type, one.formula1, one.errorStyle) == ("list", "L_status", None)
    title, cells = book.defined_names["L_status"].attr_text.split("!")
    listed = [cell.value for [cell] in book[title.strip("'")][cells.replace("$", "")]]
    assert listed == list(schema.choices["status"].values)


def test_suggested_choices_stop_nobody(book) -> None:
    one = validation(book, "服务记录", "处理结果")
    assert (one.type, one.showErrorMessage) == ("list", False)


def test_several_choices_are_shown_and_stop_nobody(book) -> None:
    one = validation(book, "客户信息", "需求偏好")
    assert one.type in (None, "none")
    assert "采购量大、重视品质" in one.prompt


def test_customers_are_picked_from_those_registered(book) -> None:
    one = validation(book, "订单记录", "客户编号")
    assert (one.type, one.formula1, one.allowBlank, one.errorStyle) == ("list", "FC_LIST_customers", False, None)


def test_what_may_be_right_is_let_in_with_a_warning(book) -> None:
    cells = [("客户信息", "联系电话"), ("客户信息", "电子邮箱"), ("服务记录", "订单编号")]
    assert {validation(book, *cell).errorStyle for cell in cells} == {"warning"}


@pytest.mark.parametrize("header", ["检查", "客户名称", "总金额(元)", "问题说明（自动）"])
def test_nobody_types_into_automatic_cells(book, header) -> None:
    one = validation(book, "订单记录", header)
    assert (one.type, one.formula1, one.allowBlank, one.errorStyle) == ("custom", "FALSE", False, None)


def test_days_and_whole_numbers_have_excels_own_types(book) -> None:
    day, score = validation(book, "反馈评价", "反馈日期"), validation(book, "反馈评价", "评分(满分5分)")
    assert (day.type, day.formula1, day.formula2) == ("date", "32874", "73415")
    assert (score.type, score.formula1, score.formula2) == ("whole", "1", "5")


def test_a_formula_never_ignores_blanks(book, schema) -> None:
    """Where it does, one blank cell it refers to makes Excel accept anything."""
    for sheet in schema.sheets:
        own = [one for one in book[sheet.title].data_validations.dataValidation if one.type == "custom"]
        assert not any(one.allowBlank for one in own)


def test_the_words_name_kind_key_and_rules(book) -> None:
    assert "不能与已有的编号重复" in validation(book, "客户信息", "客户编号").error
    assert "收货日期 ≥ 发货日期" in validation(book, "订单记录", "收货日期").error
    assert validation(book, "订单记录", "收货日期").errorTitle == "请检查收货日期"


def test_every_written_guard_can_be_said(schema) -> None:
    for sheet in schema.sheets:
        page = EntryPage(schema, sheet, "zh", 20)
        assert all(guard(page, column)["input_message"] for column in sheet.columns)


def test_a_long_text_is_cut_by_its_units() -> None:
    assert fitted("客户", 2) == "客户"
    assert fitted("客户编号", 3) == "客户…"
    assert fitted("😀😀😀", 5) == "😀😀…"


LET_IN = [
    ("客户信息", "客户编号", "CUS001", True), ("客户信息", "客户编号", "A-b_1/2.3", True), ("客户信息", "客户编号", "客户1", False),
    ("客户信息", "客户编号", "CUS 1", False), ("客户信息", "客户编号", "C" * 33, False), ("客户信息", "客户编号", "SAME", False),
    ("客户信息", "客户编号", "same", True), ("客户信息", "客户编号", "S*", False), ("客户信息", "联系电话", "0755-12345678", True),
    ("客户信息", "联系电话", "123", False), ("客户信息", "电子邮箱", "a@b.cn", True), ("客户信息", "电子邮箱", "a#b.cn", False),
    ("订单记录", "数量", 0.0001, True), ("订单记录", "数量", 0, False), ("订单记录", "数量", 0.00001, False),
    ("订单记录", "数量", "十", False), ("订单记录", "单价(元)", 0, True), ("订单记录", "单价(元)", 0.1, True),
    ("订单记录", "单价(元)", -1, False), ("订单记录", "行号", 2, True), ("订单记录", "行号", 1.5, False),
    ("服务记录", "受理时间", datetime(2023, 3, 1, 9, 30), True), ("服务记录", "受理时间", "2023.3.1", False),
    ("服务记录", "受理时间", date(1989, 12, 31), False), ("客户信息", "备注", "x" * 2000, True), ("客户信息", "备注", "x" * 2001, False),
]  # fmt: skip


@pytest.fixture
def verdicts(recalculated, schema):
    """Whether the guard of a column lets in what stands in each row, as LibreOffice judges it."""

    def judge(lines, cells):
        pages = {sheet.title: EntryPage(schema, sheet, "zh", 20) for sheet in schema.sheets}

        def ask(book) -> None:
            for title, header, row in cells:
                page = pages[title]
                column = next(c for c in page.sheet.columns if c.header == header)
                book[title][f"Z{row}"] = re.sub(
                    r"(?<![A-Z$])([A-Z])5(?!\d)", rf"\g<1>{row}", entry_condition(page, column)
                )

        book = recalculated(lines, ask)
        return [bool(book[title][f"Z{row}"].value) for title, _, row in cells]

    return judge


@pytest.mark.libreoffice
def test_conditions_let_in_what_they_should(verdicts) -> None:
    lines, cells = {"客户信息": [{"客户编号": "SAME"}], "订单记录": [], "服务记录": []}, []
    for title, header, value, _ in LET_IN:
        lines[title].append({header: value})
        cells.append((title, header, FIRST_ROW + len(lines[title]) - 1))
    assert dict(zip(LET_IN, verdicts(lines, cells), strict=True)) == {case: case[3] for case in LET_IN}


DAYS = [
    (date(2023, 2, 1), date(2023, 1, 20), date(2023, 2, 10), True), (date(2023, 2, 1), None, date(2023, 1, 31), False),
    (None, date(2023, 2, 1), date(2023, 1, 31), False), (None, None, date(2023, 1, 31), True),
    ("待定", None, date(2023, 1, 31), True), (None, None, "2023.1.31", False), (date(2023, 2, 1), None, None, True),
]  # fmt: skip


@pytest.mark.libreoffice
def test_rules_over_days_wait_for_the_other_day(verdicts) -> None:
    lines = [{"发货日期": shipped, "下单日期": ordered, "收货日期": received} for shipped, ordered, received, _ in DAYS]
    cells = [("订单记录", "收货日期", FIRST_ROW + at) for at in range(len(DAYS))]
    assert verdicts({"订单记录": lines}, cells) == [case[3] for case in DAYS]


@pytest.mark.libreoffice
def test_a_line_repeats_no_line_of_its_order(verdicts) -> None:
    pairs = [(None, 2, True), (None, 1, False), (2, 2, False), (2, 3, True)]
    lines = [{"订单编号": f"A{at}", "行号": line} for at, pair in enumerate(pairs) for line in pair[:2]]
    cells = [("订单记录", "行号", FIRST_ROW + 2 * at + 1) for at in range(len(pairs))]
    assert verdicts({"订单记录": lines}, cells) == [pair[2] for pair in pairs]


def test_lists_are_told_from_free_columns(schema) -> None:
    page = EntryPage(schema, schema.sheet("customers"), "zh", 20)
    assert [c.header for c in page.sheet.columns if picks(page, c)] == ["客户类型", "所属行业", "企业规模", "所在地区"]
