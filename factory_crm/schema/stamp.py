"""How our own workbooks are known again: a stamp in each, carried three ways so that one survives any program's saving."""

from collections.abc import Mapping
from typing import NamedTuple, Self

from ..i18n.translate import LANGUAGES, Language
from .layout import META_TITLE
from .workbook import WorkbookSchema

SCHEMA = "factory_crm"
"""Whose workbooks these are."""
DEFINED_NAME = "FC_SCHEMA"
"""The defined name that holds ``Stamp.text()``."""
META_SHEET = META_TITLE
"""The hidden sheet that holds ``Stamp.facts()``: names in its first column, values in its second."""
PROPERTY_PREFIX = "factory_crm."
"""What the names of ``Stamp.facts()`` begin with as custom document properties."""


class Stamp(NamedTuple):
    """What a workbook of ours says of itself: its kind (``template``, ``summary`` …) and the schema it was made from."""

    kind: str
    schema: str
    version: str
    fingerprint: str
    language: Language = "zh"

    @classmethod
    def of(cls, schema: WorkbookSchema, kind: str, language: Language = "zh") -> Self:
        """Return the stamp of a workbook made from that schema."""
        return cls(kind, SCHEMA, schema.version, schema.fingerprint, language)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read ``text()`` back, quoted or not; ``None`` for anything that is no stamp of ours."""
        match text.strip().lstrip("=").strip('"').split("/"):
            case [schema, version, fingerprint, kind, language]:
                facts = {"schema": schema, "version": version, "fingerprint": fingerprint, "kind": kind}
                return cls.from_facts({**facts, "language": language})
        return None

    @classmethod
    def from_facts(cls, facts: Mapping[str, object]) -> Self | None:
        """Read ``facts()`` back, with or without their prefix; ``None`` for anything that is no stamp of ours."""
        bare = {name.removeprefix(PROPERTY_PREFIX): str(value) for name, value in facts.items()}
        kind, version, fingerprint = (bare.get(name, "") for name in ("kind", "version", "fingerprint"))
        language = next((known for known in LANGUAGES if known == bare.get("language")), None)
        if bare.get("schema") != SCHEMA or not (kind and version and fingerprint and language):
            return None
        return cls(kind, SCHEMA, version, fingerprint, language)

    def text(self) -> str:
        """Return the stamp as one line: ``factory_crm/1.0.0/0123456789abcdef/template/zh``."""
        return f"{self.schema}/{self.version}/{self.fingerprint}/{self.kind}/{self.language}"

    def facts(self) -> dict[str, str]:
        """Return the stamp as names and values."""
        return self._asdict()
