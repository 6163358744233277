import re
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from factory_crm.annotate.choices import groups
from factory_crm.annotate.fix import fix, proposed
from factory_crm.annotate.mark import mark
from factory_crm.problems.codes import Severity
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.validation.workbook import WorkbookResult, validate_workbook
from tests.annotate.conftest import BAD
from tests.annotate.looking import cells, parts, places


@pytest.fixture(scope="module")
def fixed(tmp_path_factory: pytest.TempPathFactory, bad_book: WorkbookResult, schema: WorkbookSchema) -> Path:
    target = tmp_path_factory.mktemp("fixed") / "fixed.xlsx"
    assert fix(BAD, target, bad_book, schema).refusal is None
    return target


def test_the_fixed_copy_has_none_of_those_problems_left(
    bad_book: WorkbookResult, fixed: Path, schema: WorkbookSchema
) -> None:
    left = validate_workbook(fixed, schema)
    assert [p for p in left.problems if p.severity is Severity.FIX] == []
    kept = [p for p in bad_book.problems if p.severity is not Severity.FIX]
    assert places(left.problems) == places(kept)


def test_only_the_mended_cells_differ(bad: Path, bad_book: WorkbookResult, fixed: Path, schema: WorkbookSchema) -> None:
    before, after = cells(bad), cells(fixed)
    mended = {(c.location.sheet, c.location.row, c.location.column) for c in proposed(bad, bad_book, schema).changes}
    differ = {(title, old.number, cell.column) for title, rows in before.items()
              for old, new in zip(rows, after[title], strict=False)
              for cell in old.cells if cell not in new.cells and not cell.formula}  # fmt: skip
    assert differ - mended == set()


def test_numbers_and_days_are_real_ones(bad: Path, fixed: Path) -> None:
    old, new = openpyxl.load_workbook(bad), openpyxl.load_workbook(fixed)
    orders = new["订单记录"]
    assert (orders["H15"].value, orders["G16"].value, orders["G27"].value) == (1234.5, 500, 12000)
    assert (orders["J17"].value, orders["J17"].is_date) == (datetime(2024, 5, 14), True)
    assert (orders["B25"].value, orders["B25"].number_format) == ("20240525", "@")
    assert new["客户信息"]["H14"].value == datetime(2023, 1, 5)
    assert new["客户信息"]["F16"].value is None
    for title, at in (("订单记录", "H15"), ("客户信息", "H14"), ("客户信息", "L17")):
        one, other = old[title][at], new[title][at]
        for look in ("font", "fill", "border", "alignment"):
            assert repr(getattr(one, look)) == repr(getattr(other, look))


def test_what_was_changed_is_recorded(bad_book: WorkbookResult, fixed: Path) -> None:
    log = openpyxl.load_workbook(fixed)["修改记录"]
    rows = [[cell.value for cell in row] for row in log.iter_rows(5)]
    assert len(rows) == sum(p.severity is Severity.FIX for p in bad_book.problems)
    assert ["客户信息", "L17", "所在地区", "湖北省", "湖北"] in [row[1:6] for row in rows]
    assert all(row[6] for row in rows)


def test_formulas_are_calculated_again_on_opening(fixed: Path) -> None:
    assert b'fullCalcOnLoad="1"' in parts(fixed)["xl/workbook.xml"]


def test_a_formula_is_never_written_over(bad: Path, schema: WorkbookSchema) -> None:
    orders = "xl/worksheets/sheet3.xml"
    typed = re.compile(rb'<c r="G16"[^>]*>.*?</c>')
    formula = '<c r="G16" t="str"><f>"５"&amp;"００"</f><v>５００</v></c>'.encode()
    changed = {orders: typed.sub(formula, parts(bad)[orders])}
    with zipfile.ZipFile(bad.with_name("own.xlsx"), "w") as package:
        for name, part in {**parts(bad), **changed}.items():
            package.writestr(name, part)
    book = validate_workbook(bad.with_name("own.xlsx"), schema)
    assert ("订单记录!G16", "C302") in places(book.problems)
    listed = proposed(bad.with_name("own.xlsx"), book, schema).changes
    assert "G16" not in [change.location.cell for change in listed]
    assert list(fix(bad.with_name("own.xlsx"), bad.with_name("f.xlsx"), book, schema).changes) == listed
    assert formula in parts(bad.with_name("f.xlsx"))[orders]


def test_nothing_to_fix_writes_nothing(bad: Path, schema: WorkbookSchema) -> None:
    assert not fix(bad, bad.with_name("f.xlsx"), WorkbookResult("b"), schema).changes
    assert not bad.with_name("f.xlsx").exists()


def test_equal_problems_stand_once(small: Path, schema: WorkbookSchema) -> None:
    first = groups(validate_workbook(small, schema), schema)[0]
    assert (first.sheet, first.header, first.content, len(first.problems)) == ("客户信息", "企业规模", "中形", 3)
    assert "中型" in first.likely


def test_one_choice_mends_all_its_cells(small: Path, schema: WorkbookSchema) -> None:
    marked = small.with_name("marked.xlsx")
    mark(small, marked, validate_workbook(small, schema), schema)
    chosen = openpyxl.load_workbook(marked)
    sheet = chosen["一次改多处"]
    row = next(row for row in sheet.iter_rows(5) if row[3].value == "中形")
    assert (row[4].value, sheet.data_validations.dataValidation[0].type) == (3, "list")
    row[5].value = "中型"
    chosen.save(marked)
    again = marked.with_name("again.xlsx")
    mark(marked, again, validate_workbook(marked, schema), schema)
    assert openpyxl.load_workbook(again)["一次改多处"].cell(row[5].row, row[5].column).value == "中型"
    fixed = fix(marked, small.with_name("f.xlsx"), validate_workbook(marked, schema), schema, apply=True)
    assert sum(change.chosen for change in fixed.changes) == 3
    result = openpyxl.load_workbook(small.with_name("f.xlsx"))
    assert [result["客户信息"][f"K{row}"].value for row in (5, 6, 7)] == ["中型"] * 3
    told = [row[6].value for row in result["修改记录"].iter_rows(5)]
    assert told.count("按您在「一次改多处」里的选择改写") == 3
    assert not [
        p for p in validate_workbook(small.with_name("f.xlsx"), schema).problems if p.params.get("value") == "中形"
    ]


def test_a_choice_that_would_be_wrong_again_is_not_made(small: Path, schema: WorkbookSchema) -> None:
    marked = small.with_name("m.xlsx")
    mark(small, marked, validate_workbook(small, schema), schema)
    made = openpyxl.load_workbook(marked)
    made["一次改多处"]["F5"] = "还是不对"
    made.save(marked)
    found = proposed(marked, validate_workbook(marked, schema), schema, apply=True)
    assert not [change for change in found.changes if change.chosen]
    assert list(found.unusable.values()) == ["还是不对"]
