"""What the workbook says of a row is what Python says of it: × where there is an error or a fix, and only there.

Where two rows are at odds over a number that is itself misspelt in one of them, Python understands the misspelt one
already; the workbook does as soon as that row, × by itself, is mended (docs/live-checks.md).
"""

import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import ironcalc
import pytest

from factory_crm.checking.book import check_book
from factory_crm.codes import Severity
from factory_crm.contract.contract import Contract, standard
from factory_crm.problems import Problem
from factory_crm.template.page import FIRST_ROW
from factory_crm.template.signs import ODD_SIGNS
from factory_crm.words import LANGUAGES, say
from tests import office
from tests.template.filling import verdicts, write_filled
from tests.template.hostile import Rows, rows, with_one_oddity

BETWEEN_ROWS = {"K101", "K102", "K103", "K104", "C118"}
SIGNS = {None: "", False: "√", True: "×"}
Where = tuple[str, int]


@dataclass
class Judged:
    """What Python says: of every row whether it is bad, and why."""

    bad: dict[Where, bool]
    problems: dict[Where, list[Problem]]


def judged(path: Path, contract: Contract) -> Judged:
    book = check_book(path, contract)
    tables = {checked.place.sheet: table for table, checked in book.sheets.items()}
    problems = defaultdict(list)
    for problem in book.problems:
        if problem.place.sheet in tables and problem.severity is not Severity.WARNING:
            problems[tables[problem.place.sheet], problem.place.row].append(problem)
    there = {(table, row.number) for table, checked in book.sheets.items() for row in checked.rows}
    return Judged({where: bool(problems[where]) for where in there}, problems)


def unexplained(contract: Contract, path: Path, shown: dict[Where, tuple[str, str]]) -> list[str]:
    """The rows of which the workbook and Python say different things, but for what waits for another bad row."""
    python = judged(path, contract)
    found = []
    for where in sorted(shown.keys() | python.bad.keys()):
        expected = SIGNS[python.bad.get(where)]
        sign, words = shown.get(where, ("", ""))
        if sign != expected and not waits_for_another(where, python, words):
            told = [f"{problem.code.name} {problem.say()}" for problem in python.problems[where]]
            found.append(f"{where}: the workbook says {sign} {words!r}, Python {expected} {told}")
    return found


def waits_for_another(where: Where, python: Judged, words: str) -> bool:
    codes = {problem.code.name for problem in python.problems[where]}
    if not codes <= BETWEEN_ROWS:
        return False
    firsts = [problem.facts["first"] for problem in python.problems[where] if "first" in problem.facts]
    if codes:
        return any(python.bad.get((where[0], first)) for first in firsts)
    return all(part in words for part in ("客户名称：公式被改写",)) or "找不到" in words or "不一致" in words


def compared(tmp_path: Path, contract: Contract, filled: Rows, language: str = "zh") -> list[str]:
    path = tmp_path / "filled.xlsx"
    write_filled(path, contract, filled, language)
    calculated = office.recalculated(path, tmp_path / "calculated")
    return unexplained(contract, calculated, verdicts(calculated, contract, language))


@pytest.mark.libreoffice
@pytest.mark.parametrize("make", [rows, with_one_oddity])
def test_the_workbook_and_python_say_the_same(tmp_path, make) -> None:
    assert compared(tmp_path, standard(), make(standard(), random.Random(1), 60)) == []


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", [rows, with_one_oddity])
def test_thousands_of_rows_are_judged_alike(tmp_path, make, language, seed) -> None:
    assert compared(tmp_path, standard(), make(standard(), random.Random(seed), 450), language) == []


@pytest.mark.slow
@pytest.mark.libreoffice
def test_one_large_workbook_is_judged_alike(tmp_path) -> None:
    assert compared(tmp_path, standard(), rows(standard(), random.Random(9), 1300)) == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("customers", [0, 1, 2])
def test_on_a_card_the_number_may_be_blank(tmp_path, customers) -> None:
    filled = rows(standard(), random.Random(4), 25, 0)
    filled["customers"] = [row for row in filled["customers"] if row][:customers]
    for table in ("orders", "services", "feedbacks"):
        for at, row in enumerate(filled[table]):
            row.pop("customer_id", None) if at % 3 else None
    assert compared(tmp_path, standard(), filled) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_engine_says_the_same(tmp_path, language) -> None:
    """Its words too are what LibreOffice was seen to show; Python reads the rows as they were typed."""
    contract, path = standard(), tmp_path / "filled.xlsx"
    filled = with_one_oddity(contract, random.Random(6), 45, truths=True)
    for line in (line for lines in filled.values() for line in lines):
        line.pop("amount", None)  # Python compares what stands there, and nothing is calculated yet
        for name, value in line.items():  # it asks FIND of one text only, where Excel and LibreOffice ask for many
            line[name] = value.translate(dict.fromkeys(map(ord, ODD_SIGNS))) if isinstance(value, str) else value
    write_filled(path, contract, filled, language)
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC")
    model.evaluate()
    shown = {}
    for at, sheet in enumerate(contract.sheets, 1):
        for row in range(FIRST_ROW, FIRST_ROW + 45):
            sign = model.get_formatted_cell_value(at, row, 1)
            if sign:
                shown[sheet.table, row] = (sign, model.get_formatted_cell_value(at, row, len(sheet.columns) + 2))
    assert len(shown) > 150
    assert unexplained(contract, path, shown) == []


def test_every_problem_is_told_in_both_languages() -> None:
    from factory_crm.template.livecheck import live_checks
    from factory_crm.template.page import pages

    for language in LANGUAGES:
        for check in live_checks(pages(standard(), language, 300)):
            for item in check.items:
                assert item.say(language).startswith(item.mark(language))
                assert item.code.brief
                assert "{" not in item.say(language)
                assert language == "zh" or say(item.column.header, "en") in item.say(language)
