"""Random folders: whatever stands in them, every row and every fen is accounted for, and order changes nothing."""

from datetime import datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factory_crm.crm import schema as standard
from factory_crm.engine.engines import LocalEngine
from factory_crm.merge.merge import MergeOptions, merge, reconciles, totals
from factory_crm.reading.folder import WorkbookFile

from .builders import customer, order, service, workbook

NAMES = ["苏州东海精密机械有限公司", "东海精密机械", "云山纺织股份", "云山纺织"]

a_customer = st.builds(
    customer, st.sampled_from(["C1", "C2", "c1", "C3"]), st.sampled_from([*NAMES, None]),
    phone=st.sampled_from(["13800000001", "13800000002", None]),
)  # fmt: skip
an_order = st.builds(
    order, st.sampled_from(["O1", "O2", "O3", "o1"]), st.sampled_from(["C1", "C2", "C9"]),
    quantity=st.sampled_from([1, 2.5, "坏", None, 0]), unit_price=st.sampled_from([0.01, 3.333333, "1.2万"]),
    line=st.sampled_from([None, 1, 2]),
)  # fmt: skip
a_service = st.builds(service, st.sampled_from(["C1", "C2"]), description=st.sampled_from(["甲", "乙"]))
a_book = st.fixed_dictionaries({
    "rows": st.fixed_dictionaries({
        "customers": st.lists(a_customer, max_size=3), "orders": st.lists(an_order, max_size=5),
        "services": st.lists(a_service, max_size=2),
    }),
    "office": st.sampled_from(["", "一分厂", "二分厂"]),
    "period": st.sampled_from(["", "2024-06"]),
    "modified": st.integers(1, 4).map(lambda day: datetime(2024, 6, day)),
})  # fmt: skip
broken = st.sampled_from([b"", b"PK\x03\x04 broken", b"no workbook"])


def merged(paths, prefer):
    result = merge(
        [WorkbookFile(p, p.name) for p in paths], standard(), LocalEngine(), options=MergeOptions(prefer=prefer)
    )
    lines = {table: frame.collect().rows() for table, frame in result.tables.items()}
    return result, lines


def leads_back(result, books):
    """Where a line, accepted or rejected, says it stands, there stands what it holds."""
    titles = {sheet.title: sheet.table for sheet in standard().sheets}

    def written(file, sheet, row):
        return books[int(file.removesuffix(".xlsx"))]["rows"][titles[sheet]][row - 2]

    names = {"customers": "customer_id", "orders": "order_id", "services": "description"}
    for table, name in names.items():
        for value, *place in result.tables[table].select(name, "file", "sheet", "row").collect().rows():
            assert value.partition("@")[0].casefold() == written(*place)[name].casefold()
    for rejected in result.rejected:
        place, sheet = rejected.location, standard().sheet(rejected.table)
        found = written(place.file, place.sheet, place.row)
        name = names[rejected.table]
        assert dict(rejected.shown)[sheet.column(name).header] == found[name]


def holds(books, bad, prefer, seed, folder):
    chance = Random(seed)
    paths = [
        workbook(folder / f"{n}.xlsx", book["rows"], **{k: v for k, v in book.items() if k != "rows"})
        for n, book in enumerate(books)
    ]
    for n, content in enumerate(bad):
        paths.append(folder / f"bad{n}.xlsx")
        paths[-1].write_bytes(content)
    result, lines = merged(paths, prefer)
    assert reconciles(result)
    for counts in totals(result.origins).values():
        assert counts.read == counts.accepted.plus(counts.rejected).plus(counts.superseded)
    listed = sum(o.counts[t].rejected.rows for o in result.origins if o.status == "merged" for t in o.counts)
    assert len(result.rejected) == listed
    leads_back(result, books)
    again, same = merged(chance.sample(paths, len(paths)), prefer)
    assert (again.origins, again.conflicts, again.rejected, again.candidates, same) == (
        result.origins, result.conflicts, result.rejected, result.candidates, lines)  # fmt: skip
    twice = folder / "zz.xlsx"
    twice.write_bytes(chance.choice(paths).read_bytes())
    repeated, same = merged([*paths, twice], prefer)
    assert reconciles(repeated)
    assert same == lines


folders = given(
    st.lists(a_book, min_size=1, max_size=4),
    st.lists(broken, max_size=1),
    st.sampled_from(["latest", "first", "none"]),
    st.integers(),
)


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@folders
def test_every_row_and_fen_is_accounted_for_in_any_order(books, bad, prefer, seed):
    with TemporaryDirectory() as folder:
        holds(books, bad, prefer, seed, Path(folder))


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@folders
def test_two_hundred_folders(books, bad, prefer, seed):
    with TemporaryDirectory() as folder:
        holds(books, bad, prefer, seed, Path(folder))
