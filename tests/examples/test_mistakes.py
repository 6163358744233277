"""Every declared mistake stands in the workbook where it is declared, and the rest of the workbook is right."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from factory_crm.crm import schema as standard
from factory_crm.examples import mistakes
from factory_crm.examples.fill import FIRST_ROW, columns, fill
from factory_crm.examples.mistakes import MISTAKES, Mistake


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad")
    fill(folder / "bad.xlsx", mistakes.rows(), mistakes.COVER, standard())
    return folder / "bad.xlsx"


def test_there_are_many_and_different_mistakes() -> None:
    known = standard().codes()
    errors = {mistake.code for mistake in MISTAKES if known[mistake.code].severity == "error"}
    fixes = {mistake.code for mistake in MISTAKES if known[mistake.code].severity == "fix"}
    assert len(errors) >= 18
    assert len(fixes) >= 9
    assert len({(m.table, m.row, m.column) for m in MISTAKES}) == len(MISTAKES)


def test_every_mistake_stands_where_it_is_declared(bad: Path) -> None:
    book = load_workbook(bad)
    assert [mistake for mistake in MISTAKES if not stands(book[standard().sheet(mistake.table).title], mistake)] == []


def stands(page: object, mistake: Mistake) -> bool:
    at = columns(page, standard().sheet(mistake.table))
    value = page.cell(mistake.row, at[mistake.column]).value
    if value == "=#REF!":  # an error value is what a formula comes to
        value = "#REF!"
    midnight = type(mistake.written) is date
    return (value.date() if midnight and isinstance(value, datetime) else value) == mistake.written


def test_the_rest_is_right() -> None:
    spoilt = {(m.table, m.row, m.column) for m in MISTAKES}
    right, written = mistakes.right_rows(), mistakes.rows()
    differing = {
        (table, number, name)
        for table, rows in right.items()
        for number, (was, now) in enumerate(zip(rows, written[table], strict=True), FIRST_ROW)
        for name in was.keys() | now.keys()
        if was.get(name) != now.get(name)
    }
    assert differing == spoilt
