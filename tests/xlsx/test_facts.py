"""Facts of the format: each stands once, in ``factory_crm/xlsx``."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import factory_crm
from factory_crm.reading.formats.xlsx.values import moment
from factory_crm.xlsx import package
from factory_crm.xlsx.dates import END_OF_SERIALS, day_number, to_serial
from factory_crm.xlsx.formula import escape_wildcards, quote_text, quote_title, title_of, wildcards_escaped
from factory_crm.xlsx.number_formats import BUILT_IN, NumberStyle, style_of_format
from factory_crm.xlsx.text import escape, unescape, units

MOMENTS = st.datetimes(datetime(1904, 1, 1), datetime(9999, 12, 31)).map(lambda found: found.replace(microsecond=0))


@given(MOMENTS, st.booleans())
def test_the_reader_finds_the_moment_behind_a_serial_number(found: datetime, from_1904: bool) -> None:
    serial = to_serial(found, from_1904=from_1904)
    assert moment(serial, NumberStyle.DAY, from_1904=from_1904) == found


def test_days_of_the_calendar() -> None:
    assert (day_number(date(1900, 3, 1)), day_number(date(2023, 1, 31))) == (61, 44957)
    assert day_number(date(9999, 12, 31)) + 1 == END_OF_SERIALS


@given(st.text(st.characters(exclude_categories=()), max_size=20).filter(lambda text: "\r" not in text))
def test_a_text_is_read_as_it_was_stored(text: str) -> None:
    unfit = re.compile("[\0\ud800-\udfff\ufffe\uffff]")
    assert unescape(escape(text)) == text or unfit.search(text)


def test_emojis_count_double() -> None:
    assert (units("中文"), units("😀")) == (2, 2)


def test_texts_names_and_patterns_in_formulas() -> None:
    assert quote_text('5" 管') == '"5"" 管"'
    assert title_of("=" + quote_title("O'Neil") + "!$A$1") == "O'Neil"
    assert escape_wildcards("~5*?") == "~~5~*~?"
    assert wildcards_escaped("A1") == 'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(A1,"~","~~"),"*","~*"),"?","~?")'


@pytest.mark.parametrize(
    ("number", "style"),
    [(0, "PLAIN"), (14, "DAY"), (22, "CLOCK"), (31, "DAY"), (47, "CLOCK"), (49, "PLAIN"), (52, "DAY"), (56, "CLOCK")],
)
def test_built_in_number_formats(number: int, style: str) -> None:
    assert style_of_format(BUILT_IN[number]).name == style


def test_parts_of_a_package() -> None:
    assert package.relationships_of("xl/workbook.xml") == "xl/_rels/workbook.xml.rels"
    assert package.relationships_of("") == "_rels/.rels"
    assert package.resolve("xl/worksheets/sheet1.xml", "..\\drawings/drawing1.xml") == "xl/drawings/drawing1.xml"
    assert package.resolve("xl/workbook.xml", "/xl/styles.xml") == "xl/styles.xml"


_ONCE = re.compile(
    r"\(1899, 12, |\(1904, 1, 1|2_?958_?46[56]|1_?048_?576|utf-16-le|\"~\*\?\"|replace\('\"', |/2006/relationships"
)


def test_facts_of_the_format_stand_once() -> None:
    """Epochs, limits, quoting, lengths and namespaces are asked of ``xlsx``, spelt nowhere else."""
    root = Path(factory_crm.__file__).parent
    spelt = {
        f"{path.relative_to(root)}: {found[0]}"
        for path in root.rglob("*.py")
        if "xlsx" not in path.relative_to(root).parts[:1]
        for found in [_ONCE.search(path.read_text(encoding="utf-8"))]
        if found
    }
    assert spelt <= {"annotate/problem_list.py: replace('\"', "}  # inside a text that is quoted already
