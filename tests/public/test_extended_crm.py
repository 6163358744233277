"""A sheet, a figure and a page of a developer's own beside the customer workbook's: one merge, one summary."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

import factory_crm as fc

GOOD = Path(__file__).resolve().parents[2] / "workbooks" / "good"


class Machine(fc.Sheet, table="machines", title="设备"):
    """One row a machine."""

    may_be_absent = True
    machine_id: fc.RecordId = fc.column("设备编号", key=True)
    customer_id: fc.RecordId = fc.column("客户编号", references="customers")
    bought_on: fc.Day | None = fc.column("购入日期", event_date=True)


@fc.figure("machines_sold", "售出设备", unit="台", better="up", definition="期内购入的设备台数。")
def machines_sold(now: fc.Snapshot[Any]) -> fc.Value:
    count = len(now.sheet("machines", "machine_id").collect())
    return fc.Value(count, count)


def list_machines(data: Any) -> fc.Tables:
    frame = data.merged.tables["machines"].collect()
    column = fc.PageColumn("设备", "text", 120, frame["machine_id"].to_list())
    return fc.Tables("每台设备。", [fc.Table([column], empty="没有设备。")])


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> fc.Merged:
    path = tmp_path_factory.mktemp("own") / "设备.xlsx"
    workbook = Workbook()
    workbook.active.title = "设备"
    for row in (["设备编号", "客户编号", "购入日期"], ["M1", "CUS001", "2024-03-01"], ["M2", "CUS001", None]):
        workbook.active.append(row)
    workbook.save(path)
    return fc.merge([GOOD, path], fc.crm.schema("basic").extended(Machine))


def test_both_are_merged_and_counted(merged: fc.Merged) -> None:
    results = merged.compute(figures=[machines_sold])
    assert merged.reconciles
    assert len(merged.frame("machines")) == 2
    assert results.figures["machines_sold"].value == 2
    assert [str(source.title) for source in results.figures["machines_sold"].sources] == ["设备"]
    assert results.figures["csat"].value is not None
    with pytest.raises(ValueError, match="machines_sold"):
        merged.compute(figures=[machines_sold, machines_sold])


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_the_summary_has_the_pages_of_both(merged: fc.Merged, tmp_path: Path) -> None:
    page = fc.Page("设备一览", list_machines, needs=("machines",))
    path = fc.summary(merged, tmp_path / "汇总.xlsx", pages=[page])
    workbook = load_workbook(path)
    assert {"经营看板", "设备", "设备一览"} <= set(workbook.sheetnames)
    shown = [cell.value for row in workbook["设备一览"].iter_rows() for cell in row]
    assert {"M1", "M2"} <= set(shown)


def test_frames_of_a_merge_have_the_types_of_a_report(merged: fc.Merged) -> None:
    orders = merged.frame("orders")
    assert str(orders["amount"].dtype) == "float64"
    assert {"file", "sheet", "row", "office"} <= set(orders.columns)
    exact = merged.frame("orders", "arrow")
    assert float(sum(exact.column("amount").to_pylist())) == pytest.approx(orders["amount"].sum())
