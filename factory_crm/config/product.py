"""What a ``factory.toml`` adds to: a product, with its editions and the sections of the file that only it knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import Field

from ..schema.workbook import WorkbookSchema
from .errors import ConfigErrors
from .file import FactoryFile, file_model
from .lists import TextLookup


@dataclass(frozen=True, eq=False, kw_only=True)
class Section:
    """A section of the file that a product adds: its key, what may stand in it, and what it makes of the schema."""

    key: str
    annotation: Any
    """Of the key, as Pydantic takes it."""
    apply: Callable[[WorkbookSchema, Any, TextLookup, ConfigErrors], WorkbookSchema]
    """Gives the schema that the rest of the file is added to; called with the default where the file has no such key."""
    described: Any = field(default_factory=lambda: Field(default=None))
    """Its default and its description."""
    before: str = "english"
    """The key it is listed before."""
    patterns: Mapping[str, str] = field(default_factory=dict)
    """What messages ask for, by the name of a key inside, where a text does not match its pattern."""


@dataclass(frozen=True, eq=False)
class Product:
    """A workbook that comes in editions, the smallest first."""

    editions: tuple[str, ...]
    schema: Callable[[str], WorkbookSchema]
    """Gives the schema of an edition."""
    restore: Callable[[str | None, str], WorkbookSchema]
    """Gives the schema of an edition (None: what the text says) and the text of a file that is in order, in any process."""
    sections: tuple[Section, ...] = ()

    @cached_property
    def file_model(self) -> type[FactoryFile]:
        """Return the model of its file."""
        tables = dict.fromkeys(sheet.table for edition in self.editions for sheet in self.schema(edition).sheets)
        return file_model(
            self.editions, tables, {one.key: (one.before, one.annotation, one.described) for one in self.sections}
        )

    @property
    def patterns(self) -> dict[str, str]:
        """Return what messages ask for, of all its sections."""
        return {key: expected for one in self.sections for key, expected in one.patterns.items()}
