"""The full edition: its sheets and columns, and that what it declares holds together."""

import unicodedata
from datetime import date

import openpyxl
import pytest

from factory_crm.crm import schema as standard
from factory_crm.i18n.translate import translate
from factory_crm.schema.column import Column
from factory_crm.schema.column_type import Choices
from factory_crm.schema.model import Sheet
from factory_crm.schema.types import COLUMN_TYPES
from factory_crm.template.workbook import write_template
from factory_crm.validation.workbook import validate_workbook
from tests.template.conftest import headers

SHEETS = "客户信息 订单记录 服务记录 反馈评价 联系人 沟通记录 任务提醒 订单进度 发货记录 退换货记录 销售机会 销售目标 满意度调查 积分记录 培训记录"
ADDED = {
    "客户信息": "备用电话 微信 QQ 来源渠道 统一社会信用代码 国家 币种 语言 时区 联系人生日 合作纪念日 隐私授权 授权用途 授权日期",
    "订单记录": "单位 税率 币种 原币单价 汇率 业务员 责任人 变更后交期 变更原因 已收金额(元) 付款到期日 物流单号",
    "服务记录": "服务渠道 优先级 告知日期 重开日期 维修进度/配件",
    "反馈评价": "产品型号 反馈渠道 首次回应日期 原因分析 改进措施 责任人 完成日期 效果评估",
}
FULL = standard("full")
COLUMNS = [(sheet, column) for sheet in FULL.sheets for column in sheet.columns]


def test_sheets_in_their_order() -> None:
    assert " ".join(sheet.title for sheet in FULL.sheets) == SHEETS


@pytest.mark.parametrize("title", ADDED)
def test_columns_that_are_added_follow_those_of_the_basic_edition(title: str) -> None:
    basic = next(sheet for sheet in standard().sheets if sheet.title == title)
    full = next(sheet for sheet in FULL.sheets if sheet.title == title)
    headers_ = [column.header for column in full.columns]
    assert headers_[: len(basic.columns)] == [column.header for column in basic.columns]
    assert " ".join(headers_[len(basic.columns) :]) == ADDED[title]


def test_the_basic_edition_is_as_it_was() -> None:
    assert standard().fingerprint == standard("basic").fingerprint == "d9bbb35123976859"
    assert standard().fingerprint != FULL.fingerprint


def test_every_added_sheet_has_a_key_and_all_but_targets_a_customer() -> None:
    for sheet in FULL.sheets:
        assert sheet.key()
        assert (
            sheet.title == "销售目标"
            or any(column.references == "customers" for column in sheet.columns)
            or sheet.display_column
        )


@pytest.mark.parametrize(("sheet", "column"), COLUMNS, ids=[f"{s.table}.{c.name}" for s, c in COLUMNS])
def test_a_column_leads_somewhere_and_its_example_is_what_it_wants(sheet: type[Sheet], column: Column) -> None:
    assert not column.references or FULL.sheet(column.references)
    assert not column.choices or FULL.choices[column.choices].values
    assert all(sheet.column(name) for name in column.key_from)
    if column.example is not None:
        raw = float(column.example) if isinstance(column.example, int) else column.example
        reading = column.column_type.parse(raw if isinstance(raw, str | float) else str(raw), FULL.choices_of(column))
        assert reading.ok
        column.validator.validate_python(reading.value)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_headers_titles_and_choices_are_told_apart(language: str) -> None:
    def folded(text: str) -> str:
        return "".join(unicodedata.normalize("NFKC", translate(text, language)).casefold().split())

    assert len({folded(sheet.title) for sheet in FULL.sheets}) == len(FULL.sheets)
    assert all(len(translate(sheet.title, language)) <= 31 for sheet in FULL.sheets)
    for sheet in FULL.sheets:
        spelled = [folded(column.header) for column in sheet.columns]
        assert len(set(spelled)) == len(spelled), sheet.title
    for choices in FULL.choices.values():
        assert len({folded(value) for value in choices.values}) == len(choices.values)
        assert set(choices.aliases.values()) <= set(choices.values)


def test_rule_codes_are_used_once() -> None:
    codes = [rule.code.name for sheet in FULL.sheets for rule in sheet.rules]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(
    ("kind", "raw", "value", "code"),
    [
        ("percent", "13%", "0.13", "C303"),
        ("percent", 0.13, "0.13", None),
        ("month", "2023-04", "2023-04-01", "C304"),
        ("month", "2023年4月", "2023-04-01", "C304"),
        ("month", "2023-13", None, "C111"),
        ("birthday", "1965-06-01", "1965-06-01", None),
        ("credit_code", "91350100M000100Y43", "91350100M000100Y43", None),
        ("credit_code", "91350100m000100y43", "91350100M000100Y43", "C302"),
        ("credit_code", "91350100M000100Y44", None, "C119"),
        ("credit_code", "91110000600037341L", "91110000600037341L", None),
        ("credit_code", "9111 0000-600037341L", "91110000600037341L", "C302"),
        ("credit_code", "91350100M000010Y43", None, "C119"),  # two signs changed places
        ("credit_code", "A1110000600037341L", None, "C119"),  # a region is digits
        ("credit_code", "91350100O000100Y43", None, "C119"),  # there is no O
        ("credit_code", "91350100M000100Y4３", "91350100M000100Y43", "C302"),
        ("credit_code", "123", None, "C119"),
        ("whole", -200.0, "-200", None),
    ],
)
def test_what_people_write(kind: str, raw: object, value: str | None, code: str | None) -> None:
    reading = COLUMN_TYPES[kind].parse(raw, Choices())  # type: ignore[arg-type]
    assert reading.code is None if code is None else reading.code.name == code
    assert value is None or str(reading.value) == value


@pytest.fixture(params=["zh", "en"])
def filled(request, tmp_path):
    """A full template with one row of examples on every sheet."""
    path = tmp_path / "full.xlsx"
    write_template(path, FULL, language=request.param, rows=5, office="一分厂")
    book = openpyxl.load_workbook(path)
    for sheet in FULL.sheets:
        page = book[translate(sheet.title, request.param)]
        at = headers(page)
        for column in sheet.columns:
            if not column.automatic and column.example is not None:
                cell = page.cell(5, at[translate(column.header, request.param)])
                cell.value = 0.13 if column.column_type.name == "percent" else example_of(column, request.param)
    return path, book


def example_of(column: Column, language: str) -> object:
    if column.column_type.name == "rate":
        return float(column.example)
    if column.choices:
        return "、".join(translate(part, language) for part in str(column.example).split("、"))
    return column.example if isinstance(column.example, int | date) else str(column.example)


def test_examples_of_the_full_edition_have_no_problem(filled) -> None:
    path, book = filled
    book.save(path)
    checked = validate_workbook(path, FULL)
    problems = [f"{p.code.name} {p.location.address}" for p in checked.problems if not p.code.name.startswith("C20")]
    assert problems == [p for p in problems if p.split()[0] in ("R114", "R115", "R012")]
    assert set(checked.sheets) == {sheet.table for sheet in FULL.sheets}


def test_a_line_that_the_order_has_not_is_told(filled) -> None:
    path, book = filled
    sheet = next(book[title] for title in ("发货记录", "Shipments") if title in book.sheetnames)
    sheet.cell(5, next(at for header, at in headers(sheet).items() if header in ("行号", "Line")), 7)
    book.save(path)
    found = [
        (p.code.name, p.location.sheet, p.params["line"])
        for p in validate_workbook(path, FULL).problems
        if p.code.name == "K105"
    ]
    assert found == [("K105", sheet.title, 7)]


@pytest.fixture
def basic(tmp_path):
    """Return a basic workbook with one customer, and where it is kept."""
    path = tmp_path / "basic.xlsx"
    write_template(path, standard(), rows=3)
    book = openpyxl.load_workbook(path)
    for row, value in enumerate(("CUS001", "甲公司", "张三", "13800000000"), 2):
        book["客户信息"].cell(5, row, value)
    book.save(path)
    return path, book


def test_a_basic_workbook_is_no_full_one_that_lacks_sheets(basic) -> None:
    path, _ = basic
    codes = {p.code.name for p in validate_workbook(path, FULL).problems}
    assert not codes & {"S102", "S204"}


def test_a_workbook_without_a_stamp_gets_one_word_about_the_sheets_it_lacks(basic) -> None:
    path, book = basic
    del book.defined_names["FC_SCHEMA"], book["_meta"]
    book.custom_doc_props.props.clear()
    book.save(path)
    assert [p.code.name for p in validate_workbook(path, FULL).problems].count("S204") == 1


def test_a_full_workbook_gets_one_word_about_the_sheets_somebody_deleted(filled) -> None:
    path, book = filled
    del book[next(title for title in ("联系人", translate("联系人", "en")) if title in book.sheetnames)]
    book.save(path)
    assert [p.code.name for p in validate_workbook(path, FULL).problems].count("S204") == 1
