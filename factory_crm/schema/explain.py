"""The page of each code: what is checked, why, an example of it wrong and right, and how to mend it.

The words stand in ``factory_crm/problems/pages``, a file for each language, written by hand; a rule's page comes from the rule.
``explain`` prints a page, ``docs/codes/`` holds them all.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, NamedTuple

from ..i18n.translate import Language, LazyText, translate
from ..problems.codes import Code, Severity
from .column import Column
from .model import Sheet
from .parsers.text import display_text
from .rule import Rule, RuleCondition
from .workbook import WorkbookSchema

_LEVELS = {Severity.ERROR: "错误：必须改", Severity.WARNING: "提醒：请再看一眼", Severity.FIX: "建议改写：已看懂并采用"}


class CodePage(NamedTuple):
    """What is told about a code."""

    code: Code
    checks: str
    why: str
    wrong: str
    right: str
    mend: str


def page_of(schema: WorkbookSchema, name: str, language: Language) -> CodePage | None:
    """Return the page of a code, ``None`` where the schema has none of that name."""
    rules = {rule.code.name: (rule, sheet) for sheet in schema.sheets for rule in sheet.rules}
    if name in rules:
        return _of_rule(*rules[name], schema, language)
    code = schema.codes().get(name)
    if code is None:
        return None
    return CodePage(
        code, **{"why": "", "wrong": "", "right": "", **_fallback(code, language), **page_texts(language).get(name, {})}
    )


def as_text(page: CodePage, language: Language) -> str:
    """Return a page as plain text."""
    return "\n".join([_title(page, language), *(f"\n{head}\n  {text}" for head, text in _sections(page, language))])


def markdown(page: CodePage, language: Language) -> str:
    """Return a page as Markdown."""
    return (
        "\n\n".join([f"# {_title(page, language)}", *(f"## {h}\n\n{t}" for h, t in _sections(page, language))]) + "\n"
    )


@cache
def page_texts(language: Language) -> Mapping[str, Mapping[str, str]]:
    """Return what people wrote about each code; nothing in a language that has no pages (yet)."""
    import tomllib

    written = files("factory_crm.problems").joinpath("pages", f"{language}.toml")
    return tomllib.loads(written.read_text("utf-8")) if written.is_file() else {}


def _title(page: CodePage, language: Language) -> str:
    return f"{page.code.name} · {translate(_LEVELS[page.code.severity], language)}"


def _sections(page: CodePage, language: Language) -> Iterator[tuple[str, str]]:
    for head, text in zip(("查什么", "为什么", "错误示例", "正确示例", "怎么改"), page[1:], strict=True):
        if text:
            yield translate(head, language), text


def _fallback(code: Code, language: Language) -> dict[str, str]:
    return {"checks": translate(code.message, language), "mend": translate(code.hint, language)}


def _of_rule(rule: Rule, sheet: type[Sheet], schema: WorkbookSchema, language: Language) -> CodePage:
    """Write the page of a rule: its condition in words, and the nearest rows that break and keep it."""
    condition = RuleCondition(rule.expression, sheet.headers())
    wrong, right = _examples(rule, sheet, schema)
    rejects = "这几格互相矛盾，不知道哪一格可信；改正之前这一行不进汇总。"
    return CodePage(
        rule.code,
        translate("「{title}」的每一行：{condition}。", language, title=LazyText(sheet.title), condition=condition),
        translate(rejects if rule.code.rejects else "这样填少见，多半是漏填或填错了一格；这一行照常进汇总。", language),
        _row(wrong, sheet, schema, language),
        _row(right, sheet, schema, language),
        translate(rule.code.hint, language),
    )


def _examples(rule: Rule, sheet: type[Sheet], schema: WorkbookSchema) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a row that breaks the rule and one that keeps it, as alike as can be."""
    names = rule.expression.names
    rows = [
        dict(zip(names, values, strict=True))
        for values in product(*(_candidates(sheet.column(name), schema, rule) for name in names))
    ]
    wrong = next((row for row in rows if not rule.expression.holds(row)), {})
    kept = [row for row in rows if wrong and not rule.expression.waits(row) and rule.expression.holds(row)]
    return wrong, min(kept, key=lambda row: sum(row[name] != wrong[name] for name in names), default={})


def _candidates(column: Column, schema: WorkbookSchema, rule: Rule) -> list[Any]:
    values: list[Any]
    match column.column_type.base_type:
        case "day" | "moment":
            values = [date(2024, 5, 6) + timedelta(days) for days in (0, 1, 26)]
        case "number":
            values = [Decimal(number) for number in (1, 2, 10, 100, 0)]
        case _:
            choices = schema.choices_of(column).values
            named = [value for value in choices if value in rule.expression.text]
            values = [*named, *(value for value in choices if value not in named)][:3] or [column.example or "X1"]
    return [*values, None] if column.name in rule.expression.asked else values


def _row(row: Mapping[str, Any], sheet: type[Sheet], schema: WorkbookSchema, language: Language) -> str:
    blank, told = translate("（空）", language), []
    for name, value in row.items():
        column = sheet.column(name)
        own = next((choice for choice in schema.choices_of(column).values if choice == value), None)
        said = blank if value is None else LazyText(own or display_text(value)).in_language(language)
        told.append(f"{LazyText(column.header).in_language(language)} = {said}")
    return " · ".join(told)
