"""Parse, edit and serialise small XML parts safely."""

from typing import Any

from lxml import etree

from ..problems.codes import BAD_XML, FORBIDDEN_XML
from ..reading.guard import Guard
from ..xlsx.package import MAIN

Element = etree._Element  # noqa: SLF001 - lxml's only name for the type
_MAIN: dict[Any, str] = {None: MAIN}


def qualified(name: str, namespace: str = MAIN) -> str:
    """Return an element's name as lxml writes it."""
    return f"{{{namespace}}}{name}"


def local(element: Element) -> str:
    """Return an element's name without its namespace, ``''`` for a comment."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def parsed(content: bytes, guard: Guard, part: str) -> Element:
    """Return the root of a part. Raises ``Refused``: no document type, so no entities, and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise guard.refuse(BAD_XML, part=part) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise guard.refuse(FORBIDDEN_XML, part=part)
    return root


def serialised(root: Element) -> bytes:
    """Return a part's bytes."""
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def new_element(name: str, text: str | None = None, /, **attributes: object) -> Element:
    """Return a new element of the spreadsheet's own namespace."""
    element = etree.Element(qualified(name), {key: str(value) for key, value in attributes.items()}, nsmap=_MAIN)
    element.text = text
    return element


def child(root: Element, name: str) -> Element | None:
    """Return the first child of that name, whatever its namespace."""
    return next((element for element in root if local(element) == name), None)


def insert(root: Element, element: Element, order: tuple[str, ...]) -> Element:
    """Put an element where the schema wants it: before the first that comes after it."""
    rank = order.index(local(element))
    later = (i for i, other in enumerate(root) if local(other) in order and order.index(local(other)) > rank)
    root.insert(next(later, len(root)), element)
    return element
