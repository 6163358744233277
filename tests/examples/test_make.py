"""The example workbooks, made for real: on real templates, and judged by the real check."""

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from factory_crm.crm import schema as standard
from factory_crm.examples.data import offices
from factory_crm.examples.fill import FIRST_ROW, columns
from factory_crm.examples.make import BAD, BAD_NAME, GOOD, SEED_NAME, make_examples
from factory_crm.examples.mistakes import MISTAKES
from factory_crm.problems.codes import Severity
from factory_crm.validation.workbook import WorkbookResult, validate_workbook

NAMES = ["华东分厂_2024-06.xlsx", "华南分厂_2024-06.xlsx", "华北分厂_2024-06.xlsx"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workbooks")
    make_examples(folder)
    return folder


def test_the_workbooks_have_their_places(tmp_path: Path) -> None:
    made = [path.relative_to(tmp_path) for path in make_examples(tmp_path)]
    assert made == [*(Path(GOOD, name) for name in [*NAMES, SEED_NAME]), Path(BAD, BAD_NAME)]
    assert sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.xlsx")) == sorted(made)


def test_two_runs_make_equal_parts(folder: Path, tmp_path: Path) -> None:
    for path in make_examples(tmp_path):
        assert parts(path) == parts(folder / path.relative_to(tmp_path)), path.name


def parts(path: Path) -> Mapping[str, bytes]:
    with ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.mark.parametrize("number", range(3))
def test_a_good_workbook_has_no_problem_and_loses_no_row(folder: Path, number: int) -> None:
    office, book = offices()[number], validate_workbook(folder / GOOD / NAMES[number], standard())
    assert [str(problem.location) + " " + problem.message() for problem in book.problems] == []
    assert {table: len(checked.rows) for table, checked in book.sheets.items()} == {
        table: len(rows) for table, rows in office.rows.items()
    }
    assert book.cover._asdict() == office.cover


def test_formulas_stand_with_their_results(folder: Path) -> None:
    formulas, values = (load_workbook(folder / GOOD / NAMES[0], data_only=only)["订单记录"] for only in (False, True))
    at = columns(formulas, standard().sheet("orders"))
    for number, row in enumerate(offices()[0].rows["orders"], FIRST_ROW):
        amount = values.cell(number, at["amount"]).value
        assert amount == pytest.approx(float(row["quantity"] * row["unit_price"]), abs=0.0051)
        assert str(formulas.cell(number, at["amount"]).value).startswith("=")
        assert str(values.cell(number, at["customer_name"]).value).endswith(("有限公司", "）"))


def test_the_seed_card_passes_with_warnings_only(folder: Path) -> None:
    book = validate_workbook(folder / GOOD / SEED_NAME, standard())
    assert book.rows == 4
    assert {problem.severity for problem in book.problems} == {Severity.WARNING}


def test_every_mistake_is_found_and_nothing_else(folder: Path) -> None:
    book = validate_workbook(folder / BAD / BAD_NAME, standard())
    assert found(book) == sorted((m.table, m.row, m.column, m.code) for m in MISTAKES)


def found(book: WorkbookResult) -> list[tuple[str, int, str, str]]:
    tables = {checked.location.sheet: (table, checked) for table, checked in book.sheets.items()}
    noted = []
    for problem in book.problems:
        table, checked = tables[problem.location.sheet]
        noted.append(
            (table, problem.location.row, checked.layout.columns[problem.location.column].name, problem.code.name)
        )
    return sorted(noted)
