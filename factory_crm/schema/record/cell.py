"""One cell: understood as its column's kind, then held to its limits by Pydantic."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, Self

from pydantic_core import ValidationError

from ...i18n.translate import LazyText, TextList
from ...problems import codes
from ...problems.code import Code
from .. import column_type
from ..column_type import Choices, Parsed
from ..model import Column
from ..parsers.text import display_text, identifier
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
_REMEMBERED = 20_000
NEEDS_FULL_CHECK: Final = object()
"""Marks a cell that ``CellValidator`` has to judge in full: it is blank, or has a problem."""


class CellResult(NamedTuple):
    """What became of a cell: its value and, where something is to be said, the code with its facts."""

    value: Any
    code: Code | None = None
    params: Mapping[str, Any] = {}

    @property
    def invalid(self) -> bool:
        """Whether the value can't be used."""
        return self.code is not None and self.code.severity is codes.Severity.ERROR


class CellValidator:
    """Judges the cells of one column; equal cells are judged once."""

    def __init__(self, column: Column, choices: Choices) -> None:
        """Take the column and the list it is chosen from."""
        self._column, self._choices = column, choices
        self._understand = column.column_type.parse
        plain = column.column_type.identity
        self._is_identity = plain.fullmatch if plain else _never
        self._validate = column.validator.validate_python
        self._remembered: dict[tuple[type, Raw], CellResult] = {}

    def __call__(self, raw: Raw) -> CellResult:
        """Return what the cell means; blank texts are blank."""
        known = (type(raw), raw)  # True == 1.0, but a cell that says TRUE is no number
        result = self._remembered.get(known)
        if result is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            result = self._remembered[known] = self._validated(raw)
        return result

    def fast_value(self, raw: Raw) -> Any:
        """Return the value of a cell of which nothing is to be said, as nearly always; ``ODD`` for any other."""
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
        """Return what a cell means, whether or not the column allows it; ``None`` where it means nothing."""
        return None if isinstance(raw, BrokenCell) else self._understand(raw, self._choices).value

    def _validated(self, raw: Raw) -> CellResult:
        if isinstance(raw, BrokenCell):
            return CellResult(None, raw.code, {"value": raw.text, **expectation(self._column, self._choices)})
        reading = self._understand(raw, self._choices)
        if reading.ok and reading.value not in (None, ""):
            reading = self._held_to_limits(reading, raw)
        if reading.code is None:
            return CellResult(reading.value if reading.value != "" else None)
        return CellResult(reading.value, reading.code, {**expectation(self._column, self._choices), **reading.params})

    def _held_to_limits(self, reading: Parsed, raw: column_type.RawValue) -> Parsed:
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
    """Says the values of one column: choices speak both languages, a factory's own ones too."""

    own: dict[str, str] | None
    """The choices by how they are written, ``None`` where there is no list; it travels with problems to other processes."""

    @classmethod
    def of(cls, column: Column, choices: Choices) -> Self:
        """Take the column and the list it is chosen from."""
        return cls({str(choice): choice for choice in choices.values} if column.choices else None)

    def __call__(self, value: Any) -> str | TextList:
        """Return a value as it is told."""
        if self.own is None:
            return display_text(value)
        return TextList(self.own.get(part, part) for part in display_text(value).split("、"))  # zh only


class FastValues(dict[Raw, Any]):
    """What the cells of one column mean; worked out once for equal ones. ``ODD`` where one has to be judged by itself."""

    def __init__(self, validator: CellValidator, header: str, *, hardly_twice: bool = False) -> None:
        """The header, printed again further down, is no plain cell either; what comes ``hardly_twice`` is not remembered."""
        super().__init__({header: NEEDS_FULL_CHECK})
        self._judge, self._header, self._hardly_twice = validator, header, hardly_twice

    def __missing__(self, raw: Raw) -> Any:
        value = self._judge.fast_value(raw)
        if self._hardly_twice or raw in (0, 1):  # which TRUE and FALSE equal
            return value
        if len(self) >= _REMEMBERED:
            self.clear()
            self[self._header] = NEEDS_FULL_CHECK
        self[raw] = value
        return value


def expectation(column: Column, choices: Choices) -> dict[str, Any]:
    """Return the facts that say what a column wants."""
    return {"expected": LazyText(column.column_type.expected), "choices": TextList(choices.values)}
