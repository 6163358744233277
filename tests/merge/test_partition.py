"""Lines that nothing else bears upon stay where they were read: it must make no difference to what a merge comes to."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from factory_crm.crm import schema as standard
from factory_crm.crm.config import restored
from factory_crm.engine.engines import LocalEngine
from factory_crm.merge import merge as merging
from factory_crm.merge.merge import MergeOptions, merge, reconciles
from factory_crm.merge.partition import split
from factory_crm.reading.folder import find_workbooks

from .builders import customer, feedback, order, service
from .crowds import write

COMPANIES = ("苏州东海精密机械有限公司", "云山纺织股份有限公司", "长河电子")


def said(files, schema, wishes):
    """Everything that a merge comes to, and how many lines came together for it."""
    together = []

    def counted(shared, piece):
        sifted = split(shared, piece)
        together.extend(sifted.records if sifted else ())
        return sifted

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "split", counted)
        result = merge(files, schema, LocalEngine(), options=wishes)
    assert reconciles(result)
    tables = {table: sorted(map(repr, frame.collect().rows())) for table, frame in result.tables.items()}
    return (tables, replace(result, tables={})), len(together)


class Everything:
    """What takes every line to bear upon every other."""

    def __init__(self, shared):
        self.roles, self.files = shared.roles, shared.files

    def __call__(self, _):
        return True

    def doubtful(self, *_):
        return True


def all_together(monkeypatch):
    """Have every line come together."""
    found = merging.partition_of
    monkeypatch.setattr(merging, "partition_of", lambda *some, **more: Everything(found(*some, **more)))


def folder(place: Path, chance: Random) -> Path:
    """Six workbooks that speak of the same few customers and orders, in several spellings, and of many of their own."""
    place.mkdir()

    def spelled(number: str) -> str:
        return chance.choice([number, number, number.lower()])

    for n in range(6):
        own = [f"K{n}-{i}" for i in range(6)]
        rows = {
            "customers": [customer(spelled(f"C{i}"), chance.choice(COMPANIES)) for i in chance.sample(range(4), 2)]
            + [customer(number, f"{number}号机械厂", phone=f"1390000{n}{i:03d}") for i, number in enumerate(own)],
            "orders": [order(spelled(f"S{i}"), spelled(f"C{chance.randrange(5)}"), line=chance.choice([None, 1, "坏"]),
                             ordered_on=datetime(2024, 1, chance.randint(1, 28))) for i in chance.sample(range(6), 3)]
            + [order(f"O{n}-{i}", chance.choice(own), ordered_on=datetime(2024, 2, 1 + i)) for i in range(9)],
            "services": [service(spelled(f"C{chance.randrange(5)}"), order_id=spelled(f"S{chance.randrange(8)}"))
                         for _ in range(3)]
            + [service(own[0], order_id=f"O{n}-{i}", description=chance.choice("甲乙")) for i in range(5)],
            "feedbacks": [feedback(chance.choice([*own, f"X{n}"]), given_on=datetime(chance.choice([2024, 2024, 2024, 2029]), 3, 1))],
        }  # fmt: skip
        write(
            place / f"{n}.xlsx", rows, chance.choice(["", "一分厂", "二分厂"]), datetime(2024, 6, chance.randint(1, 3))
        )
    return place


@pytest.mark.parametrize("seed", range(12))
def test_a_merge_comes_to_the_same_whether_or_not_all_lines_come_together(tmp_path, monkeypatch, seed):
    chance = Random(seed)
    files = find_workbooks([folder(tmp_path / "in", chance)])
    schema = restored(None, chance.choice(["", 'numbering = "office"']))
    wishes = MergeOptions(prefer=chance.choice(["latest", "first", "none"]))
    apart, few = said(files, schema, wishes)
    all_together(monkeypatch)
    whole, many = said(files, schema, wishes)
    assert apart == whole
    assert 0 < few < many


def test_lines_of_one_s_own_stay_where_they_were_read(tmp_path):
    """
    a.xlsx orders   b.xlsx orders
    O1  C1          O3  C2
    O2  C1          o2  C2      <- the number of a's second line
    """
    for name, mine, lines in (("a", "C1", ("O1", "O2")), ("b", "C2", ("O3", "o2"))):
        rows = {"customers": [customer(mine, f"{mine}号机械厂")], "orders": [order(line, mine) for line in lines]}
        write(tmp_path / f"{name}.xlsx", rows, "", datetime(2024, 6, 1))
    (tables, _), together = said(find_workbooks([tmp_path]), standard(), MergeOptions())
    assert (len(tables["orders"]), together) == (3, 2)
