"""The schema: all that a workbook should be, in one value. It knows no trade."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, Self, TypeVar

from ..problems import codes
from ..problems.codes import Code
from . import declaration
from .calendar import Calendar
from .check import Check
from .column import Column
from .column_type import Choices
from .cover import Cover
from .limits import Caps
from .model import Sheet

Numbering = Literal["group", "office"]
T = TypeVar("T")

PREPARED_ROWS = 300
"""Rows made ready for filling on each sheet of a template."""


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody who fills workbooks in."""

    name: str
    """What stands as 填报单位."""
    priority: int | None = None
    """Where workbooks contradict each other, the lowest goes before; without one, the usual rule decides."""


@dataclass(frozen=True)
class WorkbookSchema:
    """The sheets, lists and words that template, check, merge and report derive from.

    It can be pickled: by its source where it has one (``with_source``), else field by field.
    """

    sheets: tuple[type[Sheet], ...] = ()
    choices: Mapping[str, Choices] = field(default_factory=lambda: MappingProxyType({}))
    """The lists to choose from, by the names that columns call them."""
    product: str = "工作簿"
    """What the workbook is called."""
    version: str = "1.0.0"
    """Raised whenever a column, list or rule changes."""
    edition: str = ""
    """The name of its edition, where a product has several."""
    cover: type[Cover] = Cover
    prepared_rows: int = PREPARED_ROWS
    offices: tuple[Office, ...] = ()
    """Who fills workbooks in; empty where nobody has said."""
    numbering: Numbering = "group"
    """``office``: each office counts by itself, so 填报单位 is part of every key."""
    limits: Caps = field(default_factory=Caps)
    """How large a workbook may be, where that is not left to the reader."""
    calendar: Calendar | None = None
    """Working hours, where somebody has said."""
    checks: tuple[Check, ...] = ()
    """Functions over the records of a workbook, for what the language of rules cannot say."""
    extensions: tuple[Any, ...] = ()
    """What a trade adds: at most one value of each class, asked for by ``extension``."""
    _source: tuple[Callable[..., "WorkbookSchema"], tuple[Any, ...]] | None = field(
        default=None, init=False, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        """Take in the lists that sheets bring along. Raises ValueError for sheets that do not go together."""
        if brought := declaration.lists_of_sheets(self.sheets, self.choices):
            object.__setattr__(self, "choices", MappingProxyType({**self.choices, **brought}))
        declaration.require_sound(self.sheets, self.choices)

    def __getitem__(self, table: str) -> type[Sheet]:
        """Return the model of a table, its columns chosen from this schema's lists. Raises KeyError where there is none."""
        return self._models[table]

    @cached_property
    def _models(self) -> Mapping[str, type[Sheet]]:
        return {sheet.table: sheet.with_lists(self.choices) for sheet in self.sheets}

    def extended(self, *parts: type[Sheet] | Check) -> "WorkbookSchema":
        """Return the same schema with further sheets and checks; a sheet of a table it has takes that one's place.

        Raises ValueError for a check whose code or table is not the schema's to give, and for a sheet that brings a list
        by a name that means other values here.
        """
        checks = [part for part in parts if isinstance(part, Check)]
        given = [part for part in parts if not isinstance(part, Check)]
        added = {part.table: part for part in given}
        sheets = [added.pop(sheet.table, sheet) for sheet in self.sheets]
        for name, values in declaration.lists_of_sheets(given, {}).items():
            if self.choices.get(name, values) != values:
                raise ValueError(f"there is another list {name!r} with other values; give this one another name")
        whole = replace(self, sheets=(*sheets, *added.values()))
        for one in checks:
            if one.code.name in whole.codes():
                raise ValueError(f"there is a code {one.code.name} already")
            if one.table and one.table not in (sheet.table for sheet in whole.sheets):
                raise ValueError(f"{one.code.name} checks a table {one.table!r} that the schema has not")
            whole = replace(whole, checks=(*whole.checks, one))
        return whole

    def extension(self, kind: type[T]) -> T:
        """Return what a trade adds as a value of that class, ``kind()`` where nothing is added."""
        return next((value for value in self.extensions if type(value) is kind), None) or kind()

    def with_extension(self, value: Any) -> Self:
        """Return the schema with that value instead of the one of its class."""
        return replace(self, extensions=(*(one for one in self.extensions if type(one) is not type(value)), value))

    def with_source(self, function: Callable[..., "WorkbookSchema"], *arguments: Any) -> Self:
        """Return the schema, to be pickled from now on as a call of that function.

        ``dataclasses.replace`` drops the source: what is changed is no longer what the function returns.
        """
        object.__setattr__(self, "_source", (function, arguments))
        return self

    def __reduce__(self) -> tuple[Callable[..., "WorkbookSchema"], tuple[Any, ...]]:
        """Pickle the source, or every field."""
        if self._source:
            return self._source
        return _from_fields, ({one.name: _picklable(getattr(self, one.name)) for one in fields(self) if one.init},)

    def sheet(self, table: str) -> type[Sheet]:
        """Return the sheet of a table. Raises KeyError where there is none."""
        return {sheet.table: sheet for sheet in self.sheets}[table]

    @cached_property
    def entity(self) -> type[Sheet] | None:
        """Return the sheet of what the others are about, where one is declared so."""
        return next((sheet for sheet in self.sheets if sheet.is_entity), None)

    def refers_to_entity(self, column: Column) -> bool:
        """Whether a column names rows of the entity sheet."""
        return self.entity is not None and column.references == self.entity.table

    def detail_titles(self) -> dict[str, str]:
        """Return the titles of the sheets of a summary that show rows and are compared with the next one, by table."""
        return {sheet.table: sheet.detail_title for sheet in self.sheets if sheet.detail_title}

    def choices_of(self, column: Column) -> Choices:
        """Return the list a column is chosen from, empty where it has none."""
        return self.choices[column.choices] if column.choices else Choices()

    def codes(self) -> dict[str, Code]:
        """Return every code a problem can have under this schema: the toolkit's and the rules'."""
        return {
            **codes.ALL,
            **{rule.code.name: rule.code for sheet in self.sheets for rule in sheet.rules},
            **{one.code.name: one.code for one in self.checks},
        }

    @cached_property
    def fingerprint(self) -> str:
        """Sixteen hex digits that change with any column, list or rule."""
        whole = json.dumps(
            [
                self.version,
                *map(_described, (self.cover, *self.sheets)),
                {name: list(c.values) for name, c in self.choices.items()},
            ],
            ensure_ascii=False,
            sort_keys=True,
            default=str,
        )
        return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _picklable(value: Any) -> Any:
    return dict(value) if isinstance(value, MappingProxyType) else value


def _from_fields(values: Mapping[str, Any]) -> WorkbookSchema:
    return WorkbookSchema(**values)


def _described(sheet: type[Sheet]) -> list[Any]:
    return [
        sheet.table,
        sheet.title,
        [
            [
                c.name,
                c.header,
                c.column_type.name,
                c.required,
                c.key,
                c.references,
                c.choices,
                c.formula and c.formula.text,
                dict(c.limits),
            ]
            for c in sheet.columns
        ],
        [[rule.code.name, rule.expression.text] for rule in sheet.rules],
    ]
