"""``import factory_crm``: the names there are, what importing costs, and what the verbs take and return."""

import ast
import io
import json
import os
import pickle
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import pytest
from openpyxl import Workbook, load_workbook

import factory_crm as fc
from factory_crm.cli.app import main

HERE = Path(__file__).resolve().parents[2]
HEAVY = ("click", "lxml", "narwhals", "numpy", "openpyxl", "pandas", "phonenumbers", "pydantic", "typing", "xlsxwriter")
CHEAPEST = 1.2


class Machine(fc.Sheet, table="machines", title="设备"):
    """One row a machine."""

    display_column = "name"
    choice_lists: ClassVar = {"state": fc.Choices(("在用", "停用"))}
    machine_id: fc.RecordId = fc.column("设备编号", key=True)
    name: fc.Text = fc.column("设备名称")
    state: fc.Choice = fc.column("状态", choices="state", default="在用")
    bought_on: fc.Day | None = fc.column("购入日期")
    used_at: fc.Moment | None = fc.column("最近使用")
    price: fc.Money | None = fc.column("单价")
    number: fc.Integer | None = fc.column("台数")


SCHEMA = fc.WorkbookSchema((Machine,))
HEADERS = [one.header for one in Machine.columns]
GOOD: list[list[Any]] = [["M001", "冲床", "在用", date(2024, 3, 1), "2024-05-02 08:30", 12000.5, 2], ["M002", "焊机"]]


def book(rows: list[list[Any]]) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "设备"
    for row in [HEADERS, *rows]:
        sheet.append(row)
    workbook.save(held := io.BytesIO())
    return held.getvalue()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "good.xlsx").write_bytes(book(GOOD))
    (folder / "bad.xlsx").write_bytes(book([["M003", None, "飞行"], ["M004", "车床", None, "2024年3月1日"]]))
    return folder


# The names


def test_the_names_are_sorted_and_all_there_is() -> None:
    assert fc.__all__ == sorted(fc.__all__)
    assert dir(fc) == sorted([*fc.__all__, "__version__"])
    for name in fc.__all__:
        assert getattr(fc, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'customers'"):
        fc.customers  # noqa: B018


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse(Path(fc.__file__).read_text("utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    seen = {
        alias.asname: f"{node.module or ''}"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == {**fc._HOMES, "crm": ""}


def test_every_name_is_documented_and_stands_in_the_documentation() -> None:
    document = (HERE / "docs" / "library.md").read_text("utf-8")
    for name in fc.__all__:
        found = getattr(fc, name)
        if isinstance(found, type) or callable(found):
            assert found.__doc__, name
        assert f"fc.{name}" in document or f"`{name}`" in document, name


def test_verbs_stay_verbs_when_the_rooms_of_their_names_are_imported() -> None:

    for verb in (fc.annotate, fc.merge, fc.migrate, fc.template):
        assert not isinstance(verb, ModuleType)


# What it costs


def test_importing_loads_nothing() -> None:
    code = "import sys; before = set(sys.modules); import factory_crm; print(*sorted(set(sys.modules) - before))"
    assert run("-c", code) == "factory_crm factory_crm._version\n"


@pytest.mark.parametrize("arguments", [["--help"], ["merge", "--help"], ["validate", "--help"], ["--version"]])
def test_help_loads_no_model(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom factory_crm.cli.app import main\n"
        "try:\n    main(sys.argv[2:])\nexcept SystemExit:\n    pass\n"
        "print('LOADED', *sorted(set(sys.argv[1].split(',')) & set(sys.modules)))"
    )
    heavy = ",".join(set(HEAVY) - {"click", "typing"})
    assert run("-c", code, heavy, *arguments).splitlines()[-1] == "LOADED"


def test_importing_costs_no_more_than_a_fifth_of_starting_python(tmp_path: Path) -> None:
    """The least of several runs each: a busy machine makes some slower, and none faster."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONPATH": str(HERE)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def cost(code: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    cost("import factory_crm")
    pairs = [(cost("import factory_crm"), cost("pass")) for _ in range(15)]
    assert min(whole for whole, _ in pairs) <= CHEAPEST * min(bare for _, bare in pairs)


def run(*arguments: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", *arguments], cwd=HERE, capture_output=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


# Inputs


def test_paths_bytes_and_open_files_are_the_same(inbox: Path) -> None:
    path = inbox / "good.xlsx"
    with path.open("rb") as file:
        for given in (path, str(path), path.read_bytes(), file, io.BytesIO(path.read_bytes()), [path], iter([path])):
            report = fc.validate(given, SCHEMA)
            assert report.ok
            assert [one.machine_id for one in report.records(Machine)] == ["M001", "M002"]


def test_contents_are_called_by_the_names_they_are_given(inbox: Path) -> None:
    content = (inbox / "good.xlsx").read_bytes()
    with (inbox / "bad.xlsx").open("rb") as file:
        assert [one.name for one in fc.validate([content, file, content], SCHEMA)] == [
            "workbook-1.xlsx",
            "bad.xlsx",
            "workbook-3.xlsx",
        ]
    assert fc.validate({"mail/三月.xlsx": content}, SCHEMA)["mail/三月.xlsx"].ok


def test_what_is_no_input_is_a_mistake_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        fc.validate(tmp_path, SCHEMA)
    with pytest.raises(TypeError, match="not int"):
        fc.validate([1], SCHEMA)  # type: ignore[list-item]
    with pytest.raises(TypeError, match="'rb'"):
        fc.validate(io.StringIO("a"), SCHEMA)  # type: ignore[arg-type]


def test_a_file_that_is_not_there_or_no_workbook_is_a_problem(tmp_path: Path) -> None:
    report = fc.validate([tmp_path / "none.xlsx", b"%PDF-1.7"], SCHEMA)
    assert [problem.code.name for problem in report.problems] == ["F101", "F107"]
    assert not report.ok


def test_progress_is_told_after_each_file(inbox: Path) -> None:
    told: list[tuple[int, int, str]] = []
    fc.validate(inbox, SCHEMA, progress=lambda *done: told.append(done))
    assert told == [(1, 2, "bad.xlsx"), (2, 2, "good.xlsx")]


# The report


def test_a_report_says_what_the_command_line_says(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = fc.validate(HERE / "workbooks", fc.crm.schema("basic"))
    for form, made in (("json", report.to_dict()), ("sarif", report.to_sarif())):
        with pytest.raises(SystemExit):
            main(["validate", str(HERE / "workbooks"), "--all", "--format", form])
        assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(made))


def test_problems_are_data(inbox: Path) -> None:
    report = fc.validate(inbox, SCHEMA)
    found = [(p.code.name, p.severity, p.location.file, p.location.sheet, p.location.cell) for p in report.problems]
    assert found == [
        ("C106", fc.Severity.ERROR, "bad.xlsx", "设备", "C2"),
        ("C101", fc.Severity.ERROR, "bad.xlsx", "设备", "B2"),
        ("C304", fc.Severity.FIX, "bad.xlsx", "设备", "D3"),
        ("C304", fc.Severity.FIX, "good.xlsx", "设备", "E2"),
    ] or sorted(found)
    problem = report["bad.xlsx"].problems[0]
    assert problem.message("en") != problem.message("zh")
    assert problem.hint("en")


def test_records_are_instances_with_typed_values(inbox: Path) -> None:
    report = fc.validate(inbox, SCHEMA)
    first, second = report["good.xlsx"].records(Machine)
    assert isinstance(first, Machine)
    assert (first.bought_on, first.price, first.number) == (date(2024, 3, 1), Decimal("12000.5"), 2)
    assert (second.state, second.price) == ("在用", None)
    assert [one.machine_id for one in report["bad.xlsx"].records(Machine)] == ["M004"]
    assert Machine.model_validate(first.model_dump()) == first
    with pytest.raises(KeyError):
        report.records(fc.crm.schema()["orders"])
    with pytest.raises(KeyError):
        report["none.xlsx"]


def test_frames_have_types_and_provenance(inbox: Path) -> None:
    report = fc.validate(inbox, SCHEMA)
    frame = report.frame("machines")
    assert frame[["file", "sheet", "row", "office"]].values.tolist() == [
        ["bad.xlsx", "设备", 3, ""],
        ["good.xlsx", "设备", 2, ""],
        ["good.xlsx", "设备", 3, ""],
    ]
    types = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert (types["price"], types["number"], types["bought_on"], types["used_at"]) == (
        "float64", "Int64", "datetime64[us]", "datetime64[us]",
    )  # fmt: skip
    table = report.frame("machines", "arrow")
    assert table.column("price").to_pylist() == [None, Decimal("12000.50"), None]
    assert table.column("bought_on").to_pylist() == [date(2024, 3, 1), date(2024, 3, 1), None]
    assert table.num_columns == len(frame.columns) == len(Machine.columns) + 4
    with pytest.raises(ValueError, match="'excel'"):
        report.frame("machines", "excel")  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        report.frame("orders")


def test_a_frame_in_polars(inbox: Path) -> None:
    polars = pytest.importorskip("polars")
    assert isinstance(fc.validate(inbox, SCHEMA).frame("machines", "polars"), polars.DataFrame)


def test_errors_are_raised_where_that_is_asked_for(inbox: Path) -> None:
    fc.validate(inbox / "good.xlsx", SCHEMA).raise_for_errors()
    with pytest.raises(fc.ReportError, match="1 of 2 workbooks fail") as caught:
        fc.validate(inbox, SCHEMA).raise_for_errors()
    assert not caught.value.report.ok


# Checks of a developer's own


@fc.check("X010", "「{header}」应以 M 开头：{value}", table="machines")
def prefix(machines: Any) -> Iterator[Any]:
    for one in machines:
        if not one.record.machine_id.startswith("M00"):
            yield one.at("machine_id")


@fc.check("X011", "总价 {total} 太高", severity="warning")
def total(sheets: Any) -> Iterator[Any]:
    prices = [one.record.price or 0 for one in sheets["machines"]]
    if sum(prices) > 10000:
        yield sheets["machines"][0].at("price", total=sum(prices))


def test_an_error_of_an_own_check_rejects_the_row_and_a_warning_does_not(tmp_path: Path) -> None:
    schema = SCHEMA.extended(prefix, total)
    report = fc.validate(book([*GOOD, ["A1", "吊车"]]), schema)
    told = [(p.code.name, p.location.cell, p.message()) for p in report.problems if p.code.name[0] == "X"]
    assert told == [("X011", "F2", "总价 12000.5 太高"), ("X010", "A4", "「设备编号」应以 M 开头：A1")]
    assert [one.machine_id for one in report.records(Machine)] == ["M001", "M002"]
    assert schema.fingerprint == SCHEMA.fingerprint
    assert "X010" in fc.explain("x010", schema)
    assert pickle.loads(pickle.dumps(schema)).checks == schema.checks  # noqa: S301 - our own


def test_a_check_has_a_code_and_a_table_of_its_own() -> None:
    with pytest.raises(ValueError, match="X010"):
        SCHEMA.extended(prefix, prefix)
    with pytest.raises(ValueError, match="machines"):
        fc.crm.schema().extended(prefix)


# Copies, templates, schemas


def test_copies_are_written_beside_and_the_originals_stay(inbox: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in inbox.iterdir()}
    report = fc.validate(inbox, SCHEMA)
    marked = {one.file: one.path for one in fc.annotate(report, tmp_path / "back")}
    assert marked == {name: tmp_path / "back" / name for name in ("bad.xlsx", "good.xlsx")}
    fixed = {one.file: [change.after for change in one.changes] for one in fc.fix(report, tmp_path / "mended")}
    assert fixed["bad.xlsx"] == ["2024-03-01"]
    assert {path: path.read_bytes() for path in inbox.iterdir()} == before
    again = fc.annotate(report, inbox)
    assert {one.problem.code.name for one in again if one.problem} == {"F304"}


def test_a_template_is_written_for_any_schema(tmp_path: Path) -> None:
    path = fc.template(fc.crm.schema(), tmp_path, rows=5, office="一分厂", language="en")
    assert path.parent == tmp_path
    assert fc.validate(path, fc.crm.schema()).ok
    assert load_workbook(path).sheetnames
    with pytest.raises(ValueError, match="at least one row"):
        fc.template(fc.crm.schema(), tmp_path, rows=0)


def test_a_wrong_factory_toml_says_all_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "factory.toml"
    path.write_text('product = 3\nrows = "many"\n', "utf-8")
    with pytest.raises(fc.ConfigError) as caught:
        fc.load(path)
    assert len(caught.value.problems) == 2


def test_codes_are_explained() -> None:
    assert fc.explain("C101").startswith("C101")
    assert fc.explain("c101", language="en") != fc.explain("C101")
    with pytest.raises(KeyError):
        fc.explain("C999")


# Moving a workbook


def test_a_workbook_moves_to_the_edition_that_it_belongs_to(tmp_path: Path) -> None:
    """Without a schema it decides by itself; a folder gives the new one its name.

    filled in basic → basic · filled in full → full
    """
    editions = [fc.crm.schema("basic"), fc.crm.schema("full")]
    for schema in editions:
        old = fc.template(schema, tmp_path / f"{schema.edition}.xlsx", rows=1)
        moved = fc.migrate(old, None, tmp_path, editions=editions, rows=1)
        assert moved.path == tmp_path / f"{schema.edition}_新.xlsx"
        assert (moved.problems, moved.too_many) == ((), 0)
        assert load_workbook(moved.path).sheetnames == load_workbook(old).sheetnames


def test_what_is_no_workbook_is_not_moved_but_a_problem(tmp_path: Path) -> None:
    moved = fc.migrate(b"nothing", SCHEMA, tmp_path / "new.xlsx")
    assert moved.path is None
    assert [problem.code for problem in moved.problems] == ["F107"]
    assert not (tmp_path / "new.xlsx").exists()


def test_a_workbook_has_to_be_moved_to_something(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="schema or editions"):
        fc.migrate(book(GOOD), None, tmp_path / "new.xlsx")


def test_a_collected_merge_needs_its_engine_no_longer(inbox: Path, tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    merged = fc.merge(inbox, SCHEMA, engine="duckdb").collect()
    assert merged.reconciles
    assert len(merged.frame("machines")) == 3
    assert fc.summary(merged, tmp_path / "s.xlsx").exists()
