"""The facts of a column type, and the result of parsing a cell."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum, auto
from typing import Any, Literal, NamedTuple

from pydantic.fields import FieldInfo

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
    fixed: bool = False
    """Whether figures know the values, so that only other spellings may be added."""


class Parsed(NamedTuple):
    """The result of parsing a cell. ``code`` is ``None`` where nothing is to be said; the value of an error means nothing."""

    value: Any
    code: Code | None = None
    params: Mapping[str, Any] = {}

    @property
    def ok(self) -> bool:
        """Whether the value can be used."""
        return self.code is None or self.code.severity is not Severity.ERROR


Parser = Callable[[RawValue, Choices], Parsed]
"""From a cell that is not blank, and the list it is chosen from, to its value."""


class LiveCheck(Enum):
    """How a template's formulas check a cell while people type; ``template.live.types`` has the formulas of each."""

    BASE_TYPE = auto()
    """Of a parser that formulas do not know: whether a number or a day stands there, no more."""
    TEXT = auto()
    IDENTIFIER = auto()
    NUMBER = auto()
    DAY = auto()
    MOMENT = auto()
    CHOICE = auto()
    MULTIPLE_CHOICE = auto()
    PHONE = auto()
    EMAIL = auto()
    CREDIT_CODE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnType:
    """All that is asked of a type beside the Python type of its values and their limits."""

    name: str
    """Its name in ``factory.toml`` and in the published schema."""
    base_type: BaseType
    expected: str
    """What to fill in, in words."""
    parse: Parser
    identity: re.Pattern[str] | None = None
    """The texts that mean just themselves, as nearly all do: not parsing them makes the whole of a validation a tenth faster."""
    live: LiveCheck = LiveCheck.BASE_TYPE
    storage: Literal["text", "integer", "day", "moment"] = "text"
    """How engines hold it; an integer counts units of ``10 ** -scale``."""
    scale: int = 0
    number_format: str = "General"
    align: Literal["left", "center", "right"] = "left"
    width: float = 12
    """Of its column, in half-width characters."""
    report: str = "text"
    """How a summary shows it: a look of ``report.looks``."""
    multiple: bool = False
    """Whether a cell holds several choices."""
    warn_only: bool = False
    """Whether Excel should warn rather than stop: people do have odd ones."""
    earliest: date = date(1990, 1, 1)
    """Of days: Excel's own validation lets in none before."""
    in_config: bool = True
    """Whether a ``factory.toml`` may declare columns of it."""


LIMITS = ("gt", "ge", "lt", "le", "decimal_places", "min_length", "max_length", "pattern")
"""The limits that a type may set for its values, by Pydantic's names."""


def flattened(metadata: Iterable[Any]) -> list[Any]:
    """Return the metadata of an annotation with the limits that stand inside a ``Field`` beside the rest."""
    return [one for item in metadata for one in (item.metadata if isinstance(item, FieldInfo) else [item])]


def column_type_of(annotation: Any) -> ColumnType:
    """Return the column type of an ``Annotated`` type. Raises StopIteration where it has none."""
    return next(one for one in annotation.__metadata__ if isinstance(one, ColumnType))


def limits_of(metadata: Iterable[Any]) -> dict[str, Any]:
    """Return the limits that the metadata of an annotation sets, by name; a later one replaces an earlier one."""
    facts = flattened(metadata)
    return {limit: getattr(one, limit) for one in facts for limit in LIMITS if getattr(one, limit, None) is not None}
