"""The command line, as people and programs meet it: real processes, exit codes, words."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from factory_crm.cli.app import main
from factory_crm.crm import schema as standard
from factory_crm.examples.mistakes import MISTAKES
from factory_crm.i18n.translate import translate
from factory_crm.problems.codes import Severity
from factory_crm.reading.opening import open_workbook
from factory_crm.validation.workbook import validate_workbook

from .merge.builders import customer, order, workbook
from .office import recalculated

CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
WORKBOOKS = Path(__file__).resolve().parents[1] / "workbooks"
GOOD, [BAD] = sorted((WORKBOOKS / "good").glob("*.xlsx")), sorted((WORKBOOKS / "bad").glob("*.xlsx"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def process(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "factory_crm", *map(str, arguments)], capture_output=True, check=False, **options
    )


def test_good_workbooks_end_in_0(tmp_path):
    result = run("validate", *GOOD)
    assert result.exit_code == 0, result.output
    assert "4 个通过" in result.output


def test_errors_end_in_1_and_stand_at_their_cell():
    result = run("validate", BAD)
    assert result.exit_code == 1
    assert "× 客户信息!C6  「客户名称」没有填" in result.output
    assert "怎么改：" in result.output


@pytest.mark.parametrize(("readme", "lang"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_the_readme_shows_what_validate_says(readme, lang):
    blocks = (WORKBOOKS.parent / readme).read_text("utf-8").split("```\n")
    [shown] = [block.splitlines() for block in blocks if block.startswith("× ")]
    said = iter(run("validate", BAD, "--lang", lang).output.splitlines())
    assert [line for line in shown if line != "  …" and line not in said] == []  # each, in this order


def test_every_mistake_of_the_bad_workbook_is_told_at_its_cell_and_nothing_else():
    book = validate_workbook(BAD, standard())
    sheets = {sheet.table: sheet.title for sheet in standard().sheets}
    told = {(p.location.sheet, p.location.row, _column(book, p), p.code.name) for p in book.problems}
    assert told == {(sheets[m.table], m.row, m.column, m.code) for m in MISTAKES}


def _column(book, problem):
    checked = next(checked for checked in book.sheets.values() if checked.location.sheet == problem.location.sheet)
    return checked.layout.columns[problem.location.column].name


def test_the_good_workbooks_have_no_problem_and_the_seeds_own_card_only_warnings():
    for path in GOOD:
        problems = validate_workbook(path, standard()).problems
        assert not problems or ("种子" in path.name and {p.severity for p in problems} == {Severity.WARNING}), path.name


@pytest.mark.libreoffice
def test_a_workbook_saved_by_libreoffice_validates_alike(tmp_path):
    for path in (*GOOD[:1], BAD):
        again = recalculated(path, tmp_path)
        assert _seen(validate_workbook(again, standard())) == _seen(validate_workbook(path, standard()))


def _seen(book):
    return [(p.location.address, p.code.name, {k: str(v) for k, v in p.params.items()}) for p in book.problems]


def test_json_has_the_published_shape():
    result = run("validate", "--format", "json", BAD, GOOD[0])
    told = json.loads(result.output)
    assert set(told) == {"files", "totals"}
    by_name = {file["file"]: file for file in told["files"]}
    assert by_name[BAD.name]["status"] == "problems"
    assert by_name[GOOD[0].name]["status"] == "ok"
    problem = next(p for p in by_name[BAD.name]["problems"] if p["cell"] == "C6")
    assert set(problem) == {
        "code",
        "severity",
        "sheet",
        "cell",
        "row",
        "column",
        "header",
        "value",
        "message",
        "remedy",
        "fix",
    }
    assert (problem["code"], problem["severity"], problem["row"], problem["column"], problem["header"]) == (
        "C101",
        "error",
        6,
        "C",
        "客户名称",
    )
    assert told["totals"]["error"] == sum(p["severity"] == "error" for f in told["files"] for p in f["problems"])


def test_strict_makes_warnings_count():
    seed = next(path for path in GOOD if "种子" in path.name)
    assert run("validate", seed).exit_code == 0
    assert run("validate", "--strict", seed).exit_code == 1


def test_an_unreadable_file_is_one_problem_and_never_stops_the_others(tmp_path):
    (tmp_path / "a.xlsx").write_text("这不是工作簿", "utf-8")
    workbook(tmp_path / "b.xlsx", {"customers": [customer()]})
    result = run("validate", tmp_path)
    assert result.exit_code == 1
    assert "× a.xlsx：读不了" in result.output
    assert "√ b.xlsx" in result.output


def test_no_workbook_found_ends_in_2(tmp_path):
    assert run("validate", tmp_path).exit_code == 2


@pytest.mark.parametrize(
    "arguments", [("validate",), ("validate", "--nope"), ("nope",), ("merge", "x"), ("template", "--rows", "0")]
)
def test_wrong_usage_ends_in_2_with_one_clear_sentence(arguments):
    done = process(*arguments)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert done.stderr.decode().startswith("×")
    assert "--help" in done.stderr.decode()


def test_output_survives_a_gbk_console(tmp_path):
    workbook(tmp_path / "😀.xlsx", {"customers": [customer(contact=None)]})
    done = process("validate", tmp_path, env={"PYTHONIOENCODING": "gbk", "PATH": ""})
    assert done.returncode == 1
    assert "没有填" in done.stdout.decode("gbk")


def test_an_english_run_has_no_chinese_but_the_workbooks_own():
    told = run("validate", "--lang", "en", BAD).output
    assert "How to correct it" in told
    assert "怎么改" not in told


def test_an_english_template_filled_in_english_is_judged_in_english(tmp_path):
    blank = tmp_path / "blank.xlsx"
    assert run("template", "--lang", "en", "-o", blank, "--rows", 10).exit_code == 0
    book = load_workbook(blank)
    page = book[translate("客户信息", "en")]
    headers = {cell.value: cell.column for cell in page[4]}
    for header, value in (
        ("客户编号", "C1"),
        ("客户名称", "Acme Ltd"),
        ("联系人姓名", "Ann"),
        ("电子邮箱", "ann(at)acme"),
        ("客户类型", "Company"),
    ):
        page.cell(5, headers[translate(header, "en")], value)
    book.save(tmp_path / "filled.xlsx")
    told = run("validate", "--lang", "en", tmp_path / "filled.xlsx").output
    assert "(C109)" in told
    assert "C106" not in told
    assert not CHINESE.search(told), told


def test_template_then_fill_then_validate(tmp_path):
    assert run("template", "-o", tmp_path / "t.xlsx", "--office", "一分厂", "--rows", 20).exit_code == 0
    result = run("validate", tmp_path / "t.xlsx")
    assert result.exit_code == 0
    assert "还没有填写任何数据" in result.output


def test_merge_writes_a_summary_that_is_skipped_when_the_folder_is_read_again(tmp_path):
    for name, number in (("a.xlsx", "ORD001"), ("b.xlsx", "ORD002")):
        workbook(tmp_path / "in" / name, {"customers": [customer()], "orders": [order(number)]})
    out = tmp_path / "in2" / "汇总.xlsx"
    result = run("merge", tmp_path / "in", "-o", out)
    assert result.exit_code == 0, result.output
    assert "读取 2 = 采用 2 + 被拒 0 + 重复或被取代 0 √" in result.output
    with open_workbook(out) as source:
        assert source.sheets[0].name == "经营看板"
    again = run("merge", tmp_path / "in", out, "-o", tmp_path / "again.xlsx")
    assert again.exit_code == 0, again.output
    assert "跳过 1" in again.output


def test_merge_with_rejected_rows_is_written_and_ends_in_1(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx", {"customers": [customer()], "orders": [order(), order("ORD002", quantity="坏")]}
    )
    out = tmp_path / "out" / "s.xlsx"
    assert run("merge", path, "-o", out).exit_code == 1
    assert out.exists()


def test_merge_never_writes_into_its_input_folder(tmp_path):
    workbook(tmp_path / "a.xlsx", {"customers": [customer()]})
    result = run("merge", tmp_path, "-o", tmp_path / "s.xlsx")
    assert result.exit_code == 2
    assert not (tmp_path / "s.xlsx").exists()


def test_a_dry_run_tells_all_and_writes_nothing(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"customers": [customer()]})
    assert "客户信息：读取 1" in run("merge", path, "-o", tmp_path / "o" / "s.xlsx", "--dry-run").output
    assert not (tmp_path / "o").exists()


def test_many_files_are_read_by_several_processes_alike(tmp_path):
    for n in range(10):
        workbook(
            tmp_path / "in" / f"{n}.xlsx",
            {"customers": [customer(f"C{n}")], "orders": [order(f"O{n}", f"C{n}", quantity="坏" if n else 1)]},
        )
    told = [run("validate", tmp_path / "in", "--jobs", jobs).output for jobs in (1, 2)]
    assert told[0] == told[1]
    accounts = [
        run("merge", tmp_path / "in", "-o", tmp_path / f"o{jobs}.xlsx", "--jobs", jobs).output.splitlines()[:-1]
        for jobs in (1, 2)
    ]
    assert accounts[0] == accounts[1]


def test_explain_tells_every_code():
    assert run("explain", "c103").exit_code == 0
    assert run("explain", "Z999").exit_code == 2
    listed = run("explain").output
    assert all(name in listed for name in standard().codes())


def test_schema_is_json():
    assert set(json.loads(run("schema").output)["properties"]) == {"customers", "orders", "services", "feedbacks"}


def test_the_demo_runs_the_whole_way_and_ends_in_0(tmp_path):
    result = run("demo", tmp_path / "demo")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "demo" / "汇总.xlsx").exists()
    assert "汇总.xlsx" in result.output.splitlines()[-1]
