"""What a cell's stored text means."""

import math
from collections.abc import Callable
from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory_crm.problems.codes import BAD_CELL, ERROR_VALUE, NO_SUCH_DATE, NOT_CALCULATED
from factory_crm.reading.formats.xlsx.styles import NumberStyle, style_of_format
from factory_crm.reading.formats.xlsx.values import Values, moment
from factory_crm.reading.grid import BrokenCell

from .packing import MAIN, shared, workbook

Value = Callable[..., object]
DAY, CLOCK, BOTH, ELAPSED, PLAIN = (f's="{number}"' for number in (1, 2, 3, 4, 5))


@pytest.mark.parametrize(
    ("text", "number"), [("1", 1.0), ("-0.5", -0.5), (".5", 0.5), ("1.", 1.0), ("1E+3", 1000.0), (" 7 ", 7.0)]
)
def test_numbers_are_float(value: Value, text: str, number: float) -> None:
    assert value("", f"<v>{text}</v>") == number
    assert type(value('t="n"', f"<v>{text}</v>")) is float


@pytest.mark.parametrize(
    "text", ["1,234", "１２３", "1_000", "abc", "INF", "-inf", "NaN", "1e999", "0x10", "1 2", "--1", "²"]
)
def test_only_ascii_numbers_are_numbers(value: Value, text: str) -> None:
    assert value("", f"<v>{text}</v>") == BrokenCell(BAD_CELL, text)


def test_text_of_a_broken_cell_is_cut(value: Value) -> None:
    assert value("", f"<v>{'x' * 500}</v>") == BrokenCell(BAD_CELL, "x" * 100)


def test_text_is_kept_as_it_stands(value: Value) -> None:
    assert value('t="str"', "<v>  两边有空格 </v>") == "  两边有空格 "
    assert value('t="inlineStr"', "<is><t> 甲</t></is>") == " 甲"
    assert value("", "<is><t>甲</t></is>") == "甲"
    assert value('t="inlineStr"', "<v>甲</v>") == "甲"


@pytest.mark.parametrize(
    ("stored", "text"),
    [("a&#13;&#10;b", "a\nb"), ("a&#13;b", "a\nb"), ("a_x000D__x000A_b", "a\nb"), ("_x0041_", "A"), ("_x005F_x0041_", "_x0041_"),
     ("_x0000_", "_x0000_"), ("_xD800_", "_xD800_"), ("_xFFFF_", "_xFFFF_"), ("_x004_", "_x004_")],
)  # fmt: skip
def test_escaped_characters(value: Value, stored: str, text: str) -> None:
    assert value('t="str"', f"<v>{stored}</v>") == text
    assert value('t="s"', "<v>0</v>", {"xl/sharedStrings.xml": shared(f"<t>{stored}</t>")}) == text
    assert value('t="inlineStr"', f"<is><t>{stored}</t></is>") == text


def test_shared_strings(value: Value) -> None:
    assert value('t="s"', "<v>1</v>") == "乙"
    assert value('t="s"', "<v>2</v>") is None


@pytest.mark.parametrize("index", ["3", "-1", "１", "0_0", "1.0", "", "9" * 5000, "²"])
def test_shared_string_that_does_not_exist(value: Value, index: str) -> None:
    assert value('t="s"', f"<v>{index}</v>") == BrokenCell(BAD_CELL, index[:100])


def test_rich_text_is_joined_and_phonetic_text_left_out(value: Value) -> None:
    rich = (
        '<r><rPr><b/></rPr><t>山</t></r>\n <r><t xml:space="preserve"> 田</t></r><rPh sb="0" eb="1"><t>やま</t></rPh>'
    )
    assert value('t="s"', "<v>0</v>", {"xl/sharedStrings.xml": shared(rich)}) == "山 田"
    assert value('t="inlineStr"', f"<is>{rich}</is>") == "山 田"


def test_booleans(value: Value) -> None:
    assert value('t="b"', "<v>1</v>") is True
    assert value('t="b"', "<v>false</v>") is False
    assert value('t="b"', "<v>2</v>") == BrokenCell(BAD_CELL, "2")


def test_errors_are_never_blank(value: Value) -> None:
    assert value('t="e"', "<v>#REF!</v>") == BrokenCell(ERROR_VALUE, "#REF!")
    assert value('t="e"', "<v>#SPILL!</v>") == BrokenCell(ERROR_VALUE, "#SPILL!")


def test_unknown_type(value: Value) -> None:
    assert value('t="q"', "<v>1</v>") == BrokenCell(BAD_CELL, "1")
    assert value('t="z"', "") is None


@pytest.mark.parametrize("content", ["", "<v/>", "<v></v>", "<v> </v>", "<is/>", "<is><t/></is>"])
def test_blank(value: Value, content: str) -> None:
    assert value('s="1"', content) is None


@pytest.mark.parametrize(
    ("attributes", "content"),
    [("", ""), ("", "<v/>"), ('t="str"', ""), ('t="s"', ""), ('t="b"', "<v/>"), ('t="e"', "")],
)
def test_formula_without_a_result(value: Value, attributes: str, content: str) -> None:
    assert value(attributes, f"<f>A2+1</f>{content}") == BrokenCell(NOT_CALCULATED, "")


def test_formula_with_an_empty_text_is_blank(value: Value) -> None:
    assert value('t="str"', '<f>""</f><v></v>') is None
    assert value('t="str"', '<f>""</f><v/>') is None


def test_formula_with_a_result(read: Callable[..., list]) -> None:  # type: ignore[type-arg]
    (row,) = read('<row r="1"><c r="A1"><f>B1</f><v>2</v></c><c r="B1"><v>2</v></c></row>')
    assert [(cell.value, cell.formula) for cell in row.cells] == [(2.0, True), (2.0, False)]


def test_style_that_does_not_exist(value: Value) -> None:
    assert value('s="99"', "<v>1</v>") == BrokenCell(BAD_CELL, "1")
    assert value('s="x"', "<v>1</v>") == BrokenCell(BAD_CELL, "1")
    assert value('s="99" t="str"', "<v>a</v>") == "a"


@pytest.mark.parametrize(
    ("style", "serial", "expected"),
    [
        (DAY, "45292", datetime(2024, 1, 1)),
        (DAY, "45292.5", datetime(2024, 1, 1, 12)),
        (DAY, "1", datetime(1900, 1, 1)),
        (DAY, "59", datetime(1900, 2, 28)),
        (DAY, "60", BrokenCell(NO_SUCH_DATE, "60")),
        (DAY, "60.5", BrokenCell(NO_SUCH_DATE, "60.5")),
        (DAY, "61", datetime(1900, 3, 1)),
        (DAY, "0", BrokenCell(NO_SUCH_DATE, "0")),
        (DAY, "-1", BrokenCell(NO_SUCH_DATE, "-1")),
        (DAY, "2958465", datetime(9999, 12, 31)),
        (DAY, "2958466", BrokenCell(NO_SUCH_DATE, "2958466")),
        (DAY, "2958465.9999999999", BrokenCell(NO_SUCH_DATE, "2958466")),
        (DAY, "1e300", BrokenCell(NO_SUCH_DATE, "1e+300")),
        (CLOCK, "0.5", time(12)),
        (CLOCK, "0", time(0)),
        (CLOCK, "0.99999999999", time(0)),
        (CLOCK, "45292.25", datetime(2024, 1, 1, 6)),
        (BOTH, "45292.75", datetime(2024, 1, 1, 18)),
        (BOTH, "0.75", time(18)),
        (ELAPSED, "0.25", time(6)),
        (PLAIN, "45292", 45292.0),
    ],
)
def test_dates(value: Value, style: str, serial: str, expected: object) -> None:
    assert value(style, f"<v>{serial}</v>") == expected


@pytest.mark.parametrize(
    ("serial", "expected"), [("0", datetime(1904, 1, 1)), ("60", datetime(1904, 3, 1)), ("43830", datetime(2024, 1, 1))]
)
def test_dates_since_1904(value: Value, serial: str, expected: datetime) -> None:
    since = {"xl/workbook.xml": workbook(before='<workbookPr date1904="1"/>')}
    assert value(DAY, f"<v>{serial}</v>", since) == expected
    assert value(DAY, "<v>2958465</v>", since) == BrokenCell(NO_SUCH_DATE, "2958465")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2024-01-05", datetime(2024, 1, 5)), ("2024-01-05T10:20:30Z", datetime(2024, 1, 5, 10, 20, 30)), ("10:20:30", time(10, 20, 30)),
     ("2024-02-30", BrokenCell(NO_SUCH_DATE, "2024-02-30")), ("一月五日", BrokenCell(BAD_CELL, "一月五日"))],
)  # fmt: skip
def test_iso_dates(value: Value, text: str, expected: object) -> None:
    assert value('t="d"', f"<v>{text}</v>") == expected


@pytest.mark.parametrize("code", ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-804]d;@", "m/d", "YYYY.MM", "mmm", '"to" d'])
def test_formats_that_show_a_day(code: str) -> None:
    assert style_of_format(code) is NumberStyle.DAY


@pytest.mark.parametrize("code", ["h:mm", "[h]:mm", "[mm]:ss", "[ss]", "yyyy-mm-dd hh:mm", "上午/下午 h"])
def test_formats_that_show_a_time(code: str) -> None:
    assert style_of_format(code) is NumberStyle.CLOCK


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "0.00",
        '0"days"',
        r"0\d",
        "[Red]0",
        "0_d",
        "#,##0*s",
        "@",
        "",
        '"mdy',
        "[dmy",
        "[" * 200_000,
        "0" * 255 + "d",
    ],
)
def test_formats_of_plain_numbers(code: str) -> None:
    assert style_of_format(code) is NumberStyle.PLAIN


@pytest.mark.parametrize("number", [*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
def test_built_in_date_formats(value: Value, number: int) -> None:
    part = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs></styleSheet>'
    assert value('s="1"', "<v>45292</v>", {"xl/styles.xml": part}) == datetime(2024, 1, 1)


def test_formats_of_conditional_formats_do_not_count(value: Value) -> None:
    part = (f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="0.0"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>'
            '<dxfs><dxf><numFmt numFmtId="164" formatCode="yyyy"/></dxf></dxfs></styleSheet>')  # fmt: skip
    assert value('s="0"', "<v>45292</v>", {"xl/styles.xml": part}) == 45292.0


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from((NumberStyle.DAY, NumberStyle.CLOCK)),
    st.booleans(),
)
def test_every_serial_is_a_moment_or_says_why_not(serial: float, style: NumberStyle, from_1904: bool) -> None:
    found = moment(serial, style, from_1904=from_1904)
    assert isinstance(found, datetime | time) or found.code is NO_SUCH_DATE


@given(
    st.sampled_from((None, "n", "s", "str", "inlineStr", "b", "e", "d", "x")),
    st.text(),
    st.sampled_from((None, "0", "1", "x")),
    st.booleans(),
)
def test_no_text_is_too_odd(kind: str | None, text: str, style: str | None, formula: bool) -> None:
    values = Values(["甲"], {"0": NumberStyle.PLAIN, "1": NumberStyle.DAY}, from_1904=False)
    found = values.read(kind, text, style, formula=formula)
    assert found is None or isinstance(found, str | float | bool | datetime | time | BrokenCell)
    assert not isinstance(found, float) or math.isfinite(found)
