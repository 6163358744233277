import json
import shutil
import zipfile
from pathlib import Path, PurePath

import openpyxl
from click.testing import CliRunner

from factory_crm.annotate.fix import fix
from factory_crm.annotate.mark import mark
from factory_crm.annotate.outputs import target_of
from factory_crm.cli.app import main
from factory_crm.reading.folder import find_workbooks
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.validation.workbook import WorkbookResult, validate_workbook
from tests.annotate.conftest import BAD
from tests.annotate.looking import parts


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["validate", *map(str, arguments)], standalone_mode=False)
    return result.return_value if result.exception is None else 2, result.output


def test_copies_keep_their_names_relative_to_the_folder(tmp_path: Path) -> None:
    (tmp_path / "in" / "华东").mkdir(parents=True)
    shutil.copy(BAD, tmp_path / "in" / "华东" / "六月.xlsx")
    code, said = run(tmp_path / "in", "--marked", tmp_path / "marked", "--fix", tmp_path / "fixed")
    assert code == 1
    assert (tmp_path / "marked" / "华东" / "六月.xlsx").exists()
    assert (tmp_path / "fixed" / "华东" / "六月.xlsx").exists()
    assert "标记好的副本" in said


def test_a_dry_run_lists_and_writes_nothing(tmp_path: Path) -> None:
    shutil.copy(BAD, tmp_path / "a.xlsx")
    code, said = run(tmp_path / "a.xlsx", "--dry-run", "--fix", tmp_path / "out")
    assert code == 1
    assert "湖北省 → 湖北" in said
    assert not (tmp_path / "out").exists()


def test_writing_into_the_folder_that_is_read_ends_in_2(tmp_path: Path) -> None:
    shutil.copy(BAD, tmp_path / "a.xlsx")
    code, said = run(tmp_path, "--marked", tmp_path / "out")
    assert code == 2
    assert "不能写到输入文件或输入文件夹里" in said


def test_the_two_copies_need_two_folders(tmp_path: Path) -> None:
    assert run(BAD, "--marked", tmp_path / "out", "--fix", tmp_path / "in" / ".." / "out") == (
        2,
        "× --marked 和 --fix 要写到两个不同的文件夹\n",
    )


def test_json_stays_json_beside_copies(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["validate", str(BAD), "--format", "json", "--marked", str(tmp_path / "out")])
    assert json.loads(result.stdout)
    assert "标记好的副本" in result.stderr


def test_no_name_leads_out_of_the_folder() -> None:
    inside = Path("out")
    for name in ("../a.xlsx", "/etc/a.xlsx", "a/../../b.xlsx", "a/b.xlsx"):
        assert ".." not in PurePath(target_of(inside, name)).parts
        assert target_of(inside, name).parts[0] == "out"


def test_an_untouched_marked_copy_gives_way_and_a_touched_one_takes_the_place(
    tmp_path: Path, bad_book: WorkbookResult, schema: WorkbookSchema
) -> None:
    original, copy = tmp_path / "a.xlsx", tmp_path / "out" / "a.xlsx"
    shutil.copy(BAD, original)
    mark(original, copy, bad_book, schema)
    assert passed(tmp_path) == {"a.xlsx": None, "out/a.xlsx": "F203"}
    book = openpyxl.load_workbook(copy)
    book["客户信息"]["C6"] = "某厂"
    book.save(copy)
    assert passed(tmp_path) == {"a.xlsx": "F204", "out/a.xlsx": None}
    original.unlink()
    assert passed(tmp_path) == {"out/a.xlsx": None}


def test_a_fixed_copy_takes_the_place_of_all_it_comes_from(
    tmp_path: Path, bad_book: WorkbookResult, schema: WorkbookSchema
) -> None:
    original, marked, fixed = (tmp_path / name for name in ("a.xlsx", "m.xlsx", "f.xlsx"))
    shutil.copy(BAD, original)
    mark(original, marked, bad_book, schema)
    fix(marked, fixed, validate_workbook(marked, schema), schema)
    assert [name for name, code in passed(tmp_path).items() if code is None] == ["f.xlsx"]
    marked.unlink()
    assert passed(tmp_path) == {"a.xlsx": "F204", "f.xlsx": None}


def test_macros_are_no_reason_to_give_nothing_back(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsm"
    shutil.copy(BAD, source)
    with zipfile.ZipFile(source, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macros")
    _, said = run(source, "--marked", tmp_path / "out")
    assert "F205" in said
    assert parts(tmp_path / "out" / "a.xlsm")["xl/vbaProject.bin"] == b"macros"


def test_why_there_is_no_copy_is_said(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    shutil.copy(BAD, source)
    with zipfile.ZipFile(source, "a") as package:
        package.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    for option in ("--marked", "--fix"):
        _, said = run(source, option, tmp_path / "out")
        assert "没有写出副本：这个工作簿有数字签名" in said
        assert not (tmp_path / "out").exists()


def test_a_choice_without_a_folder_to_write_to_says_so(tmp_path: Path) -> None:
    shutil.copy(BAD, tmp_path / "a.xlsx")
    _, said = run(tmp_path / "a.xlsx", "--apply")
    assert "还没有改：加上 --fix 文件夹" in said
    assert list(tmp_path.iterdir()) == [tmp_path / "a.xlsx"]


def test_a_marked_copy_alone_or_given_by_name_is_input(
    tmp_path: Path, bad_book: WorkbookResult, schema: WorkbookSchema
) -> None:
    shutil.copy(BAD, tmp_path / "a.xlsx")
    mark(tmp_path / "a.xlsx", tmp_path / "b.xlsx", bad_book, schema)
    assert [f.superseded for f in find_workbooks([tmp_path / "a.xlsx", tmp_path / "b.xlsx"])] == [None, None]
    (tmp_path / "a.xlsx").unlink()
    assert passed(tmp_path) == {"b.xlsx": None}


def passed(folder: Path) -> dict[str, str | None]:
    return {f.name: f.superseded.code.name if f.superseded else None for f in find_workbooks([folder])}
