"""What texts say in either language."""

import pytest

from factory_crm.words import Chosen, say


@pytest.mark.parametrize(
    ("chosen", "zh", "en"),
    [
        ("已完成", "已完成", "Completed"),
        ("CNY", "CNY", "CNY"),
        ("", "", ""),
        ("重视品质、价格敏感", "重视品质、价格敏感", "Quality-focused, Price-sensitive"),
    ],
)
def test_choices_are_told_in_either_language(chosen, zh, en) -> None:
    assert (Chosen(chosen).say("zh"), Chosen(chosen).say("en")) == (zh, en)
    assert say("{x} 已填", "zh", x=Chosen(chosen)) == f"{zh} 已填"
