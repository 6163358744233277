"""Threats: cells that say something odd, stand somewhere odd, or are spelt in an odd way."""

from typing import Any

from factory_crm.problems import codes

from . import packing
from .threats import SHEET, STRINGS, STYLES, book, threat

BAD, ERROR, NO_DATE, UNCALCULATED = codes.BAD_CELL, codes.ERROR_VALUE, codes.NO_SUCH_DATE, codes.NOT_CALCULATED
DAY, CLOCK = 's="1"', 's="4"'

# name: (attributes, content, what A1 is; None where it is blank)
CELLS: dict[str, tuple[str, str, Any]] = {
    "not a number": ("", "<v>NaN</v>", BAD),
    "infinity": ("", "<v>INF</v>", BAD),
    "minus infinity": ("", "<v>-inf</v>", BAD),
    "number too large": ("", "<v>1e999</v>", BAD),
    "number with commas": ("", "<v>1,234</v>", BAD),
    "full-width digits": ("", "<v>１２３</v>", BAD),
    "digits of another script": ("", "<v>٣</v>", BAD),
    "number with underscores": ("", "<v>1_000</v>", BAD),
    "hexadecimal": ("", "<v>0x10</v>", BAD),
    "text for a number": ("", "<v>abc</v>", BAD),
    "two numbers": ("", "<v>1 2</v>", BAD),
    "number of a million digits": ("", f"<v>{'9' * 1_000_000}</v>", BAD),
    "number with blanks around": ("", "<v>\n 12.5 \t</v>", 12.5),
    "number in exponents": ("", "<v>1.5E+3</v>", 1500.0),
    "number with a plus": ("", "<v>+.5</v>", 0.5),
    "tiny number": ("", "<v>1e-999</v>", 0.0),
    "number of twenty digits": ("", "<v>12345678901234567890</v>", 12345678901234567890.0),
    "nothing in the value": ("", "<v></v>", None),
    "blanks in the value": ("", "<v>  </v>", None),
    "string number too high": ('t="s"', "<v>99</v>", BAD),
    "string number below zero": ('t="s"', "<v>-1</v>", BAD),
    "string number in full width": ('t="s"', "<v>１</v>", BAD),
    "string number with an underscore": ('t="s"', "<v>0_1</v>", BAD),
    "string number without end": ('t="s"', f"<v>{'1' * 5000}</v>", BAD),
    "string number that is none": ('t="s"', "<v>甲</v>", BAD),
    "string number left out": ('t="s"', "<v/>", BAD),
    "style too high": ('s="999"', "<v>1</v>", BAD),
    "style below zero": ('s="-1"', "<v>1</v>", BAD),
    "style that is none": ('s="x"', "<v>1</v>", BAD),
    "style of a text": ('s="999" t="s"', "<v>0</v>", "甲"),
    "unknown type": ('t="z"', "<v>1</v>", BAD),
    "type in capitals": ('t="S"', "<v>0</v>", BAD),
    "true": ('t="b"', "<v>1</v>", True),
    "two for a truth": ('t="b"', "<v>2</v>", BAD),
    "nothing for a truth": ('t="b"', "<v/>", None),
    "division by zero": ('t="e"', "<v>#DIV/0!</v>", ERROR),
    "lost reference": ('t="e"', "<v>#REF!</v>", ERROR),
    "not available": ('t="e"', "<v>#N/A</v>", ERROR),
    "spilt": ('t="e"', "<v>#SPILL!</v>", ERROR),
    "busy": ('t="e"', "<v>#BUSY!</v>", ERROR),
    "error of another language": ('t="e"', "<v>#错误!</v>", ERROR),
    "formula never calculated": ("", "<f>1+1</f>", UNCALCULATED),
    "formula with an empty value": ("", "<f>1+1</f><v/>", UNCALCULATED),
    "formula that gave a text": ('t="str"', "<f>A2</f><v>丙</v>", "丙"),
    "formula that gave no text": ('t="str"', "<f>A2</f><v></v>", None),
    "formula after its value": ("", "<v>3</v><f>1+2</f>", 3.0),
    "shared formula": ("", '<f t="shared" si="0"/><v>4</v>', 4.0),
    "array formula": ("", '<f t="array" ref="A1:B2">{1}</f><v>5</v>', 5.0),
    "call of a program": ('t="str"', "<f>cmd|'/c calc'!A0</f><v>x</v>", "x"),
    "call of a web page": ('t="str"', '<f>WEBSERVICE("http://127.0.0.1:1")</f><v>x</v>', "x"),
    "text that looks like a formula": ('t="str"', "<v>=1+1</v>", "=1+1"),
    "day 0": (DAY, "<v>0</v>", NO_DATE),
    "day 59": (DAY, "<v>59</v>", "1900-02-28 00:00:00"),
    "day that never was": (DAY, "<v>60</v>", NO_DATE),
    "day 61": (DAY, "<v>61</v>", "1900-03-01 00:00:00"),
    "day before time": (DAY, "<v>-1</v>", NO_DATE),
    "last day": (DAY, "<v>2958465</v>", "9999-12-31 00:00:00"),
    "day after the last": (DAY, "<v>2958466</v>", NO_DATE),
    "day beyond all": (DAY, "<v>1e300</v>", NO_DATE),
    "midnight by rounding": (DAY, "<v>45000.9999999999</v>", "2023-03-16 00:00:00"),
    "hours alone": ('s="2"', "<v>0.5</v>", "12:00:00"),
    "day in ISO": ('t="d"', "<v>2024-01-05</v>", "2024-01-05 00:00:00"),
    "day in ISO that is none": ('t="d"', "<v>2024-02-30</v>", NO_DATE),
    "day in ISO that is nothing": ('t="d"', "<v>tomorrow</v>", BAD),
    "escaped letter": ('t="str"', "<v>_x0041_</v>", "A"),
    "escaped end of line": ('t="str"', "<v>a_x000D_b</v>", "a\nb"),
    "escaped underscore": ('t="str"', "<v>_x005F_x0041_</v>", "_x0041_"),
    "escaped nothing": ('t="str"', "<v>_x0000_</v>", "_x0000_"),
    "escaped half a character": ('t="str"', "<v>_xD800_</v>", "_xD800_"),
    "direction turned round": ('t="str"', "<v>a\u202eb</v>", "a\u202eb"),
    "blanks of no width": ('t="str"', "<v>\u200b甲\ufeff</v>", "\u200b甲\ufeff"),
    "text of 32,767": ('t="str"', f"<v>{'字' * 32_767}</v>", "字" * 32_767),
    "text of 32,768": ('t="str"', f"<v>{'字' * 32_768}</v>", "字" * 32_768),
    "comment in a value": ("", "<v>1<!-- 9 -->2</v>", 12.0),
    "instruction in a value": ("", "<v>1<?x 9?>2</v>", 12.0),
    "unparsed text in a value": ("", "<v><![CDATA[12]]></v>", 12.0),
    "rich text": ('t="inlineStr"', "<is><r><rPr><b/></rPr><t>甲</t></r><r><t>乙</t></r></is>", "甲乙"),
    "reading aids": ('t="inlineStr"', "<is><t>甲</t><rPh sb='0' eb='1'><t>jia</t></rPh></is>", "甲"),
    "inline text without a type": ("", "<is><t>丙</t></is>", "丙"),
    "attributes of other programs": ('cm="1" vm="1" xml:space="preserve"', "<v>1</v>", 1.0),
    "elements of other programs": ("", '<extLst><ext uri="x"/></extLst><v>1</v>', 1.0),
}  # fmt: skip
for name, (attributes, inner, value) in CELLS.items():
    row = f'<row r="1"><c r="A1" {attributes}>{inner}</c><c r="B1"><v>7</v></c></row>'
    threat(f"cell: {name}", lambda row=row: book(row), {**({} if value is None else {"A1": value}), "B1": 7.0})


def cell(reference: str, value: int = 1) -> str:
    """A cell."""
    return f'<c r="{reference}"><v>{value}</v></c>'


# name: (rows, what they are)
ROWS: dict[str, tuple[str, Any]] = {
    "at the ends of the world": (f'<row r="1">{cell("A1")}</row><row r="1048576">{cell("XFD1048576")}</row>', {"A1": 1.0, "XFD1048576": 1.0}),
    "column outside": (f'<row r="1">{cell("XFE1")}</row>', {"A1": BAD}),
    "column without end": (f'<row r="1">{cell("Z" * 300 + "1")}</row>', {"A1": BAD}),
    "row outside": (f'<row r="1">{cell("A1048577")}</row>', {"A1": BAD}),
    "row 0": (f'<row r="0">{cell("A0")}</row>', {"A1": BAD}),
    "row number that overflows": (f'<row r="99999999999999999999">{cell("A1")}</row>', {"A1": 1.0}),
    "cell of another row": (f'<row r="1">{cell("A9")}</row>', {"A1": BAD}),
    "reference of nothing": ('<row r="1"><c r=""><v>1</v></c></row>', {"A1": 1.0}),
    "reference of a range": (f'<row r="1">{cell("A1:B2")}</row>', {"A1": BAD}),
    "reference in R1C1": (f'<row r="1">{cell("R1C1")}</row>', {"A1": BAD}),
    "reference in small letters": (f'<row r="1">{cell("b1")}</row>', {"B1": 1.0}),
    "no references": ("<row><c><v>1</v></c><c><v>2</v></c></row>", {"A1": 1.0, "B1": 2.0}),
    "some references": (f'<row r="3"><c><v>1</v></c>{cell("D3")}<c><v>2</v></c></row>', {"A3": 1.0, "D3": 1.0, "E3": 2.0}),
    "rows backwards": (f'<row r="2">{cell("A2", 2)}</row><row r="1">{cell("A1")}</row>', {"A1": 1.0, "A2": 2.0}),
    "cells backwards": (f'<row r="1">{cell("B1", 2)}{cell("A1")}</row>', {"A1": 1.0, "B1": 2.0}),
    "a cell twice": (f'<row r="1">{cell("A1")}{cell("A1", 2)}</row>', {"A1": BAD}),
    "a cell twice in two rows": (f'<row r="1">{cell("A1")}</row><row r="1">{cell("A1")}</row>', {"A1": BAD}),
    "a row in two pieces": (f'<row r="1">{cell("A1")}</row><row r="1">{cell("B1")}</row>', {"A1": 1.0, "B1": 1.0}),
    "rows in rows": ('<row r="1"><row r="2"/></row>', codes.BAD_XML),
    "cells in cells": ('<row r="1"><c r="A1"><c r="B1"/></c></row>', codes.BAD_XML),
    "cells without a row": (cell("A1"), codes.BAD_XML),
    "rows after the last": ('<row r="1048576"/><row><c><v>1</v></c></row>', codes.BAD_XML),
    "elements in a value": ('<row r="1"><c r="A1"><v>1<x/>2</v></c></row>', codes.BAD_XML),
}  # fmt: skip
for name, (rows, comes) in ROWS.items():
    threat(f"rows: {name}", lambda rows=rows: book(rows), comes)


def beside(before: str = "", after: str = "") -> dict[str, str | bytes]:
    """A sheet with something before or after its rows."""
    part = packing.sheet(f'<row r="1">{cell("A1")}</row>', after).replace("<sheetData>", before + "<sheetData>")
    return {**book(), SHEET: part}


for name, before, after in (
    ("dimension of everything", '<dimension ref="A1:XFD1048576"/>', ""),
    ("dimension of nothing", '<dimension ref="B5"/>', ""),
    ("dimension that is none", '<dimension ref="x"/>', ""),
    ("everything merged", "", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    ("merged ranges that are none", "", '<mergeCells><mergeCell ref="x"/><mergeCell/></mergeCells>'),
    ("everything validated", "", '<dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations>'),
    ("everything a link", "", '<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'),
    ("filter that is none", "", '<autoFilter ref="#REF!"><filterColumn colId="x"/></autoFilter>'),
    ("columns that are none", '<cols><col min="x" max="-1" hidden="1"/><col hidden="1"/></cols>', ""),
    (
        "rows of another program",
        '<x:sheetData xmlns:x="urn:x"><x:row r="1"><x:c r="A1"><x:v>9</x:v></x:c></x:row></x:sheetData>',
        "",
    ),
):
    threat(f"beside: {name}", lambda before=before, after=after: beside(before, after), {"A1": 1.0})
threat(
    "1904",
    lambda: book(
        f'<row r="1"><c r="A1" {DAY}><v>0</v></c></row>', BOOK=packing.workbook(before='<workbookPr date1904="1"/>')
    ),
    {"A1": "1904-01-01 00:00:00"},
)
threat(
    "no strings but cells with some",
    lambda: {**book('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), STRINGS: packing.shared()},
    {"A1": BAD},
)
threat(
    "styles of nothing",
    lambda: {**book('<row r="1"><c r="A1" s="0"><v>1</v></c></row>'), STYLES: f'<styleSheet xmlns="{packing.MAIN}"/>'},
    {"A1": 1.0},
)
threat(
    "colours and borders of nonsense",
    lambda: {
        **book(),
        STYLES: f'<styleSheet xmlns="{packing.MAIN}"><fonts><font><color rgb="zz"/></font></fonts><borders><border style="?"/></borders><cellXfs><xf numFmtId="x" fontId="-7"/></cellXfs></styleSheet>',
    },
    {"A1": 1.0},
)
SHEETS = {
    "two of one name": ('<sheet name="a" r:id="rId1"/><sheet name="A" r:id="rId1"/>', codes.DUPLICATE_PART),
    "none": ("", codes.NO_SHEETS),
    "no name": ('<sheet r:id="rId1"/>', {"A1": 1.0}),
    "name of forty characters": (f'<sheet name="{"名" * 40}" r:id="rId1"/>', {"A1": 1.0}),
    "name that is not allowed": ('<sheet name="a/b:c?*[]" r:id="rId1"/>', {"A1": 1.0}),
    "hidden from all menus": ('<sheet name="a" state="veryHidden" r:id="rId1"/>', {"A1": 1.0}),
    "of a state unheard of": ('<sheet name="a" state="gone" r:id="rId1"/>', {"A1": 1.0}),
    "without a relation": ('<sheet name="a"/>', codes.MISSING_PART),
    "with a relation to nothing": ('<sheet name="a" r:id="rId77"/>', codes.MISSING_PART),
    "two thousand": ("".join(f'<sheet name="{n}" r:id="rId1"/>' for n in range(2000)), codes.TOO_LARGE),
}  # fmt: skip
for name, (sheets, comes) in SHEETS.items():
    threat(f"sheets: {name}", lambda sheets=sheets: book(BOOK=packing.workbook(sheets)), comes)
