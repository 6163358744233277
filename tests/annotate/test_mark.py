import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from factory_crm.annotate.comment_boxes import height_of
from factory_crm.annotate.mark import mark
from factory_crm.problems import codes
from factory_crm.problems.problem import Location, Problem
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.storage.atomic import NotSaved
from factory_crm.validation.workbook import WorkbookResult, validate_workbook
from tests.annotate.conftest import BAD
from tests.annotate.looking import cells, parts, places
from tests.reading.packing import MAIN, OFFICE, relation, relations, write
from tests.reading.packing import parts as package

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory, bad_book: WorkbookResult, schema: WorkbookSchema) -> Path:
    target = tmp_path_factory.mktemp("marked") / "marked.xlsx"
    assert mark(BAD, target, bad_book, schema).written
    return target


def test_only_what_must_change_changes(bad: Path, marked: Path) -> None:
    before, after = parts(bad), parts(marked)
    changed = {name for name, content in before.items() if after[name] != content}
    assert changed == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        *(f"xl/worksheets/sheet{n}.xml" for n in range(1, 6)),
    }  # fmt: skip
    assert [name for name in after if name in before] == list(before)


def test_the_bytes_of_the_cells_stay(bad: Path, marked: Path) -> None:
    data = re.compile(rb"<sheetData.*</sheetData>", re.DOTALL)
    before, after = parts(bad), parts(marked)
    for name in before:
        if "worksheets/sheet" in name and name.endswith(".xml"):
            assert data.findall(before[name]) == data.findall(after[name])


def test_the_copy_reads_as_the_original_does(bad: Path, marked: Path) -> None:
    before, after = cells(bad), cells(marked)
    assert {title: after[title] for title in before} == before
    one, other = CalamineWorkbook.from_path(str(bad)), CalamineWorkbook.from_path(str(marked))
    for title in one.sheet_names:
        assert other.get_sheet_by_name(title).to_python() == one.get_sheet_by_name(title).to_python()


def test_the_check_ignores_our_sheets_and_says_the_same(
    bad_book: WorkbookResult, marked: Path, schema: WorkbookSchema
) -> None:
    again = validate_workbook(marked, schema)
    assert again.stamp == bad_book.stamp
    assert places(again.problems) == places(bad_book.problems)


def test_marking_again_replaces_our_marks(marked: Path, schema: WorkbookSchema) -> None:
    again = marked.with_name("again.xlsx")
    mark(marked, again, validate_workbook(marked, schema), schema)
    one, other = parts(marked), parts(again)
    assert {name for name in {*one, *other} if one.get(name) != other.get(name)} == {
        "xl/workbook.xml"
    }  # whose copy it is


def test_when_nothing_is_left_the_marks_are_gone(bad: Path, marked: Path, schema: WorkbookSchema) -> None:
    clean = marked.with_name("clean.xlsx")
    assert mark(marked, clean, validate_workbook(marked, schema)._replace(problems=()), schema).written
    assert list(parts(clean)) == list(parts(bad))
    assert b"FC_MARK" not in b"".join(parts(clean).values())
    assert cells(clean) == cells(bad)
    assert not mark(clean, clean.with_name("none.xlsx"), WorkbookResult("clean", problems=()), schema).written


def test_the_list_is_last_open_and_holds_every_problem(bad_book: WorkbookResult, marked: Path) -> None:
    book = openpyxl.load_workbook(marked)
    listed = book.worksheets[-1]
    assert (listed.title, book.active.title) == ("问题清单", "问题清单")
    assert listed.max_row == 4 + len(bad_book.problems)
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["问题清单"]
    assert (listed.freeze_panes, listed.auto_filter.ref, listed.page_setup.paperSize) == (
        "A5",
        f"A4:I{listed.max_row}",
        9,
    )


def test_what_stood_in_cells_is_never_a_formula(bad: Path, schema: WorkbookSchema) -> None:
    facts = {"header": "=1+1", "value": '=HYPERLINK("http://x")', "expected": "+1"}
    book = WorkbookResult("b", problems=(Problem(codes.UNPARSABLE, Location("b", "客户信息", 6, 3), facts),))
    mark(bad, bad.with_name("m.xlsx"), book, schema)
    sheet = openpyxl.load_workbook(bad.with_name("m.xlsx"))["问题清单"]
    assert sheet["E5"].value == "=1+1"
    spelt = re.findall(r'<c r="[EFGH]5"[^>]*>.*?</c>', _list_of(bad.with_name("m.xlsx")))
    assert len(spelt) == 4
    assert not any("<f" in cell for cell in spelt)


def _list_of(path: Path) -> str:
    return next(part.decode() for name, part in reversed(parts(path).items()) if "sheetFC" in name)


def test_a_problem_of_the_whole_file_stands_on_the_list(bad: Path, schema: WorkbookSchema) -> None:
    book = WorkbookResult("b", problems=(Problem(codes.SHEET_MISSING, Location("b"), {"title": "客户信息"}),))
    mark(bad, bad.with_name("m.xlsx"), book, schema, "en")
    sheet = openpyxl.load_workbook(bad.with_name("m.xlsx"))["Problems"]
    assert sheet["I5"].value == "— After the next check"


def test_what_is_about_a_header_or_a_sheet_stands_there_and_on_the_list(small: Path, schema: WorkbookSchema) -> None:
    made = openpyxl.load_workbook(small)
    made["客户信息"]["C4"], made["订单记录"]["G4"] = "客户名", "随便"
    made["服务记录"].sheet_state = "hidden"
    made.save(small)
    mark(small, small.with_name("m.xlsx"), validate_workbook(small, schema), schema)
    marked = openpyxl.load_workbook(small.with_name("m.xlsx"), data_only=True)
    assert "缺少必填列「客户名称」" in marked["客户信息"]["C4"].comment.text
    assert "缺少必填列「数量」" in marked["订单记录"]["A4"].comment.text
    told = {tuple(cell.value for cell in row[2:5]): row[8].value for row in marked["问题清单"].iter_rows(5)}
    assert told["客户信息", "C4", "客户名称"] == "× 未改"
    assert told["订单记录", "A4", "数量"] == "— 重新检查后更新"
    assert told["服务记录", "整张表", ""] == "— 重新检查后更新"


def test_a_title_that_is_taken_is_numbered(tmp_path: Path, bad_book: WorkbookResult, schema: WorkbookSchema) -> None:
    made = openpyxl.Workbook()
    made.active.title = "问题清单"
    made.active["A1"] = "我的"
    made.save(tmp_path / "own.xlsx")
    mark(tmp_path / "own.xlsx", tmp_path / "m.xlsx", bad_book, schema)
    assert openpyxl.load_workbook(tmp_path / "m.xlsx")["问题清单"]["A1"].value == "我的"
    assert openpyxl.load_workbook(tmp_path / "m.xlsx").active.title == "问题清单 (2)"


def test_a_comment_of_the_users_own_stays_and_is_added_to(tmp_path: Path, schema: WorkbookSchema) -> None:
    made = openpyxl.Workbook()
    made.active["B2"] = "x"
    made.active["B2"].comment = openpyxl.comments.Comment("老张：请注意", "老张")
    made.save(tmp_path / "own.xlsx")
    book = WorkbookResult("b", problems=(Problem(codes.COLUMN_UNKNOWN, Location("b", "Sheet", 2, 2), {"header": "x"}),))
    mark(tmp_path / "own.xlsx", tmp_path / "m.xlsx", book, schema)
    said = openpyxl.load_workbook(tmp_path / "m.xlsx")["Sheet"]["B2"].comment.text
    assert said.startswith("老张：请注意\n\n—— 自动检查 ——\n【请核对 S202】")
    mark(tmp_path / "m.xlsx", tmp_path / "s.xlsx", WorkbookResult("b"), schema)
    assert openpyxl.load_workbook(tmp_path / "s.xlsx")["Sheet"]["B2"].comment.text == "老张：请注意"
    assert parts(tmp_path / "s.xlsx").keys() == parts(tmp_path / "own.xlsx").keys()


def test_a_box_is_as_high_as_its_text() -> None:
    assert height_of("短") < height_of("短\n短") < height_of("很长的一句话，" * 30)


def test_the_users_own_conditional_formats_keep_their_order(bad: Path, marked: Path) -> None:
    sheets = [openpyxl.load_workbook(path)["客户信息"] for path in (bad, marked)]
    own = [sorted((rule.priority, str(rule.formula)) for group in sheet.conditional_formatting for rule in group.rules
                  if "FC_MARK" not in str(rule.formula)) for sheet in sheets]  # fmt: skip
    assert [formula for _, formula in own[0]] == [formula for _, formula in own[1]]
    ours = [
        rule.priority
        for group in sheets[1].conditional_formatting
        for rule in group.rules
        if "FC_MARK" in str(rule.formula)
    ]
    assert max(ours) < own[1][0][0]


def test_writing_into_the_input_is_refused(bad: Path, bad_book: WorkbookResult, schema: WorkbookSchema) -> None:
    before = bad.read_bytes()
    with pytest.raises(NotSaved):
        mark(bad, bad, bad_book, schema)
    with pytest.raises(NotSaved):
        mark(bad, bad.with_name("m.xlsx"), bad_book, schema, inputs=[bad.parent])
    assert bad.read_bytes() == before


def test_what_cannot_be_marked_is_said(
    tmp_path: Path, bad: Path, bad_book: WorkbookResult, schema: WorkbookSchema
) -> None:
    strict = {name: str(part).replace(MAIN, STRICT) for name, part in package().items()}
    refused = mark(write(tmp_path / "strict.xlsx", strict), tmp_path / "m.xlsx", bad_book, schema).refusal
    assert refused is not None
    assert refused.code is codes.CANNOT_MARK_STRICT
    shutil.copy(bad, tmp_path / "signed.xlsx")
    with zipfile.ZipFile(tmp_path / "signed.xlsx", "a") as signed:
        signed.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    refused = mark(tmp_path / "signed.xlsx", tmp_path / "m.xlsx", bad_book, schema).refusal
    assert refused is not None
    assert refused.code is codes.CANNOT_MARK_SIGNED
    (tmp_path / "no.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16le"))
    refused = mark(tmp_path / "no.xlsx", tmp_path / "m.xlsx", bad_book, schema).refusal
    assert refused is not None
    assert refused.code is codes.ENCRYPTED
    assert not (tmp_path / "m.xlsx").exists()


def test_a_document_type_is_refused(tmp_path: Path, schema: WorkbookSchema) -> None:
    types = (
        '<!DOCTYPE x [<!ENTITY a "b">]><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    )
    source = write(tmp_path / "a.xlsx", package(changes={"[Content_Types].xml": types}))
    book = WorkbookResult("b", problems=(Problem(codes.SHEET_MISSING, Location("b"), {"title": "客户信息"}),))
    refused = mark(source, tmp_path / "m.xlsx", book, schema).refusal
    assert refused is not None
    assert refused.code is codes.FORBIDDEN_XML


def test_prefixed_elements_and_missing_styles_are_no_obstacle(tmp_path: Path, schema: WorkbookSchema) -> None:
    rows = '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    plain = '<Default Extension="rels" ContentType="application/xml"/><Default Extension="xml" ContentType="application/xml"/>'
    changes = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">{plain}<Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>',
        "xl/styles.xml": None,
        "xl/sharedStrings.xml": None,
        "xl/_rels/workbook.xml.rels": relations(relation(1, "worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": f'<x:worksheet xmlns:x="{MAIN}" xmlns:r="{OFFICE}"><x:sheetData>{rows}</x:sheetData></x:worksheet>',
    }
    source = write(tmp_path / "a.xlsx", package(changes=changes))
    book = WorkbookResult("b", problems=(Problem(codes.COLUMN_UNKNOWN, Location("b", "表", 1, 1), {"header": "甲"}),))
    assert mark(source, tmp_path / "m.xlsx", book, schema).written
    assert cells(tmp_path / "m.xlsx")["表"] == cells(source)["表"]
    assert openpyxl.load_workbook(tmp_path / "m.xlsx").sheetnames == ["表", "_fc_marks", "问题清单"]


def test_a_listing_gets_its_type_where_each_is_named_by_itself(
    bad: Path, bad_book: WorkbookResult, schema: WorkbookSchema
) -> None:
    types = parts(bad)["[Content_Types].xml"].decode()
    kind = "application/vnd.openxmlformats-package.relationships+xml"
    named = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name in parts(bad) if name.endswith(".rels")
    )
    types = re.sub('<Default Extension="rels"[^>]*>', "", types).replace("</Types>", f"{named}</Types>")
    with zipfile.ZipFile(bad.with_name("old.xlsx"), "w") as package:
        for name, part in parts(bad).items():
            package.writestr(name, types if name == "[Content_Types].xml" else part)
    mark(bad.with_name("old.xlsx"), bad.with_name("m.xlsx"), bad_book, schema)  # the lint asks for every part's type
    assert bad.with_name("m.xlsx").exists()
