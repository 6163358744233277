"""LibreOffice does what a clerk does with a marked copy."""

from pathlib import Path

import pytest

from factory_crm.annotate.mark import mark
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.validation.workbook import WorkbookResult, validate_workbook
from tests.annotate.conftest import BAD
from tests.annotate.looking import cells
from tests.office import driven

pytestmark = [pytest.mark.slow, pytest.mark.libreoffice]
LIST, CUSTOMERS = "问题清单", "客户信息"


@pytest.fixture
def marked(tmp_path: Path, bad_book: WorkbookResult, schema: WorkbookSchema) -> Path:
    mark(BAD, tmp_path / "marked.xlsx", bad_book, schema)
    return tmp_path / "marked.xlsx"


def test_a_mended_cell_loses_its_mark_and_the_count_falls(marked: Path) -> None:
    said = driven(marked, ["painted", CUSTOMERS, "C6"], ["get", LIST, "A3"], ["get", LIST, "I5"], ["set", CUSTOMERS, "C6", "某厂"],
                 ["painted", CUSTOMERS, "C6"], ["painted", CUSTOMERS, "E7"], ["get", LIST, "A3"], ["get", LIST, "I5"])  # fmt: skip
    assert said == [
        True,
        "× 还有 46 处没改，已改 0 处；另有 4 处请核对",
        "× 未改",
        False,
        True,
        "× 还有 45 处没改，已改 1 处；另有 4 处请核对",
        "√ 已改",
    ]


def test_a_text_retyped_as_a_number_counts_as_mended(marked: Path) -> None:
    said = driven(
        marked, ["painted", "订单记录", "G16"], ["set", "订单记录", "G16", 500], ["painted", "订单记录", "G16"]
    )
    assert said == [True, False]


def test_a_rule_is_mended_in_either_of_its_cells(marked: Path) -> None:
    said = driven(
        marked, ["painted", "订单记录", "M11"], ["set", "订单记录", "L11", 45000], ["painted", "订单记录", "M11"]
    )
    assert said == [True, False]


def test_a_stray_is_mended_by_registering_its_number_too(marked: Path) -> None:
    said = driven(
        marked, ["painted", "订单记录", "D10"], ["get", LIST, "I25"], ["set", CUSTOMERS, "B20", "SF099"],
        ["painted", "订单记录", "D10"], ["get", LIST, "I25"],
    )  # fmt: skip
    assert said == [True, "× 未改", False, "√ 已改"]


def test_a_warning_is_to_be_looked_at_and_counts_as_mended_once_changed(marked: Path) -> None:
    said = driven(marked, ["get", LIST, "D34"], ["get", LIST, "I34"], ["set", "订单记录", "L19", 45500],
                 ["get", LIST, "I34"], ["get", LIST, "A3"])  # fmt: skip
    assert said == ["L19", "▲ 请核对", "√ 已改", "× 还有 46 处没改，已改 1 处；另有 3 处请核对"]


def test_deleted_rows_do_not_break_the_list_or_the_marks(marked: Path) -> None:
    said = driven(marked, ["delete", CUSTOMERS, 7, 1], ["get", LIST, "I6"], ["get", LIST, "D6"], ["get", LIST, "D7"],
                 ["painted", CUSTOMERS, "F7"], ["painted", CUSTOMERS, "F8"], ["get", LIST, "A3"])  # fmt: skip
    assert said == ["√ 已删除", "—", "F7", True, False, "× 还有 45 处没改，已改 1 处；另有 4 处请核对"]


def test_a_copy_saved_by_libreoffice_is_marked_anew(marked: Path, tmp_path: Path, schema: WorkbookSchema) -> None:
    driven(marked, ["set", CUSTOMERS, "C6", "某厂"], saved=tmp_path / "saved.xlsx")
    book = validate_workbook(tmp_path / "saved.xlsx", schema)
    assert mark(tmp_path / "saved.xlsx", tmp_path / "again.xlsx", book, schema).written
    titles = list(cells(tmp_path / "again.xlsx"))
    assert (titles.count(LIST), titles.count("_fc_marks")) == (1, 1)
    notes = driven(tmp_path / "again.xlsx", ["notes", CUSTOMERS])[0]
    assert len(notes) == len({p.location for p in book.problems if p.location.sheet == CUSTOMERS})
    assert all(note.count("—— 自动检查 ——") == 1 for note in notes)
