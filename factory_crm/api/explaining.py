"""What a problem code means, and what a schema asks for, in words and for programs."""

import json
from typing import Literal

from ..i18n.translate import Language
from ..schema.workbook import WorkbookSchema


def explain(code: str, schema: WorkbookSchema | None = None, *, language: Language = "zh") -> str:
    """Return the page of a code as text: what is checked, why, an example wrong and right, how to mend it.

    A schema knows the codes of its own rules and checks; without one, those of the customer workbook are known. Raises KeyError for a code there is not.
    """
    from ..crm import schema as standard
    from ..schema.explain import as_text, page_of

    page = page_of(schema or standard("full"), code.upper(), language)
    if page is None:
        raise KeyError(code)
    return as_text(page, language)


def describe(schema: WorkbookSchema, form: Literal["md", "json"] = "md", *, language: Language = "zh") -> str:
    """Return what a schema asks for as a text: every sheet, column, list and rule as Markdown, or a JSON Schema of the rows.

    The JSON Schema has one array a table, and the words that were declared whatever the language.
    """
    from ..schema.export import json_schema, markdown

    if form == "json":
        return json.dumps(json_schema(schema), ensure_ascii=False, indent=1)
    return markdown(schema, language)
