"""LibreOffice comes to the same numbers, and prints the dashboard on one page."""

import pytest

from factory_crm.words import LANGUAGES
from tests import office
from tests.reporting.builders import demo, formula_cells, loaded
from tests.reporting.test_empty import CASES, summary

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]


def differing(path, out_dir):
    """Every formula cell whose stored value is not what LibreOffice comes to."""
    again = loaded(office.recalculated(path, out_dir), values=True)
    found = [(sheet, cell, stored, again[sheet][cell].value) for sheet, cell, stored in formula_cells(path)]
    assert found
    return [line for line in found if not same(*line[2:])]


def same(stored, calculated):
    """Excel keeps fifteen digits; ours are the nearest float."""
    if not (isinstance(stored, int | float) and isinstance(calculated, int | float)):
        return (stored or "") == (calculated or "")
    return stored == pytest.approx(calculated, rel=1e-14, abs=0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_formula_holds_its_value(language, tmp_path):
    assert differing(demo(language).path, tmp_path) == []


@pytest.mark.parametrize("case", [case for case in CASES if CASES[case]])
def test_every_formula_holds_its_value_with_little_data(case, tmp_path):
    assert differing(summary(case, tmp_path).path, tmp_path / "again") == []


def test_the_dashboard_is_one_page(tmp_path):
    pages = office.rendered(demo().path, tmp_path, dpi=20)
    sheets = [sheet for sheet in demo().book() if sheet.sheet_state == "visible"]
    assert len(pages) >= len(sheets)
