"""Figures and tables of any workbook: here of machines and their inspections, which no customer has heard of."""

from datetime import date
from typing import ClassVar

import narwhals.stable.v2 as nw
import pandas as pd
import pytest

from factory_crm.engine.frames import in_memory
from factory_crm.merge.tables import storage_types
from factory_crm.metrics.figure import Figure, FigureTable, Value, figure, share
from factory_crm.metrics.frames import aggregates, flag, joined_texts, one_row_each, to_pandas, within
from factory_crm.metrics.results import PlainSettings, compute, needs_of
from factory_crm.metrics.snapshot import CycleError, Inputs, Registry, Snapshot, Times, memoized
from factory_crm.metrics.window import window_to
from factory_crm.schema.column import column
from factory_crm.schema.model import Sheet
from factory_crm.schema.types import Count, Day, RecordId, Text

AS_OF = date(2023, 12, 31)


class Machine(Sheet, table="machines", title="设备"):
    """One row for each machine."""

    machine_id: RecordId = column("设备编号", key=True)
    hall: Text | None = column("车间")
    hours: Count | None = column("运行小时")


class Inspection(Sheet, table="inspections", title="点检记录"):
    """One row for each inspection."""

    inspection_id: RecordId = column("点检编号", key=True)
    machine_id: RecordId = column("设备编号", references="machines")
    held_on: Day | None = column("点检日期", event_date=True)
    mended_on: Day | None = column("修复日期", ends=True)

    aliases: ClassVar[tuple[str, ...]] = ("点检",)


SHEETS = {sheet.table: sheet for sheet in (Machine, Inspection)}


def frame(sheet, *rows):
    kinds = storage_types(sheet)
    cells = [{"file": "a.xlsx", "row": number} | row for number, row in enumerate(rows, 5)]
    return in_memory([tuple(row.get(name) for name in kinds) for row in cells], kinds)


def held(number, machine, day, mended=None):
    stamps = {"held_on": day and pd.Timestamp(day), "mended_on": mended and pd.Timestamp(mended)}
    return {"inspection_id": number, "machine_id": machine, **stamps}


TABLES = {
    "machines": frame(Machine, {"machine_id": "M1", "hall": "东", "hours": 5}, {"machine_id": "M2", "hours": 7}),
    "inspections": frame(
        Inspection,
        held("I1", "M1", "2022-01-05", "2022-01-06"),
        held("I2", "M1", "2023-03-01", "2024-01-05"),
        held("I3", "M2", "2023-04-01", "2023-04-02"),
        held("I4", "M2", "2024-04-01"),
        held("I5", "M2", None),
    ),
}


@figure("inspected", "点检次数", unit="次", better="up", definition="期内的点检次数。")
def inspected(now):
    rows = now.sheet("inspections", "held_on").filter(within("held_on", now.window))
    count = aggregates(rows, n=nw.len())["n"]
    return Value(count, count)


@figure("mended_rate", "修复率", unit="%", better="up", definition="期内点检中已修复的占多少。", goal="goal")
def mended_rate(now):
    rows = now.sheet("inspections", "mended_on", "held_on").filter(within("held_on", now.window))
    found = aggregates(rows, n=nw.len(), done=flag(~nw.col("mended_on").is_null()).sum())
    return Value(share(found["done"], found["n"]), found["n"])


@figure("inspected_share", "点检覆盖率", unit="%", compared=False, definition="点检过的设备占多少。")
def inspected_share(now):
    table = now.table("by_machine")
    return Value(share(int((table["times"] > 0).sum()), len(table)), len(table))


def by_machine(now):
    machines = now.sheet("machines", "machine_id", "hall")
    times = now.sheet("inspections", "machine_id").group_by("machine_id").agg(times=nw.len())
    joined = machines.join(times, on="machine_id", how="left").with_columns(nw.col("times").fill_null(0))
    return to_pandas(joined, {"machine_id": "str", "hall": "str", "times": "int64"}).sort_values("machine_id")


REGISTRY = Registry(
    (inspected, mended_rate, inspected_share), (FigureTable("by_machine", ("machine_id", "hall", "times"), by_machine),)
)


class Settings(PlainSettings):
    goal = 0.9


def given(registry=REGISTRY, tables=TABLES, **more):
    return Inputs(tables, SHEETS, Settings(), registry, **more)


def snapshot(registry=REGISTRY, **more):
    return Snapshot(given(registry, **more), window_to(AS_OF, 12))


def test_a_workbook_without_customers_has_figures_of_its_own():
    found = compute(given(), AS_OF)
    assert {name: (one.value, one.before, one.goal) for name, one in found.figures.items()} == {
        "inspected": (2, 1, None),
        "mended_rate": (0.5, 1.0, 0.9),
        "inspected_share": (1.0, None, None),
    }
    assert found.frames["by_machine"].to_numpy().tolist()[0] == ["M1", "东", 2]
    assert found.first_event == date(2022, 1, 5)
    assert found.figures["inspected_share"].source() == "设备：设备编号、车间；点检记录：设备编号、点检日期"


def test_what_lies_ahead_is_not_known_yet():
    now = snapshot()
    rows = to_pandas(
        now.sheet("inspections", "inspection_id", "mended_on"), {"inspection_id": "str", "mended_on": "str"}
    )
    assert rows["inspection_id"].tolist() == ["I1", "I2", "I3", "I5"]
    assert rows["mended_on"].isna().tolist() == [False, True, False, True]
    every = to_pandas(now.accepted("inspections", "inspection_id"), {"inspection_id": "str"})
    assert len(every) == 5


def test_times_may_say_otherwise_than_the_event_dates():
    now = snapshot(times={"inspections": Times()})
    assert len(to_pandas(now.sheet("inspections", "inspection_id"), {"inspection_id": "str"})) == 5


@pytest.mark.parametrize("tables", [{}, {"machines": TABLES["machines"]}])
def test_sheets_and_columns_that_are_absent_are_blank(tables):
    found = compute(given(tables=tables), AS_OF)
    assert found.figures["inspected"].value == 0
    assert found.figures["mended_rate"].value is None
    now = snapshot(tables={"machines": TABLES["machines"].drop("hall")})
    assert not now.has("machines", "hall")
    assert to_pandas(now.sheet("machines", "hall"), {"hall": "str"})["hall"].isna().all()


def test_no_day_gives_no_figure_but_says_what_each_needs():
    found = compute(given(), None)
    assert {one.value for one in found.figures.values()} == {None}
    assert found.figures["inspected"].source() == "点检记录：点检日期"
    assert list(found.frames["by_machine"].columns) == ["machine_id", "hall", "times"]
    assert needs_of(given())["inspected"] == (("inspections", "held_on"),)


def test_each_name_is_declared_once():
    with pytest.raises(ValueError, match="inspected"):
        REGISTRY.extended([inspected])


def test_nobody_asks_for_what_is_not_declared():
    now = snapshot()
    for ask in (
        lambda: now.sheet("customers", "name"),
        lambda: now.sheet("machines", "colour"),
        lambda: now.table("sales"),
        lambda: now.figure("csat"),
    ):
        with pytest.raises(KeyError):
            ask()


def test_figures_that_ask_for_each_other_are_refused():
    def first(now):
        return now.figure("second")

    def second(now):
        return Value(len(now.table("third")))

    def third(now):
        return pd.DataFrame({"n": [now.figure("first").n]})

    registry = Registry(
        (Figure("first", "", "", first, ""), Figure("second", "", "", second, "")),
        (FigureTable("third", ("n",), third),),
    )
    with pytest.raises(CycleError, match="first → second → third → first"):
        snapshot(registry).figure("first")


def test_each_table_is_computed_once_and_whoever_asks_needs_what_it_needed():
    asked = []

    def counted(now):
        asked.append(now)
        return to_pandas(now.sheet("machines", "hours"), {"hours": "Int64"})

    def total(now):
        return Value(int(now.table("hours")["hours"].sum()))

    registry = Registry(
        (Figure("one", "", "", total, ""), Figure("two", "", "", total, "")),
        (FigureTable("hours", ("hours",), counted),),
    )
    now = snapshot(registry)
    assert (now.figure("one").value, now.figure("two").value, len(asked)) == (12, 12, 1)
    assert now.needs("one") == now.needs("two") == (("machines", "hours"),)


def test_what_is_remembered_is_told_apart_by_its_arguments():
    @memoized
    def doubled(now, number):
        return [2 * number]

    now = snapshot()
    assert doubled(now, 1) is doubled(now, 1)
    assert doubled(now, 2) == [4]


# helpers of frames


def test_one_row_each_keeps_single_rows_and_joins_repeated_ones():
    table = pd.DataFrame({"id": ["b", "a", "b", "c"], "text": ["y", None, "x", "z"], "n": [1, 2, 3, 4]})
    rows = one_row_each(nw.from_native(table).lazy(), "id").collect().to_native().sort_values("id")
    assert rows.astype(object).where(rows.notna(), None).to_numpy().tolist() == [
        ["a", None, 2],
        ["b", "x", 1],
        ["c", "z", 4],
    ]


def test_joined_texts_are_distinct_in_order_and_no_more_than_asked_for():
    table = pd.DataFrame({"id": ["a", "a", "a", "b", None], "text": ["y", "x", "y", None, "z"]})
    assert joined_texts(table, ["id"], "text").to_numpy().tolist() == [["a", "x、y"]]
    assert joined_texts(table, ["id"], "text", most=1).to_numpy().tolist() == [["a", "x…"]]
