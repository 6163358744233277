"""The contract for programs and for the docs: JSON Schema from the models, tables in Markdown."""

from typing import Any

from ..words import Language, Listed, say
from .contract import Contract
from .sheet import Column, Condition, Sheet


def json_schema(contract: Contract) -> dict[str, Any]:
    """Return the JSON Schema of a workbook's rows: one array a table."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": contract.product,
        "type": "object",
        "properties": {
            sheet.table: {"type": "array", "title": sheet.title, "items": sheet.model_json_schema()}
            for sheet in contract.sheets
        },
    }


def markdown(contract: Contract, language: Language) -> str:
    """Return every sheet, column, list and rule as tables."""
    return "\n".join(line for sheet in contract.sheets for line in _sheet(sheet, contract, language))


def _sheet(sheet: type[Sheet], contract: Contract, language: Language) -> list[str]:
    heads = [say(head, language) for head in ("列", "填写", "内容", "说明", "示例")]
    lines = [
        f"## {say(sheet.title, language)}",
        "",
        say(sheet.purpose, language),
        "",
        _line(heads),
        _line("---" for _ in heads),
    ]
    lines += [_line(_column(column, contract, language)) for column in sheet.columns]
    if sheet.rules:
        lines += ["", _line([say("规则", language), say("要求", language), ""]), "| --- | --- | --- |"]
        lines += [
            _line([rule.code.name, Condition(rule.expression, sheet.headers()).say(language), rule.code.severity.value])
            for rule in sheet.rules
        ]
    return [*lines, ""]


def _line(cells: Any) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _column(column: Column, contract: Contract, language: Language) -> tuple[str, ...]:
    choices = contract.choices_of(column).values
    content = Listed(choices).say(language) if choices else say(column.kind.expected, language)
    example = "" if column.example is None else say(str(column.example), language)
    return (
        say(column.header, language),
        say(sign(column), language),
        content,
        say(column.hint, language) if column.hint else "",
        example,
    )


def sign(column: Column) -> str:
    """Return how a column is to be filled, as one sign and a word."""
    if column.automatic:
        return "◎自动"
    return "★必填" if column.required else "☆建议填" if column.expected else "选填"
