"""The model is the check: a sheet's class takes and refuses just what a row of a workbook is accepted and rejected for."""

import pickle
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from pydantic import ValidationError

from factory_crm import crm
from factory_crm.crm.sheets import Customer
from factory_crm.schema.column import Column, column
from factory_crm.schema.column_type import Choices
from factory_crm.schema.model import Sheet
from factory_crm.schema.record.check import check_record, raw_of
from factory_crm.schema.record.values import BrokenCell
from factory_crm.schema.rule import rule
from factory_crm.schema.types import Choice, Count, Day, Money, MultipleChoice, Quantity, RecordId, Text
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.validation.workbook import validate_workbook

FACTORY = Path(__file__).resolve().parents[2] / "docs" / "examples" / "factory.toml"


class Machine(Sheet, table="machines", title="设备"):
    """One row a machine."""

    choice_lists: ClassVar[Mapping[str, Choices]] = {
        "state": Choices(("在用", "停用"), {"坏了": "停用"}),
        "uses": Choices(("冲压", "焊接")),
    }
    rules = (rule("X001", "bought_on <= first_used_on"),)

    machine_id: RecordId = column("设备编号", key=True)
    name: Text = column("设备名称")
    state: Choice = column("状态", choices="state", default="在用")
    uses: MultipleChoice | None = column("用途", choices="uses", recommended_for="利用率")
    number: Count = column("台数")
    price: Money = column("单价")
    value: Money = column("总价", formula="number * price")
    hours: Quantity | None = column("运行小时")
    bought_on: Day | None = column("购入日期")
    first_used_on: Day | None = column("启用日期")


MACHINE = {"machine_id": "M001", "name": "冲床", "number": 2, "price": "1,200.50"}


def errors(sheet: type[Sheet], values: Any) -> list[tuple[str, tuple[int | str, ...], str]]:
    with pytest.raises(ValidationError) as refusal:
        sheet.model_validate(values)
    return [(error["type"], error["loc"], error["msg"]) for error in refusal.value.errors()]


def test_values_are_taken_as_people_write_them() -> None:
    machine = Machine.model_validate({**MACHINE, "bought_on": "2024年3月1日", "uses": "焊接、冲压", "state": "坏了"})
    assert machine.price == Decimal("1200.50")
    assert (machine.bought_on, machine.uses, machine.state) == (date(2024, 3, 1), ("焊接", "冲压"), "停用")


def test_blanks_get_their_defaults_and_computed_columns_their_value() -> None:
    machine = Machine.model_validate(MACHINE)
    assert (machine.state, machine.value, machine.hours) == ("在用", Decimal("2401.00"), None)


def test_typed_values_and_headers_are_as_good_and_an_instance_is_checked_when_it_is_made() -> None:
    typed = {"设备编号": "M001", "name": "冲床", "number": 2, "price": Decimal("1200.5"), "bought_on": date(2024, 3, 1)}
    assert Machine(**typed) == Machine.model_validate({**MACHINE, "bought_on": datetime(2024, 3, 1)})
    assert errors(Machine, {**MACHINE, "number": Decimal("1.5")})[0][:2] == ("C103", ("number",))


def test_what_it_gives_back_it_takes_again() -> None:
    machine = Machine.model_validate({**MACHINE, "uses": "冲压；焊接", "hours": 7.25})
    assert Machine.model_validate(machine.model_dump()) == machine
    assert Machine.model_validate_json(machine.model_dump_json()) == machine


def test_a_refusal_has_the_code_the_column_and_the_chinese_message() -> None:
    assert errors(Machine, {**MACHINE, "name": None, "uses": "飞行"}) == [
        ("C106", ("uses",), "「用途」的 飞行 不在选项里"),
        ("C101", ("name",), "「设备名称」没有填"),
    ]
    broken = errors(Machine, {**MACHINE, "bought_on": "2024-3-1", "first_used_on": "2023-3-1"})
    assert [(code, at) for code, at, _ in broken] == [("X001", ("bought_on",))]


def test_a_row_that_says_nothing_lacks_all_that_is_required() -> None:
    assert [(code, at) for code, at, _ in errors(Machine, {})] == [
        ("C101", (name,)) for name in ("machine_id", "name", "number", "price")
    ]


def test_what_is_no_column_is_refused_as_pydantic_does() -> None:
    assert errors(Machine, {**MACHINE, "colour": "red"})[0][:2] == ("extra_forbidden", ("colour",))
    assert errors(Machine, 3)[0][0] == "model_type"


def test_warnings_and_fixes_are_told_without_refusing() -> None:
    result = check_record(Machine, {**MACHINE, "machine_id": "Ｍ００１"})
    assert result.accepted
    assert [problem.code.name for problem in result.problems] == ["C302", "C310", "C201"]
    assert (result.values["machine_id"], result.values["price"]) == ("M001", Decimal("1200.50"))


def test_what_is_typed_over_a_computed_column_has_to_be_what_its_formula_gives() -> None:
    assert Machine.model_validate({**MACHINE, "value": 2401}).value == Decimal(2401)
    assert errors(Machine, {**MACHINE, "value": 7}) == [("C118", ("value",), "「总价」应由公式得出 2401.0，却写成了 7")]


def test_a_schema_gives_its_models_with_its_own_lists() -> None:
    schema = WorkbookSchema((Machine,), {"state": Choices(("在用", "报废"))})
    assert schema["machines"].model_validate({**MACHINE, "state": "报废"}).state == "报废"
    assert issubclass(schema["machines"], Machine)
    assert errors(Machine, {**MACHINE, "state": "报废"})[0][0] == "C106"
    with pytest.raises(KeyError):
        schema["engines"]


def test_the_bare_sheets_of_the_customer_workbook_know_the_standard_lists() -> None:
    customer = Customer.model_validate(
        {
            "customer_id": "C1",
            "name": "甲公司",
            "contact": "张三",
            "phone": "13800138000",
            "region": "广东省",
            "needs": "量大、品质",
        }
    )
    assert (customer.region, customer.needs) == ("广东", ("采购量大", "重视品质"))
    assert isinstance(crm.schema("full")["customers"].model_validate(customer.model_dump()), Sheet)


def test_a_bound_model_and_its_instances_travel_to_other_processes() -> None:
    model = WorkbookSchema((Machine,), {"state": Choices(("在用", "报废"))})["machines"]
    assert pickle.loads(pickle.dumps(model)).choice_lists["state"].values == ("在用", "报废")  # noqa: S301 - our own


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), Decimal("sNaN"), object(), b"x", [1, 2], {"a": 1}])
def test_what_no_cell_can_hold_is_broken(value: Any) -> None:
    assert isinstance(raw_of(value), BrokenCell)


def test_a_number_that_is_no_float_stays_exact() -> None:
    assert raw_of(Decimal("12345678901234567.89")) == "12345678901234567.89"
    assert raw_of(2**60 + 1) == str(2**60 + 1)


# The same rows, given to the model and written into a workbook

SCHEMAS: Mapping[str, WorkbookSchema] = {
    "basic": crm.schema("basic"),
    "full": crm.schema("full"),
    "factory": crm.load(FACTORY),
    "own": WorkbookSchema((Machine,)),
}
MESSY: tuple[Any, ...] = (
    None, "", " ", "无", "合计", "是", "yes", "x" * 101, "1e5", "12,5", "１２", "3.14159265", "2024年3月1日", "2024-13-40",
    "3/4/2024", "13800138000", "0755-12345678", "a@b.cn", "a@b", "100%", "C-001", "客户 1", "甲、乙", "M001",
    0, 1, 5, -3, 2.5, 1e15, 0.1, True, False, date(2024, 3, 1), date(1901, 1, 1), datetime(2024, 3, 1, 9, 30), time(9, 30),
    Decimal("19.99"), Decimal("0.00001"),
)  # fmt: skip


def cells(column: Column, schema: WorkbookSchema) -> st.SearchStrategy[Any]:
    """Values for a column: its example, its list, dates, numbers, and what people write into the wrong place."""
    listed = [*schema.choices_of(column).values[:4], *schema.choices_of(column).aliases][:6]
    likely = [value for value in (column.example, *listed) if value is not None]
    usual = {
        "number": st.one_of(st.integers(0, 30), st.decimals(0, 1000, places=2)),
        "day": st.dates(date(2023, 1, 1), date(2024, 12, 31)),
        "moment": st.datetimes(datetime(2023, 1, 1), datetime(2024, 12, 31)).map(lambda m: m.replace(microsecond=0)),
        "text": st.sampled_from(["甲公司", "张三", "C001", "13800138000"]),
    }[column.column_type.base_type]
    good = st.sampled_from(likely) if likely else usual
    return st.one_of(good, good, usual, st.sampled_from(MESSY))


@st.composite
def rows(draw: st.DrawFn, sheet: type[Sheet], schema: WorkbookSchema) -> list[dict[str, Any]]:
    """Rows most of whose cells are right, so that rules and later cells are reached."""
    whole = {one.name: cells(one, schema) for one in sheet.columns}
    return draw(st.lists(st.fixed_dictionaries({}, optional=whole), min_size=5, max_size=12))


def written(folder: str, sheet: type[Sheet], rows: list[dict[str, Any]]) -> Path:
    workbook = Workbook()
    page = workbook.active
    page.title = sheet.title
    page.append([one.header for one in sheet.columns])
    for number, row in enumerate(rows, 2):
        for at, one in enumerate(sheet.columns, 1):
            if (value := row.get(one.name)) is not None:
                page.cell(number, at, "、".join(value) if isinstance(value, tuple) else value)
    workbook.save(path := Path(folder) / "book.xlsx")
    return path


@pytest.mark.parametrize(
    ("named", "table"), [(name, sheet.table) for name, schema in SCHEMAS.items() for sheet in schema.sheets]
)
@settings(max_examples=8)
@given(data=st.data())
def test_model_and_check_agree(named: str, table: str, data: st.DataObject) -> None:
    schema = SCHEMAS[named]
    sheet, model = schema.sheet(table), schema[table]
    drawn = data.draw(rows(sheet, schema))
    with TemporaryDirectory() as folder:
        book = validate_workbook(written(folder, sheet, drawn), schema)
    if table not in book.sheets:  # nothing but blanks
        assert not any(accepted(model, row) for row in drawn)
        return
    checked = {row.number: row for row in book.sheets[table].rows}
    for number, row in enumerate(drawn, 2):
        taken = accepted(model, row)
        there = checked.get(number)
        rejecting = there and [p.code.name for p in there.rejected_for if p.code.name[0] not in "KS"]
        assert (taken is not None) == (there is not None and not rejecting), (row, rejecting)
        if taken is not None and there is not None:
            assert tuple(getattr(taken, one.name) for one in sheet.columns) == there.values


def accepted(model: type[Sheet], row: dict[str, Any]) -> Sheet | None:
    try:
        return model.model_validate(row)
    except ValidationError:
        return None
