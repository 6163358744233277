"""How cells look, by the properties of a cell format: named looks of columns, and how values are painted by what they are."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from ..xlsx import theme

Style = Mapping[str, Any]
"""Properties of a cell format beside the body's own: ``bold``, ``font_size``, ``font_color``, ``bg_color``, ``align``, …"""
LOOKS: dict[str, dict[str, Any]] = {
    "plain": {},
    "text": {"indent": 1},
    "wrapped": {"text_wrap": True, "indent": 1},
    "centre": {"align": "center"},
    "number": {"align": "center", "num_format": "@"},
    "count": {"align": "center", "num_format": "#,##0"},
    "whole": {"align": "right", "num_format": "#,##0"},
    "quantity": {"align": "right"},  # Excel shows 500 as "500." wherever decimals are optional
    "price": {"align": "right", "num_format": "#,##0.00####"},
    "money": {"align": "right", "num_format": "#,##0.00"},
    "score": {"align": "center", "num_format": "0.00"},
    "rate": {"align": "right", "num_format": "0.0%"},
    "share": {"align": "right", "num_format": "0%"},
    "days": {"align": "center", "num_format": "0.0"},
    "day": {"align": "center", "num_format": "yyyy-mm-dd"},
    "moment": {"align": "center", "num_format": "yyyy-mm-dd hh:mm"},
}
QUIET: Style = {
    "font_color": theme.MUTED, "align": "center", "bg_color": theme.WHITE, "text_wrap": True, "border": 1, "border_color": theme.LINE,
}  # fmt: skip
"""Of what is said where there is nothing to show."""
LINK: Style = {"font_color": theme.BRAND_2, "underline": 1, "font_size": 9}
NOTICE: Style = {
    "bold": True, "font_size": 11, "bg_color": theme.WARN_SOFT, "font_color": theme.WARN, "indent": 1, "shrink": True,
}  # fmt: skip
"""Of the sentence in which a page says what matters most."""


class Emphasis(NamedTuple):
    """How a cell is painted; what is None stays as it is."""

    font_color: str | None = None
    bg_color: str | None = None
    bold: bool | None = None

    def properties(self) -> dict[str, Any]:
        """Return what is set, as properties of a cell format."""
        return {name: value for name, value in self._asdict().items() if value is not None}


Tone = Literal["good", "bad", "missing"] | Emphasis


class DataBar(NamedTuple):
    """Shows how large each number is beside the others, or beside ``most``."""

    most: float | None = None


class Equals(NamedTuple):
    """Paints the cells that hold exactly a text."""

    text: str
    tone: Tone


class AtLeast(NamedTuple):
    """Paints numbers from ``least`` on."""

    least: float
    tone: Tone


class Between(NamedTuple):
    """Paints numbers from ``low`` to ``high``, both included."""

    low: float
    high: float
    tone: Tone


class Heat(NamedTuple):
    """Colours numbers from bad (``low``) over ``middle`` to good (``high``)."""

    low: float
    middle: float
    high: float


FormatRule = DataBar | Equals | AtLeast | Between | Heat


class Paint(NamedTuple):
    """A rule for the values of a table's column, counted from 0; for ``rows`` rows where not just for the table's own."""

    column: int
    rule: FormatRule
    rows: int | None = None


class Dropdown(NamedTuple):
    """What may be chosen in each row of a table's column; None where nothing is."""

    column: int
    choices: Sequence[Sequence[str] | None]
    title: str
    hint: str
    refusal: str
    """Said to what is not among the choices."""
