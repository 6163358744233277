"""The cache of validated cells: bounded, and never an answer for another cell."""

from factory_crm.crm import schema
from factory_crm.schema.record.bounded_cache import BoundedCache
from factory_crm.schema.record.cell import NEEDS_FULL_CHECK, CellValidator, FastValues


def test_a_full_cache_starts_anew() -> None:
    cache = BoundedCache[str, int](2)
    assert [cache.put(key, len(key)) for key in ("a", "bb", "ccc")] == [1, 2, 3]
    assert cache == {"ccc": 3}


def test_true_is_no_number_and_a_repeated_header_no_value() -> None:
    orders = schema().sheet("orders")
    quantity, note = (
        FastValues(CellValidator(orders.column(name), schema().choices_of(orders.column(name))), header)
        for name, header in (("quantity", "数量"), ("note", "备注"))
    )
    for _ in range(2):
        assert quantity[1.0] == 1
        assert quantity[True] is NEEDS_FULL_CHECK
        assert note["备注"] is NEEDS_FULL_CHECK
        assert note["急"] == "急"
