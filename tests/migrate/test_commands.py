"""``template --from`` on the command line."""

import pytest
from click.testing import CliRunner

from factory_crm.cli.app import main
from tests.migrate.conftest import CUSTOMERS


def run(*arguments: object):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "zh",
            [
                "√ 已生成模板",
                "「客户信息」带入 1 行",
                "原样带入，待改：1 处",
                "客户信息!E5  联系电话 123",
                "「迁移记录」",
            ],
        ),
        (
            "en",
            [
                "√ Template made",
                "“Customers”: 1 rows",
                "to be mended: 1",
                "客户信息!E5  联系电话 123",
                "“Migration notes”",
            ],
        ),
    ],
)
def test_it_says_what_arrived_and_what_did_not(written, tmp_path, language, expected) -> None:
    old = written({"customers": [CUSTOMERS[0] | {"phone": "123"}]})
    ran = run("template", "--from", old, "--lang", language, "--rows", 1, "-o", tmp_path)
    assert ran.exit_code == 0
    assert [text for text in expected if text not in ran.output] == []
    assert (tmp_path / {"zh": "old_新.xlsx", "en": "old_new.xlsx"}[language]).exists()


def test_it_refuses_what_cannot_be_moved(tmp_path) -> None:
    ran = run("template", "--from", tmp_path / "none.xlsx", "-o", tmp_path / "new.xlsx")
    assert ran.exit_code == 2
    assert "找不到文件" in ran.output
    assert run("template", "--open-only", "-o", tmp_path / "new.xlsx").exit_code == 2
    assert not (tmp_path / "new.xlsx").exists()


def test_it_refuses_an_output_of_ours_and_its_own_input(written, tmp_path) -> None:
    old = written({"customers": CUSTOMERS})
    assert run("template", "--from", old, "-o", old).exit_code == 2
    summary = tmp_path / "summary.xlsx"
    assert run("merge", old, "-o", summary).exit_code == 0
    ran = run("template", "--from", summary, "-o", tmp_path / "new.xlsx")
    assert ran.exit_code == 2
    assert "不是填报的工作簿" in ran.output


def test_an_encrypted_workbook_is_moved_with_its_password_and_that_is_told(written, tmp_path) -> None:
    ooxml = pytest.importorskip("msoffcrypto.format.ooxml")
    secret, keys = tmp_path / "secret.xlsx", tmp_path / "keys.txt"
    with written({"customers": CUSTOMERS}).open("rb") as plain, secret.open("wb") as locked:
        ooxml.OOXMLFile(plain).encrypt("开门", locked)
    refused = run("template", "--from", secret, "-o", tmp_path / "new.xlsx")
    assert refused.exit_code == 2
    assert "密码" in refused.output
    keys.write_text("错的\n开门\n", "utf-8")
    done = run("template", "--from", secret, "--password-file", keys, "-o", tmp_path / "new.xlsx")
    assert done.exit_code == 0, done.output
    assert "「客户信息」带入 2 行" in done.output
    assert "新工作簿没有" in done.output
