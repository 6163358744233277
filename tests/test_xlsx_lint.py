"""Every corruption that public checkers miss is seeded into a sound workbook and found."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from tests.xlsx_lint import formula_problem, lint

HERE = Path(__file__).parents[1]
WORKBOOKS = sorted(path for folder in ("templates", "workbooks") for path in HERE.glob(f"{folder}/**/*.xlsx"))
SHEET, BOOK, TABLE = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/tables/table1.xml"


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("lint") / "sound.xlsx"
    with xlsxwriter.Workbook(path) as book:
        first, _ = book.add_worksheet("甲"), book.add_worksheet("乙")
        first.data_validation("A1:A5", {"validate": "list", "source": ["x", "y"]})
        first.conditional_format(
            "B1:B5", {"type": "formula", "criteria": "=B1>1", "format": book.add_format({"bold": 1})}
        )
        first.add_table("D1:E4", {"name": "costs_1", "columns": [{"header": "a"}, {"header": "b"}]})
        first.write_formula("G1", "=A1+1")
        first.write_formula("G2", "=A2+1")
        first.write("A1", 5)
        book.define_name("nm", "=甲!$A$1")
    return path


def broken(sound: Path, path: Path, part: str, before: str, after: str) -> Path:
    with zipfile.ZipFile(sound) as given, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            content = given.read(name).decode()
            assert name != part or before in content
            made.writestr(name, content.replace(before, after, 1) if name == part else content)
    return path


CORRUPTIONS = {
    "a list of more than 255 characters": (SHEET, '"x,y"', '"' + "选项一二三," * 60 + '"', "a list of"),
    "a shared formula over sheets": (
        SHEET, "<f>A1+1</f>", '<f t="shared" ref="G1:G2" si="0">乙!A1+1</f>', "reaches another sheet"),
    "a shared formula over quoted sheets": (
        SHEET, "<f>A1+1</f>", '<f t="shared" ref="G1:G2" si="0">\'乙\'!A1+1</f>', "reaches another sheet"),
    "a table header that is not its cell": (TABLE, 'name="a"', 'name="zzz"', "its header cell does not"),
    "a table called like a cell": (TABLE, 'displayName="costs_1"', 'displayName="T1"', "can't be a table's name"),
    "a table column twice": (TABLE, 'name="b"', 'name="a"', "two columns"),
    "a formula without its end": (SHEET, "<f>A1+1</f>", "<f>A1+</f>", "lacking an operand"),
    "a formula without a bracket": (SHEET, "<f>A1+1</f>", "<f>SUM(A1</f>", "not closed"),
    "a formula that is too long": (SHEET, "<f>A1+1</f>", "<f>A1" + "+A1" * 3000 + "</f>", "characters long"),
    "a style of a rule that is not": (SHEET, 'dxfId="0"', 'dxfId="9"', "the style 9"),
    "a style of a cell that is not": (SHEET, '<c r="A1"', '<c s="99" r="A1"', "the style 99"),
    "elements out of order": (SHEET, "<pageMargins", '<sheetProtection sheet="1"/><pageMargins', "out of order"),
    "a name with a blank": (BOOK, 'name="nm"', 'name="n m"', "can't be a defined name"),
    "a name like a cell": (BOOK, 'name="nm"', 'name="FC2"', "can't be a defined name"),
    "a sheet's name of 32 characters": (BOOK, 'name="乙"', 'name="' + "乙" * 32 + '"', "can't be a sheet's name"),
    "a sheet's name twice": (BOOK, 'name="乙"', 'name="甲"', "two sheets"),
    "a text of 40,000 characters": ("xl/sharedStrings.xml", "<t>a</t>", "<t>" + "a" * 40_000 + "</t>", "40000 characters"),
    "a shared text that is not": (SHEET, 't="s"><v>0<', 't="s"><v>77<', "the shared text 77"),
    "a part that is missing": (
        "xl/_rels/workbook.xml.rels", "worksheets/sheet2.xml", "worksheets/sheet9.xml", "which is missing"),
    "a part without a type": ("[Content_Types].xml", "/xl/worksheets/sheet2.xml", "/xl/worksheets/sheet7.xml", "no part"),
}  # fmt: skip


def test_a_sound_workbook_is_sound(sound) -> None:
    assert lint(sound) == []


@pytest.mark.parametrize("path", WORKBOOKS, ids=[path.name for path in WORKBOOKS])
def test_what_lies_here_to_be_opened_is_sound(path) -> None:
    assert lint(path) == []


@pytest.mark.parametrize("corruption", CORRUPTIONS)
def test_a_corruption_is_found(sound, tmp_path, corruption) -> None:
    part, before, after, told = CORRUPTIONS[corruption]
    found = lint(broken(sound, tmp_path / "broken.xlsx", part, before, after))
    assert any(told in problem for problem in found), found


@pytest.mark.parametrize(
    "formula",
    ['IF(A1="",-1,+A1)', "SUM(,A1)", "IF(A1,,1)", "A1<>-1", "'a(b'!A1", '"("', "A1>=B1", "{1,2}", "-(-A1)", "5%*2"],
)
def test_what_excel_takes_is_no_problem(formula) -> None:
    assert formula_problem(formula) == ""


@pytest.mark.parametrize(
    "formula", ["A1+", "A1+)", "(A1", "A1*/2", '"open', "=A1", "SUM(A1,", "*A1", "(" * 65 + "1" + ")" * 65]
)
def test_what_excel_refuses_is_a_problem(formula) -> None:
    assert formula_problem(formula)
