"""The shape of the project, held: layers, words, docstrings, and commands that are what the documents say."""

import ast
import re
import string
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

HERE = Path(__file__).resolve().parent.parent
PACKAGE = HERE / "factory_crm"
EXAMPLES = PACKAGE / "examples"
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = ("lxml", "numpy", "openpyxl", "pandas", "xlsxwriter")
CHINESE = re.compile(r"[\u3400-\u9fff]|(?=.*\{).*[\u3001-\u303f\uff01-\uff5e]", re.DOTALL)
"""Chinese characters, or Chinese punctuation in a template."""
ONLY_CHINESE = "# zh only"
SAYING = ("translate", "LazyText")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b")
COMMAND = re.compile(r"\b(?:python3?|py) make\.py (\w+)")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name(path: Path) -> str:
    return path.relative_to(HERE).as_posix()


each_module = pytest.mark.parametrize("path", MODULES, ids=name)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


# Layers


def test_layers_hold() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    command = [sys.executable, "-X", "utf8", "-c", code]
    ran = subprocess.run(command, cwd=HERE, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 broken" in ran.stdout


def test_nothing_is_left_unfinished() -> None:
    suffixes = {".py", ".toml", ".md", ".txt"}
    places = [PACKAGE, HERE / "tests", HERE / "docs", HERE / "benchmarks", HERE / ".ci"]
    files = [*HERE.glob("*"), *(path for place in places for path in place.rglob("*"))]
    texts = [path for path in files if path.is_file() and (path.suffix in suffixes or path.parent.name == ".ci")]
    assert [name(path) for path in texts if UNFINISHED.search(path.read_text("utf-8"))] == []


def test_checking_never_imports_a_heavy_library() -> None:
    """A check starts in a blink because it loads only what it needs."""
    books = sorted((HERE / "workbooks" / "good").glob("*.xlsx"))
    assert books, "workbooks/good has no workbook to check"
    code = """
import sys
from factory_crm.cli.app import main
try:
    main(["validate", *sys.argv[2:]], standalone_mode=False)
except SystemExit as end:
    assert end.code in (0, 1), end.code
print("LOADED", *sorted(set(sys.argv[1].split(",")) & set(sys.modules)))
"""
    command = [sys.executable, "-X", "utf8", "-c", code, ",".join(HEAVY), *map(str, books)]
    ran = subprocess.run(command, cwd=HERE, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == "LOADED"


TOOLKIT = (
    *("i18n", "problems", "storage", "xlsx", "schema", "config", "reading", "validation", "template", "engine"),
    *("annotate", "migrate", "merge", "metrics", "report"),
)
"""The rooms that know no trade."""


@pytest.mark.parametrize("room", TOOLKIT)
def test_no_table_of_the_customer_workbook_is_named_in_the_toolkit(room: str) -> None:
    """What the toolkit has to know of a table, the declaration of its sheet says."""
    from factory_crm import crm

    tables = {sheet.table for sheet in crm.schema("full").sheets}
    named = [
        f"{name(path)}:{node.lineno} {node.value}"
        for path in sorted((PACKAGE / room).rglob("*.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in tables
    ]
    assert named == []


# Types and docstrings


@each_module
def test_everything_is_annotated(path: Path) -> None:
    bare = [
        f"{node.name}:{node.lineno}"
        for node in ast.walk(tree(path))
        if isinstance(node, Function) and not fully_annotated(node)
    ]
    assert bare == []


def fully_annotated(function: Function) -> bool:
    given = function.args
    arguments = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    bare = [argument.arg for argument in arguments if argument and not argument.annotation]
    return function.returns is not None and set(bare) <= {"self", "cls"}


@each_module
def test_public_things_have_docstrings(path: Path) -> None:
    bare = [what for what, node in public(tree(path), path.stem) if not ast.get_docstring(node) and not is_code(node)]
    assert bare == []


def is_code(node: ast.AST) -> bool:
    """Whether a function declares a problem code, whose message says what it is."""
    decorators = getattr(node, "decorator_list", [])
    return any(isinstance(one, ast.Call) and ast.unparse(one.func) in DECLARES for one in decorators)


DECLARES = {"error", "warning", "cell_error", "cell_warning", "cell_fix"}


def public(node: ast.Module | ast.ClassDef, called: str) -> Iterator[tuple[str, ast.Module | ast.ClassDef | Function]]:
    """Every module, class, function and method that others may use."""
    yield called, node
    for child in node.body:
        if isinstance(child, ast.ClassDef | Function) and not child.name.startswith("_"):
            if isinstance(child, ast.ClassDef):
                yield from public(child, f"{called}.{child.name}")
            elif not overloaded(child):
                yield f"{called}.{child.name}", child


def overloaded(function: Function) -> bool:
    """Whether it is one of several signatures, or sets what a property already explains."""
    return any(ast.unparse(mark).endswith(("overload", ".setter")) for mark in function.decorator_list)


# Two languages


def test_every_chinese_text_has_its_english() -> None:
    english = translations()
    missing = {text: where for text, where in spoken().items() if text not in english}
    assert missing == {}


def test_no_english_is_left_over() -> None:
    assert sorted(translations().keys() - spoken().keys() - OF_A_LANGUAGE) == []


def test_both_languages_name_the_same_facts() -> None:
    assert {text: other for text, other in translations().items() if facts(text) != facts(other)} == {}


def test_no_chinese_stands_in_an_f_string() -> None:
    """It could not be translated: translate() takes a template and its facts."""
    found = [
        f"{name(path)}:{part.lineno}"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if is_chinese(part) and not exempt(part, path)
    ]
    assert found == []


def test_english_is_read_as_the_toml_it_is() -> None:
    from factory_crm.i18n.translate import locale

    assert locale("en") == translations()


OF_A_LANGUAGE = {"、", "；", "zh-CN"}
"""What a locale holds besides texts: its signs between texts, and the name programs have for it."""


def translations() -> dict[str, str]:
    return tomllib.loads((PACKAGE / "i18n" / "locales" / "en.toml").read_text("utf-8"))


def spoken() -> dict[str, str]:
    """Every Chinese text of the code that is not a docstring, an f-string or Chinese on purpose, and one place of it."""
    return {
        node.value: f"{name(path)}:{node.lineno}"
        for path in MODULES
        for node in translated(path)
        if is_chinese(node) and not exempt(node, path)
    }


def translated(path: Path) -> Iterator[ast.AST]:
    """The nodes whose texts people see in either language; of the examples, which are data, only what is said."""
    if EXAMPLES not in path.parents:
        return literals(tree(path))
    calls = (node for node in literals(tree(path)) if isinstance(node, ast.Call))
    return (part for call in calls if ast.unparse(call.func).rpartition(".")[2] in SAYING for part in literals(call))


def literals(node: ast.AST) -> Iterator[ast.AST]:
    """Every node under this one, but for docstrings (of attributes too), what is inside f-strings and ``never_said``."""
    yield node
    for child in ast.iter_child_nodes(node):
        docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        if not docstring and not isinstance(child, ast.JoinedStr) and child is not never_said(node):
            yield from literals(child)


def never_said(node: ast.AST) -> ast.AST | None:
    """The part of this node that is only understood: other spellings of a header or a value, a pattern, the condition of a rule."""
    match node:
        case ast.keyword(arg="aliases", value=value):
            return value
        case ast.Assign(targets=[ast.Name(id=called)], value=value) if is_aliases(called):
            return value
        case ast.AnnAssign(target=ast.Name(id=called), value=value) if is_aliases(called):
            return value
        case ast.Call(func=ast.Name(id="rule"), args=[_, condition, *_]):
            return condition
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re")), args=[pattern, *_]):
            return pattern
    return None


def is_aliases(called: str) -> bool:
    return called == "aliases" or called.endswith("_ALIASES")


def is_chinese(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(CHINESE.search(node.value))


@cache
def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def exempt(node: ast.expr, path: Path) -> bool:
    there = lines(path)[node.lineno - 1 : node.end_lineno]
    return node.lineno in exempt_lines(path) or any(line.rstrip().endswith(ONLY_CHINESE) for line in there)


@cache
def exempt_lines(path: Path) -> frozenset[int]:
    """The lines of the module's own assignments that end in the mark, however the formatter broke them."""
    marked = (
        range(statement.lineno, (statement.end_lineno or 0) + 1)
        for statement in tree(path).body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        and lines(path)[(statement.end_lineno or 0) - 1].rstrip().endswith(ONLY_CHINESE)
    )
    return frozenset(line for span in marked for line in span)


def facts(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


# Commands


def test_every_command_and_option_has_help() -> None:
    from factory_crm.cli.app import main

    silent = [what for what, said in explained(main, "factory-crm") if not said]
    assert silent == []


def explained(command: click.Command, called: str) -> Iterator[tuple[str, str | None]]:
    yield called, command.help
    yield from ((f"{called} {one.opts[0]}", one.help) for one in command.params if isinstance(one, click.Option))
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from explained(child, f"{called} {name}")


def test_documents_name_the_commands_that_are() -> None:
    """What the READMEs and the pipeline tell people to run is what make.py knows."""
    from make import VERBS

    for document in sorted(HERE.glob("README*.md")):
        verbs = set(COMMAND.findall(document.read_text("utf-8")))
        assert {"demo", "test"} <= verbs <= set(VERBS), document.name
    pipeline = (HERE / ".ci" / "run").read_text("utf-8")
    assert re.findall(r"^python make\.py (.+)$", pipeline, re.MULTILINE) == ["test", "lint", "build", "site", "slow"]
    assert {"README.md", "README.zh-CN.md"} <= {path.name for path in HERE.glob("README*.md")}
