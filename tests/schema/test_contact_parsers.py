"""Phones, e-mail addresses and choices: what people write, and what is meant."""

from datetime import datetime, time

import pytest

from factory_crm.crm.lists import CHOICES
from factory_crm.i18n.translate import translate
from factory_crm.schema.column_type import Choices, RawValue
from factory_crm.schema.parsers.choice import choice, multiple_choice

from .test_parsers import read, read_as


@pytest.mark.parametrize(
    "written",
    [
        "13800000000",
        "0755-12345678",
        "010-62345678",
        "0310-2345678",
        "0755-12345678-801",
        "400-123-4567",
        "800-820-8820",
        "400-123-4567-8",
        "13800000000-801",
        "+1 650-253-0000",
        "+852 2123 4567",
        "13800000000、0755-12345678",
    ],
)
def test_phone_as_it_should_be(written: str) -> None:
    assert read_as("phone", written) == (written, "")


@pytest.mark.parametrize(
    ("meant", "spellings"),
    [
        (
            "13800000000",
            [
                "138-0000-0000",
                "138 0000 0000",
                "138.0000.0000",
                "+8613800000000",
                "+86 138 0000 0000",
                "86-13800000000",
                "8613800000000",
                "(+86)13800000000",
                "0086 13800000000",
                "１３８００００００００",
                "１３８－００００－００００",
                "013800000000",
                "电话：13800000000",
                "手机13800000000",
                "Tel: 13800000000",
                "\u202a13800000000\u202c",
                "13800000000，",
                "13800000000、138-0000-0000",
            ],
        ),
        (
            "0755-12345678",
            [
                "075512345678",
                "0755 12345678",
                "(0755)12345678",
                "（0755）12345678",
                "0755—12345678",
                "0755－12345678",
                "+86 755 12345678",
                "+86-755-12345678",
                "86-755-12345678",
                "+86 0755 12345678",
                "+86(0755)12345678",
            ],
        ),
        (
            "0755-12345678-801",
            [
                "0755-12345678转801",
                "0755-12345678 转 801",
                "0755-12345678分机801",
                "0755-12345678 ext. 801",
                "0755-12345678x801",
                "0755-12345678#801",
                "0755-12345678（转801）",
                "0755-12345678(801)",
                "075512345678-801",
            ],
        ),
        ("400-123-4567", ["4001234567", "400 123 4567", "400-1234-567", "+86 400-123-4567"]),
        ("13800000000-801", ["13800000000转801", "138-0000-0000转801"]),
        (
            "13800000000、0755-12345678",
            [
                "13800000000/0755-12345678",
                "13800000000,0755 12345678",
                "13800000000；075512345678",
                "13800000000\n0755-12345678",
                "13800000000 0755-12345678",
                "13800000000或0755-12345678",
            ],
        ),
        ("+1 650-253-0000", ["+1 650 253 0000", "+1-650-253-0000", "+16502530000", "001 650 253 0000"]),
        ("+1 650-253-0000 x12", ["+1 650 253 0000 ext 12", "+16502530000转12"]),
    ],
)
def test_phone_in_other_spellings_is_a_fix(meant: str, spellings: list[str]) -> None:
    assert {written: read_as("phone", written) for written in spellings} == dict.fromkeys(spellings, (meant, "C305"))


@pytest.mark.parametrize(
    ("number", "meant"),
    [
        (13800000000.0, "13800000000"),
        (8613800000000.0, "13800000000"),
        (4001234567.0, "400-123-4567"),
        (75512345678.0, "0755-12345678"),
        (1062345678.0, "010-62345678"),
    ],
)
def test_phone_stored_as_a_number(number: float, meant: str) -> None:
    assert read_as("phone", number) == (meant, "C307")


@pytest.mark.parametrize(
    "written",
    [
        "12345678",
        "1380000000",
        "138000000001",
        "12000000000",
        "23800000000",
        "1.38E+10",
        "1.38E10",
        "138****0000",
        "13x00000000",
        "0755-123",
        "0755-02345678",
        "13800000000（张三）",
        "张三",
        "+1 999",
        "+",
        "+86",
        "00",
        "、",
        "0755-12345678/79",
        "0755-12345678转",
        "٠١٢",
        "13800000000、123",
        138.0,
        1380000000.0,
        0.5,
        1e20,
        True,
        datetime(2023, 1, 5),
        time(9, 0),
    ],
)
def test_phone_that_is_none(written: RawValue) -> None:
    assert read_as("phone", written) == (None, "C108")


@pytest.mark.parametrize(
    "written",
    [
        "zhangsan@abc.com",
        "12345@qq.com",
        "a+b@abc.com",
        "a_b.c-d@mail.abc.com.cn",
        "张三@abc.com",
        "zhangsan@中国.cn",
        "o'brien@abc.com",
        "a@example.cn",
        "a@myexample.com",
    ],
)
def test_email_as_it_should_be(written: str) -> None:
    assert read_as("email", written) == (written, "")


@pytest.mark.parametrize(
    "written",
    [
        " zhangsan@abc.com",
        "zhangsan@abc.com\u3000",
        "zhangsan＠abc.com",
        "ｚｈａｎｇｓａｎ＠ａｂｃ．ｃｏｍ",
        "zhangsan @abc.com",
        "zhangsan@ABC.com",
        "mailto:zhangsan@abc.com",
        "MAILTO:zhangsan@abc.com",
        "邮箱：zhangsan@abc.com",
        "zhangsan@abc。com",
        "zhangsan@abc.com。",
        "zhangsan@abc.com，",
        "\u200bzhangsan@abc.com",
    ],
)
def test_email_in_other_spellings_is_a_fix(written: str) -> None:
    assert read_as("email", written) == ("zhangsan@abc.com", "C309")


@pytest.mark.parametrize(
    "written", ["a@example.com", "a@mail.example.com", "a@abc.test", "a@foo.local", "a@abc.example"]
)
def test_email_of_a_reserved_domain_is_a_warning(written: str) -> None:
    assert read_as("email", written) == (written, "C204")


@pytest.mark.parametrize(
    "written",
    [
        "zhangsan",
        "zhangsan@abc",
        "zhangsan#abc.com",
        "zhangsan@abc,com",
        "zhangsan@@abc.com",
        "a@b@c.com",
        "@abc.com",
        "a@",
        "a..b@abc.com",
        "a.@abc.com",
        ".a@abc.com",
        "a@abc..com",
        "a@-abc.com",
        "a@abc-.com",
        "a@1.2.3.4",
        "a@localhost",
        '"a b"@abc.com',
        "a@abc.com;b@abc.com",
        "张三<zhangsan@abc.com>",
        "http://abc.com",
        "a" * 65 + "@abc.com",
        "a\x00@abc.com",
        5.0,
        True,
        time(9, 0),
    ],
)
def test_email_that_is_none(written: RawValue) -> None:
    assert read_as("email", written) == (None, "C109")


def choose(kind: str, name: str, written: RawValue) -> tuple[object, str]:
    reading = {"choice": choice, "choices": multiple_choice}[kind](written, CHOICES[name])
    return reading.value, reading.code.name if reading.code else ""


@pytest.mark.parametrize(
    ("name", "written", "value", "code"),
    [
        ("customer_type", "企业", "企业", ""),
        ("customer_type", "公司", "企业", "C306"),
        ("customer_type", "企业 ", "企业", "C306"),
        ("customer_type", "\u3000个人", "个人", "C306"),
        ("customer_type", "国企", None, "C106"),
        ("customer_type", 5.0, None, "C106"),
        ("region", "广东", "广东", ""),
        ("region", "广东省", "广东", "C306"),
        ("region", "北京市", "北京", "C306"),
        ("region", "广西壮族自治区", "广西", "C306"),
        ("region", "国外", "海外", "C306"),
        ("region", "深圳", None, "C106"),
        ("status", "生产中", "生产制造", "C306"),
        ("status", "已发货", "物流跟踪", "C306"),
        ("status", "运输中", "物流跟踪", "C306"),
        ("status", "已签收", "已完成", "C306"),
        ("status", "已交货", "已完成", "C306"),
        ("status", "作废", "已取消", "C306"),
        ("yes_no", "√", "是", "C306"),
        ("yes_no", True, "是", "C306"),
        ("yes_no", "×", "否", "C306"),
        ("yes_no", "ＹＥＳ", "是", "C306"),
        ("industry", "电子制造", "电子制造", ""),
        ("industry", "玩具", "玩具", ""),
        ("industry", "玩具 ", "玩具", "C301"),
        ("industry", "电子 制造", "电子制造", "C306"),
        ("outcome", "已答复", "已答复", ""),
    ],
)
def test_choice(name: str, written: RawValue, value: str | None, code: str) -> None:
    assert choose("choice", name, written) == (value, code)


@pytest.mark.parametrize("name", CHOICES)
def test_english_of_a_choice_is_as_good(name: str) -> None:
    for value in CHOICES[name].values:
        assert choose("choice", name, translate(value, "en")) == (value, "")
        assert choose("choice", name, translate(value, "en").upper())[0] == value


def test_aliases_mean_values_and_are_none_themselves() -> None:
    for choices in CHOICES.values():
        assert set(choices.aliases.values()) <= set(choices.values)
        assert not set(choices.aliases) & set(choices.values)


@pytest.mark.parametrize(
    "written",
    [
        "重视品质,注重交期",
        "重视品质，注重交期",
        "重视品质;注重交期",
        "重视品质；注重交期",
        "重视品质/注重交期",
        "重视品质\n注重交期",
        "重视品质 注重交期",
        "重视品质 、 注重交期",
        "品质,交期",
        "重视品质、、注重交期",
    ],
)
def test_several_choices_with_other_separators_are_a_fix(written: str) -> None:
    assert choose("choices", "needs", written) == (("重视品质", "注重交期"), "C308")


@pytest.mark.parametrize(
    ("written", "value", "code"),
    [
        ("重视品质、注重交期", ("重视品质", "注重交期"), ""),
        ("重视品质", ("重视品质",), ""),
        ("品质、交期", ("重视品质", "注重交期"), "C306"),
        ("重视品质、重视品质", ("重视品质",), "C306"),
        ("重视品质、便宜", None, "C106"),
        ("、", None, "C106"),
        (5.0, None, "C106"),
    ],
)
def test_several_choices(written: RawValue, value: tuple[str, ...] | None, code: str) -> None:
    assert choose("choices", "needs", written) == (value, code)


def test_unknown_one_of_several_is_named() -> None:
    assert multiple_choice("重视品质、便宜、快", CHOICES["needs"]).params["value"] == "便宜、快"


def test_list_without_values_takes_nothing() -> None:
    assert not choice("企业", Choices()).ok
    assert read("choice", "企业").value is None
