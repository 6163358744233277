"""The schema for programs and for the docs: JSON Schema from the models, tables in Markdown."""

from typing import Any

from ..i18n.translate import Language, TextList, translate
from .column import Column
from .model import Sheet
from .rule import RuleCondition
from .workbook import WorkbookSchema


def json_schema(schema: WorkbookSchema) -> dict[str, Any]:
    """Return the JSON Schema of a workbook's rows: one array a table."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": schema.product,
        "type": "object",
        "properties": {
            sheet.table: {"type": "array", "title": sheet.title, "items": sheet.model_json_schema()}
            for sheet in schema.sheets
        },
    }


def markdown(schema: WorkbookSchema, language: Language) -> str:
    """Return every sheet, column, list and rule as tables."""
    return "\n".join(line for sheet in schema.sheets for line in _sheet(sheet, schema, language))


def _sheet(sheet: type[Sheet], schema: WorkbookSchema, language: Language) -> list[str]:
    heads = [translate(head, language) for head in ("列", "填写", "内容", "说明", "示例")]
    lines = [
        f"## {translate(sheet.title, language)}",
        "",
        translate(sheet.purpose, language),
        "",
        _line(heads),
        _line("---" for _ in heads),
    ]
    lines += [_line(_column(column, schema, language)) for column in sheet.columns]
    if sheet.rules:
        lines += ["", _line([translate("规则", language), translate("要求", language), ""]), "| --- | --- | --- |"]
        lines += [
            _line(
                [
                    rule.code.name,
                    RuleCondition(rule.expression, sheet.headers()).in_language(language),
                    rule.code.severity.value,
                ]
            )
            for rule in sheet.rules
        ]
    return [*lines, ""]


def _line(cells: Any) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _column(column: Column, schema: WorkbookSchema, language: Language) -> tuple[str, ...]:
    choices = schema.choices_of(column).values
    content = TextList(choices).in_language(language) if choices else translate(column.column_type.expected, language)
    example = "" if column.example is None else translate(str(column.example), language)
    return (
        translate(column.header, language),
        translate(sign(column), language),
        content,
        translate(column.hint, language) if column.hint else "",
        example,
    )


def sign(column: Column) -> str:
    """Return how a column is to be filled, as one sign and a word."""
    if column.automatic:
        return "◎自动"
    return "★必填" if column.required else "☆建议填" if column.recommended_for else "选填"
