"""Every value arrives, whatever stands in a workbook: from the basic edition to the full one in English, and back."""

import random
from pathlib import Path

import pytest

from factory_crm.crm import schema as standard
from factory_crm.migrate.migrate import TemplateJob
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.template.records import Serial
from tests import office
from tests.migrate.conftest import arisen, checked, findings, make, records
from tests.template.filling import write_filled
from tests.template.hostile import Rows, rows

BOOKS = Path(__file__).resolve().parents[2] / "workbooks"
GOOD, BAD = sorted((BOOKS / "good").glob("*.xlsx")), sorted((BOOKS / "bad").glob("*.xlsx"))
SMALL = [path for path in (*GOOD, *BAD) if path.stat().st_size < 80_000]
MENDED = {"C118", "C202", "C205"}
"""What a move settles and lists: a formula instead of a value, a day without its format, an automatic cell typed over."""


def drawn(schema: WorkbookSchema, seed: int, count: int) -> Rows:
    """Rows as people write them; a number in a day column is a bare number, not a day of 1900."""
    return {
        table: [
            {name: float(value) if isinstance(value, Serial) else value for name, value in row.items()} for row in found
        ]
        for table, found in rows(schema, random.Random(seed), count).items()
    }


def there_and_back(old: Path, folder: Path) -> None:
    """Move a workbook twice; hold what it says, and what is wrong with it, against the old one."""
    there, back = folder / "there.xlsx", folder / "back.xlsx"
    first = make(TemplateJob(there, old, "en", rows=1), edition="full")
    second = make(TemplateJob(back, there, "zh", rows=1), edition="basic")
    before, abroad, after = checked(old), checked(there, "full"), checked(back)
    assert records(after) == records(before)
    assert {table: len(found) for table, found in records(abroad).items()} == {
        table: len(found) for table, found in records(before).items()
    }
    assert after.cover == before.cover == abroad.cover
    listed = {note.location for outcome in (first, second) for note in outcome.notes}
    told = {problem.location.address for problem in before.problems if problem.code.name == "C118"}
    assert told <= listed
    lacked = {(table, column.name) for table, one in before.sheets.items() for column in one.layout.missing(one.sheet)}
    assert [
        one for one in arisen(before, after) if not (one[0] in ("C101", "C201") and (one[1], one[3]) in lacked)
    ] == []
    gone = {code for code, *_ in findings(before) - findings(after)}
    assert gone <= MENDED


@pytest.mark.parametrize("old", SMALL, ids=lambda path: path.stem)
def test_an_example_arrives_whole(old: Path, tmp_path) -> None:
    there_and_back(old, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("old", [path for path in GOOD if path not in SMALL], ids=lambda path: path.stem)
def test_a_large_example_arrives_whole(old: Path, tmp_path) -> None:
    there_and_back(old, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_whatever_people_write_arrives(seed: int, tmp_path) -> None:
    old = tmp_path / "old.xlsx"
    write_filled(old, standard(), drawn(standard(), seed, 60), spare=5)
    there_and_back(old, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_whatever_people_write_into_the_full_edition_arrives_in_either_language(seed: int, tmp_path) -> None:
    old, english, chinese = (tmp_path / name for name in ("old.xlsx", "en.xlsx", "zh.xlsx"))
    write_filled(old, standard("full"), drawn(standard("full"), seed, 40), spare=5)
    make(TemplateJob(english, old, "en", rows=1))
    make(TemplateJob(chinese, english, "zh", rows=1))
    before, after = checked(old, "full"), checked(chinese, "full")
    assert records(after) == records(before)
    assert arisen(before, after) == []
    assert {code for code, *_ in findings(before) - findings(after)} <= MENDED


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.parametrize("old", SMALL, ids=lambda path: path.stem)
def test_what_libreoffice_has_saved_arrives_whole(old: Path, tmp_path) -> None:
    there_and_back(office.recalculated(old, tmp_path / "saved"), tmp_path)
