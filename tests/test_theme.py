from xml.etree import ElementTree as ET

import pytest

from factory_crm.xlsx import theme
from factory_crm.xlsx.formula import link_to, quote_title


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (theme.INK, theme.WHITE), (theme.MUTED, theme.WHITE), (theme.MUTED, theme.AUTOMATIC_FILL), (theme.BRAND_2, theme.WHITE),
        (theme.WHITE, theme.BRAND), (theme.WHITE, theme.BRAND_2), (theme.WHITE, theme.OPTIONAL), (theme.WHITE, theme.AUTOMATIC),
        (theme.GOOD, theme.GOOD_SOFT), (theme.WARN, theme.WARN_SOFT), (theme.BAD, theme.BAD_SOFT), (theme.BAD, theme.WHITE),
        (theme.BRAND, theme.BRAND_SOFT),
    ],
)  # fmt: skip
def test_text_can_be_read_on_its_ground(text, ground) -> None:
    assert theme.contrast(text, ground) >= 4.5


def test_series_stand_out_on_white() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert all(theme.contrast(colour, theme.WHITE) >= 2.9 for colour in theme.SERIES)


def test_a_chinese_text_is_given_the_room_it_takes() -> None:
    assert theme.pixels("深圳市宏达电子有限公司") >= 11 * 13
    assert theme.pixels("abc") < theme.pixels("客户名")
    assert theme.header_pixels("客户编号") == theme.pixels("客户编号") + 16


def test_a_header_of_several_words_takes_two_lines() -> None:
    assert theme.header_pixels("Total amount (CNY)") == theme.pixels("Total amount") + 16


def test_the_theme_holds_our_colours_and_a_chinese_font() -> None:
    tree = ET.fromstring(theme.theme_xml().encode())  # noqa: S314 - our own text
    name = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    colours = [node.get("val") for node in tree.iterfind(f".//{name}clrScheme//{name}srgbClr")]
    assert colours[2:8] == [colour[1:] for colour in theme.SERIES]
    assert {node.get("typeface") for node in tree.iter(f"{name}ea")} == {"微软雅黑"}


def test_sheet_names_are_quoted_for_formulas() -> None:
    assert quote_title("O'Neil") == "'O''Neil'"
    assert link_to("客户信息", "B5") == "internal:'客户信息'!B5"
