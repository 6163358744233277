"""The workbook part: which sheets there are and where, the names it defines, and its date system."""

from collections.abc import Mapping
from typing import cast

from ....i18n.translate import LazyText
from ....problems.codes import BAD_XML, DUPLICATE_PART, EXTERNAL_PART, MISSING_PART, NO_SHEETS, OTHER_KIND
from ...file_kinds import kind_of_package
from ...grid import SheetInfo, State
from . import xml
from .parts import Package
from .relations import Relation, relations, target_of

_HIDDEN = ("hidden", "veryHidden")


class Outline:
    """What the workbook part says; ``parts`` are the worksheets' parts by sheet name (none for a chart sheet)."""

    def __init__(self) -> None:
        self.sheets: list[SheetInfo] = []
        self.parts: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.from_1904 = False
        self.strings = self.styles = ""
        self.external_links = 0


def find_workbook(package: Package) -> str:
    """Return the name of the workbook part. Raises ``Refused``: another kind of file, or the part is missing."""
    target = target_of(relations(package, ""), "officeDocument")
    if not target and package.has("xl/workbook.xml"):
        target = "xl/workbook.xml"
    if not target or target.lower().endswith(".bin") or target.startswith(("word/", "ppt/")):
        raise package.guard.refuse(OTHER_KIND, kind=kind_of_package(package.names))
    return target


def read_outline(package: Package, part: str) -> Outline:
    """Read the workbook part and find every part its sheets need. Raises ``Refused``."""
    outline = Outline()
    reader = _OutlineReader(package, part, outline)
    xml.parse(package, part, reader.start, reader.end, reader.text)
    guard = package.guard
    if not outline.sheets:
        raise guard.refuse(NO_SHEETS)
    related = relations(package, part)
    for info, relation_id in zip(outline.sheets, reader.relation_ids, strict=True):
        relation = _sheet_relation(package, info, related.get(relation_id))
        if relation.kind == "worksheet":
            outline.parts[info.name] = relation.target
    outline.external_links = sum(one.kind == "externalLink" for one in related.values())
    outline.strings = _inner_part(package, related, "sharedStrings")
    outline.styles = _inner_part(package, related, "styles")
    return outline


def _sheet_relation(package: Package, info: SheetInfo, relation: Relation | None) -> Relation:
    if relation is None:
        raise package.guard.refuse(MISSING_PART, part=info.name)
    if relation.external:
        raise package.guard.refuse(EXTERNAL_PART, part=relation.target)
    if not package.has(relation.target):
        raise package.guard.refuse(MISSING_PART, part=relation.target)
    return relation


def _inner_part(package: Package, related: Mapping[str, Relation], kind: str) -> str:
    if any(one.kind == kind and one.external for one in related.values()):
        raise package.guard.refuse(EXTERNAL_PART, part=kind)
    target = target_of(related, kind)
    if target and not package.has(target):
        raise package.guard.refuse(MISSING_PART, part=target)
    return target


class _OutlineReader:
    """The handlers for the workbook part."""

    def __init__(self, package: Package, part: str, outline: Outline) -> None:
        self.package, self.part, self.outline = package, part, outline
        self.relation_ids: list[str] = []
        self._seen: set[str] = set()
        self._namespace = ""
        self._name = ""
        self._formula: list[str] | None = None

    def start(self, element: str, attributes: dict[str, str]) -> None:
        namespace, _, name = element.rpartition(" ")
        if not self._namespace:
            self._root(namespace, name)
        elif namespace != self._namespace:
            return
        elif name == "sheet":
            self._sheet(attributes)
        elif name == "workbookPr":
            self.outline.from_1904 = attributes.get("date1904", "").lower() in ("1", "true", "on")
        elif name == "definedName" and "localSheetId" not in attributes:
            self._name, self._formula = attributes.get("name", ""), []

    def end(self, element: str) -> None:
        if self._formula is not None and xml.local(element) == "definedName":
            self.outline.names.setdefault(self._name, "".join(self._formula))
            self._formula = None
            if len(self.outline.names) > self.package.guard.limits.names:
                raise self.package.guard.too_large(LazyText("定义名称数"), self.package.guard.limits.names)

    def text(self, text: str) -> None:
        if self._formula is not None:
            self._formula.append(text)

    def _root(self, namespace: str, name: str) -> None:
        if name != "workbook" or namespace not in xml.NAMESPACES:
            raise self.package.guard.refuse(BAD_XML, part=self.part)
        self._namespace = namespace

    def _sheet(self, attributes: dict[str, str]) -> None:
        guard = self.package.guard
        if len(self.outline.sheets) >= guard.limits.sheets:
            raise guard.too_large(LazyText("工作表数"), guard.limits.sheets)
        name, state = attributes.get("name", ""), attributes.get("state", "")
        if name.lower() in self._seen:  # two sheets of one name: nobody could say which is meant
            raise guard.refuse(DUPLICATE_PART, part=name)
        self._seen.add(name.lower())
        self.outline.sheets.append(SheetInfo(name, cast("State", state) if state in _HIDDEN else "visible"))
        self.relation_ids.append(
            next((text for key, text in attributes.items() if key.endswith("relationships id")), "")
        )
