"""What a problem code means: what is checked, why, an example of it wrong and right, and how to mend it."""

from ..i18n.translate import Language
from ..schema.workbook import WorkbookSchema


def explain(code: str, schema: WorkbookSchema | None = None, *, language: Language = "zh") -> str:
    """Return the page of a code as text; a schema knows the codes of its own rules and checks.

    Without a schema, those of the customer workbook are known. Raises KeyError for a code there is not.
    """
    from ..crm import schema as standard
    from ..schema.explain import as_text, page_of

    page = page_of(schema or standard("full"), code.upper(), language)
    if page is None:
        raise KeyError(code)
    return as_text(page, language)
