"""The factory's customer workbook: the first user of the toolkit. Cheap to import: its sheets come with the first schema."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..problems.problem import Problem
    from ..schema.workbook import WorkbookSchema

EDITIONS = ("basic", "full")

VERSION = "1.0.0"
"""Of the customer workbook: raised whenever one of its columns, lists or rules changes."""
PRODUCT = "工厂客户管理表"


@cache
def schema(edition: str = "basic") -> "WorkbookSchema":
    """Return the schema of the customer workbook in an edition. Raises ValueError for none of ``EDITIONS``."""
    if edition not in EDITIONS:
        raise ValueError(f"no edition {edition!r}; there are {', '.join(EDITIONS)}")
    from ..schema.workbook import WorkbookSchema
    from .lists.core import CHOICES
    from .sheets.core import SHEETS

    sheets, choices = SHEETS, CHOICES
    if edition == "full":
        from .lists.full import MORE_CHOICES
        from .sheets.full_sheets import SHEETS as FULL_SHEETS

        sheets, choices = FULL_SHEETS, {**CHOICES, **MORE_CHOICES}
    whole = WorkbookSchema(sheets, choices, product=PRODUCT, version=VERSION, edition=edition)
    return whole.with_source(schema, edition)


def load(path: str | Path, edition: str | None = None) -> "WorkbookSchema | list[Problem]":
    """Return the schema of a ``factory.toml``, or all that is wrong with it. ``edition`` goes before what the file says."""
    from ..config.load import load as load_file

    return load_file(path, edition)
