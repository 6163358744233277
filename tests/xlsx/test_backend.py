"""What ``xlsx.backend`` says of XlsxWriter is so: its calls take what the types say, and the private names exist."""

import ast
import inspect
from pathlib import Path
from typing import Any

import pytest

from factory_crm.xlsx import backend
from factory_crm.xlsx.writer import writing

DECLARED = {
    node.name: node
    for node in ast.walk(ast.parse(Path(backend.__file__).read_text(encoding="utf-8")))
    if isinstance(node, ast.ClassDef)
}
METHODS = [
    (name, method)
    for name, declared in DECLARED.items()
    for method in declared.body
    if isinstance(method, ast.FunctionDef)
]


@pytest.mark.parametrize(("name", "method"), METHODS, ids=[f"{name}.{method.name}" for name, method in METHODS])
def test_calls_are_as_declared(name: str, method: ast.FunctionDef) -> None:
    real = getattr(vars(backend)[name], method.name)
    declared = [argument.arg for argument in method.args.args]
    assert list(inspect.signature(real).parameters)[: len(declared)] == declared


def test_private_names_are_listed_with_a_reason() -> None:
    private = {(name, method.name) for name, method in METHODS if method.name.startswith("_") and method.name[1] != "_"}
    listed = {(kind.__name__, name) for kind, names in backend.PRIVATE.items() for name in names}
    assert listed == private
    assert all(reason for names in backend.PRIVATE.values() for reason in names.values())


def test_attributes_are_as_declared(tmp_path: Path) -> None:
    with writing(tmp_path / "a.xlsx") as workbook:
        sheet = workbook.add_worksheet("a")
        sheet.write_string(0, 0, "a")
    held: dict[str, Any] = {"Worksheet": sheet, "Workbook": workbook, "SharedStringTable": workbook.str_table}
    for name, one in held.items():
        declared = [field.target.id for field in DECLARED[name].body if isinstance(field, ast.AnnAssign)]  # type: ignore[union-attr]
        assert declared
        assert not [attribute for attribute in declared if not hasattr(one, attribute)]
