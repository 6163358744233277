import pytest

from factory_crm.schema.stamp import PROPERTY_PREFIX, Stamp


@pytest.fixture
def stamp(schema) -> Stamp:
    return Stamp.of(schema, "summary", "en")


def test_a_stamp_is_read_back_from_its_text(stamp) -> None:
    assert Stamp.parse(stamp.text()) == stamp
    assert Stamp.parse(f'="{stamp.text()}"') == stamp


def test_a_stamp_is_read_back_from_its_facts(stamp) -> None:
    assert Stamp.from_facts(stamp.facts()) == stamp
    assert Stamp.from_facts({PROPERTY_PREFIX + name: value for name, value in stamp.facts().items()}) == stamp


@pytest.mark.parametrize(
    "text",
    ["", "x", "other/1/2/template/zh", "factory_crm/1/2/template/fr", "factory_crm//2/template/zh", "a/b/c/d/e/f"],
)
def test_what_is_no_stamp_of_ours_is_none(text) -> None:
    assert Stamp.parse(text) is None


def test_foreign_facts_are_no_stamp() -> None:
    assert Stamp.from_facts({"title": "x", "rows": 3}) is None
