"""A language is one file: where ``locales`` holds another, everything speaks it and understands it.

The language of these tests, ``qps``, is English with marks on its vowels; a copy of the package is given its file, nothing else.
"""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from openpyxl import load_workbook

import factory_crm
from factory_crm.i18n.translate import translate

PACKAGE = Path(factory_crm.__file__).parent
MARKED = str.maketrans("aeouAEOU", "âêôûÂÊÔÛ")


def marked(english: str) -> str:
    """An English text in the language of these tests; what stands in braces is a name."""
    parts = english.replace("}", "{").split("{")
    return "".join(part.translate(MARKED) if i % 2 == 0 else f"{{{part}}}" for i, part in enumerate(parts))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a copy of the package that has one file more."""
    home = tmp_path_factory.mktemp("languages")
    shutil.copytree(PACKAGE, home / "factory_crm", ignore=shutil.ignore_patterns("__pycache__"))
    english = tomllib.loads((PACKAGE / "i18n" / "locales" / "en.toml").read_text("utf-8"))
    texts = {text: other if text == "zh-CN" else marked(other) for text, other in english.items()}
    lines = (f"{json.dumps(t, ensure_ascii=False)} = {json.dumps(o, ensure_ascii=False)}" for t, o in texts.items())
    (home / "factory_crm" / "i18n" / "locales" / "qps.toml").write_text("\n".join(lines) + "\n", "utf-8")
    return home


def said(text: str) -> str:
    """What a text of ours is in the language of these tests."""
    return marked(translate(text, "en"))


def run(package: Path, *words: object) -> str:
    """What the copy says on the command line."""
    environment = {**os.environ, "PYTHONPATH": str(package), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "factory_crm", *map(str, words)]
    done = subprocess.run(command, cwd=package, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def filled(package: Path, phone: str) -> Path:
    """A template in the new language with one customer in it."""
    path = package / f"{phone or 'none'}.xlsx"
    run(package, "template", "--lang", "qps", "-o", path, "--rows", 10)
    book = load_workbook(path)
    page = book[said("客户信息")]
    headers = {cell.value: cell.column for cell in page[4]}
    row = {"客户编号": "CUS001", "客户名称": "甲", "联系人姓名": "张三", "联系电话": phone, "注册日期": "2023-01-05"}
    row |= {"客户类型": said("企业"), "需求偏好": f"{said('重视品质')}, {said('价格敏感')}"}
    for header, value in row.items():
        page.cell(5, headers[said(header)], value)
    book.save(path)
    return path


def test_a_third_language_makes_a_template_checks_it_and_says_what_is_wrong(package: Path) -> None:
    told = run(package, "validate", "--lang", "qps", filled(package, "12"))
    assert said("「{header}」的 {value} 不像电话号码").format(header=said("联系电话"), value=12) in told


def test_a_third_language_is_understood_by_who_speaks_another(package: Path) -> None:
    """Sheet, headers and choices, one and several in a cell."""
    told = run(package, "validate", "--format", "json", filled(package, "13800000001"))
    found = {problem["code"] for file in json.loads(told)["files"] for problem in file["problems"]}
    assert not found & {"S101", "S104", "S202", "C106", "C306", "C308"}


def test_help_shows_every_language(package: Path) -> None:
    shown = "".join(run(package, "--help").split())
    for text in (ABOUT, translate(ABOUT, "en"), said(ABOUT)):
        assert "".join(text.split()) in shown


ABOUT = "工厂客户管理：生成模板、检查填报、合并汇总"


def test_a_code_whose_page_is_not_written_is_explained_by_its_texts(package: Path) -> None:
    told = run(package, "explain", "C108", "--lang", "qps")
    assert said("「{header}」的 {value} 不像电话号码") in told
