"""What Pydantic holds the values of a column to; a ``TypeAdapter`` comes to the same, at many times the cost of starting."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import UnionType
from typing import Any, get_args, get_origin

from pydantic_core import CoreSchema
from pydantic_core import core_schema as core

_SCHEMAS: Mapping[type, Callable[..., CoreSchema]] = {
    str: core.str_schema,
    int: core.int_schema,
    Decimal: core.decimal_schema,
    date: core.date_schema,
    datetime: core.datetime_schema,
}


def strict_schema(kind: Any, limits: Mapping[str, Any]) -> CoreSchema:
    """Return the schema of a type within those limits, which takes nothing for what it is not."""
    if isinstance(kind, UnionType):
        return core.union_schema([strict_schema(one, limits) for one in get_args(kind)])
    if get_origin(kind) is tuple:
        return core.tuple_variable_schema(strict_schema(get_args(kind)[0], {}), strict=True, **limits)
    return _SCHEMAS[kind](strict=True, **limits)
