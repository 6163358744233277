"""Sheets that do not go together are refused where the schema is made, with every mistake named."""

import math
from typing import ClassVar

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from factory_crm.crm import schema as standard
from factory_crm.schema.column import column
from factory_crm.schema.column_type import Choices
from factory_crm.schema.model import Sheet
from factory_crm.schema.types import Choice, Count, Quantity, RecordId, Text
from factory_crm.schema.workbook import WorkbookSchema


class Part(Sheet, table="parts", title="备件"):
    choice_lists: ClassVar = {"state": Choices(("完好", "报废"))}
    part_id: RecordId = column("编号", key=True)
    state: Choice = column("状况", choices="state")


def test_every_mistake_is_named_at_once() -> None:
    class Keyless(Sheet, table="keyless", title="备件"):
        name: Text = column("名称")
        again: Text = column("名称")
        typo: Choice = column("甲", choices="typo")
        bare: Choice = column("乙")

    with pytest.raises(ValueError, match="title") as refusal:
        WorkbookSchema((Part, Keyless))
    assert str(refusal.value).splitlines() == [
        "two sheets have the title '备件'",
        "Keyless: no column has key=True; something has to tell its rows apart",
        "Keyless: two columns have the header '名称'",
        "Keyless: typo: no list is called 'typo'",
        "Keyless: bare: say by choices= which list it is chosen from",
    ]


def test_a_list_means_one_thing_in_a_workbook() -> None:
    class Order(Sheet, table="own_orders", title="领料"):
        choice_lists: ClassVar = {"state": Choices(("开", "关"))}
        order_id: RecordId = column("单号", key=True)
        state: Choice = column("状态", choices="state")

    with pytest.raises(ValueError, match="list 'state'"):
        WorkbookSchema((Part, Order))


def test_a_list_of_ours_is_not_taken_for_the_sheets_own() -> None:
    class Status(Sheet, table="states", title="状态表"):
        choice_lists: ClassVar = {"status": Choices(("完好", "报废"))}
        state_id: RecordId = column("编号", key=True)
        status: Choice = column("状况", choices="status")

    with pytest.raises(ValueError, match="list 'status'"):
        standard().extended(Status)


@pytest.mark.parametrize("annotation", [int, str])
def test_a_field_needs_a_column_type(annotation: type) -> None:
    with pytest.raises(TypeError, match="'size' of a sheet needs a column type"):
        type("Odd", (Sheet,), {"__annotations__": {"size": annotation}, "size": column("大小"), "__module__": __name__})


def test_a_field_needs_a_header() -> None:
    with pytest.raises(TypeError, match="'size' of a sheet needs a header"):
        type("Odd", (Sheet,), {"__annotations__": {"size": Text}, "__module__": __name__})


class Stock(Sheet, table="stock", title="库存"):
    stock_id: RecordId = column("编号", key=True)
    pieces: Count = column("件数")
    weight: Quantity | None = column("重量")


@pytest.mark.parametrize("nothing", [None, "", math.nan, pd.NA, pd.NaT, np.float64("nan")])
def test_what_pandas_has_for_a_blank_is_a_blank(nothing: object) -> None:
    assert Stock.model_validate({"stock_id": "S1", "pieces": 2, "weight": nothing}).weight is None
    with pytest.raises(ValidationError, match="件数"):
        Stock.model_validate({"stock_id": "S1", "pieces": nothing})


def test_numbers_of_numpy_are_numbers() -> None:
    assert Stock.model_validate({"stock_id": "S1", "pieces": np.int64(3), "weight": np.float32(2.5)}).pieces == 3
