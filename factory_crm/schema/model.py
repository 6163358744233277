"""What a sheet is: a Pydantic model whose fields are columns."""

import copyreg
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache, cached_property, partial
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, SchemaValidator
from pydantic_core import core_schema as core

from ..i18n.translate import Language, LazyText
from ..problems.code import Code, Severity
from ..problems.declare import rule_code
from .column_type import Choices, ColumnType, flattened, limits_of
from .core_schema import strict_schema
from .record_layout import RecordLayout
from .rules.expression import Expression, ExpressionError
from .rules.functions import BaseType
from .rules.to_words import words
from .rules.typecheck import require_formula, require_rule

_DECLARED = "factory_crm.declared"
if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)

_DERIVATION = "__derivation__"
_MADE_FROM_FIELDS = frozenset(
    {"columns", "record_layout", "rules", "table", "title", "purpose", "only_edition", "is_entity"}
)
_PUBLISHED = {
    "refers": "references",
    "echoes": "lookup",
    "blank": "default",
    "event": "event_date",
    "made_from": "key_from",
    "expected": "recommended_for",
}
"""The facts of a column that the published JSON Schema calls otherwise, and their names here."""


class _ColumnFacts(dict[str, Any]):
    """The facts of a column that the JSON Schema publishes; beside them, those that it does not."""

    def __init__(self, unpublished: Mapping[str, Any], **published: Any) -> None:
        """Take both."""
        super().__init__(published)
        self.unpublished = unpublished

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle both."""
        return partial(_ColumnFacts, **self), (self.unpublished,)


def column(  # noqa: PLR0913 - each is a fact of its own
    header: str,
    hint: str = "",
    *,
    key: bool = False,
    references: str = "",
    lookup: str = "",
    formula: str = "",
    default: Any = None,
    event_date: bool = False,
    key_from: tuple[str, ...] = (),
    recommended_for: str = "",
    choices: str = "",
    depends_on: str = "",
    aliases: tuple[str, ...] = (),
    example: Any = None,
    ends: bool = False,
    edition: str = "",
) -> Any:
    """Declare a column: what stands above it and what is told about it. Its type says what may stand in its cells.

    ``key``: part of the row's key · ``references``: the table whose key it names · ``lookup``: the reference whose
    ``display_column`` is shown, by formula · ``formula``: how it is computed · ``default``: what a blank cell means ·
    ``key_from``: the columns a blank key is made from · ``event_date``: its days say how far the data reach ·
    ``recommended_for``: the figures that a blank is missing from (☆) · ``choices``: its list · ``depends_on``: the
    column that decides which group of the list is offered · ``ends``: a day of what became of the row later; figures
    take it for blank as long as it lies ahead · ``edition``: the only edition that has the column.

    The published JSON Schema keeps the facts by the names it has always had (``_PUBLISHED``).
    """
    return Field(
        title=header,
        description=hint or None,
        examples=None if example is None else [example],
        json_schema_extra={
            "column": _ColumnFacts(
                {"ends": ends, "edition": edition},
                key=key,
                refers=references,
                echoes=lookup,
                formula=formula,
                blank=default,
                event=event_date,
                made_from=list(key_from),
                expected=recommended_for,
                choices=choices,
                depends_on=depends_on,
                aliases=list(aliases),
            )
        },
    )


@dataclass(frozen=True, eq=False)
class Column:
    """A declared column; see ``column()`` for what the facts mean."""

    name: str
    header: str
    hint: str
    column_type: ColumnType
    annotation: Any
    may_be_blank: bool
    limits: Mapping[str, Any]
    example: Any
    key: bool
    references: str
    lookup: str
    formula: Expression | None
    default: Any
    event_date: bool
    key_from: tuple[str, ...]
    recommended_for: str
    choices: str
    depends_on: str
    aliases: tuple[str, ...]
    ends: bool
    edition: str

    @property
    def automatic(self) -> bool:
        """Whether a formula fills it (ⓐ)."""
        return bool(self.formula or self.lookup)

    @property
    def required(self) -> bool:
        """Whether a blank is an error (★)."""
        return not (self.may_be_blank or self.automatic or self.default is not None)

    @cached_property
    def validator(self) -> SchemaValidator:
        """Pydantic's judgement of an understood value: its type and its limits."""
        return SchemaValidator(strict_schema(get_args(self.annotation)[0], self.limits))

    def declared(self) -> tuple[Any, Any]:
        """Return the column as sheets declare it: its annotation and its field."""
        field = column(
            self.header,
            self.hint,
            key=self.key,
            references=self.references,
            lookup=self.lookup,
            formula=self.formula.text if self.formula else "",
            default=self.default,
            event_date=self.event_date,
            key_from=self.key_from,
            recommended_for=self.recommended_for,
            choices=self.choices,
            depends_on=self.depends_on,
            aliases=self.aliases,
            example=self.example,
            ends=self.ends,
            edition=self.edition,
        )
        return self.annotation | None if self.may_be_blank else self.annotation, field

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the annotation by its parts: the metadata of Pydantic cannot be pickled."""
        facts = {one.name: getattr(self, one.name) for one in fields(self)}
        return _column, ({**facts, "annotation": get_args(self.annotation)[0]},)

    @classmethod
    def of(cls, name: str, field: FieldInfo) -> "Column":
        """Read a column off its Pydantic field."""
        kinds = [kind for kind in get_args(field.annotation) if kind is not NoneType]
        may_be_blank = NoneType in get_args(field.annotation)
        metadata = field.metadata if not may_be_blank else [*get_args(kinds[0])[1:]]
        kind = next(fact for fact in flattened(metadata) if isinstance(fact, ColumnType))
        extra = field.json_schema_extra
        facts: Any = extra["column"] if isinstance(extra, dict) else {}
        return cls(
            name=name,
            header=field.title or name,
            hint=field.description or "",
            column_type=kind,
            annotation=kinds[0] if may_be_blank else Annotated[(field.annotation, *field.metadata)],
            may_be_blank=may_be_blank,
            limits=limits_of(metadata),
            example=(field.examples or [None])[0],
            **{
                **{_PUBLISHED.get(fact, fact): value for fact, value in facts.items()},
                **facts.unpublished,
                "formula": Expression(facts["formula"]) if facts["formula"] else None,
                "key_from": tuple(facts["made_from"]),
                "aliases": tuple(facts["aliases"]),
            },
        )


def _column(facts: Mapping[str, Any]) -> Column:
    annotation: Any = Annotated[facts["annotation"], Field(**facts["limits"]), facts["column_type"]]
    return Column(**{**facts, "annotation": annotation})


@dataclass(frozen=True, slots=True)
class RuleCondition:
    """What a rule asks for; speaks every language."""

    expression: Expression
    headers: Mapping[str, str]
    _texts: dict[Language, str] = field(default_factory=dict, compare=False, repr=False)

    def in_language(self, language: Language) -> str:
        """Return the condition in words, which are found once."""
        if language not in self._texts:
            self._texts[language] = words(
                self.expression, lambda name: LazyText(self.headers[name]).in_language(language), language
            )
        return self._texts[language]


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition that every row of a sheet has to meet."""

    code: Code
    expression: Expression
    at: str
    """The column whose cell is shown to the clerk."""
    edition: str = ""
    """The only edition that holds rows to it; else every one that has its columns."""


def rule(  # noqa: PLR0913 - each is a fact of its own
    code: str,
    condition: str,
    *,
    at: str = "",
    severity: str = "error",
    remedy: str = "",
    named: Mapping[str, str] = {},
    edition: str = "",
) -> Rule:
    """Declare a rule, shown at the cell of ``at``, else of the first column it names; ``named`` brings English along."""
    expression = Expression(condition, named)
    level = Severity(severity)
    if not expression.names:
        raise ExpressionError(f"a rule has to name a column: {condition!r}")
    message, brief = "不符合“{condition}”：{values}", remedy or "不符合“{condition}”"
    remedy = remedy or "核对这几格，改正填错的一格"
    return Rule(
        rule_code(code, level, message, remedy, brief),
        expression,
        at or expression.names[0],
        edition,
    )


class SheetType(ModelMetaclass):
    """Class of all sheets. A sheet that was derived from another is pickled by how, any other by where it stands."""


class Sheet(BaseModel, metaclass=SheetType):
    """Base of every sheet; subclasses declare their columns as fields.

    Class arguments: ``table`` (its name in frames and in ``references=``), ``title`` (the sheet's name), ``purpose`` (one
    sentence for its head), ``edition`` (the only edition that has it), ``entity`` (whether its rows are what the other
    sheets are about: a blank reference means its row where a workbook has a single one, and its rows can be duplicates
    and collide). ``consistent_within`` names, by a part of the key, the columns in
    which all of its rows must agree.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    table: ClassVar[str] = ""
    title: ClassVar[str] = ""
    purpose: ClassVar[str] = ""
    aliases: ClassVar[tuple[str, ...]] = ()
    columns: ClassVar[tuple[Column, ...]] = ()
    record_layout: ClassVar[RecordLayout]
    rules: ClassVar[tuple[Rule, ...]] = ()
    consistent_within: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    display_column: ClassVar[str] = ""
    """The column that people know a row by; echoed where the row is referred to."""
    may_be_absent: ClassVar[bool] = False
    """Whether a workbook may lack the sheet."""
    choice_lists: ClassVar[Mapping[str, Choices]] = {}
    """The lists that columns are chosen from, by the names that columns call them."""
    line_reference: ClassVar[Mapping[str, str]] = {}
    """Columns that name, together with a reference, one line of what it refers to: ``{"line": "order_id"}``."""
    only_edition: ClassVar[str] = ""
    """The only edition that has the sheet; without one, all have it."""
    is_entity: ClassVar[bool] = False
    edition_docs: ClassVar[Mapping[str, str]] = {}
    """What an edition says of the sheet instead of its docstring."""
    happened_on: ClassVar[tuple[str, ...]] = ()
    """The days that say when a row happened: the first of them that is filled."""
    carry_over: ClassVar[bool] = False
    """Whether all of its rows go into the next period."""
    open_while: ClassVar[str] = ""
    """What is true of a row, in the rule language, as long as it goes into the next period."""
    detail_title: ClassVar[str] = ""
    """The sheet of a summary that shows its rows, and that the next merge compares with."""
    unknown_text: ClassVar[str] = "查无此编号"
    """What stands for its row where a number is looked up that it does not have."""
    address_column: ClassVar[str] = ""
    """The column of an entity's postal address, by which duplicates are told."""
    region_column: ClassVar[str] = ""
    """The column of an entity's region, which its name may begin with."""

    def __init_subclass__(
        cls, *, table: str = "", purpose: str = "", edition: str = "", entity: bool = False, **_: Any
    ) -> None:
        """Take the class arguments; Pydantic keeps ``title``."""
        cls.table, cls.purpose, cls.only_edition, cls.is_entity = table, purpose, edition, entity

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Take the columns off the fields, and hold every rule to them. Raises ExpressionError for a wrong rule."""
        cls.title = cls.model_config.get("title") or cls.__name__
        for described in cls.model_fields.values():
            if NoneType in get_args(described.annotation):
                described.default = None
        cls.columns = tuple(Column.of(name, field) for name, field in cls.model_fields.items())
        cls.record_layout = _record_layout(cls.columns, cls.display_column)
        for expression in [*(r.expression for r in cls.rules), *(c.formula for c in cls.columns if c.formula)]:
            if unknown := set(expression.names) - cls.model_fields.keys():
                raise ExpressionError(f"{cls.__name__} has no column {sorted(unknown)} for {expression.text!r}")
        if cls.open_while:
            require_rule(Expression(cls.open_while), cls.base_type)
        for one in cls.rules:
            require_rule(one.expression, cls.base_type)
            cls.column(one.at)
        for formula, kind in ((c.formula, c.column_type) for c in cls.columns if c.formula):
            require_formula(formula, kind.base_type, cls.base_type)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let a row be checked as one of a workbook is: Pydantic only puts the values into the instance."""
        declared = handler(source)
        if declared["type"] != "model" or not cls.columns:
            return declared
        blank = core.with_default_schema(core.any_schema(), default=None)
        fields = core.model_fields_schema(
            {column.name: core.model_field(blank) for column in cls.columns},
            model_name=cls.__name__,
            extra_behavior="forbid",
        )
        checked = core.no_info_before_validator_function(cls._checked, fields)
        return {**declared, "schema": checked, "metadata": {**declared.get("metadata", {}), _DECLARED: declared}}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe the columns by their declared types."""
        return handler(schema.get("metadata", {}).get(_DECLARED, schema))

    @classmethod
    def _checked(cls, values: Any) -> Any:
        from .record.check import validated_values

        return validated_values(cls, values)

    @classmethod
    def choices_of(cls, column: Column) -> Choices:
        """Return the list a column is chosen from, empty where it has none."""
        return cls.choice_lists[column.choices] if column.choices else Choices()

    @classmethod
    def with_lists(cls, lists: Mapping[str, Choices]) -> type[Self]:
        """Return the same sheet, its columns chosen from these lists."""
        return _with_lists(cls, dict(lists))

    @classmethod
    def column(cls, name: str) -> Column:
        """Return a column by its name. Raises KeyError where there is none."""
        return next((c for c in cls.columns if c.name == name), None) or cls._unknown(name)

    @classmethod
    def _unknown(cls, name: str) -> Column:
        raise KeyError(f"{cls.__name__} has no column {name!r}")

    @classmethod
    def base_type(cls, name: str) -> BaseType:
        """Return what the values of a column are at bottom."""
        return cls.column(name).column_type.base_type

    @classmethod
    def key(cls) -> tuple[Column, ...]:
        """Return the columns that tell its rows apart."""
        return tuple(c for c in cls.columns if c.key)

    @classmethod
    def headers(cls) -> dict[str, str]:
        """Return the Chinese header of every column by its name."""
        return {c.name: c.header for c in cls.columns}

    @classmethod
    def event_dates(cls) -> tuple[str, ...]:
        """Return the columns whose days say how far the data reach."""
        return tuple(c.name for c in cls.columns if c.event_date)

    @classmethod
    def end_dates(cls) -> tuple[str, ...]:
        """Return the columns of what became of a row later, blank as long as it lies ahead."""
        return tuple(c.name for c in cls.columns if c.ends)

    @classmethod
    def class_arguments(cls) -> dict[str, Any]:
        """Return what stands in the head of the class."""
        told = {"table": cls.table, "title": cls.title, "purpose": cls.purpose}
        return {**told, "edition": cls.only_edition, "entity": cls.is_entity}

    @classmethod
    def for_edition(cls, edition: str) -> type["Sheet"]:
        """Return the sheet as an edition has it: without the columns and rules that only others have."""
        return _for_edition(cls, edition)

    @classmethod
    def with_fields(cls, fields: Mapping[str, tuple[Any, Any]]) -> type["Sheet"]:
        """Return the sheet with other columns in place of, or after, its own; each an annotation and a field."""
        return derived_sheet(cls, cls.__name__, cls.class_arguments(), {}, fields, cls.rules)


def derived_sheet(
    base: type[Sheet],
    name: str,
    arguments: Mapping[str, Any],
    namespace: Mapping[str, Any],
    fields: Mapping[str, tuple[Any, Any]],
    rules: tuple[Rule, ...],
) -> type[Sheet]:
    """Return a sheet made from another: its class arguments, what else its body says, its fields and its rules."""
    body = {
        **namespace,
        **{name: field for name, (_, field) in fields.items()},
        "rules": rules,
        "__annotations__": {name: annotation for name, (annotation, _) in fields.items()},
        "__module__": base.__module__,
    }
    made: Any = types.new_class(name, (base,), dict(arguments), lambda given: given.update(body))
    columns = tuple(made.column(name) for name in fields)
    return _derived(made, _from_columns, base, name, dict(arguments), dict(namespace), columns, rules)


def _from_columns(
    base: type[Sheet],
    name: str,
    arguments: Mapping[str, Any],
    namespace: Mapping[str, Any],
    columns: tuple[Column, ...],
    rules: tuple[Rule, ...],
) -> type[Sheet]:
    return derived_sheet(base, name, arguments, namespace, {c.name: c.declared() for c in columns}, rules)


@cache
def _for_edition(sheet: type[Sheet], edition: str) -> type[Sheet]:
    columns = [c for c in sheet.columns if c.edition in ("", edition)]
    names = {c.name for c in columns}
    rules = tuple(r for r in sheet.rules if r.edition in ("", edition) and names.issuperset(r.expression.names))
    said: Mapping[str, Any] = {
        name: getattr(sheet, name) for name in sheet.__class_vars__ if name not in _MADE_FROM_FIELDS
    }
    said = {**said, "__doc__": sheet.edition_docs.get(edition, sheet.__doc__)}
    fields = {c.name: c.declared() for c in columns}
    made = derived_sheet(Sheet, sheet.__name__, sheet.class_arguments(), said, fields, rules)
    return _derived(made, _for_edition, sheet, edition)


S = TypeVar("S", bound=Sheet)


def _with_lists(sheet: type[S], lists: dict[str, Choices]) -> type[S]:
    new: Any = type(sheet)
    namespace = {"__module__": sheet.__module__, "__doc__": sheet.__doc__, "choice_lists": lists}
    made: type[S] = new(sheet.__name__, (sheet,), namespace, **sheet.class_arguments())
    _derived(made, _with_lists, sheet, lists)
    return made


def _derived(made: type[Sheet], function: Callable[..., type[Sheet]], *arguments: Any) -> type[Sheet]:
    type.__setattr__(made, _DERIVATION, (function, arguments))
    return made


def _reduce(sheet: Any) -> Any:
    return sheet.__dict__.get(_DERIVATION, sheet.__qualname__)


copyreg.pickle(SheetType, _reduce)


def _record_layout(columns: Sequence[Column], display_column: str) -> RecordLayout:
    indexed = list(enumerate(columns))
    return RecordLayout(
        index={column.name: i for i, column in indexed},
        key=tuple(i for i, column in indexed if column.key),
        display=next((i for i, column in indexed if column.name == display_column), None),
        references=tuple((i, column.references) for i, column in indexed if column.references),
        money=tuple(i for i, column in indexed if column.column_type.name == "money"),
        event_dates=tuple(i for i, column in indexed if column.event_date),
        stored=tuple(i for i, column in indexed if not column.lookup),
    )
