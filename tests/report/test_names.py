"""Every text in the source that names a column or a frame names one that exists.

The pages and the merge ask frames and records for columns by strings. A string that names nothing raises only where its
line runs, or, asked for with ``get``, never: it finds a blank for ever.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from factory_crm.crm import schema as standard
from factory_crm.crm.metrics.registry import TABLES
from factory_crm.crm.pages import customer_360, details

COLUMNS = {table.name: table.columns for table in TABLES}
ROOT = Path(__file__).parents[2] / "factory_crm"
ROOMS = ("report", "crm/pages", "exports", "merge")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
PROVENANCE = {"file", "sheet", "row", "office", "extra"}
"""Columns that every record has beside its sheet's own."""
MADE_HERE = {"value", "buyers", "mean", "amount", "timed"}
"""Keys of rows that a page makes itself."""
ROWS = {"row", "weakest", "slowest", "most", "one", "record", "best"}
"""What variables that hold a row of a frame or a record are called."""


def schema_columns() -> set[str]:
    return {column.name for sheet in standard("full").sheets for column in sheet.columns}


def frame_columns() -> set[str]:
    return {name for columns in COLUMNS.values() for name in columns}


def literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def asked_columns(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The strings by which rows are asked for a cell: ``row["x"]``, ``row.get("x")``, ``Col(header, "x")``."""
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(value=ast.Name(id=name), slice=key) if name in ROWS:
                yield from ((node.lineno, text) for text in literals(key))
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get"), args=[key, *_]) if name in ROWS | {
                "cells"
            }:
                yield from ((node.lineno, text) for text in literals(key))
            case ast.Call(func=ast.Name(id="Col"), args=[_, key, *_]):
                yield from ((node.lineno, text) for text in literals(key))


def asked_frames(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The strings by which frames are asked for: ``data.rows("x")``, ``results.frames["x"]``, ``FrameTable("x")``."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="rows"), args=[key]):
                yield from ((node.lineno, text) for text in literals(key))
            case ast.Subscript(value=ast.Attribute(attr="frames"), slice=key):
                yield from ((node.lineno, text) for text in literals(key))
            case ast.Call(func=ast.Name(id="FrameTable"), args=[key, *_]):
                yield from ((node.lineno, text) for text in literals(key))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_columns_and_frames_exist(path):
    tree = ast.parse(path.read_text("utf-8"))
    columns = schema_columns() | frame_columns() | PROVENANCE | MADE_HERE
    assert [(line, name) for line, name in asked_columns(tree) if name not in columns] == []
    assert [(line, name) for line, name in asked_frames(tree) if name not in COLUMNS] == []


def test_the_test_sees_what_is_asked_for():
    tree = ast.parse('row["a"]\ncells.get("b")\nCol("标题", "c")\ndata.rows("d")\nresults.frames["e"]\nother["f"]')
    assert [name for _, name in asked_columns(tree)] == ["a", "b", "c"]
    assert [name for _, name in asked_frames(tree)] == ["d", "e"]


def test_forms_of_details_name_columns_of_their_sheet():
    for table, form in details.DETAILS.forms.items():
        names = {column.name for column in standard("basic").sheet(table).columns}
        assert set(form.counted) <= names, table


def test_the_lists_of_customer_360_name_columns_or_helpers():
    for table, spans in (
        ("orders", customer_360._ORDER_SPANS),
        ("services", customer_360._SERVICE_SPANS),
        ("feedbacks", customer_360._FEEDBACK_SPANS),
    ):
        names = {column.name for column in standard("basic").sheet(table).columns} | set(details._ADDED)
        assert {name for name, *_ in spans} <= names, table
