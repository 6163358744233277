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
NAME = "工厂客户管理表"
"""What the workbook is called."""


@cache
def schema(edition: str = "basic") -> "WorkbookSchema":
    """Return the schema of the customer workbook in an edition. Raises ValueError for none of ``EDITIONS``."""
    if edition not in EDITIONS:
        raise ValueError(f"no edition {edition!r}; there are {', '.join(EDITIONS)}")
    from ..schema.workbook import WorkbookSchema
    from .lists import CHOICES
    from .sheets import SHEETS
    from .sheets.cover import CustomerCover

    upto = EDITIONS[: EDITIONS.index(edition) + 1]
    every = [tuple(one.for_edition(name) for one in SHEETS if one.only_edition in ("", name)) for name in upto]
    used = dict.fromkeys(
        column.choices for sheets in every for one in sheets for column in one.columns if column.choices
    )
    lists = {name: CHOICES[name] for name in used}  # in the order of their use, those of smaller editions first
    whole = WorkbookSchema(every[-1], lists, product=NAME, version=VERSION, edition=edition, cover=CustomerCover)
    return whole.with_source(schema, edition)


def load(path: str | Path, edition: str | None = None) -> "WorkbookSchema | list[Problem]":
    """Return the schema of a ``factory.toml``, or all that is wrong with it. ``edition`` goes before what the file says."""
    from ..config.load import load as load_file
    from .config import PRODUCT

    return load_file(path, PRODUCT, edition)


def parse(text: str, edition: str | None = None) -> "WorkbookSchema | list[Problem]":
    """Return the schema of the text of a ``factory.toml``, or all that is wrong with it."""
    from ..config.load import parse_schema
    from .config import PRODUCT

    return parse_schema(text, PRODUCT, edition)


def editions(config: Path | None = None) -> "dict[str, WorkbookSchema]":
    """Return the schema of every edition by its name, with what a file adds; where that does not go with one, the file's own.

    Raises ValueError for a file that is not in order.
    """
    if config is None:
        return {edition: schema(edition) for edition in EDITIONS}
    from ..config.load import read
    from .config import restored

    made = {edition: load(config, edition) for edition in EDITIONS}
    return {name: restored(None, read(config)) if isinstance(one, list) else one for name, one in made.items()}
