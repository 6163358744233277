"""What a column is: its header, its type, and the facts that template, checks and figures derive from."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property, partial
from types import NoneType
from typing import Annotated, Any, get_args

from pydantic import Field
from pydantic.fields import FieldInfo
from pydantic_core import SchemaValidator

from .column_type import ColumnType, flattened, limits_of
from .core_schema import strict_schema
from .rules.expression import Expression

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
        kind = next((fact for fact in flattened(metadata) if isinstance(fact, ColumnType)), None)
        extra = field.json_schema_extra
        facts: Any = extra.get("column") if isinstance(extra, dict) else None
        if kind is None or facts is None:
            missing = "a column type, such as Text or Quantity" if kind is None else "a header: = column(…)"
            raise TypeError(f"the field {name!r} of a sheet needs {missing}")
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
