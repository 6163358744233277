"""What the sheets are: the seed's headers word for word, what is ★, ☆ and ⓐ, and what derives from them."""

import json
import re
from dataclasses import replace

import pytest

from factory_crm.crm import VERSION
from factory_crm.crm import schema as standard
from factory_crm.i18n.translate import translate
from factory_crm.schema.column import Column, column
from factory_crm.schema.export import json_schema, markdown, sign
from factory_crm.schema.model import Sheet
from factory_crm.schema.rule import rule
from factory_crm.schema.rules.expression import Expression
from factory_crm.schema.types import COLUMN_TYPES, Text
from factory_crm.schema.workbook import WorkbookSchema

SEED = {
    "客户信息": "客户编号 | 客户名称 | 联系人姓名 | 联系电话 | 电子邮箱 | 公司地址 | 注册日期",
    "订单记录": "订单编号 | 产品型号 | 数量 | 单价(元) | 总金额(元) | 发货日期 | 收货日期",
    "服务记录": "事件类型 | 描述 | 处理人员 | 处理结果 | 处理日期",
    "反馈评价": "反馈日期 | 客户反馈 | 处理结果 | 评分(满分5分)",
}
SIGNED = {
    "客户信息": "客户编号★ 客户名称★ 联系人姓名★ 联系电话☆ 电子邮箱 公司地址 注册日期☆ 客户类型 所属行业 企业规模 所在地区 需求偏好 负责人 备注",
    "订单记录": "订单编号★ 行号 客户编号★ 客户名称ⓐ 产品型号★ 数量★ 单价(元)★ 总金额(元)ⓐ 下单日期☆ 约定交期☆ 发货日期 收货日期 订单状态☆ 备注",
    "服务记录": "服务编号 客户编号★ 客户名称ⓐ 订单编号 事件类型★ 描述★ 问题类别 产品型号 受理时间☆ 首次响应时间 处理人员★ 处理结果 处理日期 一次解决",
    "反馈评价": "反馈编号 客户编号★ 客户名称ⓐ 订单编号 反馈日期★ 客户反馈★ 反馈类别 处理结果 评分(满分5分)☆",
}
COLUMNS = [(sheet, column) for sheet in (standard().cover, *standard().sheets) for column in sheet.columns]


@pytest.mark.parametrize("title", SEED)
def test_headers_of_the_seed_stand_word_for_word_and_in_order(title: str) -> None:
    headers = [column.header for sheet in standard().sheets if sheet.title == title for column in sheet.columns]
    assert [header for header in headers if header in SEED[title].split(" | ")] == SEED[title].split(" | ")


@pytest.mark.parametrize("title", SIGNED)
def test_columns_and_how_they_are_filled(title: str) -> None:
    sheet = next(sheet for sheet in standard().sheets if sheet.title == title)
    assert " ".join(column.header + signed(column) for column in sheet.columns) == SIGNED[title]


def signed(column: Column) -> str:
    return "ⓐ" if column.automatic else "★" if column.required else "☆" if column.recommended_for else ""


def test_docs_tell_how_a_column_is_filled() -> None:
    assert (
        len({(signed(column), sign(column)) for _, column in COLUMNS})
        == len({signed(column) for _, column in COLUMNS})
        == 4
    )


def test_sheets_in_their_order() -> None:
    assert [sheet.title for sheet in standard().sheets] == list(SEED)
    assert [(column.header, column.recommended_for != "") for column in standard().cover.columns] == [
        ("填报单位", True),
        ("填表人", False),
        ("报送期间", False),
    ]


@pytest.mark.parametrize(("sheet", "column"), COLUMNS, ids=[f"{s.table}.{c.name}" for s, c in COLUMNS])
def test_example_of_a_column_is_what_it_wants(sheet: type[Sheet], column: Column) -> None:
    if column.example is None:
        return
    choices = standard().choices_of(column)
    raw = float(column.example) if isinstance(column.example, int) else column.example
    raw = raw if isinstance(raw, str | float) else str(raw)
    reading = column.column_type.parse(raw, choices)
    assert reading.ok
    column.validator.validate_python(reading.value)
    if column.column_type.base_type == "text":
        assert reading.code is None or column.column_type.name == "email"


@pytest.mark.parametrize("kind", COLUMN_TYPES.values(), ids=list(COLUMN_TYPES))
def test_example_that_a_message_names_is_understood(kind: object) -> None:
    """Whoever writes what a message proposes is not refused again."""
    choices = standard().choices["needs"]
    for written in re.findall(r"如 ([^或）]+)", kind.expected):  # type: ignore[attr-defined]
        assert kind.parse(written.strip(), choices).ok  # type: ignore[attr-defined]


def test_references_and_lists_lead_somewhere() -> None:
    schema = standard()
    for sheet, one in COLUMNS:
        assert not one.references or schema.sheet(one.references)
        assert not one.choices or schema.choices[one.choices].values
        assert not one.lookup or sheet.column(one.lookup).references
        assert all(sheet.column(name) for name in one.key_from)
        assert (
            one.column_type.base_type != "text" or one.column_type.name not in ("choice", "choices") or one.choices
        ), one.header


def test_names_that_are_not() -> None:
    with pytest.raises(KeyError):
        standard().sheet("invoices")
    with pytest.raises(KeyError):
        standard().sheets[0].column("invoice")


def test_every_rule_has_words_in_both_languages_and_a_place() -> None:
    for sheet in standard().sheets:
        for one in sheet.rules:
            assert sheet.column(one.at).name in one.expression.names
            assert one.code.rejects is (one.code.severity.value == "error")
            assert one.code.name in standard().codes()


# The fingerprint


def test_fingerprint_is_stable() -> None:
    assert re.fullmatch("[0-9a-f]{16}", standard().fingerprint)
    assert replace(standard()).fingerprint == standard.__wrapped__().fingerprint == standard().fingerprint


def test_fingerprint_changes_with_columns_lists_rules_and_version() -> None:
    class One(Sheet, table="ones", title="一"):
        name: Text = column("名称", key=True)

    class Required(Sheet, table="ones", title="一"):
        name: Text | None = column("名称", key=True)

    class Ruled(Sheet, table="ones", title="一"):
        name: Text = column("名称", key=True)
        rules = (rule("X001", "name != '甲'"),)

    lists = {**standard().choices, "size": replace(standard().choices["size"], values=("大", "小"))}
    made = [WorkbookSchema(sheets=(sheet,)) for sheet in (One, Required, Ruled)]
    made += [WorkbookSchema(version=VERSION + "1"), WorkbookSchema(choices=lists), WorkbookSchema()]
    assert len({schema.fingerprint for schema in made}) == len(made)


def test_expression_travels_to_other_processes() -> None:
    import pickle

    sent = Expression("round(quantity * unit_price, 2)")
    assert sent.names
    assert pickle.loads(pickle.dumps(sent)) == sent  # noqa: S301 - our own


# For programs and for the docs


def test_json_schema_names_every_column() -> None:
    schema = json.loads(json.dumps(json_schema(standard()), default=str))
    assert schema["type"] == "object"
    for sheet in standard().sheets:
        items = schema["properties"][sheet.table]["items"]
        assert set(items["properties"]) == {one.name for one in sheet.columns}
        assert {one.name for one in sheet.columns if one.required} <= set(items["required"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_markdown_names_every_column_and_rule(language: str) -> None:
    page = markdown(standard(), language)
    for sheet in standard().sheets:
        assert all(translate(one.header, language) in page for one in sheet.columns)
        assert all(one.code.name in page for one in sheet.rules)
