"""LibreOffice and a second engine come to the same numbers, and print the dashboard on one page."""

from datetime import datetime

import ironcalc
import pytest
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.datetime import to_excel

from factory_crm.i18n.translate import LANGUAGES
from tests import office
from tests.report.builders import demo, formula_cells, full, loaded, summarised, write_book
from tests.report.chance import drawn
from tests.report.test_empty import CASES, summary

pytestmark = pytest.mark.slow
SEEDS = range(8)
with_libreoffice = pytest.mark.libreoffice


def differing(path, out_dir):
    """Every formula cell whose stored value is not what LibreOffice comes to."""
    again = loaded(office.recalculated(path, out_dir), values=True)
    found = [(sheet, cell, stored, again[sheet][cell].value) for sheet, cell, stored in formula_cells(path)]
    assert found
    return [line for line in found if not same(*line[2:])]


def differing_elsewhere(path):
    """The same of IronCalc."""
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC")
    model.evaluate()
    places = {name: at for at, name in enumerate(loaded(path).sheetnames)}
    found = [
        (sheet, cell, stored, model.get_cell_value(places[sheet], *coordinate_to_tuple(cell)))
        for sheet, cell, stored in formula_cells(path)
    ]
    assert found
    return [line for line in found if not same(*line[2:])]


def same(stored, calculated):
    """Excel keeps fifteen digits; ours are the nearest float. Days are numbers to some programs."""
    stored, calculated = (to_excel(value) if isinstance(value, datetime) else value for value in (stored, calculated))
    if not (isinstance(stored, int | float) and isinstance(calculated, int | float)):
        return (stored or "") == (calculated or "")
    return stored == pytest.approx(calculated, rel=1e-14, abs=0)


def by_lot(seed, folder):
    write_book(folder / "in" / "a.xlsx", drawn(seed), cover={"office": "一分厂"})
    return summarised([folder / "in"], folder / "summary.xlsx")


@with_libreoffice
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_formula_holds_its_value(language, tmp_path):
    assert differing(demo(language).path, tmp_path) == []


@with_libreoffice
def test_every_formula_of_the_full_edition_holds_its_value(tmp_path):
    assert differing(full().path, tmp_path) == []


@with_libreoffice
@pytest.mark.parametrize("case", [case for case in CASES if CASES[case]])
def test_every_formula_holds_its_value_with_little_data(case, tmp_path):
    assert differing(summary(case, tmp_path).path, tmp_path / "again") == []


@with_libreoffice
@pytest.mark.parametrize("seed", SEEDS)
def test_every_formula_holds_its_value_whatever_the_data(seed, tmp_path):
    assert differing(by_lot(seed, tmp_path).path, tmp_path / "again") == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_second_engine_comes_to_the_same(seed, tmp_path):
    assert differing_elsewhere(by_lot(seed, tmp_path).path) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_engine_comes_to_the_same_on_the_demo(language):
    assert differing_elsewhere(demo(language).path) == []


@with_libreoffice
@pytest.mark.parametrize("one_page", ["经营看板", "客户360", "销售分析", "客户旅程", "管理架构", "满意度"])
def test_what_is_promised_on_one_page_is_on_one(one_page, tmp_path_factory):
    assert printed(tmp_path_factory).count(one_page) == 1


PRINTED: list[str] = []


def printed(factory):
    """The footers of the pages that LibreOffice prints, which begin with the sheet's name; printed once."""
    if not PRINTED:
        PRINTED.extend(office.footers(demo().path, factory.mktemp("printed")))
    return PRINTED
