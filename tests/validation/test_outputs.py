"""What a check prints: text, JSON of the published shape, SARIF, scores, and nothing that steers a console."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import TypeAdapter

from factory_crm.cli.app import main
from factory_crm.crm import schema as standard
from factory_crm.schema.parsers.choice import multiple_choice
from factory_crm.schema.parsers.suggest import nearest_keys, similar, suggestions
from factory_crm.validation.json_report import Told, json_schema
from factory_crm.validation.quality import Quality, combined
from factory_crm.validation.text_wrap import width, wrapped

from .conftest import Check

WORKBOOKS = Path(__file__).resolve().parents[2] / "workbooks"
SCHEMA = WORKBOOKS.parent / "docs" / "validate.schema.json"


def run(*arguments: object) -> str:
    return CliRunner().invoke(main, ["validate", *map(str, arguments), str(WORKBOOKS)]).output


@pytest.mark.parametrize("language", ["zh", "en"])
def test_json_is_as_published(language: str) -> None:
    told = run("--format", "json", "--lang", language)
    TypeAdapter(Told).validate_json(told)
    assert json.loads(SCHEMA.read_text("utf-8")) == json_schema()


def test_sarif_has_what_its_schema_requires() -> None:
    log = json.loads(run("--format", "sarif"))
    assert log["version"] == "2.1.0"
    [sarif] = log["runs"]
    rules = [rule["id"] for rule in sarif["tool"]["driver"]["rules"]]
    assert sarif["tool"]["driver"]["name"]
    assert len(rules) == len(set(rules))
    for result in sarif["results"]:
        assert result["message"]["text"]
        assert result["level"] in ("error", "warning", "note")
        assert rules[result["ruleIndex"]] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"].get("region", {"startLine": 1})
        assert region["startLine"] >= 1


def test_score_counts_the_cells_that_should_be_filled(check: Check) -> None:
    book = check(
        "客户信息:\n| 客户编号 | 客户名称 | 联系人姓名 | 联系电话 |\n| C1 | 甲 | 张三 | |\n| C2 | 乙 | | '13800000000 |"
    )
    assert book.quality[:3] == (8, 2, 2)
    assert book.quality.completeness == 75
    assert Quality().completeness is None
    assert combined([Quality(8, 2, 2, 4), Quality(2, 0, 2, 0)]) == (10, 2, 4, 4)
    assert Quality(100_000, 1).completeness == 99.9


@pytest.mark.parametrize(
    "line", ["      怎么改：从下拉列表里选：" + "、".join(["北京"] * 40), "  × " + "words " * 60, "路" * 200]
)
def test_long_lines_fit_a_console(line: str) -> None:
    pieces = wrapped(line, 80)
    assert all(width(piece) <= 80 for piece in pieces)
    assert all(piece.strip()[0] not in "，。、；）」" for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(line.split())
    assert wrapped(line, 0) == [line]


def test_nothing_that_steers_a_console_is_printed(check: Check, tmp_path: Path) -> None:
    book = check("客户信息:\n| 客户编号 | 客户名称 | 联系人姓名 | 电子邮箱 |\n| C1 | 甲\u202e乙 | 张三 | a\u009bb |")
    path = tmp_path / book.path
    told = [
        CliRunner().invoke(main, ["validate", "--format", form, str(path)]).output for form in ("text", "json", "sarif")
    ]
    assert "[U+202E]" in told[0]
    assert not any(character in text for text in told for character in "\u202e\u009b\x1b")


def test_nearest_number() -> None:
    known = ["cus001", "cus002", "cus010", "sf-2405-01"]
    assert nearest_keys("cuso01", known) == ["cus001"]
    assert nearest_keys("sf240501", known) == ["sf-2405-01"]
    assert nearest_keys("xyz", known) == []


def test_likely_word_is_near_and_alone() -> None:
    assert suggestions("客户编码", {"客户编号": 1, "注册日期": 2}) == 1
    assert suggestions("广冻", {"广东": 1, "广西": 2}) is None
    assert suggestions("customergroup", {"customerno": 1}) is None


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("中形", "中型"), ("ＭＸ25", "MX-25"), ("mx_25", "MX-25"), ("完全不同的话", None), ("zzz", None)],
)
def test_a_hint_heads_the_list_to_choose_from(written: str, wanted: str | None) -> None:
    known = ["大型", "中型", "MX-25", "X100"]
    hint = suggestions(written, {text: text for text in known})
    assert similar(written, known)[:1] == ([wanted] if wanted else [])
    assert hint in (wanted, None)


def test_several_choices_in_english() -> None:
    choices = standard().choices["needs"]
    assert multiple_choice("Quality-focused, Delivery-focused", choices) == (("重视品质", "注重交期"), None, {})
    assert (
        multiple_choice("重视品质,注重交期", choices).params["after"].in_language("en")
        == "Quality-focused, Delivery-focused"
    )
