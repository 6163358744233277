"""The schema: all that a workbook should be, in one value."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, Literal

from ..crm.lists.core import CHOICES
from ..crm.organisation import DEPARTMENTS, FLOWS, Department, Flow
from ..crm.settings import Settings
from ..crm.sheets.core import Cover, Customer, Feedback, Order, Service
from ..problems import codes, config_codes
from ..problems.codes import Code
from .calendar import Calendar
from .column_type import Choices
from .limits import Caps
from .model import Column, Sheet

Edition = Literal["basic", "full"]
Numbering = Literal["group", "office"]
EDITIONS: tuple[Edition, ...] = ("basic", "full")

VERSION = "1.0.0"
"""Of the standard schema: raised whenever a column, list or rule changes."""
PRODUCT = "工厂客户管理表"
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
    """The sheets, lists and words that template, check, merge and report derive from."""

    product: str = PRODUCT
    version: str = VERSION
    cover: type[Sheet] = Cover
    sheets: tuple[type[Sheet], ...] = (Customer, Order, Service, Feedback)
    choices: Mapping[str, Choices] = field(default_factory=lambda: MappingProxyType(CHOICES))
    prepared_rows: int = PREPARED_ROWS
    edition: Edition = "basic"
    offices: tuple[Office, ...] = ()
    """Who fills workbooks in; empty where nobody has said."""
    numbering: Numbering = "group"
    """``office``: each office counts by itself, so 填报单位 is part of every key."""
    settings: Settings = field(default_factory=Settings)
    """Thresholds and goals of the figures."""
    calendar: Calendar | None = None
    """Working hours, where somebody has said."""
    targets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Sales targets in fen by person (empty for all) and month (``2024-03``)."""
    limits: Caps = field(default_factory=Caps)
    """How large a workbook may be, where that is not left to the reader."""
    departments: tuple[Department, ...] = DEPARTMENTS
    """Who fills and reads which sheets."""
    flows: tuple[Flow, ...] = FLOWS
    """What goes from one department to another."""

    def sheet(self, table: str) -> type[Sheet]:
        """Return the sheet of a table. Raises KeyError where there is none."""
        return {sheet.table: sheet for sheet in self.sheets}[table]

    def choices_of(self, column: Column) -> Choices:
        """Return the list a column is chosen from, empty where it has none."""
        return self.choices[column.choices] if column.choices else Choices()

    def codes(self) -> dict[str, Code]:
        """Return every code a problem can have under this schema: the toolkit's and the rules'."""
        return {
            **codes.ALL,
            **config_codes.ALL,
            **{rule.code.name: rule.code for sheet in self.sheets for rule in sheet.rules},
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


@cache
def standard(edition: Edition = "basic") -> WorkbookSchema:
    """Return the standard schema of an edition."""
    if edition == "basic":
        return WorkbookSchema()
    from ..crm.lists.full import MORE_CHOICES
    from ..crm.sheets.full_sheets import SHEETS

    return WorkbookSchema(edition="full", sheets=SHEETS, choices=MappingProxyType({**CHOICES, **MORE_CHOICES}))
