"""Validate one cell: parse it as its column's type, then hold it to the column's limits by Pydantic."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, Self

from pydantic_core import ValidationError

from ...i18n.translate import LazyText, TextList
from ...problems import codes
from ...problems.code import Code
from .. import column_type
from ..column import Column
from ..column_type import Choices, Parsed
from ..parsers.text import display_text, identifier
from .bounded_cache import BoundedCache
from .values import BrokenCell, Raw

_CODES_OF_LIMITS: Mapping[str, Code] = {
    "greater_than": codes.OUT_OF_RANGE,
    "greater_than_equal": codes.OUT_OF_RANGE,
    "less_than": codes.OUT_OF_RANGE,
    "less_than_equal": codes.OUT_OF_RANGE,
    "int_type": codes.OUT_OF_RANGE,
    "int_from_float": codes.OUT_OF_RANGE,
    "decimal_max_places": codes.TOO_MANY_DECIMALS,
    "string_too_long": codes.TOO_LONG,
}
_MOST_VALUES = 20_000
"""Different values of one column that are cached."""
NEEDS_FULL_CHECK: Final = object()
"""Stands for the value of a cell that ``CellValidator`` has to validate in full: it is blank, or has a problem."""


class CellResult(NamedTuple):
    """The result of validating a cell: its value and, where there is a problem, the code with its params."""

    value: Any
    code: Code | None = None
    params: Mapping[str, Any] = {}

    @property
    def invalid(self) -> bool:
        """Whether the value can't be used."""
        return self.code is not None and self.code.severity is codes.Severity.ERROR


class CellValidator:
    """Validates the cells of one column; equal cells are validated once."""

    def __init__(self, column: Column, choices: Choices) -> None:
        """Take the column and the list it is chosen from."""
        self._column, self._choices = column, choices
        self._understand = column.column_type.parse
        plain = column.column_type.identity
        self._is_identity = plain.fullmatch if plain else _never
        self._validate = column.validator.validate_python
        self._results = BoundedCache[tuple[type, Raw], CellResult](_MOST_VALUES)

    def __call__(self, raw: Raw) -> CellResult:
        """Return the value of a cell and its problem; blank texts are blank."""
        key = (type(raw), raw)  # True == 1.0, but a cell that says TRUE is no number
        return self._results.get(key) or self._results.put(key, self._validated(raw))

    def fast_value(self, raw: Raw) -> Any:
        """Return the value of a cell without a problem, as nearly all are; ``NEEDS_FULL_CHECK`` for any other."""
        if type(raw) is BrokenCell:
            return NEEDS_FULL_CHECK
        if type(raw) is str and self._is_identity(raw):
            value: Any = raw
        else:
            value, code, _ = self._understand(raw, self._choices)  # type: ignore[arg-type]
            if code is not None or value is None or value == "":
                return NEEDS_FULL_CHECK
        try:
            self._validate(value)
        except ValidationError:
            return NEEDS_FULL_CHECK
        return value

    def parsed_value(self, raw: Raw) -> Any:
        """Return the value of a cell, whether or not the column's limits allow it; ``None`` where it has none."""
        return None if isinstance(raw, BrokenCell) else self._understand(raw, self._choices).value

    def _validated(self, raw: Raw) -> CellResult:
        if isinstance(raw, BrokenCell):
            return CellResult(None, raw.code, {"value": raw.text, **expectation(self._column, self._choices)})
        reading = self._understand(raw, self._choices)
        if reading.ok and reading.value not in (None, ""):
            reading = self._check_limits(reading, raw)
        if reading.code is None:
            return CellResult(reading.value if reading.value != "" else None)
        return CellResult(reading.value, reading.code, {**expectation(self._column, self._choices), **reading.params})

    def _check_limits(self, reading: Parsed, raw: column_type.RawValue) -> Parsed:
        try:
            self._validate(reading.value)
        except ValidationError as refusal:
            first = refusal.errors(include_url=False, include_context=True)[0]
            code = _CODES_OF_LIMITS.get(first["type"], codes.UNPARSABLE)
            if code is codes.UNPARSABLE and self._column.column_type.parse is identifier:
                code = codes.NOT_A_RECORD_ID
            facts = {"value": display_text(raw)}
            if code is codes.TOO_LONG:
                facts |= {"length": str(len(reading.value)), "limit": str(first.get("ctx", {}).get("max_length"))}
            return Parsed(None, code, facts)
        return reading


def _never(_: str) -> None:
    return None


class ValueFormatter(NamedTuple):
    """Formats the values of one column for messages: choices in every language, a factory's own ones too."""

    own: dict[str, str] | None
    """The choices by their spelling, ``None`` where there is no list; plain values, since problems are pickled."""

    @classmethod
    def of(cls, column: Column, choices: Choices) -> Self:
        """Take the column and the list it is chosen from."""
        return cls({str(choice): choice for choice in choices.values} if column.choices else None)

    def __call__(self, value: Any) -> str | TextList:
        """Return a value as messages show it."""
        if self.own is None:
            return display_text(value)
        return TextList(self.own.get(part, part) for part in display_text(value).split("、"))  # zh only


class FastValues(BoundedCache[Raw, Any]):
    """The values of one column's cells by what they hold, ``NEEDS_FULL_CHECK`` for a blank or a problem.

    Nearly all cells of a workbook are found here, or have no problem, and cost no more than ``fast_value``.
    """

    def __init__(self, validator: CellValidator, header: str, *, unique: bool = False) -> None:
        """``header``: needs the full check where it is repeated among the rows · ``unique``: equal cells are not expected."""
        super().__init__(_MOST_VALUES)
        self._validator, self._header, self._unique = validator, header, unique

    def __missing__(self, raw: Raw) -> Any:
        value = NEEDS_FULL_CHECK if raw == self._header else self._validator.fast_value(raw)
        return value if self._unique or raw in (0, 1) else self.put(raw, value)  # TRUE equals 1, but is no number


def expectation(column: Column, choices: Choices) -> dict[str, Any]:
    """Return the params of a problem that say what a column expects."""
    return {"expected": LazyText(column.column_type.expected), "choices": TextList(choices.values)}
