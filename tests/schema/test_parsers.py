"""How people write texts, numbers and days: normalised and told, never guessed."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factory_crm.crm import schema as standard
from factory_crm.problems import codes
from factory_crm.problems.codes import Severity
from factory_crm.schema.column_type import Choices, ColumnType, Parsed, RawValue
from factory_crm.schema.parsers.text import display_text, number_digits, strip_blanks, to_decimal, to_halfwidth
from factory_crm.schema.types import COLUMN_TYPES


def read(kind: str, raw: RawValue) -> Parsed:
    return COLUMN_TYPES[kind].parse(raw, Choices())


def read_as(kind: str, raw: RawValue) -> tuple[Any, str]:
    reading = read(kind, raw)
    return reading.value, reading.code.name if reading.code else ""


# Days


@pytest.mark.parametrize(
    "written",
    [
        "2023年1月5日",
        "2023.1.5",
        "2023/1/5",
        "2023/01/05",
        "20230105",
        "2023-1-5",
        "２０２３－０１－０５",
        "2023 年 1 月 5 日",
        "2023年01月05",
        "2023年1月5号",
        "2023.01.05日",
        "2023—1—5",
        "2023–01–05",
        "2023。1。5",
        "2023、1、5",
        "2023,1,5",
        "2023-01-05.",
        " 2023-01-05 ",
        "2023-01-05\xa0",
        "\u200b2023-01-05",
        "2023-01-05 00:00",
        "2023-01-05 00:00:00",
        20230105.0,
        "2023-01-05 09:30",
        "2023-01-05T09:30:00",
    ],
)
def test_day_in_other_spellings_is_a_fix(written: RawValue) -> None:
    assert read_as("day", written) == (date(2023, 1, 5), "C304")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("03/04/2023", "C110"),
        ("1/5", "C110"),
        ("23-1-5", "C110"),
        ("23.1.5", "C110"),
        ("2023-1", "C110"),
        ("2023年1月", "C110"),
        ("1月5日", "C110"),
        ("2023/1.5", "C110"),
        ("2023-02-30", "C111"),
        ("2023-13-01", "C111"),
        ("20231301", "C111"),
        ("2023-00-10", "C111"),
        ("1850-01-05", "C103"),
        ("今天", "C102"),
        ("去年年底", "C102"),
        ("二〇二三年一月五日", "C102"),
        ("2023-01-05 25:00", "C102"),
        ("2023-01-05 左右", "C102"),
        (2023.0, "C102"),
        (202301.0, "C102"),
        (-1.0, "C102"),
        (0.0, "C102"),
        (1e300, "C102"),
        (True, "C102"),
        (time(9, 30), "C102"),
    ],
)
def test_day_that_is_none_or_may_be_several_is_an_error(written: RawValue, code: str) -> None:
    assert read_as("day", written) == (None, code)


def test_day_as_excel_holds_it() -> None:
    assert read_as("day", datetime(2023, 1, 5)) == (date(2023, 1, 5), "")
    assert read_as("day", datetime(2023, 1, 5, 9, 30)) == (date(2023, 1, 5), "C312")
    assert read_as("day", datetime(2204, 1, 5)) == (date(2204, 1, 5), "C203")
    assert read_as("day", "2204-01-05") == (date(2204, 1, 5), "C203")
    assert read_as("day", 44927.0) == (date(2023, 1, 1), "C205")


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2023-01-05 09:30", (9, 30)),
        ("2023-1-5 9:30", (9, 30)),
        ("2023年1月5日9时30分", (9, 30)),
        ("2023年1月5日 9点", (9, 0)),
        ("2023-01-05 下午3:00", (15, 0)),
        ("2023年1月5日上午9:30", (9, 30)),
        ("2023-01-05 3:00 PM", (15, 0)),
        ("2023-01-05 12:05 PM", (12, 5)),
        ("2023-01-05T09:30:00", (9, 30)),
        ("２０２３．１．５　９：３０", (9, 30)),
        ("2023-01-05 9:30:15", (9, 30, 15)),
    ],
)
def test_moment_in_other_spellings_is_a_fix(written: str, at: tuple[int, ...]) -> None:
    assert read_as("moment", written) == (datetime(2023, 1, 5, *at), "C304")


def test_moment_without_a_time_is_a_day() -> None:
    assert read("moment", datetime(2023, 1, 5)) == Parsed(date(2023, 1, 5))
    assert read("moment", datetime(2023, 1, 5, 9, 30)) == Parsed(datetime(2023, 1, 5, 9, 30))
    assert read_as("moment", "2023.1.5") == (date(2023, 1, 5), "C304")
    assert read_as("moment", 44927.4) == (datetime(2023, 1, 1, 9, 36), "C205")


# Numbers


@pytest.mark.parametrize(
    ("written", "value", "code"),
    [
        ("1000", "1000", "C303"),
        ("1000.50", "1000.5", "C303"),
        ("+5", "5", "C303"),
        ("00100", "100", "C303"),
        ("１０００", "1000", "C302"),
        ("１．５", "1.5", "C302"),
        ("1,234.50", "1234.5", "C310"),
        ("1，234", "1234", "C310"),
        ("1 234", "1234", "C310"),
        (" 12 ", "12", "C303"),
        ("￥1,234.50", "1234.5", "C310"),
        ("¥ 1234", "1234", "C310"),
        ("RMB 1000", "1000", "C310"),
        ("1000元", "1000", "C310"),
        ("1.2万", "12000", "C310"),
        ("1.2万元", "12000", "C310"),
        ("0.5亿", "50000000", "C310"),
        ("-5", "-5", "C303"),
        ("−5", "-5", "C302"),
        (".5", "0.5", "C310"),
        ("12\xa0", "12", "C303"),
    ],
)
def test_number_in_other_spellings_is_a_fix(written: str, value: str, code: str) -> None:
    assert read_as("money", written) == (Decimal(value), code)


@pytest.mark.parametrize(
    "written",
    [
        "1,23",
        "12,34,567",
        "1.38E+10",
        "1e3",
        "5千",
        "1000件",
        "1000KG",
        "1000 00",
        "12 5",
        "一千",
        "约1000",
        "1000左右",
        "1-2",
        "1~2",
        "50%",
        "1:2",
        "(5)",
        "$5",
        "5美元",
        "1.2.3",
        "=1+1",
        "10²",
        "½",
        "①",
        "٣",
        "--5",
        "+-5",
        "￥",
        "万",
        ".",
        "9" * 5000,
        True,
        datetime(2023, 1, 5),
        time(9),
    ],
)
def test_number_that_may_mean_several_things_is_an_error(written: RawValue) -> None:
    assert read_as("money", written) == (None, "C102")


@pytest.mark.parametrize("written", ["1000元", "￥1000", "1.2万元", "RMB1000", "100块"])
def test_quantity_is_no_money(written: str) -> None:
    assert read_as("quantity", written) == (None, "C102")
    assert read("money", written).ok


@pytest.mark.parametrize(
    ("number", "seen"),
    [
        (0.1 + 0.2, "0.3"),
        (1234.5, "1234.5"),
        (1000.0, "1000"),
        (999999999999999.0, "999999999999999"),
        (-0.0, "0"),
        (1e-10, "0.0000000001"),
        (1 / 3, "0.333333333333333"),
        (1e300, "1E+300"),
        (1e-300, "1E-300"),
        (1e16, "10000000000000000"),
    ],
)
def test_number_keeps_the_digits_that_are_seen(number: float, seen: str) -> None:
    assert number_digits(number) == display_text(number) == seen
    assert to_decimal(number) == Decimal(seen)


def test_number_past_fifteen_digits() -> None:
    assert read_as("quantity", 999999999999999.0) == (Decimal(999999999999999), "")
    assert read_as("quantity", 1e15) == (None, "C103")
    assert read_as("number", 1e15) == (None, "C112")
    assert read_as("number", 123456789012345.0) == ("123456789012345", "C307")


def test_whole_numbers_and_ratings() -> None:
    assert read("count", 2.0) == Parsed(2)
    assert read_as("count", "２") == (2, "C302")
    assert read_as("score", "5分") == (5, "C310")
    assert read_as("score", "４ 分") == (4, "C310")
    assert read_as("score", "满分") == (None, "C102")


# Texts and numbers of records


@pytest.mark.parametrize(
    ("written", "value", "code"),
    [
        ("ABC有限公司", "ABC有限公司", ""),
        ("ＡＢＣ", "ＡＢＣ", ""),
        ("甲\n乙", "甲\n乙", ""),
        ("  甲 乙 ", "甲 乙", "C301"),
        ("甲\u3000", "甲", "C301"),
        ("甲\u200b\u200e", "甲", "C301"),
        ("甲\r\n乙", "甲\n乙", "C301"),
        ("甲\x0b乙", "甲\n乙", "C301"),
        (5.0, "5", ""),
        (1e300, "1E+300", ""),
        (datetime(2023, 1, 5), "2023-01-05", ""),
        (time(9, 30), "09:30", ""),
        (True, "TRUE", ""),
        ("\u202e甲", None, "C117"),
        ("甲\x07", None, "C117"),
    ],
)
def test_text(written: RawValue, value: str | None, code: str) -> None:
    assert read_as("text", written) == (value, code)


@pytest.mark.parametrize(
    ("written", "value", "code"),
    [
        ("CUS001", "CUS001", ""),
        ("cus001", "cus001", ""),
        ("001", "001", ""),
        ("A-1_2/3.4", "A-1_2/3.4", ""),
        ("ＣＵＳ００１", "CUS001", "C302"),
        ("CUS－001", "CUS-001", "C302"),
        ("CUS—001", "CUS-001", "C302"),
        (" CUS001", "CUS001", "C301"),
        ("CUS 001", "CUS001", "C301"),
        ("CUS\xa0001", "CUS001", "C301"),
        ("CUS\n001", "CUS001", "C301"),
        (1.0, "1", "C307"),
        (20230105.0, "20230105", "C307"),
        (datetime(2023, 1, 5), None, "C113"),
        (time(9, 0), None, "C113"),
        (True, None, "C107"),
        ("CUS\x00", None, "C117"),
        ("/", None, "C311"),
        ("无", None, "C311"),
        ("—", None, "C311"),
    ],
)
def test_number_of_a_record(written: RawValue, value: str | None, code: str) -> None:
    assert read_as("number", written) == (value, code)


@pytest.mark.parametrize(
    "kind", ["number", "quantity", "unit_price", "money", "day", "moment", "choice", "choices", "phone", "email"]
)
@pytest.mark.parametrize("written", ["/", "-", "——", "无", "暂无", "N/A", "　／　", "null"])
def test_signs_for_nothing_are_blank(kind: str, written: str) -> None:
    assert read_as(kind, written) == (None, "C311")


def test_width_and_blanks() -> None:
    assert to_halfwidth("ＡＢ１２，．（）　＠￥～") == "AB12,.() @¥~"
    assert to_halfwidth("10²①㎡") == "10²①㎡", "10² is not 102"
    assert strip_blanks("\ufeff 甲\u3000\xa0") == "甲"


# Whatever stands there


RAW: st.SearchStrategy[RawValue] = st.one_of(
    st.text(),
    st.text(alphabet="0123456789-/.:年月日 ,，万元￥+转()（）#@abc、", max_size=20),
    st.from_regex(r"\d{4}.\d{1,2}.\d{1,2}( \d+:\d+)?"),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-10, 10**16).map(float),
    st.booleans(),
    st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 31, 23, 59)),
    st.times(),
)
LISTS = {"choice": "region", "choices": "needs"}


@pytest.mark.parametrize("kind", COLUMN_TYPES)
@given(raw=RAW)
@example(raw=1e308)
@example(raw="9" * 5000)
@example(raw="+" + "1" * 400)
@example(raw="\ud800")
@example(raw="20230230")
@example(raw="9" * 28 + "50")
@example(raw="9" * 29 + "万")
def test_nothing_makes_it_stumble_and_a_fix_is_read_back(kind: str, raw: RawValue) -> None:
    """A proposed spelling means what was understood; read again it is clean, or typed as a text where a number belongs."""
    choices = standard().choices[LISTS[kind]] if kind in LISTS else Choices()
    reading = COLUMN_TYPES[kind].parse(raw, choices)
    assert reading.ok or reading.value is None
    if reading.code and reading.code.severity is Severity.FIX and reading.value is not None:
        assert reading.params["before"] == display_text(raw)
        again = COLUMN_TYPES[kind].parse(reading.params["after"], choices) if reading.params["after"] else reading
        assert again.value == reading.value
        if COLUMN_TYPES[kind].base_type == "text" and again is not reading:
            assert again.code in (None, codes.UNUSUAL_EMAIL)


@pytest.mark.parametrize("kind", [one for one in COLUMN_TYPES.values() if one.identity], ids=lambda one: one.name)
@given(data=st.data())
def test_a_text_that_means_just_itself_is_parsed_as_such(kind: ColumnType, data: st.DataObject) -> None:
    written = data.draw(st.from_regex(kind.identity, fullmatch=True))
    assert kind.parse(written, Choices()) == Parsed(written)
