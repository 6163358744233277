"""The examples of the library's pages, run as one session each: what a reader sees there is what happens."""

import doctest
import warnings
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("page", ["library.md", "library.zh-CN.md"])
def test_examples_do_what_they_say(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of openpyxl, about what it drops of a template
        failed, tried = doctest.testfile(
            str(DOCS / page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE, encoding="utf-8"
        )
    assert tried > 0
    assert failed == 0


def test_the_pages_in_both_languages_have_the_same_examples() -> None:
    def code(page: str) -> list[str]:
        return [line for line in (DOCS / page).read_text("utf-8").splitlines() if line.startswith((">>>", "..."))]

    assert code("library.md") == code("library.zh-CN.md")
