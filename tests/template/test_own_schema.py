"""A template of a schema that is not the standard one: more sheets, other patterns, formulas over texts."""

from dataclasses import replace
from typing import Annotated

import openpyxl
import pytest
from pydantic import Field

from factory_crm.schema.column import column
from factory_crm.schema.model import Sheet
from factory_crm.schema.types import COLUMN_TYPES, Quantity, RecordId, Text
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.template.entry_condition import entry_condition
from factory_crm.template.page import EntryPage
from factory_crm.template.workbook import write_template
from tests.template.conftest import headers

Code = Annotated[str, Field(pattern=r"^[A-Z]{2}\d{4}$"), COLUMN_TYPES["number"]]
Free = Annotated[str, COLUMN_TYPES["text"]]


class Sample(Sheet, table="samples", title="样品 & O'Neil", purpose="一行一件样品。"):
    """A sheet that a factory adds."""

    code: Code = column("样品号", key=True)
    order_id: RecordId | None = column("订单编号", references="orders")
    maker: Text | None = column("工厂", example="一厂")
    short: Text | None = column("简称", formula="left(maker, 1)")
    pieces: Quantity | None = column("件数")
    free: Free | None = column("随便写")


@pytest.fixture
def richer(schema) -> WorkbookSchema:
    return replace(schema, sheets=(*schema.sheets, Sample))


def test_an_added_sheet_is_written_like_the_others(tmp_path, richer) -> None:
    write_template(tmp_path / "t.xlsx", richer, rows=3)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    sheet = book["样品 & O'Neil"]
    assert list(headers(sheet))[1:-1] == [one.header for one in Sample.columns]
    assert sheet.freeze_panes == "C5"
    assert sheet.oddFooter.left.text == "样品 && O'Neil"
    assert sheet["E5"].value.startswith("=IFERROR(IF(AND(LEN(TRIM(INDEX($D$1:$D$57,ROW())))>0),LEFT(")
    assert book["反馈评价"]["F1"].hyperlink.location == "'样品 & O''Neil'!B5"


def test_what_excel_cannot_judge_is_left_to_the_check(richer) -> None:
    page = EntryPage(richer, Sample, "zh", 3)
    assert "FIND" not in entry_condition(page, Sample.column("code"))
    assert entry_condition(page, Sample.column("free")) == ""
