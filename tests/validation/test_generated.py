"""Rows made from the schema's own kinds have no problem; break one cell, and exactly that problem is there."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from factory_crm.crm import schema as standard
from factory_crm.crm.lists.order import DONE
from factory_crm.problems.codes import Severity
from factory_crm.schema.column import Column
from factory_crm.schema.model import Sheet
from factory_crm.validation.workbook import validate_workbook

from .conftest import found

Customer, Order, Service, Feedback = standard().sheets

_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)
_HAN = st.text(alphabet="甲乙丙丁戊己庚辛厂公司", min_size=1, max_size=12)
_LATIN = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
MIDNIGHT = datetime.min.time()


def decimals(most: int, places: int, least: int = 0) -> st.SearchStrategy[float]:
    return st.integers(least, most * 10**places).map(lambda units: float(Decimal(units).scaleb(-places)))


KINDS: dict[str, st.SearchStrategy[Any]] = {
    "text": _HAN.filter(lambda text: text != "公司"),
    "prose": _HAN,
    "number": st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9_/.\-]{0,30}\Z").filter(
        lambda text: text.lower() not in ("na", "n/a", "nil", "none", "null")
    ),
    "count": st.integers(1, 9999),
    "quantity": decimals(10**6, 4, 1),
    "unit_price": decimals(10**4, 6),
    "money": decimals(10**6, 2),
    "day": st.dates(_FIRST, _LAST),
    "moment": st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)).map(lambda at: at.replace(microsecond=0)),
    "phone": st.one_of(st.from_regex(r"\A1[3-9][0-9]{9}\Z"), st.from_regex(r"\A0755-[1-9][0-9]{7}\Z")),
    "email": st.builds("{}@{}.com".format, _LATIN, _LATIN.filter(lambda text: text != "example")),
    "score": st.integers(1, 5),
}


def quick(examples: int) -> settings:
    """Return settings for whole workbooks, which are dear to make and dearer to shrink."""
    unmoved = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(
        max_examples=examples, suppress_health_check=unmoved, phases=[Phase.explicit, Phase.reuse, Phase.generate]
    )


def cell(column: Column) -> st.SearchStrategy[Any]:
    values = standard().choices_of(column).values
    if column.column_type.multiple:
        return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map("、".join)
    return st.sampled_from(values) if values else KINDS[column.column_type.name]


def in_order(sheet: type[Sheet], row: dict[str, Any]) -> dict[str, Any]:
    """Bring what was drawn freely in line with the rules of its sheet."""
    if sheet is Order:
        row["due_on"] = row["ordered_on"]
        done = row["status"] == DONE
        row["shipped_on"] = row["ordered_on"] if done or row["status"] == "物流跟踪" else None
        row["received_on"] = row["ordered_on"] + timedelta(3) if done else None
    if sheet is Service:
        row["responded_at"] = row["closed_at"] = row["received_at"]
    return row


def rows(sheet: type[Sheet], size: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    drawn = {c.name: cell(c) for c in sheet.columns if not c.automatic and not c.references}
    key = sheet.key()[0].name
    return st.lists(
        st.fixed_dictionaries(drawn).map(lambda row: in_order(sheet, row)),
        min_size=size,
        max_size=size,
        unique_by=lambda row: str(row[key]).casefold(),
    )


BOOKS = st.fixed_dictionaries({sheet: rows(sheet, 2) for sheet in (Customer, Order, Service, Feedback)})
Filled = dict[type[Sheet], list[dict[str, Any]]]


def linked(book: Filled) -> Filled:
    """Let every reference name a row that is there."""
    for sheet, drawn in book.items():
        for i, row in enumerate(drawn):
            for column in (c for c in sheet.columns if c.references):
                target = standard().sheet(column.references)
                row[column.name] = book[target][i % len(book[target])][target.key()[0].name]
    return book


def write(book: Filled, path: Path) -> Path:
    with Workbook(str(path)) as workbook:
        day, moment = (workbook.add_format({"num_format": shown}) for shown in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"))
        for sheet, drawn in book.items():
            page = workbook.add_worksheet(sheet.title)
            for at, column in enumerate(sheet.columns):
                page.write_string(0, at, column.header)
                for number, row in enumerate(drawn, 1):
                    value = row.get(column.name)
                    if isinstance(value, date):
                        page.write_datetime(number, at, value, moment if isinstance(value, datetime) else day)
                    elif isinstance(value, str):
                        page.write_string(number, at, value)
                    elif value is not None:
                        page.write(number, at, value)
    return path


class Break(NamedTuple):
    """What is written into a cell of some kind, and the code that comes of it."""

    kinds: tuple[str, ...]
    written: Any
    code: str


BREAKS = (
    Break(("quantity", "unit_price", "count", "score"), "不少", "C102"),
    Break(("quantity", "unit_price", "count", "score"), -1, "C103"),
    Break(("quantity",), 1.23456, "C104"),
    Break(("unit_price",), 0.1234567, "C104"),
    Break(("count", "score"), 1.5, "C103"),
    Break(("unit_price",), "1,23", "C102"),
    Break(("quantity",), "1000件", "C102"),
    Break(("quantity", "unit_price"), 1e15, "C103"),
    Break(("day", "moment"), "昨天", "C102"),
    Break(("day", "moment"), "03/04/2023", "C110"),
    Break(("day", "moment"), "2023-02-30", "C111"),
    Break(("phone",), "12345678", "C108"),
    Break(("email",), "zhangsan", "C109"),
    Break(("choice",), "别的别的", "C106"),
    Break(("choices",), "别的别的", "C106"),
    Break(("text",), "字" * 101, "C105"),
    Break(("prose",), "字" * 2001, "C105"),
    Break(("text", "prose"), "甲\u202e乙", "C117"),
    Break(("number",), "#1", "C107"),
    Break(("number",), date(2023, 1, 5), "C113"),
)
REFERRED = {(Customer, "customer_id"), (Order, "order_id")}
TARGETS = [
    (sheet, column, broken)
    for sheet in standard().sheets
    for column in sheet.columns
    for broken in BREAKS
    if column.column_type.name in broken.kinds
    and not column.automatic
    and (sheet, column.name) not in REFERRED
    and not (standard().choices_of(column).open_list and broken.code == "C106")
]


@quick(20)
@given(book=BOOKS.map(linked))
def test_what_the_kinds_allow_has_no_problem(book: Filled, tmp_path: Path) -> None:
    checked = validate_workbook(write(book, tmp_path / "book.xlsx"), standard())
    assert [p for p in checked.problems if p.severity is not Severity.WARNING] == []
    for sheet, drawn in book.items():
        for row, read in zip(drawn, checked.sheets[sheet.table].rows, strict=True):
            for column in (c for c in sheet.columns if c.column_type.base_type == "number" and not c.automatic):
                assert read.values[sheet.columns.index(column)] == Decimal(str(row[column.name]))


@pytest.mark.parametrize("broken", BREAKS, ids=[f"{b.code}-{i}" for i, b in enumerate(BREAKS)])
@quick(4)
@given(book=BOOKS.map(linked), data=st.data())
def test_one_broken_cell_is_one_problem_at_that_cell(
    broken: Break, book: Filled, data: st.DataObject, tmp_path: Path
) -> None:
    sheet, column, _ = data.draw(st.sampled_from([target for target in TARGETS if target[2] is broken]))
    before = found(validate_workbook(write(book, tmp_path / "book.xlsx"), standard()))
    number = data.draw(st.sampled_from([1, 2]))
    assume(book[sheet][number - 1][column.name] is not None)  # rules ask whether a cell is filled
    book[sheet][number - 1][column.name] = broken.written
    after = found(validate_workbook(write(book, tmp_path / "book.xlsx"), standard()))
    at = f"{broken.code} {sheet.title}!{chr(65 + sheet.columns.index(column))}{number + 1}"
    assert [problem for problem in after if problem not in before] == [at]
