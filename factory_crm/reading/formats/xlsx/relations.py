"""Where the parts of a package lead: their relationships, resolved to part names."""

from collections.abc import Mapping
from typing import NamedTuple

from ....i18n.translate import LazyText
from ....problems.codes import BAD_XML
from ....xlsx.package import kind_of, relationships_of, resolve
from . import xml
from .parts import Package


class Relation(NamedTuple):
    """One relationship: its kind (the last word of its type) and the part it leads to, or an address outside the file."""

    kind: str
    target: str
    external: bool


def relations(package: Package, part: str) -> Mapping[str, Relation]:
    """Return a part's relationships by their id; the package's own for ``''``; none where it has none. Raises ``Refused``."""
    listing = relationships_of(part)
    by_id: dict[str, Relation] = {}

    def start(element: str, attributes: dict[str, str]) -> None:
        if xml.local(element) == "Relationship":
            own = attributes.get("Id", "")
            if own in by_id:  # nobody could say which is meant
                raise package.guard.refuse(BAD_XML, part=listing)
            by_id[own] = _relation(part, attributes)
            if len(by_id) > package.guard.limits.entries:
                raise package.guard.too_large(LazyText("内部部件数"), package.guard.limits.entries)

    if package.has(listing):
        xml.parse(package, listing, start)
    return by_id


def target_of(related: Mapping[str, Relation], kind: str) -> str:
    """Return the part the first inner relationship of that kind leads to, ``''`` where there is none."""
    return next((one.target for one in related.values() if one.kind == kind and not one.external), "")


def _relation(part: str, attributes: Mapping[str, str]) -> Relation:
    kind, target = kind_of(attributes.get("Type", "")), attributes.get("Target", "")
    external = attributes.get("TargetMode") == "External"
    return Relation(kind, target if external else resolve(part, target), external)
