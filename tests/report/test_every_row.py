"""Every accepted row can be found in the summary, with every cell of it, whatever sheets and columns the schema has."""

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path

import pytest

from factory_crm.crm import parse as parse_schema
from factory_crm.crm import schema as standard
from factory_crm.crm.pages import PAGES
from factory_crm.report.page import Page, PageColumn, Tables
from factory_crm.report.pages.details import shown_values, title_of
from factory_crm.report.summary import built
from tests.report.builders import summarised, write_book

pytestmark = pytest.mark.slow
EXAMPLE = (Path(__file__).parents[2] / "docs" / "examples" / "factory.toml").read_text("utf-8")
SCHEMAS = {
    "basic": lambda: standard("basic"),
    "full": lambda: standard("full"),
    "factory.toml": lambda: parse_schema(EXAMPLE),
}
NOT_SHOWN: Mapping[tuple[str, str], str] = {}
"""Columns, by sheet and name, that no page shows, each with the reason."""


def token(sheet, column):
    """A value of a column that no other column holds: a text that names it, where it may hold any text."""
    free = column.column_type.name in ("text", "prose") and not (
        column.choices or column.references or "pattern" in column.limits
    )
    if free:
        return f"{sheet.table}.{column.name}"
    if isinstance(column.example, date) and not isinstance(column.example, datetime):
        return datetime.combine(column.example, time())
    return column.example


def filled(schema):
    """One row for each sheet, every column filled."""
    return {
        sheet.table: [
            {
                c.name: value
                for c in sheet.columns
                if not c.lookup and not c.formula and (value := token(sheet, c)) is not None
            }
        ]
        for sheet in schema.sheets
    }


@pytest.fixture(params=SCHEMAS)
def made(request, tmp_path):
    schema = SCHEMAS[request.param]()
    write_book(tmp_path / "in" / "a.xlsx", filled(schema), cover={"office": "一分厂"}, schema=schema)
    return schema, summarised([tmp_path / "in"], tmp_path / "s.xlsx", schema=schema)


def listed(data):
    """The columns of every table of the pages."""
    for sheet in built(data, PAGES):
        if isinstance(sheet.content, Tables) and not sheet.hidden:
            for table in sheet.content.tables:
                yield from table.columns


def holds(column: PageColumn, header, values):
    return column.header == header and set(values) <= set(column.values)


def test_every_cell_of_every_accepted_row_stands_on_a_page(made):
    schema, summary = made
    data = summary.data(schema=schema)
    assert [str(row.location) for row in summary.merged.rejected] == []
    columns = list(listed(data))
    missing = []
    for sheet in schema.sheets:
        held = data.columns(sheet.table)
        assert len(held["file"]) == 1, sheet.table
        for column in sheet.columns:
            if column.lookup or (sheet.table, column.name) in NOT_SHOWN:
                continue
            values = [value for value in shown_values(data, column, held) if value is not None]
            if not any(holds(one, column.header, values) for one in columns):
                missing.append((sheet.table, column.name, values))
    assert missing == []


def test_every_sheet_has_a_page_with_filter_source_and_a_way_home(made):
    schema, summary = made
    book = summary.values()
    shown = {table for page in PAGES if isinstance(page, Page) for table in page.shows}
    for sheet in schema.sheets:
        if sheet.table not in shown:
            page = book[title_of(sheet)]
            heads = [cell.value for cell in page[4]]
            row = dict(zip(heads, [cell.value for cell in page[5]], strict=True))
            assert (row["来源文件"], row["来源行"], row["填报单位"]) == ("a.xlsx", 2, "一分厂"), sheet.table
            assert page.auto_filter.ref.startswith("A4:")
            assert page["A3"].hyperlink.location.startswith("'经营看板'!")


def test_every_page_is_reached_from_the_first(made):
    _, summary = made
    book = summary.book()
    home = book["经营看板"]
    targets = {
        cell.hyperlink.location.split("!")[0].strip("'") for row in home.iter_rows() for cell in row if cell.hyperlink
    }
    assert {sheet.title for sheet in book if sheet.sheet_state == "visible"} - {"经营看板"} == targets
