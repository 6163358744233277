"""A record is a tuple of values in the order of its sheet's columns; ``RecordLayout`` alone says what stands where."""

import pickle
import re
from pathlib import Path

import pytest

import factory_crm
from factory_crm import crm
from factory_crm.schema.column import column
from factory_crm.schema.model import Sheet
from factory_crm.schema.types import Day, Money, RecordId, Text


class Inspection(Sheet, table="inspections", title="点检"):
    """One row an inspection; its number does not stand first."""

    display_column = "name"
    name: Text = column("名称")
    inspection_id: RecordId = column("点检编号", key=True)
    machine_id: RecordId = column("设备编号", key=True, references="machines")
    machine_name: Text | None = column("设备名称", lookup="machine_id")
    cost: Money | None = column("费用")
    done_on: Day | None = column("日期", event_date=True)


VALUES = ("月检", "I1", "M1", None, None, None)


def test_layout_of_a_sheet() -> None:
    layout = Inspection.record_layout
    assert [*layout.index] == ["name", "inspection_id", "machine_id", "machine_name", "cost", "done_on"]
    assert (layout.id, layout.key, layout.display) == (1, (1, 2), 0)
    assert (layout.references, layout.references_to("machines"), layout.references_to("orders")) == (
        ((2, "machines"),),
        (2,),
        (),
    )
    assert (layout.money, layout.event_dates, layout.stored) == ((4,), (5,), (0, 1, 2, 4, 5))
    assert layout.by_name(VALUES)["machine_id"] == "M1"
    assert layout.display_value(VALUES) == "月检"


def test_a_sheet_without_a_key_has_no_number() -> None:
    with pytest.raises(IndexError):
        _ = crm.schema().cover.record_layout.id


def test_layouts_go_to_other_processes_as_they_are() -> None:
    for sheet in crm.schema("full").sheets:
        assert pickle.loads(pickle.dumps(sheet.record_layout)) == sheet.record_layout  # noqa: S301 - our own bytes


_WORKED_OUT = re.compile(r"sheet\.columns\.index\(|enumerate\((\w+\.)*sheet\.columns|cells\[0\]\)")


@pytest.mark.parametrize("room", ["validation", "merge", "migrate", "template", "examples"])
def test_nobody_works_out_anew_where_values_stand(room: str) -> None:
    folder = Path(factory_crm.__file__).parent / room
    assert not [path.name for path in folder.rglob("*.py") if _WORKED_OUT.search(path.read_text(encoding="utf-8"))]
