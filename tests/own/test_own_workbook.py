"""A workbook without any sheet of the customer workbook goes the whole way: template, check, copies, next period, merge."""

import pickle
import random
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from factory_crm import crm
from factory_crm.annotate.fix import fix
from factory_crm.annotate.mark import mark
from factory_crm.engine.engines import LocalEngine, local_engine
from factory_crm.i18n.translate import translate
from factory_crm.merge.merge import MergeOptions, merge, reconciles
from factory_crm.merge.result import MergeResult
from factory_crm.migrate.migrate import TemplateJob, make
from factory_crm.problems.codes import Severity
from factory_crm.reading.folder import find_workbooks
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.template.workbook import write_template
from factory_crm.validation.workbook import validate_workbook
from tests.own.sheets import SCHEMA, Machine
from tests.report.builders import write_book
from tests.template.hostile import rows
from tests.template.test_agreement import compared_elsewhere

MACHINES = [
    {"machine_id": "M1", "name": "一号车床", "state": "正常"},
    {"machine_id": "M2", "name": "二号铣床", "bought_on": datetime(2020, 1, 1), "hours": 1200},
]
OPEN = {"inspection_id": "I1", "machine_id": "M1", "done_on": datetime(2024, 5, 6), "found": "漏油"}
CLOSED = {"inspection_id": "I2", "machine_id": "M2", "done_on": datetime(2024, 5, 7), "closed_on": datetime(2024, 5, 8)}
GOOD = {"machines": MACHINES, "inspections": [OPEN, CLOSED]}


def book(path: Path, tables: dict[str, list[dict[str, Any]]], office: str = "一分厂") -> Path:
    return write_book(path, tables, cover={"office": office}, schema=SCHEMA)


def found(path: Path, schema: WorkbookSchema = SCHEMA) -> list[str]:
    """Return the codes of the errors."""
    problems = validate_workbook(path, schema).problems
    return [problem.code.name for problem in problems if problem.code.severity is Severity.ERROR]


def merged(folder: Path, **options: Any) -> MergeResult:
    result = merge(find_workbooks([folder]), SCHEMA, LocalEngine(), options=MergeOptions(**options))
    assert reconciles(result)
    return result


def table(result: MergeResult, name: str, *columns: str) -> list[tuple[Any, ...]]:
    frame = result.tables[name].collect(backend="pandas").to_native()
    return [tuple(row) for row in frame[list(columns)].itertuples(index=False, name=None)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_is_written_and_passes_its_own_check(tmp_path, language) -> None:
    write_template(tmp_path / "t.xlsx", SCHEMA, language=language, rows=5)
    assert found(tmp_path / "t.xlsx") == []
    titles = openpyxl.load_workbook(tmp_path / "t.xlsx").sheetnames
    assert {translate(sheet.title, language) for sheet in SCHEMA.sheets} <= set(titles)
    cover = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    assert not [
        c.value for row in cover.iter_rows() for c in row if "客户" in str(c.value) or "ustomer" in str(c.value)
    ]


def test_live_checks_say_what_the_check_says(tmp_path) -> None:
    assert compared_elsewhere(tmp_path, SCHEMA, rows(SCHEMA, random.Random(1), 30)) == []


def test_a_filled_workbook_is_held_to_types_lists_rules_and_references(tmp_path) -> None:
    wrong = [
        {**OPEN, "closed_on": datetime(2024, 5, 1)},
        {**CLOSED, "machine_id": "M9"},
        {**OPEN, "inspection_id": "I3", "done_on": "昨天"},
    ]
    path = book(
        tmp_path / "a.xlsx",
        {"machines": [*MACHINES, {"machine_id": "M3", "name": "磨床", "state": "坏"}], "inspections": wrong},
    )
    assert sorted(found(path)) == ["C102", "C106", "K103", "X101"]


def test_the_only_machine_is_what_a_blank_reference_means(tmp_path) -> None:
    blank = {**OPEN, "machine_id": None}
    assert found(book(tmp_path / "one.xlsx", {"machines": MACHINES[:1], "inspections": [blank]})) == []
    assert found(book(tmp_path / "two.xlsx", {"machines": MACHINES, "inspections": [blank]})) == ["C101"]


def test_copies_are_marked_and_mended(tmp_path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        {"machines": [{**MACHINES[0], "state": "好"}, {**MACHINES[1], "hours": "很多"}], "inspections": [OPEN]},
    )
    mark(path, tmp_path / "marked.xlsx", validate_workbook(path, SCHEMA), SCHEMA)
    fix(path, tmp_path / "fixed.xlsx", validate_workbook(path, SCHEMA), SCHEMA)
    assert openpyxl.load_workbook(tmp_path / "fixed.xlsx")["设备"]["C2"].value == "正常"
    assert openpyxl.load_workbook(tmp_path / "marked.xlsx").sheetnames[0] != "设备"


def test_the_next_period_begins_with_all_machines_and_what_is_open(tmp_path) -> None:
    old = book(tmp_path / "old.xlsx", GOOD)
    new = tmp_path / "new.xlsx"
    make(TemplateJob(new, old=old, rows=1, open_only=True), SCHEMA, {"": SCHEMA})
    sheets = validate_workbook(new, SCHEMA).sheets
    assert [row.values[0] for row in sheets["machines"].rows] == ["M1", "M2"]
    assert [row.values[0] for row in sheets["inspections"].rows] == ["I1"]


def test_many_offices_are_merged(tmp_path) -> None:
    book(tmp_path / "in" / "a.xlsx", GOOD)
    book(
        tmp_path / "in" / "b.xlsx",
        {
            "machines": [{"machine_id": "M3", "name": "三号冲床"}],
            "inspections": [{**OPEN, "inspection_id": "I9", "machine_id": "M3"}],
        },
        "二分厂",
    )
    result = merged(tmp_path / "in")
    assert table(result, "machines", "machine_id", "name") == [
        ("M1", "一号车床"),
        ("M2", "二号铣床"),
        ("M3", "三号冲床"),
    ]
    assert sorted(table(result, "inspections", "inspection_id", "machine_id")) == [
        ("I1", "M1"),
        ("I2", "M2"),
        ("I9", "M3"),
    ]


def test_one_number_for_two_machines_is_told_apart_by_office(tmp_path) -> None:
    book(tmp_path / "in" / "a.xlsx", {"machines": MACHINES[:1], "inspections": [OPEN]})
    book(
        tmp_path / "in" / "b.xlsx",
        {"machines": [{"machine_id": "M1", "name": "大型热处理炉"}], "inspections": []},
        "二分厂",
    )
    assert [row[0] for row in table(merged(tmp_path / "in"), "machines", "machine_id")] == ["M1@一分厂", "M1@二分厂"]


def test_processes_get_the_schema_itself(tmp_path) -> None:
    again = pickle.loads(pickle.dumps(SCHEMA))  # noqa: S301 - our own
    assert again == SCHEMA
    for name in "abc":
        book(
            tmp_path / "in" / f"{name}.xlsx",
            {"machines": [{"machine_id": f"M{name}", "name": f"{name}号机"}], "inspections": []},
            name,
        )
    with local_engine(3, 2) as engine:
        result = merge(find_workbooks([tmp_path / "in"]), SCHEMA, engine)
        assert len(table(result, "machines", "machine_id")) == 3


def test_an_own_sheet_stands_beside_those_of_the_customer_workbook(tmp_path) -> None:
    beside = type(
        "Beside", (Machine,), {"__module__": __name__}, table="machines", title="设备", purpose="一行一台设备。"
    )
    schema = replace(
        crm.schema(), sheets=(*crm.schema().sheets, beside), choices={**crm.schema().choices, **SCHEMA.choices}
    )
    write_template(tmp_path / "t.xlsx", schema, rows=3)
    assert found(tmp_path / "t.xlsx", schema) == []
    path = write_book(
        tmp_path / "in" / "a.xlsx",
        {
            "customers": [{"customer_id": "C1", "name": "甲厂", "contact": "张三", "phone": "13800000000"}],
            "machines": MACHINES,
        },
        schema=schema,
    )
    assert found(path, schema) == ["S102", "S102", "S102"]  # the customer workbook's other sheets are not there
    assert schema.entity is not None
    assert schema.entity.table == "customers"
    result = merge(find_workbooks([path]), schema, LocalEngine())
    assert [row[0] for row in table(result, "machines", "machine_id")] == ["M1", "M2"]


def test_nothing_that_people_read_speaks_of_customers(tmp_path) -> None:
    write_template(tmp_path / "t.xlsx", SCHEMA, rows=2)
    with zipfile.ZipFile(tmp_path / "t.xlsx") as package:
        parts = {name: package.read(name).decode("utf-8", "ignore") for name in package.namelist()}
    assert [name for name, text in parts.items() if "客户" in text] == []
