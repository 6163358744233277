"""The package of a workbook: how its parts are named, how they lead to each other, the namespaces of their XML."""

import posixpath

CONTENT_TYPES = "[Content_Types].xml"
"""The part that says of what type every part is."""
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONSHIPS, TYPES = f"{PACKAGE}/relationships", f"{PACKAGE}/content-types"
"""The namespaces of the parts that list relationships and content types."""
RELATION_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
"""What the type of a relationship begins with; also the namespace of ``r:id``."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
"""The namespaces of a workbook's own elements: transitional, which nearly every program writes, and strict."""


def part_key(name: str) -> str:
    """Return the name of a part as names are compared: without regard to case and to the direction of slashes."""
    return name.replace("\\", "/").lstrip("/").lower()


def relationships_of(part: str) -> str:
    """Return the name of the part that lists a part's relationships, the package's own for ``''``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolve(part: str, target: str) -> str:
    """Return the name of the part that a relationship of ``part`` leads to."""
    target = target.replace("\\", "/")
    absolute = target if target.startswith("/") else posixpath.join("/", posixpath.dirname(part), target)
    return posixpath.normpath(absolute).lstrip("/")


def kind_of(relationship_type: str) -> str:
    """Return the kind of a relationship: the last word of its type, such as ``worksheet``."""
    return relationship_type.rpartition("/")[2]
