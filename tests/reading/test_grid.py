"""Rows and cells: where they stand, in what order, and how the XML may be spelt."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from factory_crm.problems.codes import BAD_CELL, BAD_XML
from factory_crm.reading.grid import BrokenCell, GridRow
from factory_crm.reading.opening import open_workbook

from . import packing

Read = Callable[..., list[GridRow]]
SHEET = "xl/worksheets/sheet1.xml"


def places(rows: list[GridRow]) -> list[tuple[int, int, object]]:
    """Every cell's row, column and value."""
    return [(row.number, cell.column, cell.value) for row in rows for cell in row.cells]


def test_cells_are_sparse(read: Read) -> None:
    rows = read(
        '<row r="3"><c r="B3"><v>1</v></c><c r="C3" s="1"/><c r="XFD3"><v>2</v></c></row><row r="4"/><row r="1048576"><c r="A1048576"><v>3</v></c></row>'
    )
    assert places(rows) == [(3, 2, 1.0), (3, 16384, 2.0), (1048576, 1, 3.0)]


def test_dimension_is_ignored(read: Read) -> None:
    part = packing.sheet('<row r="2"><c r="B2"><v>1</v></c></row>').replace(
        "<sheetData>", '<dimension ref="A1"/><sheetData>'
    )
    assert places(read(changes={SHEET: part})) == [(2, 2, 1.0)]


def test_without_references_cells_stand_one_after_the_other(read: Read) -> None:
    assert places(read("<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>")) == [
        (1, 1, 1.0),
        (1, 3, 2.0),
        (3, 1, 3.0),
    ]


def test_row_without_number_takes_it_from_its_first_cell(read: Read) -> None:
    assert places(read('<row><c r="B5"><v>1</v></c></row>')) == [(5, 2, 1.0)]


def test_references_may_be_spelt_oddly(read: Read) -> None:
    assert places(read('<row r="1"><c r="a1"><v>1</v></c><c r="$B$1"><v>2</v></c></row>')) == [(1, 1, 1.0), (1, 2, 2.0)]


@pytest.mark.parametrize("reference", ["XFE1", "A0", "A1048577", "1A", "AAAA1", "", "A2", "A99999999999", "Ａ1", "A-1"])
def test_reference_outside_the_grid_or_the_row(read: Read, reference: str) -> None:
    ((number, column, value),) = places(read(f'<row r="1"><c r="{reference}"><v>1</v></c></row>'))
    assert (number, value) == (1, BrokenCell(BAD_CELL, reference)) if reference else (1, 1)
    assert column == 1


def test_rows_out_of_order_are_sorted(read: Read) -> None:
    rows = read(
        '<row r="5"><c r="A5"><v>5</v></c></row><row r="2"><c r="B2"><v>2</v></c></row><row r="5"><c r="B5"><v>6</v></c></row>'
    )
    assert places(rows) == [(2, 2, 2.0), (5, 1, 5.0), (5, 2, 6.0)]


def test_cells_out_of_order_are_sorted(read: Read) -> None:
    assert places(read('<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>')) == [(1, 1, 1.0), (1, 3, 3.0)]


@pytest.mark.parametrize("rows", [
    '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c><c r="A1"><v>3</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
])  # fmt: skip
def test_cell_given_twice_is_broken(read: Read, rows: str) -> None:
    assert places(read(rows)) == [(1, 1, BrokenCell(BAD_CELL, "1.0"))]


@pytest.mark.parametrize("row", ['<row spans="1:1" r="{}">', "<row r='{}'>", '<row  r = "{}" >', '<row r="&#4{};">'])
def test_order_is_found_out_however_rows_are_spelt(read: Read, row: str) -> None:
    rows = "".join(row.format(number) + f"<c><v>{number}</v></c></row>" for number in (9, 8))
    found = [row.number for row in read(rows)]
    assert found == sorted(found)
    assert len(found) == 2


def test_row_that_steps_back_unnoticed_refuses_the_file(refusal: Callable[..., object]) -> None:
    rows = f'<p:row xmlns:p="{packing.MAIN}" r="9"><c><v>1</v></c></p:row><p:row xmlns:p="{packing.MAIN}" r="8"><c><v>1</v></c></p:row>'
    assert refusal('<row r="1"/>' + rows) is BAD_XML


@pytest.mark.parametrize("number", ["0", "abc", "1048577", "-3", "", "１"])
def test_row_number_that_is_none(read: Read, number: str) -> None:
    assert places(read(f'<row r="4"/><row r="{number}"><c><v>1</v></c></row>')) == [(5, 1, 1.0)]


def test_rows_beyond_the_last(refusal: Callable[..., object]) -> None:
    assert refusal('<row r="1048576"><c><v>1</v></c></row><row><c><v>1</v></c></row>') is BAD_XML


def test_cells_beyond_the_last_column(read: Read) -> None:
    assert places(read('<row r="1"><c r="XFD1"/><c><v>1</v></c></row>')) == [(1, 16384, BrokenCell(BAD_CELL, "XFE"))]


@pytest.mark.parametrize(
    "rows",
    ['<row r="1"><row r="2"/></row>', '<c r="A1"/>', '<row r="1"><c r="A1"><c r="B1"/></c></row>', "<x><row/></x>"],
)
def test_rows_and_cells_where_they_do_not_belong(refusal: Callable[..., object], rows: str) -> None:
    assert refusal(rows) is BAD_XML


def test_merged_ranges_are_named_and_never_filled(tmp_path: Path) -> None:
    part = packing.sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row>', '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    with open_workbook(packing.write(tmp_path / "a.xlsx", packing.parts(changes={SHEET: part}))) as source:
        grid = source.grid("表")
        assert len(list(grid.rows())) == 1
        assert grid.shape.merged == ["A1:XFD1048576"]


def test_strict_namespace_and_any_prefix(read: Read) -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>丙</t></is></c></row>'
    changes = {
        name: text.replace(packing.MAIN, strict) for name, text in packing.parts(rows).items() if isinstance(text, str)
    }
    assert places(read(changes=changes)) == [(1, 1, "甲"), (1, 2, "丙")]
    prefixed = (f'<x:worksheet xmlns:x="{packing.MAIN}"><x:sheetData><x:row r="2"><x:c r="B2" t="s"><x:v>1</x:v></x:c></x:row>'
                '<x:row r="1"/></x:sheetData></x:worksheet>')  # fmt: skip
    assert places(read(changes={SHEET: prefixed})) == [(2, 2, "乙")]


def test_elements_of_other_namespaces_are_no_cells(read: Read) -> None:
    rows = '<row r="1" xmlns:o="urn:other"><o:c r="A1"><o:v>9</o:v></o:c><c r="B1"><o:v>9</o:v><v>1</v><extLst><o:v>8</o:v></extLst></c></row>'
    assert places(read(rows)) == [(1, 2, 1.0)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1"])
def test_parts_in_other_encodings(read: Read, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>' + packing.sheet(
        '<row r="2"><c r="A2" t="str"><v>é</v></c></row>'
    )
    assert places(read(changes={SHEET: text.encode(encoding)})) == [(2, 1, "é")]


def test_white_space_between_elements_is_nothing(read: Read) -> None:
    rows = (
        '\n <row r="1">\n  <c r="A1" t="str">\n   <f>\n B1 </f>\n   <v>甲</v>\n  </c>\n  <c r="B1">\n  </c>\n </row>\n'
    )
    assert places(read(rows)) == [(1, 1, "甲")]


def test_long_white_space_between_rows_is_no_long_text(read: Read) -> None:
    assert len(read(("\n" * 600_000 + '<row><c r="A{}"><f>1</f><v>1</v></c></row>').format(1) + "\n" * 600_000)) == 1


def test_memory_is_that_of_a_row(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}">' + f'<c t="str"><v>{"x" * 50}</v></c>' * 20 + "</row>" for n in range(1, 5_001))
    path = packing.write(tmp_path / "a.xlsx", packing.parts(rows))
    with open_workbook(path) as source:
        tracemalloc.start()
        assert sum(len(row.cells) for row in source.grid("表").rows()) == 100_000
        assert tracemalloc.get_traced_memory()[1] < 3 << 20
        tracemalloc.stop()
