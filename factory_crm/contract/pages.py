"""The page of each code: what is checked, why, an example of it wrong and right, and how to mend it.

The words stand in ``factory_crm/pages/zh.toml`` and ``en.toml``, written by hand; a rule's page comes from the rule.
``explain`` prints a page, ``docs/codes/`` holds them all.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, NamedTuple

from ..codes import Code, Severity
from ..words import Language, Word, say
from .contract import Contract
from .sheet import Column, Condition, Rule, Sheet
from .spellings import shown

_LEVELS = {Severity.ERROR: "错误：必须改", Severity.WARNING: "提醒：请再看一眼", Severity.FIX: "建议改写：已看懂并采用"}


class Page(NamedTuple):
    """What is told about a code."""

    code: Code
    checks: str
    why: str
    wrong: str
    right: str
    mend: str


def page_of(contract: Contract, name: str, language: Language) -> Page | None:
    """Return the page of a code, ``None`` where the contract has none of that name."""
    rules = {rule.code.name: (rule, sheet) for sheet in contract.sheets for rule in sheet.rules}
    if name in rules:
        return _of_rule(*rules[name], contract, language)
    code = contract.codes().get(name)
    if code is None:
        return None
    return Page(
        code, **{"why": "", "wrong": "", "right": "", **_fallback(code, language), **written(language).get(name, {})}
    )


def told(page: Page, language: Language) -> str:
    """Return a page as plain text."""
    return "\n".join([_title(page, language), *(f"\n{head}\n  {text}" for head, text in _sections(page, language))])


def markdown(page: Page, language: Language) -> str:
    """Return a page as Markdown."""
    return (
        "\n\n".join([f"# {_title(page, language)}", *(f"## {h}\n\n{t}" for h, t in _sections(page, language))]) + "\n"
    )


@cache
def written(language: Language) -> Mapping[str, Mapping[str, str]]:
    """Return what people wrote about each code."""
    import tomllib

    return tomllib.loads(files("factory_crm").joinpath("pages", f"{language}.toml").read_text("utf-8"))


def _title(page: Page, language: Language) -> str:
    return f"{page.code.name} · {say(_LEVELS[page.code.severity], language)}"


def _sections(page: Page, language: Language) -> Iterator[tuple[str, str]]:
    for head, text in zip(("查什么", "为什么", "错误示例", "正确示例", "怎么改"), page[1:], strict=True):
        if text:
            yield say(head, language), text


def _fallback(code: Code, language: Language) -> dict[str, str]:
    return {"checks": say(code.message, language), "mend": say(code.remedy, language)}


def _of_rule(rule: Rule, sheet: type[Sheet], contract: Contract, language: Language) -> Page:
    """Write the page of a rule: its condition in words, and the nearest rows that break and keep it."""
    condition = Condition(rule.expression, sheet.headers())
    wrong, right = _examples(rule, sheet, contract)
    rejects = "这几格互相矛盾，不知道哪一格可信；改正之前这一行不进汇总。"
    return Page(
        rule.code,
        say("「{title}」的每一行：{condition}。", language, title=Word(sheet.title), condition=condition),
        say(rejects if rule.code.rejects else "这样填少见，多半是漏填或填错了一格；这一行照常进汇总。", language),
        _row(wrong, sheet, contract, language),
        _row(right, sheet, contract, language),
        say(rule.code.remedy, language),
    )


def _examples(rule: Rule, sheet: type[Sheet], contract: Contract) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a row that breaks the rule and one that keeps it, as alike as can be."""
    names = rule.expression.names
    rows = [
        dict(zip(names, values, strict=True))
        for values in product(*(_candidates(sheet.column(name), contract, rule) for name in names))
    ]
    wrong = next((row for row in rows if not rule.expression.holds(row)), {})
    kept = [row for row in rows if wrong and not rule.expression.waits(row) and rule.expression.holds(row)]
    return wrong, min(kept, key=lambda row: sum(row[name] != wrong[name] for name in names), default={})


def _candidates(column: Column, contract: Contract, rule: Rule) -> list[Any]:
    values: list[Any]
    match column.kind.basis:
        case "day" | "moment":
            values = [date(2024, 5, 6) + timedelta(days) for days in (0, 1, 26)]
        case "number":
            values = [Decimal(number) for number in (1, 2, 10, 100, 0)]
        case _:
            choices = contract.choices_of(column).values
            named = [value for value in choices if value in rule.expression.text]
            values = [*named, *(value for value in choices if value not in named)][:3] or [column.example or "X1"]
    return [*values, None] if column.name in rule.expression.asked else values


def _row(row: Mapping[str, Any], sheet: type[Sheet], contract: Contract, language: Language) -> str:
    blank, told = say("（空）", language), []
    for name, value in row.items():
        column = sheet.column(name)
        own = next((choice for choice in contract.choices_of(column).values if choice == value), None)
        said = blank if value is None else Word(own or shown(value)).say(language)
        told.append(f"{Word(column.header).say(language)} = {said}")
    return " · ".join(told)
