"""Nothing of a workbook is lost by marking it: templates, filled ones, summaries, and a large collection of real files."""

import re
import warnings
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from factory_crm.annotate.mark import mark
from factory_crm.problems import codes
from factory_crm.problems.problem import Location, Problem
from factory_crm.reading.guard import Refused
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.template.workbook import write_template
from factory_crm.validation.workbook import WorkbookResult
from tests import conftest, office
from tests.annotate.conftest import HERE
from tests.annotate.looking import cells, inventory, parts
from tests.xlsx_lint import lint

CORPUS = HERE.parent / "shared" / "corpus"
OURS = re.compile(
    r"sheetFC\d+\.xml|comments\d+\.xml|vmlDrawing\d+\.vml|_rels/sheet[^/]*\.rels|worksheets/_rels/.*\.rels|xl/styles\.xml$",
    re.IGNORECASE,
)
TOUCHED = re.compile(r"content_types|workbook\d*\.xml|styles|sheet[^/]*\.xml|comments|vmldrawing", re.IGNORECASE)
"""The parts that marking may change; every other is held to its bytes."""
GOOD = sorted((HERE / "workbooks").rglob("*.xlsx"))
FILES = sorted(CORPUS.glob("*.xl*")) if CORPUS.is_dir() else []


def scattered(path: Path) -> WorkbookResult:
    """A book with problems here and there on every sheet, at filled cells and at empty ones, and one of the whole file."""
    found = [Problem(codes.NO_KNOWN_SHEET, Location(path.name), {"titles": "x"})]
    for title, rows in cells(path).items():
        for row in rows[:30:3]:
            facts = {"header": "列", "value": "值", "expected": "文字"}
            found += [
                Problem(codes.UNPARSABLE, Location(path.name, title, row.number, cell.column), facts)
                for cell in row.cells[:4:2]
            ]
        if rows:
            found.append(
                Problem(
                    codes.BLANK,
                    Location(path.name, title, rows[-1].number + 2, 30),
                    {"header": "列", "expected": "文字"},
                )
            )
    return WorkbookResult(path.name, problems=tuple(found))


def hold(source: Path, folder: Path, schema: WorkbookSchema) -> Path:
    """Mark the workbook and hold the copy to the original, then take the marks away and hold that to it."""
    marked, clean = folder / source.name, folder / f"clean_{source.name}"
    assert mark(source, marked, scattered(source), schema).refusal is None
    before, after = parts(source), parts(marked)
    assert [name for name in after if name in before] == list(before)
    changed = {name for name in before if before[name] != after[name]}
    assert not [name for name in changed if not TOUCHED.search(name)]
    assert [name for name in after if name not in before and not OURS.search(name)] == []
    lost = inventory(before) - inventory(after)
    assert not lost
    assert faults(marked) <= faults(source)
    was, now = cells(source), cells(marked)
    assert {title: now[title] for title in was} == was
    assert mark(marked, clean, WorkbookResult(source.name), schema).written
    assert cells(clean) == was
    assert not inventory(before) - inventory(parts(clean))
    assert list(parts(clean)) == list(before) or set(parts(clean)) - set(before) <= {"xl/styles.xml"}
    return marked


def faults(path: Path) -> set[str]:
    """The kinds of faults our lint finds, whether or not it can read the workbook: none may be added."""
    try:
        return {fault.rpartition(": ")[2] for fault in lint(path)}
    except (ValueError, etree.XMLSyntaxError) as error:
        return {str(error)}


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others' workbooks may be faulty before we touch them: ``hold`` asks that they are no worse."""
    monkeypatch.setattr(conftest, "_require_sound", lambda _: None)


def others_agree(source: Path, marked: Path) -> None:
    """Readers that are not ours find the same in both, if they can read the original at all."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            one = openpyxl.load_workbook(BytesIO(source.read_bytes()))
        except Exception:  # noqa: BLE001 - many real files are too much for it
            one = None
        if one is not None:
            other = openpyxl.load_workbook(marked)
            for sheet in one.worksheets:
                assert filled(other[sheet.title]) == filled(sheet)
    try:
        original = CalamineWorkbook.from_path(str(source))
    except CalamineError:
        return
    calamine = CalamineWorkbook.from_path(str(marked))
    for title in original.sheet_names:
        try:
            found = original.get_sheet_by_name(title).to_python()
        except CalamineError:  # the original is too much for it
            continue
        assert calamine.get_sheet_by_name(title).to_python() == found


def filled(sheet: Any) -> dict[str, Any]:
    """What openpyxl finds in a sheet: only the cells it holds, since asking for rows would make all that lie between."""
    return {
        cell.coordinate: repr(getattr(cell.value, "text", cell.value))
        for cell in sheet._cells.values()
        if cell.value is not None
    }


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_our_own_workbooks_lose_nothing(path: Path, tmp_path: Path, schema: WorkbookSchema) -> None:
    hold(path, tmp_path, schema)


def test_the_template_loses_nothing(tmp_path: Path, schema: WorkbookSchema) -> None:
    write_template(tmp_path / "模板.xlsx", schema)
    (tmp_path / "out").mkdir()
    hold(tmp_path / "模板.xlsx", tmp_path / "out", schema)


def rich(path: Path) -> Path:
    """A workbook with what other programs lose when they load and save it."""
    picture = BytesIO((HERE / "docs" / "pictures" / "template.png").read_bytes())
    with xlsxwriter.Workbook(str(path)) as made:
        sheet, hidden = made.add_worksheet("表"), made.add_worksheet("藏")
        sheet.write_row("A1", ["编号", "数量"])
        sheet.write_column("B2", [1, 2, 3])
        sheet.write_formula("B5", "=SUM(B2:B4)", None, 6)
        sheet.write_rich_string("A2", made.add_format({"bold": True}), "粗", "细")
        sheet.write_comment("A2", "老张：请注意")
        sheet.add_sparkline("C2", {"range": "表!B2:B4"})
        sheet.conditional_format("B2:B4", {"type": "data_bar", "data_bar_2010": True})
        sheet.data_validation("D2", {"validate": "list", "source": ["甲", "乙"]})
        sheet.insert_textbox("E2", "文本框", {"description": "替代文字"})
        sheet.insert_image("E9", "p.png", {"image_data": picture, "description": "替代文字"})
        sheet.set_header("&C&G", {"image_center": "p.png", "image_data_center": picture})
        sheet.ignore_errors({"number_stored_as_text": "A1:B9"})
        sheet.write_url("A4", "https://example.com")
        sheet.protect("", {"sort": True})
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": "=表!$B$2:$B$4"})
        sheet.insert_chart("E20", chart, {"description": "替代文字"})
        hidden.very_hidden()
        made.define_name("数量", "=表!$B$2:$B$4")
        made.set_custom_property("部门", "销售")
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/threadedComments/threadedComment1.xml", "<ThreadedComments/>")
        package.writestr("xl/persons/person.xml", "<personList/>")
        package.writestr("customXml/unknown.xml", "<own/>")
    return path


def test_what_others_lose_is_kept(tmp_path: Path, schema: WorkbookSchema) -> None:
    (tmp_path / "out").mkdir()
    source = rich(tmp_path / "丰富.xlsx")
    marked = hold(source, tmp_path / "out", schema)
    before, after = parts(source), parts(marked)
    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml", "xl/worksheets/sheet1.xml",
    }  # fmt: skip
    others_agree(source, marked)


@pytest.mark.slow
@pytest.mark.skipif(not FILES, reason="the collection of real workbooks is not there")
@pytest.mark.usefixtures("foreign")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_real_workbooks_lose_nothing(path: Path, tmp_path: Path, schema: WorkbookSchema) -> None:
    try:
        cells(path)
    except Refused:
        pytest.skip("the reader refuses it")
    marked = hold(path, tmp_path, schema)
    if path.stat().st_size < 200_000:
        others_agree(path, marked)


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.usefixtures("foreign")
@pytest.mark.parametrize("path", [*GOOD, *FILES[::60]], ids=lambda path: path.stem)
def test_libreoffice_opens_the_marked_copy(path: Path, tmp_path: Path, schema: WorkbookSchema) -> None:
    try:
        titles = list(cells(path))
    except Refused:
        pytest.skip("the reader refuses it")
    mark(path, tmp_path / "m.xlsx", scattered(path), schema)
    again = cells(office.recalculated(tmp_path / "m.xlsx", tmp_path / "out"))
    assert "问题清单" in again
    assert set(titles) <= set(again)


@pytest.mark.slow
def test_the_summary_loses_nothing(tmp_path: Path, schema: WorkbookSchema) -> None:
    from click.testing import CliRunner

    from factory_crm.cli.app import main

    target = tmp_path / "汇总.xlsx"
    CliRunner().invoke(main, ["merge", str(HERE / "workbooks" / "good"), "-o", str(target)], catch_exceptions=False)
    (tmp_path / "out").mkdir()
    hold(target, tmp_path / "out", schema)
