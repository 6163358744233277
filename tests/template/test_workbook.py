import os
import re
import subprocess
import sys
import tempfile
import zipfile

import openpyxl
import pytest
from lxml import etree

from factory_crm.crm import schema as standard
from factory_crm.i18n import translate
from factory_crm.schema.stamp import Stamp
from factory_crm.template.live.lookups import BLANK_SIGNS, SPECIAL_SIGNS
from factory_crm.template.page import CHECK_COLUMN, FIRST_ROW, HEADER_ROW, HINT_ROW
from factory_crm.template.workbook import write_template
from tests.template.conftest import headers


def test_sheets_stand_in_order_and_helpers_are_hidden(book) -> None:
    assert book.sheetnames == [
        "填写说明",
        "客户信息",
        "订单记录",
        "服务记录",
        "反馈评价",
        "自检",
        "选项",
        "_check",
        "_meta",
    ]
    assert [sheet.sheet_state for sheet in book] == [*["visible"] * 6, "hidden", "veryHidden", "veryHidden"]
    assert book.active.title == "填写说明"


def test_headers_are_exactly_the_contracts_between_check_and_problems(book, schema) -> None:
    for sheet in schema.sheets:
        written = list(headers(book[sheet.title]))
        assert written == ["检查", *(column.header for column in sheet.columns), "问题说明（自动）"]


def test_hints_above_the_headers_tell_how_each_column_stands(book) -> None:
    hints = dict(zip(headers(book["订单记录"]), (cell.value for cell in book["订单记录"][HINT_ROW]), strict=True))
    assert hints["订单编号"] == "★必填　ORD001"
    assert hints["客户编号"] == "★必填　下拉选择"
    assert hints["下单日期"] == "☆建议填　2023-01-20"
    assert hints["行号"] == "选填"
    assert hints["总金额(元)"] == "◎自动　数量 × 单价"


def test_colour_and_sign_say_the_same(book, schema) -> None:
    found = set()
    for sheet in schema.sheets:
        for head, hint in zip(book[sheet.title][HEADER_ROW], book[sheet.title][HINT_ROW], strict=True):
            if hint.value:
                found.add((re.split("　", hint.value)[0], head.fill.fgColor.rgb))
    assert len(found) == 4
    assert len({colour for _, colour in found}) == 4


def test_no_example_stands_among_the_rows(book, schema) -> None:
    for sheet in schema.sheets:
        columns = headers(book[sheet.title])
        typed = [columns[column.header] for column in sheet.columns if not column.automatic]
        assert not any(book[sheet.title].cell(FIRST_ROW, column).value for column in typed)


def test_names_stay_in_sight_and_the_cursor_waits_at_the_first_cell(book) -> None:
    panes = [book[title].freeze_panes for title in ("客户信息", "订单记录", "服务记录", "反馈评价")]
    assert panes == ["D5", "F5", "E5", "E5"]
    assert {book[title].sheet_view.selection[-1].activeCell for title in ("客户信息", "订单记录")} == {"B5"}
    assert book["客户信息"].auto_filter.ref == "A4:P44"


def test_every_sheet_prints_as_wide_as_it_takes_to_read_it_with_its_header_and_its_customer(book) -> None:
    for sheet in book.worksheets[1:5]:
        assert sheet.page_setup.fitToWidth == 2
        assert sheet.print_title_cols == f"$A:${chr(ord(sheet.freeze_panes[0]) - 1)}"
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert sheet.print_title_rows == "$4:$4"
        problems = sheet.cell(HEADER_ROW, len(headers(sheet)))
        area = sheet.print_area.rpartition("!")[2].replace("$", "")
        assert area == f"A1:{sheet.cell(44, problems.column + 4).coordinate}"  # long problems run on
        assert sheet.oddFooter.center.text == "第 &P / &N 页"
    assert book["填写说明"].sheet_properties.pageSetUpPr.fitToPage
    assert book["自检"]["C" + book["自检"].print_title_rows.rpartition("$")[2]].value == "检查项"


def test_what_people_type_in_is_unlocked_and_headers_are_not(book) -> None:
    sheet = book["订单记录"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert not any(one.protection.locked for one in sheet.column_dimensions.values())
    assert not any(cell.protection.locked for cell in sheet[FIRST_ROW] if cell.value)
    assert all(cell.protection.locked for cell in sheet[HEADER_ROW])


def test_pasted_cells_can_be_edited_again(template) -> None:
    with zipfile.ZipFile(template) as parts:
        sheets = [parts.read(f"xl/worksheets/sheet{number}.xml").decode() for number in range(1, 6)]
    assert re.findall(r'<protectedRange sqref="([^"]+)"', "".join(sheets)) == [
        "C6:C8",
        "A5:P44",
        "A5:P44",
        "A5:P44",
        "A5:K44",
    ]


def test_a_sheet_reaches_no_further_than_its_problems(book) -> None:
    assert book["客户信息"].dimensions == "A1:P44"


def test_the_stamp_is_there_three_times(book, schema) -> None:
    stamp = Stamp.of(schema, "template")
    assert Stamp.from_facts({item.name: item.value for item in book.custom_doc_props.props}) == stamp
    assert Stamp.parse(book.defined_names["FC_SCHEMA"].attr_text) == stamp
    facts = {row[0].value: row[1].value for row in book["_meta"].iter_rows()}
    assert Stamp.from_facts(facts) == stamp
    assert (facts["rows"], facts["header_row"], facts["first_row"]) == (40, 4, 5)
    assert facts["sheet.orders"] == "订单记录"


def test_the_office_is_filled_in_right_of_its_label(tmp_path, schema) -> None:
    write_template(tmp_path / "t.xlsx", schema, office="一分厂", rows=1)
    cover = openpyxl.load_workbook(tmp_path / "t.xlsx")["填写说明"]
    labels = {row[1].value: row[2] for row in cover.iter_rows(min_row=1, max_row=10)}
    assert labels["填报单位"].value == "一分厂"
    assert labels["填表人"].value is None
    assert not labels["填表人"].protection.locked


def test_english_words_are_used_where_there_are_any(tmp_path, schema, monkeypatch) -> None:
    english = {
        "客户信息": "Customers",
        "客户名称": "Customer name",
        "企业": "Company",
        "查无此客户": "No such customer",
    }
    monkeypatch.setattr(translate, "locale", {"zh": {}, "en": english}.__getitem__)
    write_template(tmp_path / "t.xlsx", schema, language="en", rows=2)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert "Customer name" in headers(book["Customers"])
    assert book["选项"]["A4"].value == "Company"
    assert '"No such customer"' in book["订单记录"]["E5"].value
    assert book.defined_names["FC_customers"].attr_text == "'Customers'!$A$1:$P$56"


@pytest.mark.parametrize("rows", [0, -1])
def test_a_template_without_rows_is_refused(tmp_path, schema, rows) -> None:
    with pytest.raises(ValueError, match="at least one row"):
        write_template(tmp_path / "t.xlsx", schema, rows=rows)


def test_three_hundred_rows_stay_small(template, tmp_path) -> None:
    write_template(tmp_path / "english.xlsx", standard(), language="en", rows=300)
    assert max(path.stat().st_size for path in (template, tmp_path / "english.xlsx")) <= 100_000


def test_nothing_is_written_elsewhere(tmp_path, schema, monkeypatch) -> None:
    nowhere = tmp_path / "absent"
    monkeypatch.setattr(tempfile, "tempdir", str(nowhere))
    write_template(tmp_path / "t.xlsx", schema, rows=1)
    assert [path.name for path in tmp_path.iterdir()] == ["t.xlsx"]


@pytest.mark.parametrize("language", translate.LANGUAGES)
def test_every_sign_survives_an_old_code_page(tmp_path, schema, language) -> None:
    write_template(tmp_path / "t.xlsx", schema, language=language, rows=1)
    with zipfile.ZipFile(tmp_path / "t.xlsx") as parts:
        for name in parts.namelist():
            shown = parts.read(name).decode()
            searched = dict.fromkeys(map(ord, {*SPECIAL_SIGNS, *BLANK_SIGNS} - {"\n"}))  # what nobody should see
            shown.translate(searched).encode("gbk")


def test_the_same_contract_gives_the_same_parts(tmp_path) -> None:
    """Whatever the day, the time zone or the order in which Python keeps its sets."""
    code = "import sys; from pathlib import Path; from factory_crm.crm import schema as standard\n"
    code += "from factory_crm.template.workbook import write_template; write_template(Path(sys.argv[1]), standard())"
    made = []
    for seed, zone in (("0", "UTC"), ("99", "Asia/Shanghai"), ("7", "America/New_York")):
        path = tmp_path / f"{seed}.xlsx"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run([sys.executable, "-c", code, str(path)], env=environment, check=True)
        with zipfile.ZipFile(path) as parts:
            made.append({name: parts.read(name) for name in parts.namelist()})
    assert made[0] == made[1] == made[2]
    assert b"2024-01-01T00:00:00Z" in made[0]["docProps/core.xml"]


SAFE = {
    *(
        "ABS",
        "AND",
        "CHAR",
        "COLUMN",
        "COUNTA",
        "COUNTIF",
        "DAY",
        "EXACT",
        "FIND",
        "HYPERLINK",
        "IF",
        "IFERROR",
        "INDEX",
        "INT",
    ),
    *("ISERR", "ISLOGICAL", "ISNA", "ISNUMBER", "ISTEXT", "LEFT", "LEN", "LOWER", "MATCH", "MAX", "MID", "MIN", "MOD"),
    *("NOT", "OFFSET", "OR", "REPT", "RIGHT", "ROUND", "ROW", "ROWS", "SEARCH", "SUBSTITUTE", "SUM", "SUMPRODUCT"),
    *("TRIM", "UPPER"),
}
"""What Excel 2016, WPS and LibreOffice all know."""


def test_formulas_use_only_functions_that_every_program_knows(tmp_path) -> None:
    write_template(tmp_path / "t.xlsx", standard("full"), rows=1)
    used, places = set(), ("f", "formula", "formula1", "formula2", "definedName")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as parts:
        for name in (name for name in parts.namelist() if name.endswith(".xml")):
            texts = [
                e.text or "" for e in etree.fromstring(parts.read(name)).iter() if etree.QName(e).localname in places
            ]
            used |= {found for text in texts for found in re.findall(r"[A-Z][\w.]*(?=\()", re.sub('"[^"]*"', "", text))}
    assert used == SAFE


def test_formulas_look_at_their_own_row_whatever_is_moved(book) -> None:
    """A reference such as ``$C5`` would follow a cell that is cut; ``INDEX(…,ROW())`` stays."""
    for sheet in book.worksheets[1:5]:
        formulas = [cell.value for cell in sheet[FIRST_ROW] if str(cell.value).startswith("=")]
        assert len(formulas) >= 2
        assert not any(re.search(r"(?<![$A-Z])\$?[A-Z]{1,2}\d", formula) for formula in formulas)


def test_the_check_column_comes_first(book) -> None:
    assert headers(book["订单记录"])["检查"] == CHECK_COLUMN
