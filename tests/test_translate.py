"""What texts say in either language."""

import pytest

from factory_crm.i18n.translate import ChoiceText, translate


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
    assert (ChoiceText(chosen).in_language("zh"), ChoiceText(chosen).in_language("en")) == (zh, en)
    assert translate("{x} 已填", "zh", x=ChoiceText(chosen)) == f"{zh} 已填"
