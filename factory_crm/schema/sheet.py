"""What a sheet declares: its columns, rules and facts, and the sheets derived from it for an edition or with lists."""

import copyreg
import types
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, cast, get_args

from pydantic import BaseModel, ConfigDict

from .column import Column
from .column_type import Choices
from .record_layout import RecordLayout
from .rule import Rule
from .rules.expression import Expression, ExpressionError
from .rules.functions import BaseType
from .rules.typecheck import require_formula, require_rule

if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)

_DERIVATION = "__derivation__"
_MADE_FROM_FIELDS = frozenset(
    {"columns", "record_layout", "rules", "table", "title", "purpose", "only_edition", "is_entity"}
)


class SheetType(ModelMetaclass):
    """Class of all sheets. A sheet that was derived from another is pickled by how, any other by where it stands."""


class DeclaredSheet(BaseModel, metaclass=SheetType):
    """What a sheet declares, before anything checks a row of it: the base of ``Sheet``.

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
    def for_edition(cls, edition: str) -> type[Self]:
        """Return the sheet as an edition has it: without the columns and rules that only others have."""
        return cast("type[Self]", _for_edition(cls, edition))

    @classmethod
    def with_fields(cls, fields: Mapping[str, tuple[Any, Any]]) -> type[Self]:
        """Return the sheet with other columns in place of, or after, its own; each an annotation and a field."""
        return derived_sheet(cls, cls.__name__, cls.class_arguments(), {}, fields, cls.rules)


S = TypeVar("S", bound=DeclaredSheet)


def derived_sheet(
    base: type[S],
    name: str,
    arguments: Mapping[str, Any],
    namespace: Mapping[str, Any],
    fields: Mapping[str, tuple[Any, Any]],
    rules: tuple[Rule, ...],
) -> type[S]:
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
    base: type[S],
    name: str,
    arguments: Mapping[str, Any],
    namespace: Mapping[str, Any],
    columns: tuple[Column, ...],
    rules: tuple[Rule, ...],
) -> type[S]:
    return derived_sheet(base, name, arguments, namespace, {c.name: c.declared() for c in columns}, rules)


@cache
def _for_edition(sheet: type[DeclaredSheet], edition: str) -> type[DeclaredSheet]:
    columns = [c for c in sheet.columns if c.edition in ("", edition)]
    names = {c.name for c in columns}
    rules = tuple(r for r in sheet.rules if r.edition in ("", edition) and names.issuperset(r.expression.names))
    said: Mapping[str, Any] = {
        name: getattr(sheet, name) for name in sheet.__class_vars__ if name not in _MADE_FROM_FIELDS
    }
    said = {**said, "__doc__": sheet.edition_docs.get(edition, sheet.__doc__)}
    fields = {c.name: c.declared() for c in columns}
    made = derived_sheet(_root(sheet), sheet.__name__, sheet.class_arguments(), said, fields, rules)
    return _derived(made, _for_edition, sheet, edition)


def _root(sheet: type[DeclaredSheet]) -> type[DeclaredSheet]:
    """Return the class without columns that the sheet comes from."""
    return next(base for base in sheet.__mro__ if issubclass(base, DeclaredSheet) and not base.columns)


def _with_lists(sheet: type[S], lists: dict[str, Choices]) -> type[S]:
    new: Any = type(sheet)
    namespace = {"__module__": sheet.__module__, "__doc__": sheet.__doc__, "choice_lists": lists}
    made: type[S] = new(sheet.__name__, (sheet,), namespace, **sheet.class_arguments())
    _derived(made, _with_lists, sheet, lists)
    return made


def _derived(made: type[S], function: Callable[..., type[DeclaredSheet]], *arguments: Any) -> type[S]:
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
