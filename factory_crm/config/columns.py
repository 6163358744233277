"""The columns of a ``factory.toml``: from what the file says to what a sheet declares."""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any, NamedTuple

from pydantic import Field
from pydantic_core import SchemaError, SchemaValidator

from ..i18n.translate import LazyFormat, LazyText, own_text
from ..problems import codes
from ..schema.column import Column, column
from ..schema.column_type import Choices, ColumnType, LiveCheck, column_type_of, limits_of
from ..schema.core_schema import strict_schema
from ..schema.types import CONFIG_TYPES
from .errors import ConfigErrors, Path
from .file import ColumnPart
from .lists import TextLookup, are_distinct

_CHANGEABLE = ("choices", "depends_on", "note", "example", "aliases", "blank", "costs")
_UNLIMITED = (LiveCheck.PHONE, LiveCheck.EMAIL, LiveCheck.CREDIT_CODE)
"""Texts of a form of their own, which takes no further limits."""


class DeclaredColumn(NamedTuple):
    """A column as a sheet declares it: its annotation and its field."""

    annotation: Any
    field: Any


class ColumnBuilder:
    """Makes the columns of one table."""

    def __init__(self, choices: dict[str, Choices], tables: list[str], tell: TextLookup, errors: ConfigErrors) -> None:
        """Take the lists and tables that there are."""
        self._choices, self._tables, self._tell, self._mistakes = choices, tables, tell, errors

    def new(self, part: ColumnPart, path: Path) -> DeclaredColumn | None:
        """Return a column of the factory's own, ``None`` where it can't be made."""
        if part.header is None:
            self._mistakes.add(codes.MISSING_KEY, (*path, "header"), key="header")
            return None
        name = part.kind or ("choice" if part.choices else "text" if part.echoes else "")
        if not name:
            self._mistakes.add(codes.MISSING_KEY, (*path, "kind"), key="kind")
            return None
        if not self._leads_somewhere(part, name, path):
            return None
        annotation = self._limited(part, name, path)
        if annotation is None:
            return None
        may_be_blank = any((part.blank, part.formula, part.echoes, part.costs, part.made_from))
        return DeclaredColumn(annotation | None if may_be_blank else annotation, self._field(part, part.header))

    def changed(self, before: Column, part: ColumnPart, path: Path) -> DeclaredColumn | None:
        """Return a built-in column as the factory wants it: with a list, a note, an example, made required."""
        fields_set = part.model_fields_set - set(_CHANGEABLE)
        for key in sorted(fields_set):
            changeable = "、".join(_CHANGEABLE)  # zh only
            self._mistakes.invalid((*path, key), key, "自带的列只能改：{known}", known=changeable)  # zh only
        annotation = before.annotation
        if part.choices:
            if part.choices not in self._choices:
                self._mistakes.unknown((*path, "choices"), "列表", part.choices, self._choices)
                return None
            if before.column_type.name not in ("text", "choice", "choices"):
                self._mistakes.invalid((*path, "choices"), part.choices, "只用在文字列和选项列")
                return None
            annotation = CONFIG_TYPES["choice"] if before.column_type.name == "text" else annotation
        if part.blank and before.required:
            self._mistakes.invalid((*path, "blank"), "true", "false：必填的列不能改成选填")
        column = replace(
            before,
            annotation=annotation,
            hint=self._tell(part.note) if part.note else before.hint,
            may_be_blank=before.may_be_blank and part.blank is not False,
            recommended_for=self._tell(part.costs) if part.costs else before.recommended_for,
            choices=part.choices or before.choices,
            depends_on=part.depends_on or before.depends_on,
            aliases=(*before.aliases, *part.aliases),
            example=before.example if part.example is None else example(part.example, self._tell),
        )
        return DeclaredColumn(*column.declared())

    def _field(self, part: ColumnPart, header: str) -> Any:
        return column(
            self._tell(header),
            self._tell(part.note) if part.note else "",
            key=part.key,
            references=part.refers,
            lookup=part.echoes,
            formula=part.formula,
            event_date=part.event,
            key_from=tuple(part.made_from),
            recommended_for=self._tell(part.costs) if part.costs else "",
            choices=part.choices,
            depends_on=part.depends_on,
            aliases=tuple(part.aliases),
            example=example(part.example, self._tell),
        )

    def _leads_somewhere(self, part: ColumnPart, kind: str, path: Path) -> bool:
        before = len(self._mistakes.problems)
        if part.choices and part.choices not in self._choices:
            self._mistakes.unknown((*path, "choices"), "列表", part.choices, self._choices)
        elif part.choices and kind == "choices" and not are_distinct(self._choices[part.choices]):
            self._mistakes.invalid(
                (*path, "choices"), part.choices, "可选几项的列表，选项里不能有顿号、逗号、分号和斜线"
            )
        if bool(part.choices) is not (kind in ("choice", "choices")):
            self._mistakes.invalid(
                (*path, "choices"), part.choices or "—", 'choices 与 kind = "choice"（或 "choices"）同时写'
            )
        if part.refers and part.refers not in self._tables:
            self._mistakes.unknown((*path, "refers"), "表", part.refers, self._tables)
        if part.refers and kind != "number":
            self._mistakes.invalid((*path, "kind"), kind, '引用别的表时 kind 是 "number"')
        if part.event and kind not in ("day", "moment"):
            self._mistakes.invalid((*path, "event"), "true", '只用在 kind 是 "day" 或 "moment" 的列')
        return len(self._mistakes.problems) == before

    def _limited(self, part: ColumnPart, kind_name: str, path: Path) -> Any:
        """Return the type of a kind with the limits of the file, ``None`` where they can't be."""
        origin: Any = CONFIG_TYPES[kind_name].__origin__
        kind = column_type_of(CONFIG_TYPES[kind_name])
        limits = limits_of(CONFIG_TYPES[kind_name].__metadata__)
        ranged, texts = part.min is not None or part.max is not None, part.length is not None or bool(part.pattern)
        if ranged and kind.base_type != "number":
            self._mistakes.invalid(
                (*path, "min" if part.min is not None else "max"), kind_name, "min 和 max 只用在数字列"
            )
            return None
        if texts and (kind.base_type != "text" or part.choices or kind.live in _UNLIMITED):
            self._mistakes.invalid(
                (*path, "length" if part.length else "pattern"), kind_name, "length 和 pattern 只用在文字列"
            )
            return None
        if part.min is not None:
            limits = {**{n: v for n, v in limits.items() if n != "gt"}, "ge": part.min}
        if part.max is not None:
            limits = {**{n: v for n, v in limits.items() if n != "lt"}, "le": part.max}
        if part.min is not None and part.max is not None and part.min > part.max:
            self._mistakes.invalid((*path, "max"), part.max, "不小于 min 的数")
            return None
        limits |= {"max_length": part.length} if part.length else {}
        limits |= {"pattern": part.pattern} if part.pattern else {}
        wanted = replace(kind, expected=self._wanted(part, kind))
        annotation: Any = Annotated[origin, Field(**limits), wanted]
        try:
            SchemaValidator(strict_schema(origin, limits))
        except SchemaError:
            self._mistakes.invalid((*path, "pattern"), part.pattern, "一个正则表达式")
            return None
        return annotation

    def _wanted(self, part: ColumnPart, column_type: ColumnType) -> str:
        """What messages ask for."""
        if part.wants:
            return self._tell(part.wants)
        if part.min is None and part.max is None:
            return column_type.expected
        bounds = " ".join([f"≥ {part.min}"] * (part.min is not None) + [f"≤ {part.max}"] * (part.max is not None))
        expected = LazyText(column_type.expected)
        return own_text(LazyFormat("{expected}，{bounds}", {"expected": expected, "bounds": bounds}))


def example(value: Any, tell: TextLookup) -> Any:
    """Return an example as columns hold them."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "minutes")
    return value if value is None or isinstance(value, date) else tell(str(value)) if isinstance(value, str) else value


def check_example(one: Column, choices: Choices, path: Path, errors: ConfigErrors) -> None:
    """Note an example that the column itself would refuse."""
    if one.example is None:
        return
    raw = float(one.example) if isinstance(one.example, int | float) else one.example
    raw = raw if isinstance(raw, str | float) else str(raw)
    reading = one.column_type.parse(raw, choices)
    try:
        good = reading.ok and (reading.value is None or one.validator.validate_python(reading.value) is not None)
    except ValueError:
        good = False
    if not good:
        errors.add(
            codes.EXAMPLE, (*path, "example"), value=str(one.example), expected=LazyText(one.column_type.expected)
        )
