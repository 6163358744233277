"""What the document properties say: by whom, when and by what the workbook was saved. Never a reason to refuse a file."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from ...guard import Refused
from . import xml
from .parts import Package
from .relations import relations, target_of

MOST_BYTES = 1 << 20
"""Bytes of a property part that is looked at; a longer one is taken for absent."""


_PROPERTY_LEVEL = 2


class Properties(NamedTuple):
    """The properties of a workbook that are of use here."""

    custom: Mapping[str, str] = {}
    """The custom properties by their name."""
    modified: datetime | None = None
    """When it was last saved, in UTC."""
    application: str = ""
    """What it was saved with, by its own account."""


def read_properties(package: Package) -> Properties:
    """Read the property parts; what is missing, damaged or too long is left out."""
    core = _texts(package, "core-properties")
    app = _texts(package, "extended-properties")
    return Properties(
        custom={
            name: text
            for (element, name), text in _texts(package, "custom-properties").items()
            if element == "property"
        },
        modified=_utc(core.get(("modified", ""), "")),
        application=app.get(("Application", ""), ""),
    )


def _texts(package: Package, kind: str) -> dict[tuple[str, str], str]:
    """Return the texts of the elements under the root, by the element's local name and its ``name``."""
    texts: dict[tuple[str, str], str] = {}
    level = 0
    key = ("", "")
    buffer: list[str] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal level, key
        level += 1
        if level == _PROPERTY_LEVEL:
            key = (xml.local(element), attributes.get("name", ""))
            buffer.clear()

    def end(_: str) -> None:
        nonlocal level
        if level == _PROPERTY_LEVEL:
            texts.setdefault(key, "".join(buffer).strip())
        level -= 1

    try:
        part = target_of(relations(package, ""), kind)
        if part:
            xml.parse(package, part, start, end, buffer.append, most=MOST_BYTES)
    except Refused:
        return {}
    return texts


def _utc(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
