"""The sheets and choices that a factory adds stand in the summary like ours, in its language."""

from datetime import date, datetime
from pathlib import Path

import narwhals.stable.v2 as nw
import pytest

import factory_crm as fc
from factory_crm.crm import parse as parse_schema
from factory_crm.metrics.figure import Value
from factory_crm.metrics.frames import aggregates, within
from tests.merge.builders import customer, order
from tests.report.builders import loaded, summarised, write_book

pytestmark = pytest.mark.slow
EXAMPLE = (Path(__file__).parents[2] / "docs" / "examples" / "factory.toml").read_text("utf-8")


def made(folder, language, text=EXAMPLE):
    schema = parse_schema(text)
    rows = {
        "customers": [customer("C1", "=甲厂")],
        "orders": [order("O1", "C1", colour="红")],
        "samples": [{"sample_id": "S1", "customer_id": "C1", "sent_on": datetime(2024, 5, 6), "pieces": 2}],
    }
    write_book(folder / "in" / "a.xlsx", rows, schema=schema)
    return summarised([folder / "in"], folder / "s.xlsx", language, schema=schema)


def test_a_sheet_of_the_factory_has_its_rows_with_names_and_source(tmp_path):
    sheet = made(tmp_path, "zh").values()["样品记录"]
    heads, row = (dict(enumerate(line)) for line in sheet.iter_rows(4, 5, values_only=True))
    told = {head: row[at] for at, head in heads.items()}
    assert (told["样品编号"], told["客户名称"], told["寄样日期"], told["件数"]) == (
        "S1",
        "=甲厂",
        datetime(2024, 5, 6),
        2,
    )
    assert (told["来源文件"], told["来源行"]) == ("a.xlsx", 2)
    assert sheet.auto_filter.ref.startswith("A4:")


def test_it_is_reached_from_the_dashboard_and_speaks_english(tmp_path):
    book = made(tmp_path, "en").values()
    assert "Sample no." in [cell.value for cell in book["Samples"][4]]
    assert "Samples" in [cell.value for row in book["Dashboard"]["A3:Y4"] for cell in row]
    assert "Red" in [cell.value for cell in book["Orders"][5]]


def test_a_title_that_the_summary_uses_itself_gets_a_number(tmp_path):
    renamed = EXAMPLE.replace('title = "样品记录"', 'title = "预测"')
    book = made(tmp_path, "zh", renamed).values()
    assert book["预测 (2)"]["A5"].value == "S1"
    assert book["预测"]["A5"].value != "S1"


@fc.figure("samples_sent", "寄样件数", unit="件", definition="期内寄出的样品件数。")
def samples_sent(now):
    sent = now.sheet("samples", "pieces", "sent_on").filter(within("sent_on", now.window))
    found = aggregates(sent, rows=nw.len(), pieces=nw.col("pieces").sum())
    return Value(found["pieces"], found["rows"])


def defined(path):
    """The rows of 指标口径, by title."""
    sheet = loaded(path)["指标口径"]
    heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows() if row[0].value]
    at = next(n for n, row in enumerate([heads, *rows]) if row[0] == "指标")
    heads, *rows = [heads, *rows][at:]
    return {row[0]: dict(zip(heads, row, strict=True)) for row in rows}


def test_a_figure_of_ones_own_about_a_sheet_of_ones_own_stands_in_the_summary(tmp_path):
    made(tmp_path, "zh")
    merged = fc.merge(tmp_path / "in", parse_schema(EXAMPLE), as_of=date(2024, 12, 31))
    results = merged.compute(figures=[samples_sent])
    result = results.figures["samples_sent"]
    assert (result.figure, result.value, result.n) == (samples_sent, 2, 1)
    row = defined(fc.summary(merged, tmp_path / "own.xlsx", results=results))["寄样件数"]
    assert (row["数值"], row["n"], row["定义"]) == (2, 1, "期内寄出的样品件数。")
    assert row["用到的表和列"] == "样品记录：件数、寄样日期"
