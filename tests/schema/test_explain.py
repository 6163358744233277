"""Every code has a page in both languages, written by a person or made from its rule."""

import re

import pytest

from factory_crm.crm import schema as standard
from factory_crm.i18n.translate import LANGUAGES, Language
from factory_crm.schema.explain import as_text, markdown, page_of, page_texts

FULL = standard("full")
RULES = {rule.code.name for sheet in FULL.sheets for rule in sheet.rules}
PARTS = {"checks", "why", "wrong", "right", "mend"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_written_about_and_nothing_else(language: Language) -> None:
    assert set(page_texts(language)) == FULL.codes().keys() - RULES
    assert {code: set(page) for code, page in page_texts(language).items() if set(page) != PARTS} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(FULL.codes()))
def test_page_has_every_section(code: str, language: Language) -> None:
    page = page_of(FULL, code, language)
    assert page is not None
    assert all(page[1:]), page
    assert as_text(page, language).startswith(code)
    assert markdown(page, language).count("\n## ") == 5


@pytest.mark.parametrize("code", sorted(FULL.codes()))
def test_english_page_is_english(code: str) -> None:
    page = page_of(FULL, code, "en")
    assert page is not None
    assert not re.search("[\u3400-\u9fff]", as_text(page, "en"))


def test_unknown_code_has_no_page() -> None:
    assert page_of(FULL, "Z999", "zh") is None
