"""What a sheet is: a Pydantic model whose fields are columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import NoneType
from typing import Annotated, Any, ClassVar, get_args

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo
from pydantic_core import SchemaValidator

from ..codes import Code, Severity
from ..words import Language, Word
from .expressions import Expression, ExpressionError
from .functions import Basis
from .judging import strictly
from .kinds import Kind
from .likeness import require_formula, require_rule
from .renderings import words

_LIMITS = ("gt", "ge", "lt", "le", "decimal_places", "min_length", "max_length", "pattern")


def column(  # noqa: PLR0913 - each is a fact of its own
    header: str,
    hint: str = "",
    *,
    key: bool = False,
    refers: str = "",
    echoes: str = "",
    formula: str = "",
    blank: Any = None,
    event: bool = False,
    made_from: tuple[str, ...] = (),
    expected: str = "",
    choices: str = "",
    depends_on: str = "",
    aliases: tuple[str, ...] = (),
    example: Any = None,
) -> Any:
    """Declare a column: what stands above it and what is told about it. Its type says what may stand in its cells.

    ``key``: part of the row's key · ``refers``: the table whose key it names · ``echoes``: the reference whose label
    is shown, by formula · ``formula``: how it is computed · ``blank``: what a blank cell means · ``made_from``: the
    columns a blank key is made from · ``event``: its days say how far the data reach · ``expected``: the figures a blank costs (☆) · ``choices``: its list ·
    ``depends_on``: the column that decides which group of the list is offered.
    """
    return Field(
        title=header,
        description=hint or None,
        examples=None if example is None else [example],
        json_schema_extra={
            "column": {
                "key": key,
                "refers": refers,
                "echoes": echoes,
                "formula": formula,
                "blank": blank,
                "event": event,
                "made_from": list(made_from),
                "expected": expected,
                "choices": choices,
                "depends_on": depends_on,
                "aliases": list(aliases),
            }
        },
    )


@dataclass(frozen=True, eq=False)
class Column:
    """A declared column; see ``column()`` for what the facts mean."""

    name: str
    header: str
    hint: str
    kind: Kind
    annotation: Any
    may_be_blank: bool
    limits: Mapping[str, Any]
    example: Any
    key: bool
    refers: str
    echoes: str
    formula: Expression | None
    blank: Any
    event: bool
    made_from: tuple[str, ...]
    expected: str
    choices: str
    depends_on: str
    aliases: tuple[str, ...]

    @property
    def automatic(self) -> bool:
        """Whether a formula fills it (ⓐ)."""
        return bool(self.formula or self.echoes)

    @property
    def required(self) -> bool:
        """Whether a blank is an error (★)."""
        return not (self.may_be_blank or self.automatic or self.blank is not None)

    @cached_property
    def judge(self) -> SchemaValidator:
        """Pydantic's judgement of an understood value: its type and its limits."""
        return SchemaValidator(strictly(get_args(self.annotation)[0], self.limits))

    @classmethod
    def of(cls, name: str, field: FieldInfo) -> "Column":
        """Read a column off its Pydantic field."""
        kinds = [kind for kind in get_args(field.annotation) if kind is not NoneType]
        may_be_blank = NoneType in get_args(field.annotation)
        metadata = field.metadata if not may_be_blank else [*get_args(kinds[0])[1:]]
        flat = [m for item in metadata for m in (item.metadata if isinstance(item, FieldInfo) else [item])]
        kind = next(m for m in flat if isinstance(m, Kind))
        extra = field.json_schema_extra
        facts: dict[str, Any] = dict(extra["column"]) if isinstance(extra, dict) else {}  # type: ignore[arg-type]
        return cls(
            name=name,
            header=field.title or name,
            hint=field.description or "",
            kind=kind,
            annotation=kinds[0] if may_be_blank else Annotated[(field.annotation, *field.metadata)],
            may_be_blank=may_be_blank,
            limits={limit: getattr(m, limit) for m in flat for limit in _LIMITS if getattr(m, limit, None) is not None},
            example=(field.examples or [None])[0],
            **{
                **facts,
                "formula": Expression(facts["formula"]) if facts["formula"] else None,
                "made_from": tuple(facts["made_from"]),
                "aliases": tuple(facts["aliases"]),
            },
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """What a rule asks for; speaks every language."""

    expression: Expression
    headers: Mapping[str, str]
    _said: dict[Language, str] = field(default_factory=dict, compare=False, repr=False)

    def say(self, language: Language) -> str:
        """Return the condition in words, which are found once."""
        if language not in self._said:
            self._said[language] = words(self.expression, lambda name: Word(self.headers[name]).say(language), language)
        return self._said[language]


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition that every row of a sheet has to meet."""

    code: Code
    expression: Expression
    at: str
    """The column whose cell is shown to the clerk."""


def rule(
    code: str, condition: str, *, at: str = "", severity: str = "error", remedy: str = "", named: Mapping[str, str] = {}
) -> Rule:
    """Declare a rule, shown at the cell of ``at``, else of the first column it names; ``named`` brings English along."""
    expression = Expression(condition, named)
    level = Severity(severity)
    if not expression.names:
        raise ExpressionError(f"a rule has to name a column: {condition!r}")
    message, brief = "不符合“{condition}”：{values}", remedy or "不符合“{condition}”"
    remedy = remedy or "核对这几格，改正填错的一格"
    return Rule(
        Code(code, level, message, remedy, rejects=level is Severity.ERROR, brief=brief),
        expression,
        at or expression.names[0],
    )


class Sheet(BaseModel):
    """Base of every sheet; subclasses declare their columns as fields.

    Class arguments: ``table`` (its name in frames and in ``refers=``), ``title`` (the sheet's name), ``purpose`` (one
    sentence for its head). ``same_for`` names the columns in which all rows of one key part must agree.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    table: ClassVar[str] = ""
    title: ClassVar[str] = ""
    purpose: ClassVar[str] = ""
    aliases: ClassVar[tuple[str, ...]] = ()
    columns: ClassVar[tuple[Column, ...]] = ()
    rules: ClassVar[tuple[Rule, ...]] = ()
    same_for: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    label: ClassVar[str] = ""
    """The column that people know a row by; echoed where the row is referred to."""
    optional: ClassVar[bool] = False
    """Whether a workbook may lack the sheet."""
    line_of: ClassVar[Mapping[str, str]] = {}
    """Columns that name, together with a reference, one line of what it refers to: ``{"line": "order_id"}``."""

    def __init_subclass__(cls, *, table: str = "", purpose: str = "", **_: Any) -> None:
        """Take the class arguments; Pydantic keeps ``title``."""
        cls.table, cls.purpose = table, purpose

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Take the columns off the fields, and hold every rule to them. Raises ExpressionError for a wrong rule."""
        cls.title = cls.model_config.get("title") or cls.__name__
        for described in cls.model_fields.values():
            if NoneType in get_args(described.annotation):
                described.default = None
        cls.columns = tuple(Column.of(name, field) for name, field in cls.model_fields.items())
        for expression in [*(r.expression for r in cls.rules), *(c.formula for c in cls.columns if c.formula)]:
            if unknown := set(expression.names) - cls.model_fields.keys():
                raise ExpressionError(f"{cls.__name__} has no column {sorted(unknown)} for {expression.text!r}")
        for one in cls.rules:
            require_rule(one.expression, cls.basis)
            cls.column(one.at)
        for formula, kind in ((c.formula, c.kind) for c in cls.columns if c.formula):
            require_formula(formula, kind.basis, cls.basis)

    @classmethod
    def column(cls, name: str) -> Column:
        """Return a column by its name. Raises KeyError where there is none."""
        return next((c for c in cls.columns if c.name == name), None) or cls._unknown(name)

    @classmethod
    def _unknown(cls, name: str) -> Column:
        raise KeyError(f"{cls.__name__} has no column {name!r}")

    @classmethod
    def basis(cls, name: str) -> Basis:
        """Return what the values of a column are at bottom."""
        return cls.column(name).kind.basis

    @classmethod
    def key(cls) -> tuple[Column, ...]:
        """Return the columns that tell its rows apart."""
        return tuple(c for c in cls.columns if c.key)

    @classmethod
    def headers(cls) -> dict[str, str]:
        """Return the Chinese header of every column by its name."""
        return {c.name: c.header for c in cls.columns}
