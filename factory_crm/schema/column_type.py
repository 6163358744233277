"""What a kind of value is, and what comes of reading a cell as one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal, NamedTuple

from ..problems.codes import Code, Severity
from .rules.functions import BaseType

RawValue = str | float | bool | datetime | time
"""A cell as the workbook holds it: numbers are floats, a number with a date style is a datetime."""


@dataclass(frozen=True, slots=True)
class Choices:
    """A list to choose from. Values are Chinese; their English stands in ``en.toml`` and is as good."""

    values: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Other spellings people use, and the value each stands for."""
    open_list: bool = False
    """Whether other values are welcome too."""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The values by the value of the column that a dependent list depends on."""


class Parsed(NamedTuple):
    """What a cell was understood as. ``code`` is ``None`` where it was plain; an error's value means nothing."""

    value: Any
    code: Code | None = None
    params: Mapping[str, Any] = {}

    @property
    def ok(self) -> bool:
        """Whether the value can be used."""
        return self.code is None or self.code.severity is not Severity.ERROR


Parser = Callable[[RawValue, Choices], Parsed]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnType:
    """A kind of value that a cell may hold: how it is understood, how it looks, what it is called."""

    name: str
    base_type: BaseType
    expected: str
    """What to fill in, in words."""
    parse: Parser
    storage: Literal["text", "integer", "day", "moment"] = "text"
    """How engines hold it; an integer counts units of ``10 ** -scale``."""
    scale: int = 0
    number_format: str = "General"
    align: Literal["left", "center", "right"] = "left"
    width: float = 12
    """Of its column, in half-width characters."""
    multiple: bool = False
    """Whether a cell holds several choices."""
    warn_only: bool = False
    """Whether Excel should warn rather than stop: people do have odd ones."""
    earliest: date = date(1990, 1, 1)
    """Of days: Excel's own validation lets in none before."""
